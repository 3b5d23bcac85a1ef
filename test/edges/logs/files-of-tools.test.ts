/** Files that tools wrote of calls whose requests and answers were recorded on the wire: each is read as it was sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPrompts } from '../../../src/logs/load.ts';
import type { LoggedAnswer, Message, PromptRecord } from '../../../src/records/prompt-record.ts';
import { hashing } from '../../../src/store/hashing.ts';

const folder = join(import.meta.dirname, '../../fixtures/logs-of-tools');

interface Call {
  id: string;
  name: string;
  arguments: string;
}
type Content = string | { parts: string[]; anyOrder?: boolean };
interface Turn {
  role: string;
  content: Content;
  tool_calls?: Call[];
  /** A step of a turn with tools, which may be left out. */
  optional?: boolean;
}
interface Reading {
  messages: Turn[];
  answer: string | { tool_calls: Call[] } | null;
  tools?: string[];
  usage?: { in?: number; out?: number };
  model?: string;
  anyOf?: Reading[];
}
interface Expected {
  verdict: 'read' | 'refuse';
  prompts: Reading[];
  mayAlso: Reading[];
}

const names = readdirSync(folder).flatMap((name) => /^(.+)\.reading\.json$/.exec(name)?.[1] ?? []);
const fileOf = (name: string): string =>
  readdirSync(folder).find((file) => file.startsWith(`${name}.`) && !file.endsWith('.reading.json')) as string;

const load = (name: string) =>
  loadPrompts([fileOf(name)], { redact: false, now: new Date('2026-11-28'), seed: 1, hashing, cwd: folder });

const textOf = ({ content }: Message): string =>
  typeof content === 'string'
    ? content
    : (content ?? []).map((part) => (part.type === 'text' ? part.text : `<${part.media}>`)).join('\n');

const sameJson = (one: string, other: string): boolean =>
  JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));

const sameCalls = (found: readonly Call[] = [], wanted: readonly Call[] = []): boolean =>
  found.length === wanted.length &&
  wanted.every((call, at) => {
    const own = found[at] as Call;
    return own.name === call.name && sameJson(own.arguments, call.arguments);
  });

function sameContent(found: string, wanted: Content): boolean {
  if (typeof wanted === 'string') return found.trim() === wanted.trim();
  let rest = found;
  for (const part of wanted.parts) {
    if (!rest.includes(part)) return false;
    rest = rest.replace(part, '');
  }
  // A short label may stand beside the texts.
  return rest.trim().length < 20;
}

const sameTurns = (found: readonly Message[], wanted: readonly Turn[]): boolean =>
  found.length === wanted.length &&
  wanted.every((turn, at) => {
    const own = found[at] as Message;
    return (
      own.role === turn.role && sameContent(textOf(own), turn.content) && sameCalls(own.tool_calls, turn.tool_calls)
    );
  });

function sameAnswer(ref: LoggedAnswer | undefined, wanted: Reading['answer']): boolean {
  if (wanted === null) return ref === undefined || (ref.text === '' && !ref.tool_calls?.length);
  if (typeof wanted === 'string') return ref?.text.trim() === wanted.trim() && !ref.tool_calls?.length;
  return sameCalls(ref?.tool_calls, wanted.tool_calls);
}

function fits(prompt: PromptRecord, reading: Reading): boolean {
  if (reading.anyOf) return reading.anyOf.some((one) => fits(prompt, one));
  const { messages, answer, tools, usage, model } = reading;
  const turns =
    sameTurns(prompt.messages, messages) ||
    sameTurns(
      prompt.messages,
      messages.filter((turn) => !turn.optional),
    );
  return (
    turns &&
    sameAnswer(prompt.ref, answer) &&
    (tools === undefined || tools.join() === (prompt.tools ?? []).map((tool) => tool.name).join()) &&
    (answer === null || usage?.in === undefined || prompt.ref?.usage?.in === usage.in) &&
    (answer === null || usage?.out === undefined || prompt.ref?.usage?.out === usage.out) &&
    (answer === null || model === undefined || prompt.ref?.model === model)
  );
}

describe('files that tools wrote', () => {
  it.each(names)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.reading.json`), 'utf8')) as Expected;
    if (expected.verdict === 'refuse') {
      await expect(load(name)).rejects.toMatchObject({ exitCode: 2, hint: expect.stringMatching(/JSON\.stringify/) });
      return;
    }
    const { prompts } = await load(name);
    const missing = expected.prompts.filter((reading) => !prompts.some((prompt) => fits(prompt, reading)));
    const strange = prompts.filter(
      (prompt) => ![...expected.prompts, ...expected.mayAlso].some((reading) => fits(prompt, reading)),
    );
    expect({ missing, strange }).toEqual({ missing: [], strange: [] });
  });

  it('there are at least eight of them', () => {
    expect(names.length).toBeGreaterThan(8);
  });
});

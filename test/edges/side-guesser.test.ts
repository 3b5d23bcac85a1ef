/**
 * All bytes that a rater can see from `run` to `more`, and a program that learns from them which side is whose. Both
 * models draw their answers from one distribution; only their habits on the wire, their names and their failures differ.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ballot } from '../../src/blind/ballot.ts';
import { readPacket } from '../../src/blind/packet.ts';
import { answerBlocks, joinedText } from '../../src/blind/shown-text.ts';
import { reply, type Step, startModelServer } from '../helpers/model-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { guessed } from '../helpers/side-guesser.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { seeded } from '../helpers/vote-paths.ts';

const models = { closed: 'gpt-4o', open: 'qwen2.5:7b' } as const;
type Role = keyof typeof models;
const names = { closed: ['ChatGPT', 'OpenAI'], open: ['Qwen', 'Alibaba Cloud'] } as const;

const openers = ['Thanks for the report.', 'We looked into it.', 'Here is what we found.', 'Good question.'];
const bodies = ['The export works again.', 'The fee is 12 euros.', 'Restart the service twice.', 'Row 7 was empty.'];

/** An answer that ends in a number of its own, by which the test knows whose it is. */
function text(role: Role, prompt: number, random: () => number): { text: string; mark: string } {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] as string;
  const mark = `ref ${100_000 + Math.floor(random() * 900_000)}`;
  const [name, maker] = names[role];
  const self = prompt % 3 === 0 ? `I am ${name}, a model made by ${maker}. ` : '';
  return { text: `${self}${pick(openers)} ${pick(bodies)} (${mark})`, mark };
}

/** The same words as each server would send them. */
function onTheWire(role: Role, words: string, prompt: number): Step {
  const usage = role === 'open' ? { in: 31, out: 90 } : { in: 20, out: 5 };
  const tool = [{ name: 'look_up', arguments: role === 'open' ? '{"id":7,"full":true}' : '{ "id": 7, "full": true }' }];
  const calls = prompt % 4 === 0 ? { toolCalls: tool } : {};
  if (role === 'open') return reply(`<think>Let me see.</think>\n\n${words}<|im_end|>`, { usage, chunks: 3, ...calls });
  return reply(`${words}\r\n`, { usage, chunks: 1, ...calls });
}

interface Seen {
  ballots: Ballot[];
  output: string;
  roleOf: Map<string, Role>;
}

async function play(prompts: number): Promise<Seen> {
  using dir = tempDir();
  const roleOf = new Map<string, Role>();
  const asked = new Map<string, number>();
  const random = seeded(11);
  await using server = await startModelServer((call) => {
    const role: Role = call.model === models.open ? 'open' : 'closed';
    const at = Number(/\d+/.exec(call.lastUserText)?.[0] ?? 0);
    const times = asked.get(`${role} ${at}`) ?? 0;
    asked.set(`${role} ${at}`, times + 1);
    // One model alone fails a check at first, and is asked again.
    if (role === 'open' && at % 5 === 1 && times === 0) return reply('far too many words '.repeat(20), { chunks: 1 });
    const { text: words, mark } = text(role, at, random);
    roleOf.set(mark, role);
    return onTheWire(role, words, at);
  });
  const lines = Array.from({ length: prompts }, (_, at) => `Answer ticket ${at + 1}.`);
  writeFileSync(dir.at('tickets.csv'), `prompt\n${lines.join('\n')}\n`);
  const arm = (role: Role): string => `${role}: {spec: "openai:${models[role]}", baseURL: "${server.url}/v1"}`;
  const config = [arm('closed'), arm('open'), 'retries: 2', 'margin: 0.3', 'checks: {"*": [{maxWords: 40}]}'];
  writeFileSync(dir.at('gapcheck.config.yaml'), `${config.join('\n')}\n`);
  const verb = (...args: string[]) => runVerb(args, { cwd: dir.path, env: server.env });
  const told = [
    await verb('run', 'tickets.csv', '-n', String(prompts - 10), '--no-score', '--yes', '-j', '1'),
    await verb('report'),
    await verb('more', '10', '--no-score', '--yes'),
    await verb('report'),
    await verb('packet', '--rater', 'jo', '-o', 'jo.json'),
  ];
  const folder = join(dir.path, 'results', readdirSync(dir.at('results')).find((name) => !name.startsWith('.')) ?? '');
  const files = readdirSync(folder).filter((name) => /^report\.|junit/.test(name));
  const output = [
    ...told.map(({ out, err }) => out + err),
    ...files.map((name) => readFileSync(join(folder, name), 'utf8')),
  ].join('\n');
  return { ballots: [...readPacket(readFileSync(dir.at('jo.json'), 'utf8'), 'jo.json').ballots], output, roleOf };
}

const markOf = (side: string): string => /ref \d{6}/.exec(side)?.[0] ?? '';

/** Everything of one side that reaches the screen in either view, and the bytes of the packet. */
const bytesOf = (view: Ballot['left']): string =>
  [JSON.stringify(view), joinedText(answerBlocks(view, 'plain')), joinedText(answerBlocks(view, 'raw'))].join('\n');

describe('from the start of run to the end of more', () => {
  it('a program that reads every byte names the sides no better than chance', async () => {
    const { ballots, output, roleOf } = await play(70);
    expect(ballots.length).toBeGreaterThanOrEqual(60);
    const sides = ballots.map(({ left, right }) => {
      const [one, two] = [bytesOf(left), bytesOf(right)];
      const openIs = roleOf.get(markOf(one)) === 'open' ? ('left' as const) : ('right' as const);
      expect(roleOf.get(markOf(two))).toBe(openIs === 'left' ? 'closed' : 'open');
      return { left: one, right: two, openIs };
    });
    // No side is named outright: neither in the ballots nor beside a mark in the output.
    for (const { left, right } of sides) expect(left + right).not.toMatch(/ChatGPT|OpenAI|Qwen|Alibaba|im_end|think>/);
    for (const mark of roleOf.keys()) expect(output).not.toContain(mark);
    expect(output).not.toMatch(
      /(?:open|closed|gpt-4o|qwen2\.5:7b)[^\n]{0,30}\b\d+ (?:failed|retried|retries|refus|cut)/i,
    );
    // Of 2,000 simulated sessions of 60 ballots without a habit one had 46 right, none had more.
    expect(guessed(sides)).toBeLessThan(0.78);

    // The program is no fool: with the answers as they came, or with one habit left in, it names nearly every side.
    const habit = sides.map(({ left, right, openIs }) => ({
      openIs,
      left: openIs === 'left' ? `${left} <|im_end|>` : left,
      right: openIs === 'right' ? `${right} <|im_end|>` : right,
    }));
    expect(guessed(habit)).toBeGreaterThan(0.95);
  }, 120_000);
});

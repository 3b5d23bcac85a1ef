/**
 * Every byte that a rater sees in a real terminal, from `run` over a session that is left to the end of `more`, and a
 * program that learns from it which side is whose. Both models say things of one distribution, by the same chances with
 * an introduction, a refusal or nothing to read; what a server does with them differs: names, thoughts, speed, retries,
 * lost calls, the field of a refusal, the reason for an empty answer.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type ModelServer,
  reply,
  type ScriptedCall,
  type Step,
  startModelServer,
  status,
} from '../helpers/model-server.ts';
import { guessed, type ShownSides } from '../helpers/side-guesser.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, hasTmux, openTerminal, stripEscapes, type Terminal } from '../helpers/terminal.ts';
import { seeded } from '../helpers/vote-paths.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const models = { closed: 'gpt-4o', open: 'qwen2.5:7b' } as const;
type Role = keyof typeof models;
const names = { closed: ['ChatGPT', 'OpenAI'], open: ['Qwen', 'Alibaba Cloud'] } as const;
const telling = /ChatGPT|OpenAI|Qwen|Alibaba|gpt-4o|im_end|think>/i;

const openers = ['Thanks for the report.', 'We looked into it.', 'Here is what we found.', 'Good question.'];
const bodies = ['The export works again.', 'The fee is 12 euros.', 'Restart the service twice.', 'Row 7 was empty.'];

interface World {
  server: ModelServer;
  /** Whose answer ends in this number. */
  roleOf: Map<string, Role>;
}

/** What each server makes of the same kinds of answers. */
async function twoModels(): Promise<World> {
  const random = seeded(29);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] as string;
  const roleOf = new Map<string, Role>();
  const asked = new Map<string, number>();
  const answer = (call: ScriptedCall): Step => {
    const role: Role = call.model === models.open ? 'open' : 'closed';
    const isOpen = role === 'open';
    const at = Number(/\d+/.exec(call.lastUserText)?.[0] ?? 0);
    const nth = asked.get(`${role} ${at}`) ?? 0;
    asked.set(`${role} ${at}`, nth + 1);
    if (!isOpen && at % 6 === 2 && nth === 0) return status(503);
    if (isOpen && at % 5 === 1 && nth === 0) return reply('far too many words '.repeat(20), { chunks: 1 });
    const mark = `ref ${100_000 + Math.floor(random() * 900_000)}`;
    roleOf.set(mark, role);
    const chance = random();
    const how = {
      delayMs: isOpen ? 60 : 1,
      chunks: isOpen ? 3 : 1,
      usage: isOpen ? { in: 31, out: 90 } : { in: 20, out: 5 },
    };
    if (chance < 0.06)
      return isOpen ? reply('<think>Hm.</think>', how) : reply('', { ...how, finish: 'content_filter' });
    if (chance < 0.16) {
      const no = `I'm sorry, but I can't help with that. (${mark})`;
      return isOpen ? reply(`<think>No.</think>\n${no}`, how) : reply('', { ...how, refusal: no });
    }
    const [name, maker] = names[role];
    const self = chance < 0.5 ? `I am ${name}, a model made by ${maker}. ` : '';
    const words = `${self}${pick(openers)} ${pick(bodies)} (${mark})`;
    return isOpen ? reply(`<think>Let me see.</think>\n\n${words}<|im_end|>`, how) : reply(`${words}\r\n`, how);
  };
  return { server: await startModelServer(answer), roleOf };
}

const marksIn = (text: string): string[] => text.match(/ref \d{6}/g) ?? [];

/** The two panes of a screen with the line between them. */
function panesOf(screen: string): { left: string; right: string } {
  const rows = screen.split('\n').filter((line) => line.includes('│'));
  const halves = rows.map((line) => line.split('│'));
  return {
    left: halves.map(([left = '']) => left).join('\n'),
    right: halves.map(([, ...right]) => right.join('│')).join('\n'),
  };
}

/** Votes on every ballot that comes, with a tie, until `count` were seen in all. */
async function voteOn(terminal: Terminal, { roleOf }: World, seen: Set<string>, sides: ShownSides[], count: number) {
  while (sides.length < count) {
    const isNew = (screen: string): boolean =>
      marksIn(panesOf(screen).left + panesOf(screen).right).some((mark) => !seen.has(mark));
    for (let waited = 0; !isNew(terminal.screen()); waited += 50) {
      if (waited > 10_000) throw new Error(`no further ballot:\n${terminal.screen()}`);
      await sleep(50);
    }
    const panes = panesOf(terminal.screen());
    for (const mark of marksIn(panes.left + panes.right)) seen.add(mark);
    const [left, right] = [marksIn(panes.left), marksIn(panes.right)].map(([mark = '']) => roleOf.get(mark));
    const openIs = left === 'open' || right === 'closed' ? ('left' as const) : ('right' as const);
    sides.push({ ...panes, openIs });
    await sleep(1_600);
    terminal.press('Space');
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasTmux)('from the start of run to the end of more, in a terminal', () => {
  test('a program that reads every byte names the sides no better than chance', async () => {
    using dir = tempDir();
    const world = await twoModels();
    await using server = world.server;
    const prompts = Array.from({ length: 40 }, (_, at) => `Answer ticket ${at + 1}.`);
    writeFileSync(dir.at('tickets.csv'), `prompt\n${prompts.join('\n')}\n`);
    const arm = (role: Role): string => `${role}: {spec: "openai:${models[role]}", baseURL: "${server.url}/v1"}`;
    const config = [arm('closed'), arm('open'), 'retries: 2', 'margin: 0.4', 'checks: {"*": [{maxWords: 40}]}'];
    writeFileSync(dir.at('gapcheck.config.yaml'), `${config.join('\n')}\n`);
    const [seen, sides] = [new Set<string>(), [] as ShownSides[]];
    const at = { cwd: dir.path, env: server.env, cols: 130, rows: 34 };

    await using first = openTerminal(`node ${bin} run tickets.csv -n 22 --yes`, at);
    await begin(first);
    await voteOn(first, world, seen, sides, 16);
    await first.see(/ballot 17\b/);
    first.press('q');
    await first.see(/\[exit \d+\]/);
    await using second = openTerminal(`node ${bin} more 12`, at);
    await begin(second);
    await voteOn(second, world, seen, sides, 28);
    await second.see(/ballot 29\b/);
    second.press('q');
    await second.see(/\[exit \d+\]/);

    const bytes = stripEscapes(first.everything() + second.everything());
    // The plan names the models; no pane and no line with a count does.
    for (const { left, right } of sides) expect(left + right).not.toMatch(telling);
    expect(bytes).not.toMatch(
      /(?:open|closed|gpt-4o|qwen2\.5:7b)[^\n]{0,40}\b\d+ (?:failed|retried|retries|refus|cut|empty|missing)/i,
    );
    expect(bytes).not.toMatch(
      /\d+ (?:failed|retried|retries|refus\w*|cut|empty|missing)[^\n]{0,40}(?:open|closed|gpt-4o|qwen)\b/i,
    );
    // Of 4,000 simulated sessions without a habit none had 25 right; with one, all had 24 or more.
    expect(guessed(sides)).toBeLessThan(25 / 28);
    // The program is no fool: one habit left in, and it names more sides than chance ever would.
    const habit = sides.map(({ openIs, left, right }) => ({
      openIs,
      left: openIs === 'left' ? `${left} <|im_end|>` : left,
      right: openIs === 'right' ? `${right} <|im_end|>` : right,
    }));
    expect(guessed(habit)).toBeGreaterThanOrEqual(24 / 28);
  }, 240_000);
});

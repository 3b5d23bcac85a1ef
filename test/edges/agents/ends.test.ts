/** Scripted agents as real processes: how each of them ends, what is kept of it, and that no process of it is left. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { agentArgs, layAgents, leftBy, processesWith } from '../../helpers/agent-run.ts';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const words = {
  done: ['done', undefined],
  'give-up': ['wrong-end', 'end check: exit 1'],
  silent: ['wrong-end', 'end check: exit 1'],
  crash: ['crash', 'exit 3'],
  shot: ['crash', 'signal SIGKILL'],
  hang: ['hang', undefined],
  stubborn: ['hang', undefined],
  overrun: ['time', undefined],
  spend: ['cost', undefined],
  ask: ['person', 'permission'],
  wait: ['person', 'question'],
  escape: ['done', undefined],
  // The end check decides: no exit code and no question does.
  'mend-fail': ['done', undefined],
  refused: ['done', 'permission'],
} as const satisfies Record<string, readonly [string, string | undefined]>;
const plays = Object.keys(words) as (keyof typeof words)[];

test('every agent ends under its word, within its limits, and takes all it started with it', async () => {
  using dir = tempDir();
  layAgents(dir.path, plays);
  const limits = ['--time', '5s', '--idle', '3s', '--cost', '1', '-j', '24'];
  const { code, err } = await runVerb(agentArgs(...limits), { cwd: dir.path });
  expect(code, err).toBe(0);
  const { ended, attempts, files } = leftBy(dir.path);
  const prompts = new Map(readPrompts(dir.path).map(({ id, play }) => [id, play]));
  expect(ended).toHaveLength(2 * plays.length);
  for (const event of ended) {
    const play = prompts.get(event.prompt) ?? 'done';
    const [end, why] = words[play];
    expect({ play, end: event.end, why: event.why }).toEqual({ play, end, why });
    // The limit of 5 s, and five more at most.
    expect(event.seconds).toBeLessThan(10);
  }
  for (const arm of ['closed', 'open']) {
    expect(attempts(arm)).toHaveLength(plays.length);
    expect(attempts(arm).every(({ outcome, attempt, last }) => outcome === 'answered' && attempt === 1 && last)).toBe(
      true,
    );
    expect(files(arm)).toHaveLength(3 * plays.length);
  }
  expect(processesWith('sleep\x00987')).toEqual([]);
  expect(processesWith(dir.path)).toEqual([]);
  expect(readdirSync(tmpdir()).filter((name) => name === `gapcheck-${runId(dir.path)}`)).toEqual([]);
  expect(readFileSync(dir.at('fixture', 'state.txt'), 'utf8')).toBe('broken\n');
}, 60_000);

test('steps, cost, changes and the last word of a trial are on the disk', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  expect(await runVerb(agentArgs('--trials', '2', '--keep'), { cwd: dir.path })).toMatchObject({ code: 0 });
  const left = leftBy(dir.path);
  const [{ id } = { id: 'p_' }] = readPrompts(dir.path);
  const lines = left.lines('closed', id, 2);
  expect(lines.slice(0, 3)).toMatchObject([
    { type: 'step', n: 1, kind: 'read', text: 'state.txt', ok: true },
    { type: 'step', n: 2, kind: 'run', text: 'make check', ok: false },
    { type: 'step', n: 3, kind: 'edit', text: 'state.txt', ok: true },
  ]);
  expect(lines[3]).toMatchObject({
    type: 'end',
    end: 'done',
    steps: 3,
    failedSteps: 1,
    costUsd: 0.004,
    endCheck: { exit: 0 },
    text: 'It is fixed.',
  });
  expect(left.diff('closed', id)).toBe('--- a/state.txt\n+++ b/state.txt\n@@ -1,1 +1,1 @@\n-broken\n+fixed\n');
  expect(left.output('open', id).split('\n')).toHaveLength(6);
  expect(readFileSync(`${left.run}/agents/open/${id}-1.kept/state.txt`, 'utf8')).toBe('fixed\n');
  expect(left.attempts('open')[0]).toMatchObject({
    text: 'It is fixed.',
    costUsd: 0.004,
    usage: { in: 1000, out: 50 },
    checks: [{ check: 'end-state', pass: true, kind: 'done' }],
  });
}, 30_000);

test('after an agent that exits with an error the end check is run, and what it said is written down', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['mend-fail', 'crash']);
  expect(await runVerb(agentArgs(), { cwd: dir.path })).toMatchObject({ code: 0 });
  const left = leftBy(dir.path);
  const lineOf = (play: string) => {
    const { id } = readPrompts(dir.path).find((prompt) => prompt.play === play) ?? { id: '' };
    return left.lines('open', id).at(-1);
  };
  expect(lineOf('mend-fail')).toMatchObject({ end: 'done', endCheck: { exit: 0 } });
  expect(lineOf('crash')).toMatchObject({ end: 'crash', why: 'exit 3', endCheck: { exit: 1 } });
}, 30_000);

test('without an end check an exit with an error is a crash', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['mend-fail']);
  expect(await runVerb(withoutEndCheck(), { cwd: dir.path })).toMatchObject({ code: 0 });
  expect(leftBy(dir.path).ended.map(({ end, why }) => [end, why])).toEqual([
    ['crash', 'exit 1'],
    ['crash', 'exit 1'],
  ]);
}, 30_000);

test('without an end check "done" is not measured', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['give-up']);
  expect(await runVerb(withoutEndCheck(), { cwd: dir.path })).toMatchObject({ code: 0 });
  const { attempts, ended } = leftBy(dir.path);
  expect(ended.map(({ end }) => end)).toEqual(['done', 'done']);
  expect(attempts('open')[0]?.checks).toEqual([
    { check: 'end-state', pass: true, kind: 'done', judged: false, why: 'not measured: there is no end check' },
  ]);
}, 30_000);

test('no secret of the environment is written down', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['leak']);
  const SECRET_TOKEN = 'tok-5f9c2ab17e';
  expect(await runVerb(agentArgs(), { cwd: dir.path, env: { SECRET_TOKEN } })).toMatchObject({ code: 0 });
  const left = leftBy(dir.path);
  const [{ id } = { id: 'p_' }] = readPrompts(dir.path);
  const kept = [left.diff('open', id), left.output('open', id), JSON.stringify(left.lines('open', id))];
  for (const text of kept) {
    expect(text).not.toContain(SECRET_TOKEN);
    expect(text).toContain('[key]');
  }
}, 30_000);

test.each([
  [['--closed', 'command:./closed.sh'], 'is a whole agent and command:./closed.sh is not'],
  [['--closed', 'agent:./none.sh'], 'there is no program ./none.sh'],
  [['--folder', './nowhere'], 'There is no folder'],
  [['--time', 'soon'], 'a time such as 2h'],
  [['--end-check', ''], 'it would call every job done'],
  [['--cost', '0'], 'an amount above 0'],
  [['--max-cost', '5'], 'an agent may spend any amount in one trial'],
] as const)('what cannot work is said before anything starts: %j', async (more, words) => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  const { code, err } = await runVerb(agentArgs(...more), { cwd: dir.path });
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(words) });
  expect(existsSync(dir.at('results'))).toBe(false);
});

function readPrompts(folder: string): { id: string; play: keyof typeof words }[] {
  const text = readFileSync(`${leftBy(folder).run}/prompts.jsonl`, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { id, messages } = JSON.parse(line);
      return { id, play: /plays: (\S+)/.exec(messages[0].content)?.[1] as keyof typeof words };
    });
}

const withoutEndCheck = (): string[] =>
  agentArgs().filter((word) => word !== '--end-check' && !word.startsWith('grep'));

const runId = (folder: string): string => JSON.parse(readFileSync(`${leftBy(folder).run}/run.json`, 'utf8')).id;

/**
 * A simulated week: logs that an app writes, a clock that a test sets, and `gapcheck watch` started as cron starts it.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, World } from '../../src/app/context.ts';
import { createRunPort } from '../../src/app/score/run-port.ts';
import { openScoring } from '../../src/app/score/scoring.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { terminalContext } from '../../src/cli/terminal-context.ts';
import type { RunEvent } from '../../src/records/run-events.ts';
import { readEvents } from '../../src/store/events-file.ts';
import { openRun, type StoredRun } from '../../src/store/run-folder.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';
import { bareEnv, type Finished } from './cli.ts';
import type { Opinion, Taste } from './played-run.ts';
import { memoryStreams } from './run-verb.ts';

export const hour = 3_600_000;
export const dayMs = 24 * hour;
export const firstDay = Date.parse('2026-11-02T00:00:00Z');

export interface LogLine {
  id: string;
  timestamp: string;
  task: string;
  messages: { role: string; content: string }[];
  response: string;
  model: string;
}

/** A call of the app: `n` makes the prompt, `at` is ms since the epoch. */
export const logLine = (n: number, at: number, { task = 'reply', text = `Reply to ticket ${n}.` } = {}): LogLine => ({
  id: `call-${n}`,
  timestamp: new Date(at).toISOString(),
  task,
  messages: [{ role: 'user', content: text }],
  response: `Closed answer to: ${text}`,
  model: 'gpt-test',
});

export const text = (lines: readonly unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

export interface WatchedWeek {
  cwd: string;
  log(name?: string): string;
  write(lines: readonly unknown[], name?: string): void;
  /** Sets the clock: ms since the beginning of the first day. */
  at(ms: number): void;
  now(): Date;
  /** `gapcheck …` with that clock, without a terminal. */
  type(words: readonly string[]): Promise<Finished>;
  watch(words?: readonly string[]): Promise<Finished>;
  /** Writes these calls and makes the first start, at noon of the first day. */
  begin(lines: readonly unknown[], words?: readonly string[]): Promise<Finished>;
  /** The start of `watch` that closes a day: two hours after its end. The first day is 0. */
  close(day: number, words?: readonly string[]): Promise<Finished>;
  /** `gapcheck score` at a terminal whose rater votes LEFT on every ballot that is shown, and leaves at the end. */
  score(words?: readonly string[]): Promise<Finished & { shown: number }>;
  run(): StoredRun;
  events(): RunEvent[];
  /** One rater's session on everything there is to vote on. */
  vote(taste: Taste, rater?: string): Promise<number>;
}

/** Writes a config whose open model is an OpenAI server with a price. */
export function pricedOpen(cwd: string): void {
  writeFileSync(
    join(cwd, 'gapcheck.config.yaml'),
    'maxTokens: 1000\nopen: {spec: "openai:gpt-test", price: {in: 1000, out: 1000}}\n',
  );
}

/** The logged answers against a local model. */
export const twoArms: readonly string[] = ['--closed', 'logged', '--open', 'ollama:qwen3:8b'];

/** `words`: behind `watch 'logs/app.jsonl*'`, at each start. */
export function watchedWeek(cwd: string, words: readonly string[], env: Record<string, string> = {}): WatchedWeek {
  mkdirSync(join(cwd, 'logs'), { recursive: true });
  let now = new Date(firstDay);
  const log = (name = 'app.jsonl'): string => join(cwd, 'logs', name);
  const type = async (args: readonly string[], more: Partial<Context> = {}): Promise<Finished> => {
    const [out, err] = [memoryStreams(), memoryStreams()];
    const world = {
      env: { ...bareEnv(cwd), ...env },
      cwd: () => cwd,
      argv: [process.execPath, 'gapcheck', ...args],
      stdin: { isTTY: false },
      stdout: out.stream,
      stderr: err.stream,
    } as unknown as World;
    const code = await runCommand(world.argv, { ...terminalContext(world), now: () => new Date(now), ...more });
    return { code, signal: null, out: out.text(), err: err.text() };
  };
  const run = (): StoredRun => {
    const folder = weekFolder(cwd);
    if (folder === undefined) throw new Error('the week has not started');
    return openRun(folder);
  };
  const write = (lines: readonly unknown[], name?: string): void => appendFileSync(log(name), text(lines));
  const at = (ms: number): void => {
    now = new Date(firstDay + ms);
  };
  const watch = (more: readonly string[] = []): Promise<Finished> =>
    type(['watch', 'logs/app.jsonl*', ...words, '--no-test-call', '--yes', ...more]);
  return {
    cwd,
    log,
    write,
    at,
    now: () => now,
    type: (args) => type(args),
    score: async (more = []) => {
      let shown = 0;
      const holdSession: Context['holdSession'] = async ({ port }) => {
        for (;;) {
          const next = await port.next();
          if ('ballot' in next) {
            shown += 1;
            const ballot = next.ballot.id;
            await port.append({ kind: 'vote', vote: { ballot, choice: 'left', retry: [], view: 'plain', ms: 9_000 } });
          } else if (next.later) return 'saved';
          else {
            await port.append({ kind: 'finish' });
            return 'done';
          }
        }
      };
      const finished = await type(['score', ...more], { interactive: true, holdSession });
      return { ...finished, shown };
    },
    watch,
    begin: (lines, more) => {
      write(lines);
      at(12 * hour);
      return watch(more);
    },
    close: (day, more) => {
      at((day + 1) * dayMs + 2 * hour);
      return watch(more);
    },
    run,
    events: () => readEvents(run().paths),
    vote: (taste, rater = 'ann') => session(run(), rater, taste, () => now),
  };
}

/** The only run in `results`; undefined before the week has started. */
export function weekFolder(cwd: string): string | undefined {
  const results = join(cwd, 'results');
  const [run] = existsSync(results) ? readdirSync(results).filter((name) => !name.startsWith('.')) : [];
  return run === undefined ? undefined : join(results, run);
}

/** Votes on everything there is, and finishes. The texts tell this rater which answer is whose. */
async function session(stored: StoredRun, rater: string, taste: Taste, now: () => Date): Promise<number> {
  const { paths, prompts } = stored;
  const writer = openVotesFile(paths.votes(rater), stored.run, rater, 'plain', now().toISOString());
  const scoring = openScoring(stored, rater, readEvents(paths));
  const port = createRunPort(scoring, writer, now);
  let cast = 0;
  for (;;) {
    const next = await port.next();
    if (!('ballot' in next)) break;
    const { id, task, prompt } = next.ballot;
    const dealt = scoring.byId.get(id);
    const side = dealt?.aSide ?? 'left';
    const asked = prompts.find((one) => one.id === dealt?.prompt)?.messages.at(-1)?.content;
    const opinion: Opinion = taste({ task, text: String(asked ?? prompt) }, rater);
    const other = side === 'left' ? 'right' : 'left';
    const choice = opinion === 'open' ? side : opinion === 'closed' ? other : opinion;
    await port.append({ kind: 'vote', vote: { ballot: id, choice, retry: [], view: 'plain', ms: 9_000 } });
    cast += 1;
  }
  await port.append({ kind: 'finish' });
  await port.close();
  writer.close();
  return cast;
}

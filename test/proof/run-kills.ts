/**
 * kill -9 of a run at random moments, then resume, until it is whole. Says what was lost or asked
 * twice: a test holds it at nothing over a few kills, the proof over as many as asked.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import { foldTrials } from '../../src/runs/trial.ts';
import { readAttempts } from '../../src/store/attempts-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { createRun } from '../../src/store/run-folder.ts';
import {
  cutAfter,
  delay,
  type ModelServer,
  ollamaModel,
  reply,
  type ScriptedCall,
  type Step,
  startModelServer,
  status,
} from '../helpers/model-server.ts';
import { makePrompts, makeRun } from '../helpers/run-record.ts';
import { recordOf } from '../helpers/runs.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** Calls at a time of a run that is killed. */
const concurrency = 6;
const driver = fileURLToPath(new URL('../helpers/answer-run.ts', import.meta.url));
const names = ['closed', 'open'];

/** What happens to a prompt, by its number: each kind of row of the table, the same for both arms. */
const kinds = 9;
const kindOf = (text: string): number => Number(text.split(' ').at(-1)) % kinds;
const refused = 5;
const firstly: Readonly<Record<number, Step>> = {
  1: status(500),
  2: reply('bad'),
  3: cutAfter({ chunks: 1 }),
  4: status(429, { retryAfter: 0, body: { error: { message: 'Rate limit reached.' } } }),
};
const never = status(400, { body: { error: { message: 'this model does not support images' } } });

/** Some prompts break once, some are answered badly once, some are refused each time. */
function behaviour(): (call: ScriptedCall) => Step {
  const asked = new Map<string, number>();
  return ({ model, lastUserText, nth }) => {
    const key = `${model} ${lastUserText}`;
    const before = asked.get(key) ?? 0;
    asked.set(key, before + 1);
    const kind = kindOf(lastUserText);
    const step = kind === refused ? never : before === 0 ? firstly[kind] : undefined;
    return delay(5 + (nth % 20), step ?? reply(`good ${lastUserText}`, { chunks: 4 }));
  };
}

function start(paths: RunPaths, server: ModelServer): { child: ChildProcess; said: () => string } {
  const args = ['--import', 'tsx', driver, paths.folder, server.url, String(concurrency)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (out += data));
  return { child, said: () => out };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const bytesOf = (paths: RunPaths) =>
  names.map((name) => (existsSync(paths.attempts(name)) ? readFileSync(paths.attempts(name)) : Buffer.alloc(0)));
const stepsOf = (paths: RunPaths): Record<string, StepRecord[]> =>
  Object.fromEntries(names.map((name) => [name, readAttempts(paths, name).steps]));

/** Kills the process some time after its first call; true when it got to its end before. */
async function killSometime(paths: RunPaths, server: ModelServer): Promise<{ finished: boolean; said: string }> {
  const seen = server.calls.length;
  const { child, said } = start(paths, server);
  const exited = once(child, 'exit');
  while (server.calls.length === seen && child.exitCode === null) await wait(1);
  await Promise.race([wait(Math.random() * 250), exited]);
  child.kill('SIGKILL');
  await exited;
  return { finished: child.exitCode !== null, said: said() };
}

export interface RunKills {
  kills: number;
  /** Attempts in the files in the end. */
  attempts: number;
  /** Calls that no attempt tells of: in flight when the process died. At most `concurrency` a kill may be. */
  inFlight: number;
  mostInFlight: number;
  /** Attempts once on the disk and not there later, and prompts neither answered nor refused for good in the end. */
  lost: number;
  /** Attempts with the key of another one, prompts answered or refused twice, and calls beyond those in flight. */
  twice: number;
}

/** Runs of 60 prompts by two arms, one after the other, killed `kills` times in all. */
export async function killRuns(kills: number): Promise<RunKills> {
  const total: RunKills = { kills: 0, attempts: 0, inFlight: 0, mostInFlight: 0, lost: 0, twice: 0 };
  // A run may end before its kill comes; that it always does is a fault of the harness.
  for (let runs = 0; total.kills < kills; runs += 1) {
    if (runs > kills + 5) throw new Error(`only ${total.kills} of ${kills} kills came before their run had ended`);
    const one = await killRun(kills - total.kills);
    for (const key of Object.keys(total) as (keyof RunKills)[]) total[key] += one[key];
  }
  return total;
}

/** One run from start to end with up to `most` kills in it. */
async function killRun(most: number): Promise<RunKills> {
  using dir = tempDir();
  await using server = await startModelServer(behaviour());
  const prompts = makePrompts(60);
  server.ollama.models.push(ollamaModel('open-model'));
  const arms = [recordOf('closed'), recordOf('open', { provider: 'ollama', leavesMachine: false })];
  const paths = createRun(dir.path, 'kill', { ...makeRun(prompts, { arms }), prompts });
  let [kills, lost] = [0, 0];
  let before = bytesOf(paths);
  for (let finished = false; !finished && kills < most; ) {
    const { finished: ended, said } = await killSometime(paths, server);
    finished = ended;
    if (ended) expectEnded(said);
    else kills += 1;
    const after = bytesOf(paths);
    lost += linesLost(before, after);
    before = after;
  }
  const { child, said } = start(paths, server);
  await once(child, 'exit');
  expectEnded(said());
  lost += linesLost(before, bytesOf(paths)) + withoutAnswer(paths, prompts.length);
  const { attempts, twice } = countSteps(paths, server);
  const inFlight = server.calls.length - attempts;
  const mostInFlight = kills * concurrency;
  return { kills, attempts, inFlight, mostInFlight, lost, twice: twice + Math.max(0, inFlight - mostInFlight) };
}

/** What is refused is missing for good, so no run is complete. */
function expectEnded(said: string): void {
  if (!said.includes('"ended":"incomplete"')) throw new Error(`the run did not end by itself: ${said}`);
}

/** Lines of an earlier state of the files that are not where they were: nothing written is ever changed. */
function linesLost(before: readonly Buffer[], after: readonly Buffer[]): number {
  return before.reduce((sum, bytes, at) => {
    const now = after[at] ?? Buffer.alloc(0);
    if (now.subarray(0, bytes.length).equals(bytes)) return sum;
    const same = bytes.findIndex((byte, index) => byte !== now[index]);
    return sum + bytes.subarray(same).toString('utf8').split('\n').filter(Boolean).length;
  }, 0);
}

function withoutAnswer(paths: RunPaths, prompts: number): number {
  return Object.values(stepsOf(paths)).reduce((sum, steps) => {
    const ended = [...foldTrials(steps, 2).values()].filter(({ state, forGood }) => state === 'usable' || forGood);
    return sum + prompts - ended.length;
  }, 0);
}

function countSteps(paths: RunPaths, server: ModelServer): { attempts: number; twice: number } {
  let [attempts, twice] = [0, 0];
  for (const [name, steps] of Object.entries(stepsOf(paths))) {
    const keys = new Set(steps.map(({ prompt, trial, attempt, step }) => [prompt, trial, attempt, step].join(' ')));
    twice += steps.length - keys.size;
    for (const trial of foldTrials(steps, 2).values()) {
      const last = trial.attempts.filter(({ usable, steps: made }) => usable || made.at(-1)?.cause === 'feature');
      twice += Math.max(0, last.length - 1);
    }
    const calls = server.calls.filter(({ model }) => model === `${name}-model`).length;
    // An attempt that no call stands behind.
    twice += Math.max(0, steps.length - calls);
    attempts += steps.length;
  }
  return { attempts, twice };
}

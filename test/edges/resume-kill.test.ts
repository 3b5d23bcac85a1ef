/**
 * kill -9 at random moments, then resume, until the run is whole. GAPCHECK_KILL_CYCLES says how many kills; the
 * default is small because each cycle starts a process.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../src/records.ts';
import { foldTrials } from '../../src/runs/trial.ts';
import { readAttempts } from '../../src/store/attempts-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { createRun } from '../../src/store/run-folder.ts';
import {
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

const cycles = Number(process.env.GAPCHECK_KILL_CYCLES ?? 6);
const concurrency = 6;
const driver = fileURLToPath(new URL('../helpers/answer-run.ts', import.meta.url));
const names = ['closed', 'open'];

/** Some prompts break once, some are answered badly once, the same for both arms. */
function behaviour(): (call: ScriptedCall) => Step {
  const asked = new Map<string, number>();
  return ({ model, lastUserText, nth }) => {
    const key = `${model} ${lastUserText}`;
    const before = asked.get(key) ?? 0;
    asked.set(key, before + 1);
    const kind = Number(lastUserText.split(' ').at(-1)) % 7;
    if (kind === 1 && before === 0) return status(500);
    return delay(5 + (nth % 20), reply(kind === 2 && before === 0 ? 'bad' : `good ${lastUserText}`, { chunks: 4 }));
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

describe('kill -9 and resume', () => {
  it(`loses no attempt and asks nothing twice but what was in flight (${cycles} kills)`, {
    timeout: 60_000 + cycles * 5_000,
  }, async () => {
    let kills = 0;
    while (kills < cycles) kills += await oneRun(cycles - kills);
    expect(kills).toBeGreaterThanOrEqual(cycles);
  });
});

/** One run from start to end with up to `most` kills in it; says how many there were. */
async function oneRun(most: number): Promise<number> {
  using dir = tempDir();
  await using server = await startModelServer(behaviour());
  const prompts = makePrompts(60);
  server.ollama.models.push(ollamaModel('open-model'));
  const arms = [recordOf('closed'), recordOf('open', { provider: 'ollama', leavesMachine: false })];
  const paths = createRun(dir.path, 'kill', { ...makeRun(prompts, { arms }), prompts });
  let kills = 0;
  let before = bytesOf(paths);
  for (let finished = false; !finished; ) {
    if (kills >= most) break;
    const { finished: ended, said } = await killSometime(paths, server);
    finished = ended;
    if (ended) expect(JSON.parse(said)).toMatchObject({ ended: 'complete' });
    else kills += 1;
    await checkFiles(paths, before, server, kills);
    before = bytesOf(paths);
  }
  const { child, said } = start(paths, server);
  await once(child, 'exit');
  expect(JSON.parse(said())).toMatchObject({ ended: 'complete' });
  await checkFiles(paths, before, server, kills);
  for (const steps of Object.values(stepsOf(paths))) {
    const trials = [...foldTrials(steps, 2).values()];
    expect(trials).toHaveLength(prompts.length);
    expect(trials.every((trial) => trial.state === 'usable')).toBe(true);
  }
  return Math.max(1, kills);
}

/** Nothing written is ever lost or changed, no key is there twice, and no call is unaccounted for. */
async function checkFiles(paths: RunPaths, before: Buffer[], server: ModelServer, kills: number): Promise<void> {
  for (const [index, bytes] of bytesOf(paths).entries()) {
    expect(bytes.subarray(0, before[index]?.length).equals(before[index] ?? bytes)).toBe(true);
  }
  let recorded = 0;
  for (const [name, steps] of Object.entries(stepsOf(paths))) {
    const keys = steps.map(({ prompt, trial, attempt, step }) => [prompt, trial, attempt, step].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
    for (const trial of foldTrials(steps, 2).values()) {
      expect(trial.attempts.filter((attempt) => attempt.usable).length).toBeLessThanOrEqual(1);
    }
    const calls = server.calls.filter((call) => call.model === `${name}-model`).length;
    expect(calls).toBeGreaterThanOrEqual(steps.length);
    recorded += steps.length;
  }
  expect(server.calls.length - recorded).toBeLessThanOrEqual(kills * concurrency);
}

/** `gapcheck ci` under every fault. Its baseline is made once; each play has a copy, and endpoints of its own. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { runsOf, ticketServer } from '../helpers/ci-run.ts';
import { type Finished, gapcheck, startCli } from '../helpers/cli.ts';
import { type ModelServer, reply, status } from '../helpers/model-server.ts';
import { type SmallDisk, smallDisk } from '../helpers/small-disk.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { expectIntact, keep } from './intact.ts';
import type { Ending, Play } from './matrix.ts';
import { type ModelFault, modelFaults } from './model-faults.ts';
import {
  answeredTwice,
  endingOf,
  firstRun,
  fullAtStart,
  gated,
  goesOnWhole,
  healthy,
  onlyOf,
  otherClock,
  results,
  type Spot,
  silentServer,
  until,
  writePrompts,
} from './place.ts';

const ciArgs = ['ci', '-o', 'out'];

let made: Promise<string> | undefined;

/** Config, prompts, run, lock file: answered by a server that is gone when `ci` comes, so every arm is asked again. */
function baseline(): Promise<string> {
  made ??= makeBaseline();
  return made;
}

async function makeBaseline(): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'gapcheck-baseline-'));
  process.once('exit', () => rmSync(cwd, { recursive: true, force: true }));
  writePrompts(cwd);
  await using server = await ticketServer();
  server.script = healthy;
  expect(await gapcheck(firstRun, { cwd, env: server.env })).toMatchObject({ code: 0 });
  return cwd;
}

async function placeIn(cwd: string): Promise<{ results: string; locked: string }> {
  mkdirSync(cwd, { recursive: true });
  cpSync(await baseline(), cwd, { recursive: true });
  const [run] = runsOf(results(cwd));
  return { results: results(cwd), locked: run?.folder ?? '' };
}

let answered: Promise<string> | undefined;

/** What the answering job hands over to the one that judges: its results folder and its output. Returns the new run. */
export async function handedOver(cwd: string): Promise<string> {
  answered ??= answerOnce();
  cpSync(await answered, cwd, { recursive: true });
  return runsOf(results(cwd))[1]?.folder ?? '';
}

async function answerOnce(): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'gapcheck-answered-'));
  process.once('exit', () => rmSync(cwd, { recursive: true, force: true }));
  await placeIn(cwd);
  await using server = await ticketServer();
  server.script = healthy;
  await ciWorks({ cwd, env: server.env });
  return cwd;
}

/** Nothing is decided without votes: 4, with the report and a packet, and every record whole. */
async function ciWorks(spot: Spot): Promise<Finished> {
  const done = await gapcheck(ciArgs, spot);
  expect({ code: done.code, err: done.err }).toMatchObject({ code: exitCodes.cannotDecide });
  expect(existsSync(join(spot.cwd, 'out', 'junit.xml'))).toBe(true);
  const result = JSON.parse(readFileSync(join(spot.cwd, 'out', 'result.json'), 'utf8'));
  expect(result).toMatchObject({ code: exitCodes.cannotDecide });
  for (const { folder } of runsOf(results(spot.cwd))) expectIntact(folder);
  return done;
}

async function answering(fault: ModelFault): Promise<Ending> {
  using dir = tempDir();
  const { locked } = await placeIn(dir.path);
  const before = keep(locked);
  await using server = await ticketServer();
  server.script = fault.script(server);
  const clock = otherClock({ speed: fault.speed, from: join(results(dir.path), '.ci.lock') });
  const done = await gapcheck(ciArgs, { cwd: dir.path, env: { ...server.env, ...clock } });
  expectIntact(locked, before);
  const half = runsOf(results(dir.path))[1]?.folder ?? '';
  await goesOnWhole(half, fault, server, () => ciWorks({ cwd: dir.path, env: server.env }));
  return endingOf(done);
}

export const ciUnder = (name: keyof typeof modelFaults): Play => ({
  when: 'answering',
  exit: exitCodes.armFailed,
  says: new RegExp(`(${modelFaults[name].says.source})[\\s\\S]*Next: gapcheck ci`, 'i'),
  play: () => answering(modelFaults[name]),
});

async function undescribed(env: (server: ModelServer) => Record<string, string>): Promise<Ending> {
  using dir = tempDir();
  const { results: folder } = await placeIn(dir.path);
  await using server = await ticketServer();
  server.script = healthy;
  const done = await gapcheck(ciArgs, { cwd: dir.path, env: { ...server.env, ...env(server) } });
  expect(runsOf(folder)).toHaveLength(1);
  await ciWorks({ cwd: dir.path, env: server.env });
  return endingOf(done);
}

export const ciBeforeItBegins = (env: (server: ModelServer) => Record<string, string>): Play => ({
  when: 'before the first call',
  exit: exitCodes.armFailed,
  says: /Next: make the endpoint reachable from this machine/,
  play: () => undescribed(env),
});

async function clockJump(byMs: number): Promise<Ending> {
  using dir = tempDir();
  await placeIn(dir.path);
  await using server = await ticketServer();
  server.script = onlyOf('openai', (call) => {
    if (existsSync(dir.at('jump'))) return reply(`Closed reply: ${call.lastUserText}`);
    if (call.nth > 3) writeFileSync(dir.at('jump'), String(byMs));
    return status(429, { retryAfter: 2 });
  });
  const clock = otherClock({
    speed: 5,
    from: join(results(dir.path), '.ci.lock'),
    jumps: dir.at('jump'),
  });
  const done = await ciWorks({ cwd: dir.path, env: { ...server.env, ...clock } });
  expect(existsSync(dir.at('jump'))).toBe(true);
  return endingOf(done);
}

async function onSmallDisk(fault: (disk: SmallDisk) => void, heal: (disk: SmallDisk) => void): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  const { locked } = await placeIn(dir.at('disk'));
  const before = keep(locked);
  await using server = await ticketServer();
  server.script = healthy;
  if (disk) fault(disk);
  const spot = { cwd: dir.at('disk'), env: server.env };
  const done = await gapcheck(ciArgs, spot);
  if (disk) heal(disk);
  expectIntact(locked, before);
  await ciWorks(spot);
  return endingOf(done);
}

/** Full in the middle: what was answered is not asked again. */
async function fullWhileAnswering(): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  await placeIn(dir.at('disk'));
  await using server = await ticketServer();
  server.script = (call) => {
    if (call.nth === 5) disk?.fill();
    return typeof healthy === 'function' ? healthy(call) : reply('ok');
  };
  const spot = { cwd: dir.at('disk'), env: server.env };
  const done = await gapcheck([...ciArgs, '-j', '1'], spot);
  disk?.free();
  server.script = healthy;
  await ciWorks(spot);
  expect(answeredTwice(server).length).toBeLessThanOrEqual(1);
  return endingOf(done);
}

async function twoAtOnce(): Promise<Ending> {
  using dir = tempDir();
  await placeIn(dir.path);
  await using server = await ticketServer();
  const gate = gated(server, 0);
  const spot = { cwd: dir.path, env: server.env };
  const first = startCli(ciArgs, spot);
  await until(() => gate.waiting() > 0, 'the first job asks');
  const second = startCli(ciArgs, spot);
  await until(() => second.said().includes('Waiting for it.'), 'the second job waits');
  gate.open();
  expect(await first.done).toMatchObject({ code: exitCodes.cannotDecide });
  const ended = await second.done;
  expect(answeredTwice(server)).toEqual([]);
  expect(runsOf(results(dir.path))).toHaveLength(2);
  return endingOf(ended);
}

/** Signals a first job while it answers, or while it asks what the arms are. */
async function stopped(signal: NodeJS.Signals, phase: 'describing' | 'answering'): Promise<Ending> {
  using dir = tempDir();
  const { results: folder } = await placeIn(dir.path);
  await using server = await ticketServer();
  await using mute = await silentServer();
  const gate = gated(server, 5);
  const env = phase === 'describing' ? { ...server.env, OPENAI_BASE_URL: mute.url } : server.env;
  const { child, done } = startCli([...ciArgs, '-j', '2'], { cwd: dir.path, env });
  await until(() => (phase === 'describing' ? mute.met() > 0 : gate.waiting() > 1), `it is ${phase}`);
  child.kill(signal);
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (signal === 'SIGINT' && phase === 'answering') child.kill(signal);
  const ended = await done;
  gate.open();
  if (phase === 'describing') expect(runsOf(folder)).toHaveLength(1);
  else expectIntact(runsOf(folder)[1]?.folder ?? '');
  await ciWorks({ cwd: dir.path, env: server.env });
  return endingOf(ended);
}

/** A second job is stopped while it waits for the first. */
async function stoppedInLine(): Promise<Ending> {
  using dir = tempDir();
  await placeIn(dir.path);
  await using server = await ticketServer();
  const gate = gated(server, 0);
  const spot = { cwd: dir.path, env: server.env };
  const first = startCli(ciArgs, spot);
  await until(() => gate.waiting() > 0, 'the first job asks');
  const second = startCli(ciArgs, spot);
  await until(() => second.said().includes('Waiting for it.'), 'the second job waits');
  second.child.kill('SIGINT');
  const ended = await second.done;
  gate.open();
  expect(await first.done).toMatchObject({ code: exitCodes.cannotDecide });
  await ciWorks(spot);
  return endingOf(ended);
}

export const ci = {
  'clock jump': [
    { when: 'back an hour', exit: exitCodes.cannotDecide, says: null, play: () => clockJump(-3_600_000) },
    { when: 'on a day', exit: exitCodes.cannotDecide, says: null, play: () => clockJump(86_400_000) },
  ],
  'disk full': [
    fullAtStart(() =>
      onSmallDisk(
        (disk) => disk.fill(),
        (disk) => disk.free(),
      ),
    ),
    {
      when: 'answering',
      exit: exitCodes.userCanFix,
      says: /the disk is full\.\nNext: free some room, then run the same command again/,
      needs: 'mount',
      play: fullWhileAnswering,
    },
  ],
  'read-only folder': [
    {
      when: 'read-only disk',
      exit: exitCodes.userCanFix,
      says: /read-only\.\nNext: make it writable/,
      needs: 'mount',
      play: () =>
        onSmallDisk(
          (disk) => disk.mode('ro'),
          (disk) => disk.mode('rw'),
        ),
    },
  ],
  'two processes': [{ when: 'take turns', exit: exitCodes.cannotDecide, says: /Waiting for it\./, play: twoAtOnce }],
  'Ctrl-C': [
    {
      when: 'describing',
      exit: exitCodes.interrupted,
      says: /Nothing was sent and nothing was written\.\nNext: /,
      play: () => stopped('SIGINT', 'describing'),
    },
    {
      when: 'waiting for its turn',
      exit: exitCodes.interrupted,
      says: /Waiting for it\.\nStopped\. [\s\S]*Next: gapcheck ci/,
      play: stoppedInLine,
    },
    {
      when: 'answering, twice',
      exit: exitCodes.interrupted,
      says: /Ctrl-C again ends at once[\s\S]*Next: gapcheck ci/,
      play: () => stopped('SIGINT', 'answering'),
    },
  ],
  'kill -9': [
    { when: 'describing', exit: 137, says: null, play: () => stopped('SIGKILL', 'describing') },
    { when: 'answering', exit: 137, says: null, play: () => stopped('SIGKILL', 'answering') },
  ],
} satisfies Record<string, Play[]>;

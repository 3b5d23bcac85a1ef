/** `gapcheck run` under every fault. */
import { existsSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { runsOf, ticketServer } from '../helpers/ci-run.ts';
import { bin, gapcheck, startCli } from '../helpers/cli.ts';
import { type ModelServer, reply, status } from '../helpers/model-server.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { expectIntact, keep } from './intact.ts';
import type { Ending, Play } from './matrix.ts';
import { type ModelFault, modelFaults } from './model-faults.ts';
import {
  answeredTwice,
  endingOf,
  firstRun,
  gated,
  goesOnWhole,
  healthy,
  nextOf,
  noRun,
  onlyOf,
  onlyRun,
  otherClock,
  results,
  silentServer,
  typeNext,
  until,
  writePrompts,
} from './place.ts';

/** The run ends early, keeps what it has, and the command that it names makes it whole. */
async function answering(fault: ModelFault): Promise<Ending> {
  using dir = tempDir();
  writePrompts(dir.path);
  await using server = await ticketServer();
  server.script = fault.script(server);
  const clock = otherClock({ speed: fault.speed, from: results(dir.path) });
  const done = await gapcheck(firstRun, { cwd: dir.path, env: { ...server.env, ...clock } });
  const folder = onlyRun(dir.path);
  await goesOnWhole(folder, fault, server, () =>
    typeNext(`${done.out}${done.err}`, { cwd: dir.path, env: server.env }),
  );
  return endingOf(done);
}

export const runUnder = (name: keyof typeof modelFaults): Play => ({
  when: 'answering',
  exit: exitCodes.armFailed,
  says: new RegExp(`(${modelFaults[name].says.source})[\\s\\S]*Next: gapcheck run --resume`, 'i'),
  play: () => answering(modelFaults[name]),
});

/** The arm cannot be described: nothing is written, and once it can the same command works. */
async function undescribed(env: (server: ModelServer) => Record<string, string>): Promise<Ending> {
  using dir = tempDir();
  writePrompts(dir.path);
  await using server = await ticketServer();
  server.script = healthy;
  const done = await gapcheck(firstRun, { cwd: dir.path, env: { ...server.env, ...env(server) } });
  noRun(dir.path);
  expect(await gapcheck(firstRun, { cwd: dir.path, env: server.env })).toMatchObject({ code: 0 });
  expectIntact(onlyRun(dir.path));
  return endingOf(done);
}

/** A label of 64 letters is refused by the resolver itself: no query leaves this machine. */
export const unknownHost = `${'a'.repeat(64)}.invalid`;

export const runBeforeItBegins = (says: RegExp, env: (server: ModelServer) => Record<string, string>): Play => ({
  when: 'before the first call',
  exit: exitCodes.userCanFix,
  says,
  play: () => undescribed(env),
});

export const runBeforeAHang: Play = {
  when: 'before the first call',
  exit: exitCodes.armFailed,
  says: /openai:gpt-test: its endpoint says nothing \(not finished after (?:20|30) s\)\nNext: gapcheck doctor/,
  play: hangBeforeItBegins,
};

async function hangBeforeItBegins(): Promise<Ending> {
  await using silent = await silentServer();
  return await undescribed(() => ({ OPENAI_BASE_URL: silent.url, ...otherClock({ speed: 40, from: '/' }) }));
}

/** The wall clock is set while the arm waits out a back-off: the wait is neither skipped by hours nor grown by them. */
async function jumpWhileAnswering(byMs: number): Promise<Ending> {
  using dir = tempDir();
  writePrompts(dir.path);
  await using server = await ticketServer();
  const refused = new Set<string>();
  server.script = onlyOf('openai', (call) => {
    if (refused.size === 3) writeFileSync(dir.at('jump'), String(byMs));
    if (refused.has(call.lastUserText)) return healthyOf(call);
    refused.add(call.lastUserText);
    return status(429, { retryAfter: 2 });
  });
  const clock = otherClock({ speed: 5, from: results(dir.path), jumps: dir.at('jump') });
  const done = await gapcheck(firstRun, { cwd: dir.path, env: { ...server.env, ...clock } });
  expect(existsSync(dir.at('jump'))).toBe(true);
  expectIntact(onlyRun(dir.path));
  expect(await gapcheck(['report'], { cwd: dir.path })).toMatchObject({ code: 0 });
  return endingOf(done);
}

const healthyOf = (call: Parameters<Extract<typeof healthy, (...given: never[]) => unknown>>[0]) =>
  typeof healthy === 'function' ? healthy(call) : reply('ok');

const runClockJumps: Play[] = [
  { when: 'back an hour', exit: exitCodes.done, says: null, play: () => jumpWhileAnswering(-3_600_000) },
  { when: 'on a day', exit: exitCodes.done, says: null, play: () => jumpWhileAnswering(86_400_000) },
];

// ───────────────────────── disks ─────────────────────────

async function fullBefore(): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  writePrompts(dir.path);
  await using server = await ticketServer();
  server.script = healthy;
  disk?.fill();
  const place = { cwd: dir.path, env: server.env };
  const done = await gapcheck([...firstRun, '--results', 'disk/results'], place);
  expect(existsSync(dir.at('disk', 'results')) ? readdirSync(dir.at('disk', 'results')) : []).toEqual([]);
  disk?.free();
  expect(await gapcheck([...firstRun, '--results', 'disk/results'], place)).toMatchObject({ code: 0 });
  return endingOf(done);
}

async function fullWhileAnswering(): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  writePrompts(dir.path);
  await using server = await ticketServer();
  server.script = (call) => {
    if (call.nth === 5) disk?.fill();
    return healthyOf(call);
  };
  const place = { cwd: dir.path, env: server.env };
  const done = await gapcheck([...firstRun, '--results', 'disk/results'], place);
  const [run] = runsOf(dir.at('disk', 'results'));
  const before = keep(run?.folder ?? '');
  disk?.free();
  server.script = healthy;
  await typeNext(`${done.out}${done.err}`, place);
  expectIntact(run?.folder ?? '', before);
  return endingOf(done);
}

const runDiskFull: Play[] = [
  {
    when: 'before the run is made',
    exit: exitCodes.userCanFix,
    says: /the disk is full\.\nNext: free some room, then run the same command again/,
    needs: 'mount',
    play: fullBefore,
  },
  {
    when: 'answering',
    exit: exitCodes.userCanFix,
    says: /the disk is full\.\nNext: free some room, then gapcheck run --resume \S+/,
    needs: 'mount',
    play: fullWhileAnswering,
  },
];

async function readOnly(when: 'new' | 'resume'): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  writePrompts(dir.path);
  await using server = await ticketServer();
  const place = { cwd: dir.path, env: server.env };
  const args = [...firstRun, '--results', 'disk/results'];
  if (when === 'resume') {
    server.script = onlyOf('openai', status(401));
    await gapcheck(args, place);
  }
  server.script = healthy;
  disk?.mode('ro');
  const wanted = when === 'new' ? args : ['run', '--resume', '--no-score', '--results', 'disk/results'];
  const done = await gapcheck(wanted, place);
  disk?.mode('rw');
  expect(await gapcheck(wanted, place)).toMatchObject({ code: 0 });
  expectIntact(runsOf(dir.at('disk', 'results'))[0]?.folder ?? '');
  return endingOf(done);
}

const runReadOnly: Play[] = [
  {
    when: 'a new run',
    exit: exitCodes.userCanFix,
    says: /the file system is read-only\.\nNext: .*--results DIR/,
    needs: 'mount',
    play: () => readOnly('new'),
  },
  {
    when: '--resume',
    exit: exitCodes.userCanFix,
    says: /read-only\.\nNext: make it writable/,
    needs: 'mount',
    play: () => readOnly('resume'),
  },
];

// ───────────────────────── two at once, and being stopped ─────────────────────────

async function resumeWhileRunning(): Promise<Ending> {
  using dir = tempDir();
  writePrompts(dir.path);
  await using server = await ticketServer();
  const gate = gated(server, 0);
  const place = { cwd: dir.path, env: server.env };
  const first = startCli(firstRun, place);
  await until(() => gate.waiting() > 0, 'the first process asks');
  const second = await gapcheck(['run', '--resume', '--no-score'], place);
  gate.open();
  expect(await first.done).toMatchObject({ code: 0 });
  expect(answeredTwice(server)).toEqual([]);
  expectIntact(onlyRun(dir.path));
  return endingOf(second);
}

async function twoRunsAtOnce(): Promise<Ending> {
  using dir = tempDir();
  writePrompts(dir.path);
  await using server = await ticketServer();
  server.script = healthy;
  const place = { cwd: dir.path, env: server.env };
  const [first, second] = await Promise.all([gapcheck(firstRun, place), gapcheck(firstRun, place)]);
  expect(first).toMatchObject({ code: 0 });
  const runs = runsOf(results(dir.path));
  expect(runs).toHaveLength(2);
  for (const { folder } of runs) expectIntact(folder);
  return endingOf(second);
}

const runTwice: Play[] = [
  {
    when: 'the same run',
    exit: exitCodes.userCanFix,
    says: /Another gapcheck is answering .*process \d+[\s\S]*Next: wait for it, or stop it/,
    play: resumeWhileRunning,
  },
  { when: 'two runs', exit: exitCodes.done, says: null, play: twoRunsAtOnce },
];

/** Signals a first run while it answers, or while it asks what the arms are, and goes on from what is there. */
async function stopped(signal: NodeJS.Signals, phase: 'describing' | 'answering'): Promise<Ending> {
  using dir = tempDir();
  writePrompts(dir.path);
  await using server = await ticketServer();
  await using mute = await silentServer();
  const gate = gated(server, 3);
  const env = phase === 'describing' ? { ...server.env, OPENAI_BASE_URL: mute.url } : server.env;
  const { child, done } = startCli(firstRun, { cwd: dir.path, env });
  await until(() => (phase === 'describing' ? mute.met() > 0 : gate.waiting() > 1), `it is ${phase}`);
  child.kill(signal);
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (signal === 'SIGINT' && phase === 'answering') child.kill(signal);
  const ended = await done;
  gate.open();
  const spot = { cwd: dir.path, env: server.env };
  if (phase === 'describing') noRun(dir.path);
  const before = phase === 'answering' ? keep(onlyRun(dir.path)) : {};
  const named = phase === 'answering' ? ['run', '--resume', '--no-score'] : firstRun;
  const next = signal === 'SIGINT' && phase === 'answering' ? nextOf(ended.err) : named;
  expect(await gapcheck(next, spot)).toMatchObject({ code: 0 });
  expectIntact(onlyRun(dir.path), before);
  return endingOf(ended);
}

async function atTheQuestion(): Promise<Ending> {
  using dir = tempDir();
  writeFileSync(dir.at('p.csv'), 'prompt\none\ntwo\n');
  await using server = await ticketServer();
  const command = `${process.execPath} ${bin} run p.csv --closed openai:gpt-test`;
  await using terminal = openTerminal(command, { cwd: dir.path, cols: 100, env: { ...server.env, NO_COLOR: '1' } });
  await terminal.see(/\?/);
  terminal.press('C-c');
  const screen = await terminal.see(/\[exit \d+\]/);
  noRun(dir.path);
  return { code: Number(/\[exit (\d+)\]/.exec(screen)?.[1]), signal: null, text: screen };
}

const runInterrupted: Play[] = [
  {
    when: 'reading the prompts',
    exit: exitCodes.interrupted,
    says: /Stopped[\s\S]*Next: /,
    play: whileReading,
  },
  {
    when: 'describing',
    exit: exitCodes.interrupted,
    says: /Nothing was sent and nothing was written\.\nNext: /,
    play: () => stopped('SIGINT', 'describing'),
  },
  {
    when: 'at a question',
    exit: exitCodes.interrupted,
    says: /Stopped at the question; nothing was changed/,
    needs: 'tmux',
    play: atTheQuestion,
  },
  {
    when: 'answering, twice',
    exit: exitCodes.interrupted,
    says: /Ctrl-C again ends at once[\s\S]*Next: gapcheck run --resume/,
    play: () => stopped('SIGINT', 'answering'),
  },
];

/** A file that takes seconds to read; the process is known to be in it when it has it open. */
async function whileReading(): Promise<Ending> {
  using dir = tempDir();
  const rows = Array.from({ length: 60_000 }, (_, n) => `reply,"${'a long prompt '.repeat(20)}${n}"\n`);
  writeFileSync(dir.at('big.csv'), `task,prompt\n${rows.join('')}`);
  const { child, done } = startCli(['run', 'big.csv', ...firstRun.slice(1)], { cwd: dir.path });
  await until(() => opened(child.pid, 'big.csv'), 'it reads the file');
  child.kill('SIGINT');
  const ended = await done;
  noRun(dir.path);
  return endingOf(ended);
}

function opened(pid: number | undefined, name: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`).endsWith(name));
  } catch {
    return false;
  }
}

const runKilled: Play[] = [
  {
    when: 'describing',
    exit: 137,
    says: null,
    play: () => stopped('SIGKILL', 'describing'),
  },
  {
    when: 'answering',
    exit: 137,
    says: null,
    play: () => stopped('SIGKILL', 'answering'),
  },
];

export const run = {
  'clock jump': runClockJumps,
  'disk full': runDiskFull,
  'read-only folder': runReadOnly,
  'two processes': runTwice,
  'Ctrl-C': runInterrupted,
  'kill -9': runKilled,
};

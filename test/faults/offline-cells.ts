/** `gapcheck packet`, `merge`, `report` and `ci --verdict` under every fault: the commands that call no model. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readPacket } from '../../src/blind/packet.ts';
import { type ExitCode, exitCodes } from '../../src/errors.ts';
import { readEvents } from '../../src/store/events-file.ts';
import { type RunPaths, runPaths } from '../../src/store/layout.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { voteOnPacket } from '../helpers/ci-run.ts';
import { gapcheck, startCli } from '../helpers/cli.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { type SmallDisk, smallDisk } from '../helpers/small-disk.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { handedOver } from './ci-cells.ts';
import { expectIntact, keep } from './intact.ts';
import type { Ending, Play } from './matrix.ts';
import { endingOf, fullAtStart, otherClock, until } from './place.ts';

interface Office {
  cwd: string;
  paths: RunPaths;
}

/** A run whose packet came back, not merged yet; with `merged`, merged. */
async function office(cwd: string, { merged = false } = {}): Promise<Office> {
  const { folder } = makeAnsweredRun(cwd, ticketAnswers(3));
  for (const args of [['packet', '--rater', 'maria', '-o', 'maria.json'], ...(merged ? [mergeIt] : [])]) {
    if (args === mergeIt) await voteOnPacket(join(cwd, 'maria.json'), () => 'open');
    expect(await gapcheck(args, { cwd })).toMatchObject({ code: 0 });
  }
  if (!merged) await voteOnPacket(join(cwd, 'maria.json'), () => 'open');
  return { cwd, paths: runPaths(folder) };
}

const mergeIt = ['merge', 'maria.votes.jsonl'];

/** Whatever happened before: merged now, each vote once, and the report can be made. */
async function mergedAtLast({ cwd, paths }: Office): Promise<void> {
  expect(await gapcheck(mergeIt, { cwd })).toMatchObject({ code: 0 });
  expect(readVotesFile(paths.votes('maria'))?.lines.filter((line) => 'ballot' in line)).toHaveLength(3);
  expect(readEvents(paths).filter(({ event }) => event === 'entered')).toHaveLength(3);
  expectIntact(paths.folder);
  const { code, out } = await gapcheck(['report', '--json'], { cwd });
  expect({ code, sealed: JSON.parse(out).sealed }).toEqual({ code: 0, sealed: null });
}

/** Whatever happened before: the rater gets one packet, whose votes are taken, and no prompt is claimed twice. */
async function givenAndMerged(at: Office): Promise<void> {
  expect(await gapcheck(packetIt, at)).toMatchObject({ code: 0 });
  const file = join(at.cwd, 'maria.json');
  expect(readPacket(readFileSync(file, 'utf8'), file).ballots).toHaveLength(3);
  expect(readdirSync(at.cwd).filter((name) => name.includes('.tmp-'))).toEqual([]);
  expect(readEvents(at.paths).filter(({ event }) => event === 'claimed')).toHaveLength(3);
  expect(readEvents(at.paths).filter(({ event }) => event === 'given')).toHaveLength(1);
  await voteOnPacket(file, () => 'open');
  await mergedAtLast(at);
}

/** Whatever happened before: the second job judges what the first one handed over, whose files are whole. */
async function judgedAtLast(at: Office): Promise<void> {
  expect(await gapcheck(verdictIt, at)).toMatchObject({ code: exitCodes.cannotDecide });
  const result = JSON.parse(readFileSync(join(at.cwd, 'out', 'result.json'), 'utf8'));
  expect(result).toMatchObject({ code: exitCodes.cannotDecide, gates: expect.any(Array) });
  for (const name of ['comment.md', 'junit.xml']) expect(existsSync(join(at.cwd, 'out', name))).toBe(true);
  expectIntact(at.paths.folder);
}

/** The command on a place of its own, and then the same without the fault. */
interface Offline {
  args: string[];
  /** How it ends where nothing is wrong. */
  exit: ExitCode;
  make(cwd: string): Promise<Office>;
  after(at: Office): Promise<void>;
}

const packetIt = ['packet', '--rater', 'maria', '-o', 'maria.json'];
const verdictIt = ['ci', '--verdict', '-o', 'out'];

const offline = {
  packet: {
    args: packetIt,
    exit: exitCodes.done,
    make: async (cwd) => ({ cwd, paths: runPaths(makeAnsweredRun(cwd, ticketAnswers(3)).folder) }),
    after: givenAndMerged,
  },
  merge: { args: mergeIt, exit: exitCodes.done, make: (cwd) => office(cwd), after: mergedAtLast },
  verdict: {
    args: verdictIt,
    exit: exitCodes.cannotDecide,
    make: async (cwd) => ({ cwd, paths: runPaths(await handedOver(cwd)) }),
    after: judgedAtLast,
  },
  report: {
    exit: exitCodes.done,
    args: ['report', '-o', 'report.html'],
    make: (cwd) => office(cwd, { merged: true }),
    after: async ({ cwd, paths }) => {
      expect(await gapcheck(['report', '-o', 'report.html'], { cwd })).toMatchObject({ code: 0 });
      expect(existsSync(join(cwd, 'report.html'))).toBe(true);
      expectIntact(paths.folder);
    },
  },
} satisfies Record<string, Offline>;

export type OfflineCommand = keyof typeof offline;

async function clockJump({ args, make, after }: Offline, byMs: number): Promise<Ending> {
  using dir = tempDir();
  const at = await make(dir.path);
  const before = keep(at.paths.folder);
  writeFileSync(dir.at('jump'), String(byMs));
  const done = await gapcheck(args, { cwd: dir.path, env: otherClock({ jumps: dir.at('jump') }) });
  expectIntact(at.paths.folder, before);
  await after(at);
  return endingOf(done);
}

async function onSmallDisk(
  { args, make, after }: Offline,
  fault: (disk: SmallDisk) => void,
  heal: (disk: SmallDisk) => void,
): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  const at = await make(dir.at('disk'));
  const before = keep(at.paths.folder);
  if (disk) fault(disk);
  const done = await gapcheck(args, { cwd: dir.at('disk') });
  if (disk) heal(disk);
  expectIntact(at.paths.folder, before);
  await after(at);
  return endingOf(done);
}

async function twoAtOnce({ args, exit, make, after }: Offline): Promise<Ending> {
  using dir = tempDir();
  const at = await make(dir.path);
  const [first, second] = await Promise.all([gapcheck(args, { cwd: dir.path }), gapcheck(args, { cwd: dir.path })]);
  // Whoever comes second finds the rater's file locked, or everything done.
  for (const { code, err } of [first, second]) if (code !== exit) expect(err).toMatch(/Next: wait for it/);
  expectIntact(at.paths.folder);
  await after(at);
  return endingOf(first.code === exit ? first : second);
}

/** A live process that holds the ledger's lock, as one does in the middle of a line. */
function holdLedger({ paths }: Office): ChildProcess {
  const holder = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  writeFileSync(paths.eventsLock, JSON.stringify({ pid: holder.pid, host: hostname(), id: 'somebody-else' }));
  return holder;
}

/** Another process keeps the ledger for longer than one waits. */
async function ledgerHeld({ args, make, after }: Offline): Promise<Ending> {
  using dir = tempDir();
  const at = await make(dir.path);
  const before = keep(at.paths.folder);
  const holder = holdLedger(at);
  const done = await gapcheck(args, { cwd: dir.path, env: otherClock({ speed: 20, from: dir.path }) });
  holder.kill('SIGKILL');
  rmSync(at.paths.eventsLock);
  expectIntact(at.paths.folder, before);
  await after(at);
  return endingOf(done);
}

/** Stopped while it waits for the ledger: the votes file is there, their entries are not. */
async function stoppedAtLedger({ args, make, after }: Offline, signal: NodeJS.Signals): Promise<Ending> {
  using dir = tempDir();
  const at = await make(dir.path);
  const before = keep(at.paths.folder);
  const holder = holdLedger(at);
  // A waiting process makes a draft of the lock again and again, each for a moment only; its votes are there by then.
  let tries = 0;
  using _watcher = watching(at.paths.folder, (name) => {
    if (name.startsWith('events.lock.')) tries += 1;
  });
  const { child, done } = startCli(args, { cwd: dir.path });
  await until(() => tries > 0, 'it waits for the ledger');
  child.kill(signal);
  const finished = await done;
  holder.kill('SIGKILL');
  // What the killed holder leaves behind is recognised and taken over.
  expectIntact(at.paths.folder, before);
  await after(at);
  return endingOf(finished);
}

function watching(folder: string, seen: (name: string) => void): Disposable {
  const watcher = watch(folder, (_kind, name) => seen(name ?? ''));
  return { [Symbol.dispose]: () => watcher.close() };
}

const nobody = 65_534;

/** Folders and files of somebody else: nothing in them may be read. Root may read all, so it becomes nobody. */
async function unreadable({ args, make, after }: Offline): Promise<Ending> {
  using dir = tempDir();
  const at = await make(dir.at('place'));
  for (const folder of [dir.path, dir.at('place')]) chmodSync(folder, 0o755);
  chmodSync(dir.at('place', 'results'), 0o000);
  const root = process.getuid?.() === 0;
  const done = await startCli(args, { cwd: at.cwd, ...(root && { uid: nobody }) }).done;
  chmodSync(dir.at('place', 'results'), 0o755);
  expectIntact(at.paths.folder);
  await after(at);
  return endingOf(done);
}

const lockedOut = /Another process keeps the ledger of this run locked[\s\S]*Next: wait for it, or stop it/;

/** The plays of a command that calls no model. */
export const offlineCells = (name: OfflineCommand) => {
  const at = offline[name];
  return {
    'clock jump': [
      { when: 'back a week', exit: at.exit, says: null, play: () => clockJump(at, -604_800_000) },
      { when: 'on a year', exit: at.exit, says: null, play: () => clockJump(at, 31_536_000_000) },
    ],
    'disk full': [
      fullAtStart(() =>
        onSmallDisk(
          at,
          (disk) => disk.fill(),
          (disk) => disk.free(),
        ),
      ),
    ],
    'read-only folder': [
      {
        when: 'read-only disk',
        exit: exitCodes.userCanFix,
        says: /read-only\.\nNext: make it writable/,
        needs: 'mount',
        play: () =>
          onSmallDisk(
            at,
            (disk) => disk.mode('ro'),
            (disk) => disk.mode('rw'),
          ),
      },
      {
        when: "somebody else's",
        exit: exitCodes.userCanFix,
        says: /you have no right to\.\nNext: ask its owner/,
        play: () => unreadable(at),
      },
    ],
    'two processes': [
      { when: 'at once', exit: at.exit, says: null, play: () => twoAtOnce(at) },
      { when: 'the ledger is held', exit: exitCodes.userCanFix, says: lockedOut, play: () => ledgerHeld(at) },
    ],
    'Ctrl-C': [
      {
        when: 'waiting for the ledger',
        exit: exitCodes.interrupted,
        says: new RegExp(`Stopped\\. [\\s\\S]*Next: gapcheck ${at.args[0]}`),
        play: () => stoppedAtLedger(at, 'SIGINT'),
      },
    ],
    'kill -9': [{ when: 'waiting for the ledger', exit: 137, says: null, play: () => stoppedAtLedger(at, 'SIGKILL') }],
  } satisfies Record<string, Play[]>;
};

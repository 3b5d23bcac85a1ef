import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { readEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { openVotesFile, readVotesFile } from '../../src/store/votes-file.ts';
import { bin, gapcheck } from '../helpers/cli.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, openTerminal, type Terminal } from '../helpers/terminal.ts';
import { expectIntact, keep } from './intact.ts';
import type { Ending, Play } from './matrix.ts';
import { otherClock } from './place.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Session {
  cwd: string;
  paths: RunPaths;
  open(more?: { args?: string; env?: Record<string, string> }): Terminal;
}

function session(cwd: string, ballots = 3): Session {
  const paths = makeAnsweredRun(cwd, ticketAnswers(ballots));
  return {
    cwd,
    paths,
    open: ({ args = '', env = {} } = {}) =>
      openTerminal(`${process.execPath} ${bin} score --rater maria ${args}`, { cwd, cols: 110, rows: 30, env }),
  };
}

/** A vote counts once a ballot has been on the screen for so long. */
const voteMs = 1_650;

async function vote(terminal: Terminal, number: number, then: RegExp, key = 'f'): Promise<void> {
  await begin(terminal);
  await terminal.see(new RegExp(`ballot ${number}\\b`));
  await sleep(voteMs);
  terminal.press(key);
  await terminal.see(then);
}

const ended = async (terminal: Terminal): Promise<Ending> => {
  const screen = await terminal.see(/\[exit \d+\]/);
  return { code: Number(/\[exit (\d+)\]/.exec(screen)?.[1]), signal: null, text: screen };
};

const votesOf = ({ paths }: Session) => readVotesFile(paths.votes('maria'))?.lines ?? [];

/** The next session goes on behind the votes that were given. */
async function goesOn(at: Session, from: number): Promise<void> {
  const before = keep(at.paths.folder);
  await using terminal = at.open();
  await begin(terminal);
  await terminal.see(new RegExp(`ballot ${from}\\b`));
  terminal.press('q');
  expect(await ended(terminal)).toMatchObject({ code: 0 });
  expectIntact(at.paths.folder, before);
}

async function scoreClockJumps(): Promise<Ending> {
  using dir = tempDir();
  const at = session(dir.path);
  await using terminal = at.open({ env: otherClock({ jumps: dir.at('jump') }) });
  await vote(terminal, 1, /ballot 2\b/);
  writeFileSync(dir.at('jump'), '-7200000');
  await vote(terminal, 2, /ballot 3\b/);
  writeFileSync(dir.at('jump'), '86400000');
  await vote(terminal, 3, /That was the last ballot/);
  terminal.press('q');
  const end = await ended(terminal);
  const votes = votesOf(at);
  expect(votes).toHaveLength(3);
  for (const line of votes) expect('ms' in line ? line.ms : 0).toBeLessThan(30_000);
  expect(readEvents(at.paths).filter(({ event }) => event === 'entered')).toHaveLength(3);
  expectIntact(at.paths.folder);
  expect(await gapcheck(['score', '--rater', 'maria', '--finish'], { cwd: dir.path })).toMatchObject({ code: 0 });
  expect(await gapcheck(['report'], { cwd: dir.path })).toMatchObject({ code: 0 });
  return end;
}

const page = 4096;

/** Grows the votes file to the end of its page, so that the next line needs room the disk does not have. */
function fillPage({ paths }: Session): void {
  const at = '2026-11-21T09:30:00.000Z';
  const writer = openVotesFile(paths.votes('maria'), openRun(paths.folder).run, 'maria', 'plain', at);
  const room = (): number => page - (keep(paths.folder)[join('votes', 'maria.jsonl')]?.length ?? 0);
  // Votes that were taken back: no evidence, and the last one as long as its note.
  const takeBack = (note: string): number => {
    const before = room();
    const ballot = 'b_0000000000000000';
    const { n } = writer.append({ ballot, choice: 'skip', retry: [], view: 'plain', note, ms: 2_000, at });
    writer.append({ undo: n, at });
    return before - room();
  };
  let size = takeBack('');
  while (room() > 3 * size) size = takeBack('');
  takeBack('x'.repeat(room() - size - 120));
  expect(room()).toBeGreaterThan(60);
  expect(room()).toBeLessThan(160);
  writer.close();
}

/** The session itself says that the vote is not saved, takes it again when there is room, and ends well. */
async function scoreDiskFull(): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  const at = session(dir.at('disk'));
  fillPage(at);
  await using terminal = at.open();
  await begin(terminal);
  await terminal.see(/ballot 1\b/);
  disk?.fill();
  await sleep(voteMs);
  terminal.press('f');
  const said = await terminal.see(/votes file: the disk is full\. Nothing is lost/);
  const before = votesOf(at).length;
  expect(before).toBeGreaterThan(10);
  disk?.free();
  await sleep(500);
  terminal.press('f');
  await terminal.see(/ballot 2\b/);
  terminal.press('q');
  const end = await ended(terminal);
  const after = votesOf(at);
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)).toMatchObject({ choice: 'left' });
  expectIntact(at.paths.folder);
  return { ...end, text: `${said}${end.text}` };
}

async function scoreReadOnly(): Promise<Ending> {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  const at = session(dir.at('disk'));
  disk?.mode('ro');
  await using terminal = at.open();
  const end = await ended(terminal);
  disk?.mode('rw');
  await goesOn(at, 1);
  return end;
}

async function scoreTwice(): Promise<Ending> {
  using dir = tempDir();
  const at = session(dir.path);
  await using first = at.open();
  await begin(first);
  await first.see(/ballot 1\b/);
  await using second = at.open();
  const end = await ended(second);
  await vote(first, 1, /ballot 2\b/);
  first.press('q');
  expect(await ended(first)).toMatchObject({ code: 0 });
  await goesOn(at, 2);
  return end;
}

/** Ctrl-C at a moment of the session; `keys` lead there from the second ballot. */
async function scoreInterrupted(keys: string[], shown: RegExp, stop: (terminal: Terminal) => void): Promise<Ending> {
  using dir = tempDir();
  const at = session(dir.path);
  await using terminal = at.open();
  await vote(terminal, 1, /ballot 2\b/);
  for (const key of keys) terminal.press(key);
  await terminal.see(shown);
  stop(terminal);
  const end = await ended(terminal);
  expect(votesOf(at)).toHaveLength(1);
  await goesOn(at, 2);
  return end;
}

async function scoreKilled(): Promise<Ending> {
  using dir = tempDir();
  const at = session(dir.path);
  await using terminal = at.open();
  await vote(terminal, 1, /ballot 2\b/);
  terminal.kill('SIGKILL');
  const end = await ended(terminal);
  expect(votesOf(at)).toHaveLength(1);
  await goesOn(at, 2);
  return end;
}

const goOn = /Saved: 1 vote\.\nNext: gapcheck score \S+/;
const ctrlC = (terminal: Terminal): void => terminal.press('C-c');

export const score = {
  'clock jump': [{ when: 'between votes', exit: exitCodes.done, says: null, needs: 'tmux', play: scoreClockJumps }],
  'disk full': [
    {
      when: 'at a vote',
      exit: exitCodes.done,
      says: /the disk is full\. Nothing is lost/,
      needs: 'mount',
      play: scoreDiskFull,
    },
  ],
  'read-only folder': [
    {
      when: 'at the start',
      exit: exitCodes.userCanFix,
      says: /read-only\.\s+Next: make it writable/,
      needs: 'mount',
      play: scoreReadOnly,
    },
  ],
  'two processes': [
    {
      when: 'the same rater',
      exit: exitCodes.userCanFix,
      says: /already scoring this run in another window[\s\S]*Next: wait for it/,
      needs: 'tmux',
      play: scoreTwice,
    },
  ],
  'Ctrl-C': [
    {
      when: 'at a ballot',
      exit: exitCodes.interrupted,
      says: goOn,
      needs: 'tmux',
      play: () => scoreInterrupted([], /ballot 2\b/, ctrlC),
    },
    {
      when: 'in the help',
      exit: exitCodes.interrupted,
      says: goOn,
      needs: 'tmux',
      play: () => scoreInterrupted(['?'], /raw|undo|Esc|any key/i, ctrlC),
    },
    {
      when: 'SIGINT from outside',
      exit: exitCodes.interrupted,
      says: goOn,
      needs: 'tmux',
      play: () => scoreInterrupted([], /ballot 2\b/, (terminal) => terminal.kill('SIGINT')),
    },
  ],
  'kill -9': [{ when: 'after a vote', exit: 137, says: null, needs: 'tmux', play: scoreKilled }],
} satisfies Record<string, Play[]>;

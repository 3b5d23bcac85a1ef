import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../src/records.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { openVotesFile, readVotesFile } from '../../src/store/votes-file.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { hasTmux, openTerminal } from '../helpers/terminal.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const page = 4096;

/** A small file system of its own; undefined where this user may not mount one. */
function smallDisk(path: string): Disposable | undefined {
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', ['-l', path]) };
}

const canMount = ((): boolean => {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  if (!disk) console.warn('no right to mount a small tmpfs: the full-disk test is skipped');
  return disk !== undefined;
})();

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(page));
  } catch {
    // Full, as wanted.
  } finally {
    closeSync(file);
  }
}

/** Grows the votes file to the end of its page, so that the next line needs room the disk does not have. */
function fillPage(path: string, run: RunRecord): void {
  const writer = openVotesFile(path, run, 'maria', 'plain', '2026-11-21T09:30:00.000Z');
  const at = '2026-11-21T09:30:00.000Z';
  const room = (): number => page - statSync(path).size;
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

describe.skipIf(!hasTmux || !canMount)('disk full', () => {
  test('a clear error, earlier votes intact; the session goes on when there is room', async () => {
    using dir = tempDir();
    using _disk = smallDisk(dir.at('disk'));
    const paths = makeAnsweredRun(dir.at('disk'), ticketAnswers(3));
    const votes = paths.votes('maria');
    fillPage(votes, openRun(paths.folder).run);
    await using terminal = openTerminal(`node ${bin} score --rater maria`, {
      cwd: dir.at('disk'),
      cols: 110,
      rows: 30,
    });
    await terminal.see(/ballot 1\b/);
    fill(dir.at('disk', 'filler'));
    await new Promise((resolve) => setTimeout(resolve, 1_700));
    terminal.press('f');
    await terminal.see(/votes file: the disk is full\. Nothing is lost/);
    const before = readVotesFile(votes)?.lines.length ?? 0;
    expect(before).toBeGreaterThan(10);
    rmSync(dir.at('disk', 'filler'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    terminal.press('f');
    await terminal.see(/ballot 2\b/);
    terminal.press('q');
    await terminal.see(/\[exit 0\]/);
    const after = readVotesFile(votes);
    expect(after?.lines).toHaveLength(before + 1);
    expect(after?.lines.at(-1)).toMatchObject({ choice: 'left' });
  });
});

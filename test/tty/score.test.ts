import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/records/run-events.ts';
import { readEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { longText } from '../helpers/sample-ballots.ts';
import { makeAnsweredRun, namesSeen, type SampleAnswer, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, hasTmux, openTerminal, stripEscapes, type Terminal } from '../helpers/terminal.ts';
import { killSessions } from '../proof/session-kills.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const linesOf = ({ votes }: RunPaths, rater = 'maria') => readVotesFile(votes(rater))?.lines ?? [];
const entered = (paths: RunPaths): RunEvent[] => readEvents(paths).filter(({ event }) => event === 'entered');

function open(cwd: string, { args = '', cols = 110, rows = 30 } = {}): Terminal {
  return openTerminal(`node ${bin} score --rater maria ${args}`, { cwd, cols, rows });
}

/** Presses a key on ballot `n` once a vote on it counts, and waits for what comes after. */
async function vote(terminal: Terminal, n: number, key: string, then: RegExp): Promise<void> {
  await begin(terminal);
  await terminal.see(new RegExp(`ballot ${n}\\b`));
  await sleep(1_650);
  terminal.press(key);
  await terminal.see(then);
}

/**
 * Nothing that names an arm in any byte, once escapes are gone: not in the plan before, nor in a session or the
 * good-bye after it. A finished rater then sees the report, behind the last frame.
 */
function expectNoLeak(terminal: Terminal): void {
  const [blind = ''] = terminal.everything().split('Thank you, ');
  const text = stripEscapes(blind);
  expect(text.toLowerCase()).toContain('ballot');
  expect(namesSeen(text)).toEqual([]);
}

describe.skipIf(!hasTmux)('score in a terminal', () => {
  test('vote, undo, resize to 40×12 and back, guess, finish; nothing leaks', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
    await using terminal = open(dir.path);
    await vote(terminal, 1, 'd', /ballot 2\b/);
    terminal.press('u');
    await terminal.see(/The vote is undone/);
    await vote(terminal, 1, 'f', /ballot 2\b/);
    terminal.resize(40, 12);
    await terminal.see(/Tab: RIGHT/);
    terminal.press('Tab');
    await terminal.see(/Tab: LEFT/);
    terminal.resize(110, 30);
    await vote(terminal, 2, 'Space', /ballot 3\b/);
    await vote(terminal, 3, 'b', /That was the last ballot/);
    terminal.press('Enter');
    await terminal.see(/You see 3 ballots again/);
    terminal.press('Enter');
    for (const [at, key] of ['Left', 'Right', 'Space'].entries()) {
      await terminal.see(new RegExp(`${at + 1} of 3`));
      await sleep(500);
      terminal.press(key);
    }
    await terminal.see(/Your 3 votes are final/);
    terminal.press('Enter');
    await terminal.see(/\[exit 0\]/);
    const file = readVotesFile(paths.votes('maria'));
    const after = stripEscapes(terminal.everything().split('\u001b[?1049l').at(-1) ?? '');
    expect(after).toContain(`Their fingerprint is ${file?.lastHash}`);
    expect(after).toContain('report.md');
    expect(file?.lines.map((line) => ('choice' in line ? line.choice : Object.keys(line)[1]))).toEqual([
      'left',
      'undo',
      'left',
      'tie',
      'both-bad',
      'finish',
      'guess',
      'guess',
      'guess',
    ]);
    expect(entered(paths)).toMatchObject([{ n: 3 }, { n: 4 }, { n: 5 }]);
    expect(readEvents(paths).findLast(({ event }) => event === 'finished')).toMatchObject({
      event: 'finished',
      rater: 'maria',
      votes: 3,
      lastHash: file?.lastHash,
    });
    expectNoLeak(terminal);
  });

  test('Ctrl-C restores the terminal, says how to go on, exits 130; the next session goes on there', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
    const command = `stty -g > before; node ${bin} score --rater maria; code=$?; stty -g > after; (exit $code)`;
    await using terminal = openTerminal(command, { cwd: dir.path, cols: 110 });
    await vote(terminal, 1, 'k', /ballot 2\b/);
    terminal.press('C-c');
    const screen = await terminal.see(/\[exit 130\]/);
    expect(screen).toContain(`gapcheck score ${basename(paths.folder)} --rater maria`);
    expect(terminal.everything()).toContain('\u001b[?1049l');
    expect(readFileSync(dir.at('after'), 'utf8')).toBe(readFileSync(dir.at('before'), 'utf8'));
    expect(linesOf(paths)).toHaveLength(1);
    await using again = open(dir.path);
    await vote(again, 2, 'f', /That was the last ballot/);
    again.press('q');
    await again.see(/Saved: 2 votes[\s\S]*\[exit 0\]/);
    expect(entered(paths)).toHaveLength(2);
    expectNoLeak(again);
    expectNoLeak(terminal);
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('%s restores the terminal', async (signal) => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(2));
    await using terminal = open(dir.path);
    await begin(terminal);
    await terminal.see(/ballot 1\b/);
    terminal.kill(signal);
    await terminal.see(/\[exit (143|129)\]/);
    expect(terminal.everything()).toContain('\u001b[?1049l');
    expect(terminal.everything()).toContain('\u001b[?25h');
  });

  test('SIGTERM says what is saved, on the first page too; SIGUSR1 opens no debugger', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(3));
    await using first = open(dir.path);
    await first.see(/Press Enter to begin/);
    first.kill('SIGUSR1');
    await sleep(300);
    expect(stripEscapes(first.everything())).not.toContain('Debugger listening');
    first.kill('SIGTERM');
    await first.see(/Saved: 0 votes\.\nNext: gapcheck score[\s\S]*\[exit 143\]/, 1_000);
    await using later = open(dir.path);
    await vote(later, 1, 'd', /ballot 2\b/);
    later.kill('SIGTERM');
    await later.see(/Saved: 1 vote\b[\s\S]*\[exit 143\]/, 1_000);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends a session within a second, whatever is on the ballot', async (signal, code) => {
    using dir = tempDir();
    const near = 'I am Claude, as a chat  chat  '.repeat(20_000);
    makeAnsweredRun(dir.path, [{ open: near, closed: `${'“'.repeat(100_000)}${'a\u0301'.repeat(100_000)}` }]);
    await using terminal = open(dir.path);
    await begin(terminal);
    await terminal.see(/ballot 1\b/, 15_000);
    terminal.kill(signal);
    await terminal.see(new RegExp(`Saved: 0 votes[\\s\\S]*\\[exit ${code}\\]`), 1_000);
    expect(terminal.everything()).toContain('\u001b[?1049l');
    expect(terminal.everything()).toContain('\u001b[?25h');
  });

  test.each([
    ['of a packet', 'maria.json', '', /ballot 1\b/, /ballot 2\b/, ['d']],
    ['read line by line', '', '--rater maria --plain', /Ballot 1\./, /Ballot 2/, ['1', 'Enter']],
  ])(
    'in a session %s SIGUSR1 changes nothing, and SIGTERM says what is saved',
    async (_of, file, args, first, then, keys) => {
      using dir = tempDir();
      makeAnsweredRun(dir.path, ticketAnswers(3));
      if (file !== '') execFileSync('node', [bin, 'packet', '--rater', 'maria', '-o', file], { cwd: dir.path });
      await using terminal = openTerminal(`node ${bin} score ${file} ${args}`, { cwd: dir.path, cols: 110, rows: 60 });
      await terminal.see(/Press Enter to begin|Your answer/);
      terminal.press(...(file === '' ? ['1', 'Enter'] : ['Enter']));
      await terminal.see(first);
      terminal.kill('SIGUSR1');
      await sleep(1_700);
      terminal.press(...keys);
      await terminal.see(then);
      terminal.kill('SIGTERM');
      await terminal.see(/Saved: 1 vote\b[\s\S]*\[exit 143\]/, 2_000);
      expect(stripEscapes(terminal.everything())).not.toContain('Debugger listening');
    },
  );

  const kills = Number(process.env.GAPCHECK_KILLS ?? 3);
  test(`kill -9 at random moments loses no vote (${kills} kills)`, { timeout: 60_000 + kills * 5_000 }, async () => {
    expect(await killSessions(kills)).toMatchObject({ kills, lost: 0, twice: 0, names: [] });
  });

  test('hostile answers do nothing to the terminal', async () => {
    using dir = tempDir();
    const hostile: SampleAnswer[] = [
      {
        open: '\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u0007\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\ \u202eabc \u009b5m \u001b[?1049l end',
        closed: 'plain',
      },
      { open: 'x'.repeat(1_000_000), closed: '東京'.repeat(50_000) },
    ];
    makeAnsweredRun(dir.path, hostile);
    await using terminal = open(dir.path);
    await vote(terminal, 1, 'f', /ballot 2\b/);
    await sleep(1_600);
    terminal.press('f');
    await terminal.see(/Read to the end first/);
    terminal.press('End');
    await sleep(1_500);
    terminal.press('f');
    await terminal.see(/That was the last ballot/, 15_000);
    terminal.press('q');
    await terminal.see(/\[exit 0\]/);
    const bytes = terminal.everything();
    expect(bytes).not.toContain('\u0007');
    expect(bytes).not.toContain('\u001b]');
    expect(bytes).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0080-\u009f]/);
    expect(bytes).not.toContain('\u001b[31m');
    expect(bytes.match(/\u001b\[\?1049l/g)).toHaveLength(1);
    expect(stripEscapes(bytes)).toContain('␛]0;owned␇');
  });

  test('two raters at once read different prompts', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(4), {});
    const run = JSON.parse(readFileSync(paths.run, 'utf8'));
    expect(run.settings.raters).toBe(1);
    await using ann = openTerminal(`node ${bin} score --rater ann`, { cwd: dir.path, cols: 110, rows: 30 });
    await begin(ann);
    await ann.see(/ballot 1\b/);
    await using bob = openTerminal(`node ${bin} score --rater bob`, { cwd: dir.path, cols: 110, rows: 30 });
    await begin(bob);
    await bob.see(/ballot 1\b/);
    await vote(ann, 1, 'f', /ballot 2\b/);
    await vote(bob, 1, 'f', /ballot 2\b/);
    for (const terminal of [ann, bob]) {
      terminal.press('q');
      await terminal.see(/\[exit 0\]/);
    }
    const prompts = entered(paths).map((event) => 'prompt' in event && event.prompt);
    expect(new Set(prompts).size).toBe(2);
  });

  test('the same rater twice is refused', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(2));
    await using first = open(dir.path);
    await begin(first);
    await first.see(/ballot 1\b/);
    await using second = open(dir.path);
    const screen = await second.see(/\[exit 2\]/);
    expect(screen).toContain('already scoring this run');
  });

  test('--plain: numbers and Enter, no cursor movement', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
    await using terminal = open(dir.path, { args: '--plain', rows: 60 });
    await terminal.see(/Each ballot shows one prompt[\s\S]*Your answer/);
    terminal.press('1', 'Enter');
    await terminal.see(/Ballot 1\./);
    await sleep(1_600);
    terminal.press('1', 'Enter');
    await terminal.see(/Ballot 2/);
    await sleep(1_600);
    terminal.press('7', 'Enter');
    await terminal.see(/Why skip/);
    terminal.press('1', 'Enter');
    await terminal.see(/That was the last ballot/);
    terminal.press('3', 'Enter');
    await terminal.see(/\[exit 0\]/);
    expect(linesOf(paths)).toMatchObject([{ choice: 'left', retry: [] }, { choice: 'skip' }]);
    expect(terminal.everything()).not.toContain('\u001b[?1049h');
    expectNoLeak(terminal);
  });

  test('TERM=dumb: read line by line, and no escape in session or report', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(1));
    const command = `TERM=dumb node ${bin} score --rater maria && TERM=dumb node ${bin} report`;
    await using terminal = openTerminal(command, { cwd: dir.path, cols: 60, rows: 60 });
    await terminal.see(/Your answer/);
    terminal.press('1', 'Enter');
    await terminal.see(/Ballot 1\./);
    await sleep(1_600);
    terminal.press('2', 'Enter');
    await terminal.see(/That was the last ballot/);
    terminal.press('3', 'Enter');
    await terminal.see(/Next: [\s\S]*\[exit 0\]/);
    expect(terminal.everything()).not.toContain('\u001b');
  });

  test('a packet is scored in an empty folder, goes on there, and nothing in the session names a model', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(2));
    execFileSync('node', [bin, 'packet', '--rater', 'maria', '-o', 'maria.json'], { cwd: dir.path });
    using far = tempDir();
    copyFileSync(dir.at('maria.json'), far.at('maria.json'));
    const there = () => openTerminal(`node ${bin} score maria.json`, { cwd: far.path, cols: 110, rows: 30 });
    await using first = there();
    await vote(first, 1, 'd', /ballot 2\b/);
    first.press('C-c');
    await first.see(/\[exit 130\]/);
    await using second = there();
    await vote(second, 2, 'f', /That was the last ballot/);
    second.press('Enter');
    await second.see(/You see 2 ballots again/);
    second.press('n');
    await second.see(/Your 2 votes are final/);
    second.press('Enter');
    await second.see(/run: gapcheck merge maria\.votes\.jsonl[\s\S]*\[exit 0\]/);
    for (const terminal of [first, second]) expectNoLeak(terminal);
    copyFileSync(far.at('maria.votes.jsonl'), dir.at('back.jsonl'));
    const merged = execFileSync('node', [bin, 'merge', 'back.jsonl'], { cwd: dir.path, encoding: 'utf8' });
    expect(merged).toContain('maria: 2 votes, 2 new as evidence');
  });

  test('long answers scroll and have to be read', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, [{ open: longText(20_000), closed: longText(15_000, 'Another reply.') }]);
    await using terminal = open(dir.path, { cols: 80, rows: 24 });
    await begin(terminal);
    await terminal.see(/▾ more/);
    await sleep(1_600);
    terminal.press('f');
    await terminal.see(/Read to the end first: LEFT and RIGHT/);
    terminal.press('NPage', 'End');
    await sleep(300);
    terminal.press('f');
    await terminal.see(/That was the last ballot/);
    expect(linesOf(paths)).toHaveLength(1);
  });
});

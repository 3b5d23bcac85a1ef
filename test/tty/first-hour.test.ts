/** What needs a real terminal in the first hour: keys, colour, and what a question looks like. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readEvents } from '../../src/store/events-file.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { gapcheck } from '../helpers/cli.ts';
import { playRun } from '../helpers/played-run.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, hasTmux, openTerminal, stripEscapes, type Terminal } from '../helpers/terminal.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const demo = fileURLToPath(new URL('../../prompts/demo.csv', import.meta.url));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasTmux)('the first hour in a terminal', () => {
  test('the copied Next line has npx in front of it, in colour too', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(2));
    await using terminal = openTerminal(`node '${bin}' report`, {
      cwd: dir.path,
      env: { npm_command: 'exec', USER: 'jo' },
    });
    const screen = await terminal.see(/\[exit 0\]/);
    expect(screen).toMatch(/Next: npx gapcheck score/);
    expect(terminal.styled()).toMatch(/\u001b\[36mnpx gapcheck score/);
  });

  test('an unfinished run is offered before a new one is made', async () => {
    using dir = tempDir();
    const run = `node '${bin}' run '${demo}'`;
    await using first = openTerminal(run, { cwd: dir.path, env: { USER: 'jo' } });
    await begin(first);
    await first.see(/ballot 1\b/);
    await sleep(1_600);
    first.press('f');
    await first.see(/ballot 2\b/);
    first.press('q');
    await first.see(/\[exit 0\]/);
    await using second = openTerminal(run, { cwd: dir.path, env: { USER: 'jo' } });
    await second.see(/is not finished\.\n Enter continue \(1 of 24 votes\) {3}n new run {3}q quit/);
    second.press('y');
    await second.see(/"y" does nothing here/);
    second.press('Enter');
    await second.see(/ballot 2\b/);
    second.press('q');
    await second.see(/Saved: 1 vote\.\nNext: gapcheck score[\s\S]*\[exit 0\]/);
  });

  test('the plan waits for Enter where calls will be made, and q sends nothing', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), 'prompt,task\nhello,a\n');
    await using terminal = openTerminal(`node '${bin}' run p.csv --closed command:cat --open command:tac`, {
      cwd: dir.path,
      env: { USER: 'jo' },
    });
    await terminal.see(/Enter start {3}t choose tasks {3}n change the number {3}q quit/);
    terminal.press('q');
    expect(await terminal.see(/\[exit 0\]/)).toContain('Nothing was sent and nothing was written.');
  });

  test('a voting page that would hide an open report is asked about', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
    await using voter = openTerminal(`node '${bin}' score --rater jo`, { cwd: dir.path, env: { USER: 'jo' } });
    await begin(voter);
    await voter.see(/ballot 1\b/);
    await sleep(1_600);
    voter.press('f');
    await voter.see(/ballot 2\b/);
    voter.press('q');
    await voter.see(/\[exit 0\]/);
    // One ballot is left for another rater, and the report is open.
    await using finisher = openTerminal(`node '${bin}' score --rater jo --finish`, {
      cwd: dir.path,
      env: { USER: 'jo' },
    });
    await finisher.see(/Finish\?/);
    finisher.press('y', 'Enter');
    await finisher.see(/\[exit 0\]/);
    await using terminal = openTerminal(`node '${bin}' packet --rater maria -o maria.html`, {
      cwd: dir.path,
      env: { USER: 'jo' },
    });
    await terminal.see(
      /A voting page hides this run's report until maria is done\. Make it\?\n Enter make it {3}q quit/,
    );
    terminal.press('q');
    await terminal.see(/\[exit 0\]/);
    expect(readVotesFile(paths.votes('jo'))?.lines).toHaveLength(2);
  });

  test('the minutes left are those of this rater, on every page and after a break', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(24));
    // Twelve votes of 20 s are this rater's pace: 12 ballots left take 4 minutes, where the plan would say 9.
    await sit(paths, 'maria', 12, { finish: false, ms: 20_000 });
    const score = (): Terminal =>
      openTerminal(`node '${bin}' score`, { cwd: dir.path, env: { USER: 'maria' }, cols: 110 });
    await using terminal = score();
    const screen = await terminal.see(/ballot 13\b/);
    expect(screen).toMatch(/at most 12 to go · about 4 min/);
    expect(terminal.everything()).toContain('12 votes so far, at most 12 ballots left, about 4 minutes.');
    terminal.press('q');
    await terminal.see(/\[exit 0\]/);
    // A break of any length between two sessions is no reading time.
    await using again = score();
    expect(await again.see(/ballot 13\b/)).toMatch(/at most 12 to go · about 4 min/);
    again.press('q');
    await again.see(/\[exit 0\]/);
  });

  test('after the last ballot one question is left, and the report says who was asked and gave no guess', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(8));
    await sit(paths, 'maria', 7, { finish: false });
    const score = (): Terminal => openTerminal(`node '${bin}' score`, { cwd: dir.path, env: { USER: 'maria' } });
    await using first = score();
    await first.see(/ballot 8\b/);
    await sleep(1_600);
    first.press('f');
    await first.see(/That was the last ballot: 8 votes/);
    first.press('Enter');
    await first.see(/could you tell the models apart/);
    first.press('q');
    await first.see(/\[exit 0\]/);
    // The question was shown, and is not answered yet: nobody says that maria declined it.
    expect(readEvents(paths).some(({ event }) => event === 'finished')).toBe(false);
    await using second = score();
    await second.see(/could you tell the models apart/);
    expect(second.everything()).toContain('All 8 ballots are voted. One optional question is left.');
    second.press('n');
    await second.see(/Your 8 votes are final/);
    second.press('Enter');
    await second.see(/\[exit 0\]/);
    await gapcheck(['report', '-o', 'r.md'], { cwd: dir.path });
    expect(readFileSync(dir.at('r.md'), 'utf8')).toContain(
      'Whether raters could tell the models apart was not measured: maria was asked afterwards and gave no guess.',
    );
  });

  test('more prompts are voted on by the rater who is named, and another one goes on with what is left', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { mail: 20 }, n: 8 });
    await run.sit('maria', () => 'tie');
    const at = { cwd: dir.path, env: { USER: 'maria' }, cols: 110, rows: 30 };
    const voteTwice = async (terminal: Terminal): Promise<void> => {
      for (const n of [1, 2]) {
        await terminal.see(new RegExp(`ballot ${n}\\b`));
        await sleep(1_600);
        terminal.press('f');
      }
    };
    await using first = openTerminal(`node '${bin}' more 4 --rater jo`, at);
    await begin(first);
    await voteTwice(first);
    expect(await first.see(/ballot 3\b/)).toContain('rater jo');
    first.press('q');
    await first.see(/Saved: 2 votes\.\nNext: gapcheck score \S+ --rater jo\n[\s\S]*\[exit 0\]/);
    await using second = openTerminal(`node '${bin}' score --rater kim`, at);
    await second.see(/at most 2 ballots/);
    await begin(second);
    await voteTwice(second);
    await second.see(/That was the last ballot: 2 votes/);
    second.press('Enter');
    // A result was open before: guesses would be about models that the rater may have read of.
    await second.see(/Thank you, kim\. Your 2 votes are final/);
    second.press('Enter');
    // The report waits for jo, who has nothing left to read but has not finished.
    expect(await second.see(/\[exit 0\]/)).toMatch(/Next: gapcheck score \S* ?--rater jo/);
    expect((await gapcheck(['status'], { cwd: dir.path })).out).toMatch(/votes +12 of 12\n/);
  }, 60_000);

  test('a session in which every ballot was skipped has skips and no votes', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(2));
    const score = (): Terminal =>
      openTerminal(`node '${bin}' score`, { cwd: dir.path, env: { USER: 'jo' }, cols: 110 });
    await using first = score();
    await begin(first);
    for (const n of [1, 2]) {
      await first.see(new RegExp(`ballot ${n}\\b`));
      await sleep(1_600);
      first.press('s');
      await first.see(/I cannot judge this one/);
      first.press('1');
    }
    await first.see(/That was the last ballot: no vote, 2 skips\./);
    first.press('q');
    await first.see(/Saved: no vote, 2 skips\.[\s\S]*\[exit 0\]/);
    await using second = score();
    await second.see(/That was the last ballot: no vote, 2 skips\./);
    expect(second.everything()).toContain('All 2 ballots are done: no vote, 2 skips. They are not final yet.');
    second.press('Enter');
    await second.see(/Thank you, jo\. Your 2 skips are final\./);
    second.press('Enter');
    await second.see(/\[exit 0\]/);
    await using third = score();
    await third.see(
      /You have finished\. Your 2 skips are final\.[\s\S]*You skipped every ballot\. Next: gapcheck score \S+ --rater NAME[\s\S]*\[exit 0\]/,
    );
  }, 60_000);

  test('after Ctrl-C with answers missing, every command says first how to get them', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('slow.sh'), '#!/bin/sh\ncat >/dev/null\nsleep 0.3\necho "An answer."\n', { mode: 0o755 });
    const rows = Array.from({ length: 24 }, (_, at) => `Where is invoice ${at}?,It is in folder ${at}.`);
    writeFileSync(dir.at('p.csv'), `prompt,answer:closed\n${rows.join('\n')}\n`);
    const models = '--closed column:closed --open command:./slow.sh -j 1 --no-test-call --yes';
    await using terminal = openTerminal(`node '${bin}' run p.csv ${models}`, { cwd: dir.path, env: { USER: 'jo' } });
    await terminal.see(/\b[2-9] of 24/, 20_000);
    terminal.press('C-c');
    await terminal.see(/Next: gapcheck run --resume \S+[\s\S]*\[exit 130\]/);
    for (const verb of ['report', 'status', 'list'])
      expect((await gapcheck([verb], { cwd: dir.path })).out).toMatch(/^ ?Next: gapcheck run --resume( \S+)?$/m);
  });

  test('a hint is one line of the terminal program, however narrow and coloured the screen; one ballot is one', async () => {
    using dir = tempDir();
    for (const [count, word] of [
      [3, '3 ballots'],
      [1, '1 ballot'],
    ] as const) {
      const cwd = dir.at(word.replace(' ', '-'));
      makeAnsweredRun(cwd, ticketAnswers(count));
      const file = `a-rather-long-name-of-a-file-for-the-rater-${count}.html`;
      await using terminal = openTerminal(`node '${bin}' packet --rater Maria -o ${file}`, {
        cwd,
        cols: 60,
        env: { USER: 'jo', npm_command: 'exec', FORCE_COLOR: '1' },
      });
      await terminal.see(/\[exit 0\]/);
      const bytes = terminal.everything();
      expect(stripEscapes(bytes)).toContain(`Wrote ${word} for Maria`);
      expect(stripEscapes(bytes)).toMatch(/Next: npx gapcheck merge \S*a-rather-long-name[\w-]*\.votes\.jsonl\r\n/);
    }
  });

  test('help fits a terminal of 60 columns, with npx in its commands', async () => {
    using dir = tempDir();
    for (const words of ['--help', 'run --help', 'watch --help-all']) {
      await using terminal = openTerminal(`node '${bin}' ${words}`, {
        cwd: dir.path,
        cols: 60,
        rows: 300,
        env: { npm_command: 'exec' },
      });
      await terminal.see(/\[exit 0\]/);
      const lines = stripEscapes(terminal.everything()).split('\r\n');
      // A command is never broken: it has to be copied.
      expect(lines.filter((line) => line.length > 60 && !line.startsWith('  npx gapcheck '))).toEqual([]);
      expect(lines.join('\n')).toMatch(/ {2}npx gapcheck \w+/);
    }
  });

  test('plan, run.json and first page say what tasks were guessed from; where the file names them, nothing does', async () => {
    using dir = tempDir();
    const rows = ['Translate the text into German.', 'Answer as a support agent.'].flatMap((system, task) =>
      [1, 2].map((n) => `Text ${task} ${n},${system},closed ${n},open ${n}`),
    );
    writeFileSync(dir.at('guessed.csv'), `prompt,system,answer:closed,answer:open\n${rows.join('\n')}\n`);
    writeFileSync(dir.at('named.csv'), 'prompt,task,answer:closed,answer:open\nWhere?,find,here,there\n');
    const begun = async (file: string): Promise<string> => {
      await using terminal = openTerminal(`node '${bin}' run ${file}`, {
        cwd: dir.path,
        env: { USER: 'jo' },
        cols: 110,
      });
      const page = await terminal.see(/Press Enter to begin/);
      terminal.press('q');
      await terminal.see(/\[exit 0\]/);
      return `${stripEscapes(terminal.everything())}\n${page}`;
    };
    const guessed = await begun('guessed.csv');
    expect(guessed).toMatch(/Plan for guessed\.csv: 4 prompts in 2 tasks \(guessed from 2 system prompts\)\./);
    expect(guessed).toContain('The tasks were guessed from 2 system prompts.');
    expect(await begun('named.csv')).not.toContain('guessed');
    const records = readdirSync(dir.at('results')).sort();
    const guessOf = (name: string): unknown =>
      JSON.parse(readFileSync(dir.at(`results/${name}/run.json`), 'utf8')).guessedTasks;
    expect(records.map((name) => [/guessed|named/.exec(name)?.[0], guessOf(name)])).toEqual(
      expect.arrayContaining([
        ['guessed', { systemPrompts: 2, tasks: 2 }],
        ['named', undefined],
      ]),
    );
  });
});

/** What needs a real terminal in the first hour: keys, colour, and what a question looks like. */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, hasTmux, openTerminal } from '../helpers/terminal.ts';

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
});

/** How many prompts, answers, votes and skips there are: the same figures in every place, also after `more`. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { list, status } from '../../src/app/list-runs.ts';
import { createRunPort } from '../../src/app/score/run-port.ts';
import { openScoring } from '../../src/app/score/scoring.ts';
import { lastBallot, votesText } from '../../src/blind/session/closing-words.ts';
import { readEvents } from '../../src/store/events-file.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';
import { type PlayedRun, playRun } from '../helpers/played-run.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { votePacket } from '../helpers/vote-packet.ts';

const plan = { tasks: { tickets: 30, mail: 10 }, n: 16 };

/** A session that nobody has voted in yet. */
function sessionOf({ folder }: PlayedRun, rater: string) {
  const stored = openRun(folder);
  const writer = openVotesFile(stored.paths.votes(rater), stored.run, rater, 'plain', '2026-11-21T12:00:00.000Z');
  const port = createRunPort(openScoring(stored, rater, readEvents(stored.paths)), writer, () => new Date());
  return { port, [Symbol.dispose]: () => writer.close() };
}

describe('counts of a run', () => {
  it('are those of the plan and of what was added', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    const before = (await run.verb('status')).out;
    expect(before).toMatch(/tickets 8, mail 8; 24 more are unused\n/);
    expect(before).toMatch(/answers +32 of 32\n/);
    await run.sit('jo', () => 'tie');
    await run.more(5, 'tickets');
    const after = (await run.verb('status')).out;
    expect(after).toMatch(/tickets 13, mail 8; 19 more are unused\n/);
    expect(after).toMatch(/answers +42 of 42\n/);
    // Five ballots at 19 s, as the others took.
    expect(after).toMatch(/votes +16 of 21, about 2 minutes are left\n/);
    expect((await run.verb('list')).out).toMatch(/ 42 +16 of 21 /);
  });

  it('say that identical answers are no votes, and tell each session of its own alone', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { ...plan, same: (index) => index % 2 === 0 });
    const before = (await run.verb('status')).out;
    const [, done = ''] = /votes +(\d+) of 16, \1 of these needed no vote/.exec(before) ?? [];
    {
      using first = sessionOf(run, 'jo');
      expect(16 - Number(done)).toBe(first.port.toRead());
    }
    await run.sit('jo', () => 'tie');
    const settled = readEvents(openRun(run.folder).paths).filter(({ event }) => event === 'entered-identical').length;
    expect(settled).toBeGreaterThan(0);
    expect(settled).toBe(Number(done));
    expect((await run.verb('status')).out).toMatch(
      new RegExp(
        `votes +16 of 16, ${settled} of these needed no vote \\(identical answers, or votes that were kept\\)\\n`,
      ),
    );
    await run.more(8, 'tickets');
    using session = sessionOf(run, 'kim');
    const shown = session.port.toRead();
    expect(shown).toBe(session.port.toCome?.().prompts.length);
    let [read, end] = [0, await session.port.next()];
    for (; 'ballot' in end; end = await session.port.next()) {
      read += 1;
      const vote = { ballot: end.ballot.id, choice: 'tie' as const, retry: [], view: 'plain' as const, ms: 19_000 };
      await session.port.append({ kind: 'vote', vote });
    }
    expect(read).toBe(shown);
    expect(end).toMatchObject({ votes: read, identical: 8 - read });
  });

  it('name a skip as a skip, count it as done, and no hidden repeat as a vote', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { tickets: 48 }, n: 44 });
    using session = sessionOf(run, 'jo');
    for (let at = 0; at < 30; at += 1) {
      const next = await session.port.next();
      if (!('ballot' in next)) throw new Error('the session ended');
      const choice = at % 10 === 0 ? ('skip' as const) : ('tie' as const);
      const vote = { ballot: next.ballot.id, choice, retry: [], view: 'plain' as const, ms: 19_000 };
      await session.port.append({ kind: 'vote', vote });
    }
    const status = (await run.verb('status')).out;
    const [, voted, skipped] = /votes +(\d+) of 44, (\d+) skipped, about (?:\d+) minutes are left\n/.exec(status) ?? [];
    // Three of the thirty were skipped, and at least one was a repeat.
    expect(skipped).toBe('3');
    expect(Number(voted)).toBeLessThan(27);
    expect(Number(voted)).toBeGreaterThan(20);
    expect((await run.verb('list')).out).toContain(` ${voted} of 44, 3 skipped  `);
  });

  it('leave room for the state, whatever the width of the terminal', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { mail: 22 }, n: 22 });
    let at = 0;
    await run.sit('jo', () => (at++ === 3 ? 'skip' : 'tie'));
    const { context } = quietContext(dir.path);
    // 12 columns of the name, and the other cells whole.
    for (let columns = 69; columns < 100; columns += 1) {
      const said: string[] = [];
      const stdout = { ...context.stdout, columns } as typeof context.stdout;
      await list({}, { ...context, stdout, out: (text) => void said.push(text) });
      const row = said.find((line) => line.includes('1 skipped')) ?? '';
      expect(row).toMatch(/report ready$/);
      expect(row.length, row).toBeLessThanOrEqual(columns);
    }
  });

  it('stand under each other in a narrow terminal', async () => {
    using dir = tempDir();
    await playRun(dir.path, { tasks: { 'tickets-of-the-first-line': 8, 'mail-of-partners': 8, b: 8 }, n: 24 });
    const said: string[] = [];
    const { context } = quietContext(dir.path);
    const stdout = { ...context.stdout, columns: 60 } as typeof context.stdout;
    await status(undefined, {}, { ...context, stdout, out: (text) => void said.push(text) });
    const lines = said.join('\n').split('\n');
    const [first = ''] = lines.filter((line) => line.startsWith(' prompts'));
    const next = lines[lines.indexOf(first) + 1] ?? '';
    expect(first.length).toBeLessThanOrEqual(60);
    expect(next).toMatch(/^ {10}\S/);
    expect(`${first} ${next.trim()}`).toContain('mail-of-partners 8');
  });

  it('name skips beside the votes in the table and in the first line of the report', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    let at = 0;
    await run.sit('jo', () => (at++ < 2 ? 'skip' : 'tie'));
    const { out } = await run.verb('report', '-o', 'report.md');
    expect(out).toContain(' prompts.csv · 14 votes and 2 skips by jo\n');
    expect(readFileSync(dir.at('report.md'), 'utf8')).toMatch(/\| all prompts \| [^|]+\| 14\/16, 2 skipped \|/);
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /Raters skipped 2 ballots \((?:prompts \d+ and \d+ in \w+|prompt \d+ in (?:tickets, prompt \d+ in mail|mail, prompt \d+ in tickets))\)\. A skip is no vote\./,
    );

    // Somebody else votes on both: they are skips no more.
    await run.sit('kim', () => 'open');
    const later = (await run.verb('report', '-o', 'report.md')).out;
    expect(later).toContain('16 votes and 2 skips by jo, kim (the skips since voted on by kim)\n');
    const words = later.replace(/\s+/g, ' ');
    expect(words).not.toContain('Raters skipped');
    expect(words).toContain('2 ballots that were skipped have a vote of kim since: they count as votes');
    expect(readFileSync(dir.at('report.md'), 'utf8')).toMatch(/\| all prompts \| [^|]+\| 16\/16 \|/);
    expect((await run.verb('status')).out).toMatch(/votes +16 of 16\n/);
  });

  it('of exported battles say how many nobody judged', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { ...plan, same: (index) => index % 2 === 0 });
    await run.sit('jo', () => 'tie');
    const settled = readEvents(openRun(run.folder).paths).filter(({ event }) => event === 'entered-identical').length;
    expect((await run.verb('votes', 'export', '-o', 'battles.jsonl')).err).toContain(
      `Wrote battles.jsonl: 16 battles, ${settled} of them without a vote (identical or no answers, judge "nobody").`,
    );
  });

  it('tell skips from votes at the end of a session', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    let first = true;
    await run.sit('jo', () => {
      const choice = first ? 'skip' : 'tie';
      first = false;
      return choice;
    });
    using session = sessionOf(run, 'jo');
    const closed = await session.port.close();
    expect(closed).toMatchObject({ votes: 16, skips: 1 });
    expect(lastBallot(votesText(closed.votes, closed.skips))).toBe('That was the last ballot: 15 votes, 1 skip.');
    expect((await run.report()).raters[0]).toMatchObject({ votes: 15, skipped: 1 });
  });
});

describe('tables that a run does not have', () => {
  it.each(['two.days.csv', 'two.agents.csv'])('are refused and not written: %s', async (file) => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    await run.sit('jo', () => 'tie');
    const { code, err } = await runVerb(['report', '-o', file], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toContain('Next: gapcheck report -o two.csv');
    expect(existsSync(dir.at(file))).toBe(false);
  });
});

describe('commands that are printed for a run in another folder', () => {
  it('work when they are pasted, and a file of another run is an input to correct', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { ...plan, words: ['--results', 'results2'], results: 'results2' });
    const packet = await run.verb('packet', '--rater', 'jo', '-o', 'jo.json', '--results', 'results2');
    const next = /Next: gapcheck (merge .*)/.exec(packet.out)?.[1] ?? '';
    await votePacket(dir.at('jo.json'), () => 'tie');
    expect(await runVerb(next.split(' '), { cwd: dir.path })).toMatchObject({ code: 0 });

    await playRun(dir.path, plan);
    const wrong = await runVerb(['merge', 'jo.votes.jsonl'], { cwd: dir.path });
    expect(wrong.code).toBe(2);
    expect(wrong.err.replace(/\s+/g, ' ')).toMatch(/belongs to another run than .*-played: its votes are on run r_/);
  });
});

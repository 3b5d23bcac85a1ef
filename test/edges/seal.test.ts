import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { gather } from '../../src/app/result/gather.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { scoreRun } from '../../src/app/score/score-run.ts';
import { openScoring } from '../../src/app/score/scoring.ts';
import { GapcheckError } from '../../src/errors.ts';
import { type Choice, chainLine, type UnchainedLine, votesHeader } from '../../src/records/vote-lines.ts';
import { addEvents, readEvents } from '../../src/store/events-file.ts';
import { hashing } from '../../src/store/hashing.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { openRun, runHash } from '../../src/store/run-folder.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const at = '2026-11-21T10:00:00.000Z';
const now = (): Date => new Date(at);

const contextAt = (cwd: string): Context => ({ ...quietContext(cwd).context, env: {}, now });

/** What was thrown on purpose: its exit code and its words. */
async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof GapcheckError) return `exit ${error.exitCode}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}

const vote = (ballot: string, choice: Choice = 'tie'): UnchainedLine =>
  ({ ballot, choice, retry: [], view: 'plain', ms: 1_000, at }) as UnchainedLine;

const token = 'ab'.repeat(32);
/** The run keeps the hash of the packet's token. */
const give = (paths: RunPaths): Promise<unknown> =>
  addEvents(
    paths,
    () => new Date(at),
    () => [{ event: 'given' as const, rater: 'maria', token: hashing.sha256(token), ballots: 3 }],
  );

/** A whole file with a chain that fits: what somebody who knows the format can write. */
function writeVotes(path: string, { folder }: RunPaths, rater: string, lines: readonly object[]): string {
  let previous = JSON.stringify(votesHeader({ ...openRun(folder).run, token }, rater, 'plain', at));
  let text = `${previous}\n`;
  for (const [index, line] of lines.entries()) {
    const before = { length: index, at: () => ({ n: index }) } as never;
    previous = JSON.stringify(chainLine(before, hashing.sha256(previous), line as UnchainedLine));
    text += `${previous}\n`;
  }
  writeFileSync(path, text);
  return path;
}

const ballotsOf = (paths: RunPaths, rater: string): string[] =>
  openScoring(openRun(paths.folder), rater, readEvents(paths))
    .dealt.filter(({ copy }) => copy === 1)
    .map(({ id }) => id);

const aBallot = 'b_0000000000000001';

async function refusedAs(exit: number, lines: readonly object[], words: string): Promise<void> {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
  const file = writeVotes(dir.at('m.votes.jsonl'), paths, 'maria', lines);
  const said = await refusal(() => readVotesFile(file));
  expect(said).toContain(`exit ${exit}`);
  expect(said).toContain(`m.votes.jsonl:${lines.length + 1}`);
  expect(said).toContain(words);
  const before = readFileSync(paths.votes('maria'), { flag: 'a+' });
  expect(await refusal(() => merge([file], {}, contextAt(dir.path)))).toBe(said);
  expect(readFileSync(paths.votes('maria'))).toEqual(before);
  expect(existsSync(paths.votesLock('maria'))).toBe(false);
}

describe('lines of a votes file', () => {
  test.each([
    ['a choice that is none', { ...vote(aBallot), choice: 'best' }, '"choice"'],
    ['retry that is a word', { ...vote(aBallot), retry: 'left' }, '"retry"'],
    ['retry of a third side', { ...vote(aBallot), retry: ['middle'] }, '"retry[0]"'],
    ['a number for a ballot', { ...vote(aBallot), ballot: 7 }, '"ballot"'],
    ['a ballot id that none can have', { ...vote(aBallot), ballot: 'b_1' }, '"ballot"'],
    ['ms in words', { ...vote(aBallot), ms: 'long' }, '"ms"'],
    ['a day that is none', { ...vote(aBallot), at: '2026-02-30T10:00:00.000Z' }, '"at"'],
    ['a time in words', { ...vote(aBallot), at: 'at noon' }, '"at"'],
    ['n that is text', { ...vote(aBallot), n: '1' }, '"n"'],
    ['n before the first', { ...vote(aBallot), n: 0 }, '"n"'],
  ])('%s: exit 2 with line and field, for reading and for merging, and nothing is taken', (_name, line, words) =>
    refusedAs(2, [line], words),
  );

  test.each([
    ['a gap in n', [{ ...vote(aBallot), n: 5 }], '"n" is not 1'],
    ['an undo of nothing', [{ undo: 1, at }], 'takes back vote 1'],
    ['a guess about nothing', [{ guess: 'left', of: 3, at }], 'about vote 3'],
    ['a second vote on a ballot', [vote(aBallot), vote(aBallot)], `:3: it is a second vote on ${aBallot}`],
  ])('%s: exit 5 with the line, because the chain was made by hand', (_name, lines, words) =>
    refusedAs(5, lines, words),
  );

  test.each([
    ['no retry', { ...vote(aBallot), retry: undefined }, '"retry" is missing'],
    ['nothing that is known', { at }, '"ballot" is missing'],
  ])('%s: exit 2 with the line, because a file that lacks a field was cut by a program', async (_name, line, words) => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
    const file = writeVotes(dir.at('m.votes.jsonl'), paths, 'maria', [line]);
    const said = await refusal(() => merge([file], {}, contextAt(dir.path)));
    expect(said).toContain('exit 2');
    expect(said).toContain(`m.votes.jsonl:2: ${words}`);
  });

  test('a header that lacks its fields is said', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('m.votes.jsonl'), '{"kind":"votes"}\n');
    expect(await refusal(() => readVotesFile(dir.at('m.votes.jsonl')))).toContain(
      'm.votes.jsonl:1: "schema" is missing',
    );
  });

  test.each(['null', '5', '[]', '"votes"'])('a header %s is said, not a crash', async (header) => {
    using dir = tempDir();
    writeFileSync(dir.at('m.votes.jsonl'), `${header}\n`);
    expect(await refusal(() => readVotesFile(dir.at('m.votes.jsonl')))).toContain('not a votes file of gapcheck');
  });

  test('a line that is no object breaks the chain', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(1));
    const file = writeVotes(dir.at('m.votes.jsonl'), paths, 'maria', []);
    writeFileSync(file, `${readFileSync(file, 'utf8')}null\n`);
    expect(await refusal(() => readVotesFile(file))).toMatch(
      /^exit 5: .*m\.votes\.jsonl:2: this line is not what gapcheck wrote/,
    );
  });

  test('what a session writes is taken', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
    await give(paths);
    const [first = '', second = ''] = ballotsOf(paths, 'maria');
    const lines = [vote(first), { undo: 1, at }, vote(first), vote(second, 'skip'), { finish: true, at }];
    const file = writeVotes(dir.at('m.votes.jsonl'), paths, 'maria', [...lines, { guess: 'left', of: 3, at }]);
    expect(await merge([file], {}, contextAt(dir.path))).toBe(0);
    await sit(makeAnsweredRun(dir.at('other'), ticketAnswers(2)), 'otto', 2);
  });
});

const look = ({ folder }: RunPaths) => gather(dirname(folder), folder, contextAt(dirname(folder))).input;
const without = (file: string, gone: (line: Record<string, unknown>) => boolean): void => {
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(
    file,
    rows
      .filter((row) => !gone(JSON.parse(row)))
      .map((row) => `${row}\n`)
      .join(''),
  );
};

describe('votes against the ledger', () => {
  test.each([true, false])('a vote whose line is taken out of the ledger shows, sealed: %s', async (sealed) => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(8));
    await sit(paths, 'maria', sealed ? 4 : 8);
    if (sealed) await sit(paths, 'otto', 1, { finish: false });
    expect(look(paths).seal.sealed).toBe(sealed);
    without(paths.events, ({ event, rater, n }) => event === 'entered' && rater === 'maria' && n === 3);
    expect(await refusal(() => look(paths))).toMatch(/^exit 5: votes\/maria\.jsonl:4: vote 3 has no "entered" line/);
  });

  test('a votes file that is missing or shorter than the ledger shows, also while sealed', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(8));
    await sit(paths, 'maria', 4, { finish: false });
    expect(look(paths).seal.sealed).toBe(true);
    const whole = readFileSync(paths.votes('maria'), 'utf8');
    writeFileSync(paths.votes('maria'), whole.split('\n').slice(0, 4).join('\n').concat('\n'));
    expect(await refusal(() => look(paths))).toMatch(/^exit 5: votes\/maria\.jsonl:5: vote 4 is in events\.jsonl/);
    rmSync(paths.votes('maria'));
    expect(await refusal(() => look(paths))).toMatch(/^exit 5: events\.jsonl: entry \d+ .*maria\.jsonl is missing/);
  });

  test('votes rewritten after the finish, with a chain that fits, show', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
    await sit(paths, 'maria', 3);
    const lines = readVotesFile(paths.votes('maria'))?.lines ?? [];
    const turned = lines.map(({ n: _n, prev: _prev, ...line }) =>
      'choice' in line ? { ...line, choice: 'tie' } : line,
    );
    writeVotes(paths.votes('maria'), paths, 'maria', turned);
    expect(await refusal(() => look(paths))).toMatch(/^exit 5: votes\/maria\.jsonl: it does not hold the votes/);
  });

  test('votes added or taken back after the finish show, in the folder and when merged', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
    await give(paths);
    const [first = '', second = ''] = ballotsOf(paths, 'maria');
    const finished = [vote(first), { finish: true, at }];
    const file = dir.at('m.votes.jsonl');
    const context = contextAt(dir.path);
    expect(await merge([writeVotes(file, paths, 'maria', finished)], {}, context)).toBe(0);
    expect(look(paths).seal.sealed).toBe(false);
    for (const later of [vote(second), { undo: 1, at }]) {
      writeVotes(file, paths, 'maria', [...finished, later, { finish: true, at }]);
      expect(await refusal(() => merge([file], {}, context))).toMatch(/^exit 5: m\.votes\.jsonl:4: line 3 changes/);
    }
    expect(look(paths).raters).toMatchObject([{ votes: 1, finished: true }]);
    writeFileSync(paths.votes('maria'), readFileSync(file));
    expect(await refusal(() => look(paths))).toContain('exit 5: votes/maria.jsonl:2: vote 1 is in events.jsonl');
  });

  test('a merged vote is not taken back by a file that has grown', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
    await give(paths);
    const [first = '', second = ''] = ballotsOf(paths, 'maria');
    const file = writeVotes(dir.at('m.votes.jsonl'), paths, 'maria', [vote(first), vote(second)]);
    expect(await merge([file], {}, contextAt(dir.path))).toBe(0);
    const later = [vote(first), vote(second), { undo: 1, at }, vote(first, 'both-bad')];
    writeVotes(file, paths, 'maria', later);
    expect(await refusal(() => merge([file], {}, contextAt(dir.path)))).toMatch(
      /^exit 5: m\.votes\.jsonl:4: line 3 takes/,
    );
  });
});

test('who has no vote seals nobody, and finishing nothing leaves no file', async () => {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
  await sit(paths, 'maria', 3);
  await sit(paths, 'otto', 0, { finish: false });
  expect(existsSync(paths.votes('otto'))).toBe(true);
  expect(look(paths).seal.sealed).toBe(false);
  const finish = () => scoreRun(paths.folder, { finish: true, rater: 'eva' }, contextAt(dir.path));
  expect(await refusal(finish)).toContain('exit 2: There are no votes to finish yet');
  expect(existsSync(paths.votes('eva'))).toBe(false);
});

test('a verdict in the ledger that the votes do not reach, or reach later, is refused', async () => {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(10));
  await sit(paths, 'maria', 10);
  const [pair] = look(paths).pairs;
  if (typeof pair === 'string' || pair?.overall.goodAt == null) throw new Error('no verdict');
  const { goodAt } = pair.overall;
  const write = (verdict: 'open-good-enough' | 'keep-closed', units: number) =>
    addEvents(paths, now, () => [{ event: 'verdict', pair: 'open:closed', task: null, verdict, units, batch: 0 }]);
  await write('open-good-enough', goodAt);
  expect(look(paths).seal.sealed).toBe(false);
  const before = readFileSync(paths.events);
  const words = 'exit 5: events.jsonl: the verdict on open:closed is not what the votes say.';
  await write('keep-closed', 9);
  expect(await refusal(() => look(paths))).toBe(words);
  writeFileSync(paths.events, before);
  await write('open-good-enough', goodAt - 1);
  expect(await refusal(() => look(paths))).toBe(words);
});

test('run.json edited after the start is refused by report, score, merge and packet', async () => {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
  await addEvents(paths, now, () => [{ event: 'started', gapcheck: '0', node: 'v20', runHash: runHash(paths) }]);
  await sit(paths, 'maria', 3);
  expect(look(paths).seal.sealed).toBe(false);
  writeFileSync(paths.run, readFileSync(paths.run, 'utf8').replace('"margin": 0.3', '"margin": 0.9'));
  const context = contextAt(dir.path);
  const file = writeVotes(dir.at('m.votes.jsonl'), paths, 'otto', []);
  const works = [
    () => look(paths),
    () => scoreRun(paths.folder, { finish: true, rater: 'maria' }, context),
    () => merge([file], {}, context),
    () => packet(undefined, { rater: 'otto', output: 'otto.json' }, context),
  ];
  for (const work of works) expect(await refusal(work)).toMatch(/^exit 5: .*run\.json was changed after the run/);
});

/** What a run waits for before its seal opens: raters with a packet, raters who have not begun, ballots of `more`. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { more } from '../../src/app/more-prompts.ts';
import { gather } from '../../src/app/result/gather.ts';
import { report } from '../../src/app/result/show-report.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { nextStep } from '../../src/report/next-step.ts';
import { addEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeRun } from '../helpers/run-record.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { shorterWins, votePacket } from '../helpers/vote-packet.ts';

const { settings } = makeRun([]).run;
const forRaters = (raters: number) => ({ settings: { ...settings, raters } });

function at(paths: RunPaths) {
  const { context } = quietContext(paths.folder);
  const { input } = gather(paths.folder, paths.folder, context);
  const pairs = input.pairs === 'sealed' ? [] : input.pairs;
  const { runFolder: _, ...facts } = input;
  return { seal: input.seal, next: nextStep({ ...facts, missing: 0 }, pairs), votes: pairs[0]?.overall.counts };
}

describe('the seal', () => {
  test('waits for a packet that is out, and opens when it is back whole', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(4), forRaters(2));
    const { context, said } = quietContext(dir.path);
    expect(await packet(undefined, { rater: 'jo', output: 'jo.json' }, context)).toBe(0);
    expect(said.join('\n')).toContain('2 ballots for jo');
    await sit(paths, 'maria', 2);
    expect(at(paths)).toMatchObject({
      seal: { sealed: true, reason: 'jo has 2 prompts in a packet that has not come back.' },
      next: { command: 'gapcheck merge jo.votes.jsonl', words: expect.stringContaining('--unblind opens it now') },
    });
    const votes = await votePacket(dir.at('jo.json'), shorterWins, { atMost: 1 });
    expect(await merge([votes], {}, context)).toBe(0);
    expect(at(paths).seal).toMatchObject({ sealed: true, reason: 'jo has not finished scoring.' });
    await votePacket(dir.at('jo.json'), shorterWins);
    expect(await merge([votes], {}, context)).toBe(0);
    expect(at(paths).seal).toMatchObject({ sealed: false });
  });

  test('waits for planned raters who have not begun, unless it is opened on purpose', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(4), forRaters(2));
    await sit(paths, 'maria', 2);
    expect(at(paths)).toMatchObject({
      seal: { sealed: true, reason: '1 of 2 raters has not begun.' },
      next: { command: 'gapcheck score --rater NAME' },
    });
    const { context } = quietContext(dir.path);
    await report(undefined, { unblind: true }, context);
    expect(at(paths).seal).toMatchObject({ sealed: false, unblindedEarly: { voted: 2, planned: 4 } });
  });

  test('waits for no rater to whom nothing is left, and for nobody with one rater', async () => {
    using dir = tempDir();
    const same = { open: 'Done.', closed: 'Done.' };
    const paths = makeAnsweredRun(dir.path, [...ticketAnswers(1), same], forRaters(2));
    await sit(paths, 'maria', 1);
    expect(at(paths).seal).toMatchObject({ sealed: false });
    const alone = makeAnsweredRun(dir.at('alone'), ticketAnswers(2));
    await sit(alone, 'maria', 2);
    expect(at(alone).seal).toMatchObject({ sealed: false });
  });

  test('waits for no rater who has finished, also without a vote', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(4), forRaters(2));
    await sit(paths, 'jo', 0, { finish: false });
    await sit(paths, 'maria', 2);
    expect(at(paths).seal).toMatchObject({ sealed: true, reason: '1 of 2 raters has not begun.' });
    await sit(paths, 'jo', 0);
    expect(at(paths).seal).toMatchObject({ sealed: false });
  });

  test('is open where every pair of answers is the same: there is nothing to wait for', async () => {
    using dir = tempDir();
    const same = { open: 'Done.', closed: 'Done.' };
    const paths = makeAnsweredRun(dir.path, [same, { ...same, prompt: 'And this?' }]);
    expect(at(paths).seal).toMatchObject({ sealed: true });
    await sit(paths, 'maria', 0);
    expect(at(paths)).toMatchObject({ seal: { sealed: false }, votes: { identical: 2 } });
  });
});

test('ballots that `more` has added are the next step while they wait', async () => {
  using dir = tempDir();
  const plan = { task: 'reply', planned: 2, reserve: 2, traffic: 1, hardTraffic: 0, hardPlan: 0 };
  const paths = makeAnsweredRun(dir.path, ticketAnswers(4), { tasks: [plan], plannedBallots: 2 });
  await sit(paths, 'maria', 2);
  expect(at(paths).next.command).toMatch(/^gapcheck more/);
  const prompts = openRun(paths.folder)
    .prompts.slice(2, 3)
    .map(({ id }) => id);
  await addEvents(
    paths,
    () => new Date('2026-11-21T11:00:00.000Z'),
    () => [{ event: 'more', prompts }],
  );
  expect(at(paths).next).toMatchObject({ command: 'gapcheck score', words: '1 ballot waiting, about 1 min' });
});

test('votes that come after the result was open are counted, and `more` says what that means', async () => {
  using dir = tempDir();
  const plan = { task: 'reply', planned: 2, reserve: 1, traffic: 1, hardTraffic: 0, hardPlan: 0 };
  const paths = makeAnsweredRun(dir.path, ticketAnswers(3), { tasks: [plan], plannedBallots: 2 });
  await sit(paths, 'maria', 2);
  const { context, said } = quietContext(dir.path);
  await more(['1'], { score: false, task: 'repl' }, context).catch((error: unknown) => {
    expect(error).toMatchObject({ exitCode: 2, hint: 'did you mean "reply"? its tasks are reply' });
  });
  const prompts = openRun(paths.folder)
    .prompts.slice(2)
    .map(({ id }) => id);
  await report(undefined, { output: ['report.json'] }, context);
  await addEvents(
    paths,
    () => new Date('2026-11-21T11:00:00.000Z'),
    () => [{ event: 'more', prompts }],
  );
  await sit(paths, 'jo', 1);
  await report(undefined, { output: ['report.json'] }, context);
  expect(JSON.parse(readFileSync(dir.at('report.json'), 'utf8'))).toMatchObject({ votedAfterOpen: 1 });
  expect(readFileSync(paths.report('md'), 'utf8')).toContain('1 vote came after the result had been open');
  expect(said.join('\n')).not.toContain('sealed');
});

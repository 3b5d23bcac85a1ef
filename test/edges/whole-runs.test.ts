/** A few of the whole runs that the proof plays by the thousand: commands, votes and reports fit together, and quickly. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdicts } from '../../src/api.ts';
import { playRun } from '../helpers/played-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { seeded } from '../helpers/vote-paths.ts';
import { differences } from '../proof/random-runs.ts';
import { atBorders, borderRuns, oppositeRaters, tasteOf, trafficRuns } from '../proof/whole-runs.ts';

describe('whole runs through the commands', { timeout: 240_000 }, () => {
  it('counts each statement of each scope once a run: three tasks and the whole', async () => {
    const tally = await borderRuns({ ...atBorders, plans: [24], ties: [0.2] }, 4, 1);
    const counted = Object.fromEntries(tally.rates().map(({ name, of }) => [name, of]));
    expect(counted).toEqual({
      'good overall': 2,
      'good task': 6,
      'keep overall': 2,
      'keep task': 6,
      'better overall': 2,
      'better task': 6,
    });
    expect(tally.above(0.05)).toEqual([]);
  });

  it('can find a rule wrong: taste far from the border is called so in every run', async () => {
    const clear = { net: { a: 0.9, b: 0.9, c: 0.9 }, wrong: ['good', 'better'] } as const;
    const tally = await borderRuns({ tasks: { a: 30, b: 30, c: 30 }, plans: [36], ties: [0], truths: [clear] }, 2, 2);
    expect(tally.above(0.05).map((name) => name.split(' ').slice(0, 2).join(' '))).toEqual([
      'good overall',
      'good task',
      'better overall',
      'better task',
    ]);
  });

  it('says the same whichever packet comes back first', async () => {
    const { differ, tally } = await oppositeRaters(2, 3);
    expect(differ).toBe(0);
    expect(tally.rates().map(({ of }) => of)).toEqual([2, 6, 2, 6]);
  });

  it('weighs tasks by their traffic', async () => {
    expect(await trafficRuns(1, 4)).toEqual({ keep: 0, good: 0 });
  });

  it('says what a second computation from opinions, key and ledger says', async () => {
    expect(await differences(6, 5)).toEqual([]);
  });

  it('says from the second run on that the prompts were tested before', async () => {
    using dir = tempDir();
    const random = seeded(9);
    const said: string[][] = [];
    for (const clock of [1, 2]) {
      const run = await playRun(dir.path, { tasks: { a: 12 }, n: 8 });
      await run.sit(
        `rater-${clock}`,
        tasteOf(() => 0, 0.2, random),
      );
      said.push((await run.report()).notices.filter((notice) => notice.includes('on these prompts')));
    }
    expect(said).toEqual([
      [],
      [
        expect.stringMatching(
          /^This is run 2 on these prompts with these models\. What differs from \S+-played\S*, the one before: the raters \(rater-2, before: rater-1\) and the left\/right order\. The answers are the same\. A wrong "within your margin" comes up at least once in up to 10 of 100 such series\.$/,
        ),
      ],
    ]);
  });

  it('takes a look through the library for an opening, once, and no ledger that needs none is touched', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { a: 20, b: 20 }, n: 16 });
    const taste = tasteOf(() => 0, 0.2, seeded(6));
    expect(verdicts(run.folder)).toMatchObject({ sealed: expect.any(String), pairs: [] });
    await run.sit('ann', taste);
    const ledger = (): string[] => readFileSync(join(run.folder, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    const openings = () => ledger().flatMap((line) => (line.includes('"opened"') ? [JSON.parse(line)] : []));
    expect(openings()).toEqual([]);
    expect(verdicts(run.folder).pairs[0]?.overall).toMatchObject({ units: 16, plannedRead: 16 });
    expect(openings()).toMatchObject([{ batch: 0, units: 16 }]);
    const before = ledger();
    verdicts(run.folder);
    expect(ledger()).toEqual(before);
    await run.more(6);
    await run.sit('ann', taste);
    expect(verdicts(run.folder).pairs[0]?.overall).toMatchObject({ units: 22, plannedRead: 16 });
    expect(openings()).toHaveLength(2);
  });

  it('counts the votes of each opening apart', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { a: 20, b: 20 }, n: 16 });
    const taste = tasteOf(() => 0, 0.2, seeded(5));
    await run.sit('ann', taste);
    await run.report();
    await run.more(6);
    await run.sit('ann', taste);
    const [pair] = (await run.report()).pairs;
    expect(pair?.overall).toMatchObject({ planned: 22, units: 22, plannedRead: 16 });
  });
});

import { describe, expect, it } from 'vitest';
import { GapcheckError } from '../../../src/errors.ts';
import type { CarriedVote } from '../../../src/records/run-events.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
import type { EvidenceUnit } from '../../../src/verdicts/verdict-shapes.ts';
import { castAll, openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

const plain = (n: number) => Array.from({ length: n }, () => ({}));
const placeOf = ({ prompt }: EvidenceUnit): number => Number.parseInt(prompt.slice(2), 16);
/** By the place of their prompt: within a batch the order is keyed. */
const sorted = (units: readonly EvidenceUnit[]): EvidenceUnit[] => [...units].sort((x, y) => placeOf(x) - placeOf(y));
const places = (units: readonly EvidenceUnit[]): number[] => sorted(units).map(placeOf);
const scores = (units: readonly EvidenceUnit[]): number[] => sorted(units).map(({ score }) => score);

describe('evidence', () => {
  it('turns sides back into arms, whichever side open was on', () => {
    const run = votedRun({ prompts: plain(4) });
    run.cast(0, { vote: 'win', aSide: 'left', redo: ['b'] });
    run.cast(1, { vote: 'win', aSide: 'right' });
    run.cast(2, { vote: 'loss', aSide: 'right', redo: ['a'] });
    run.cast(3, { vote: 'both-bad' });
    const units = sorted(collectEvidence(run.input, openVsClosed).units);
    expect(scores(units)).toEqual([1, 1, -1, 0]);
    expect(units.map(({ retryScore }) => retryScore)).toEqual([1, 0, -1, 0]);
    expect(units[3]?.shares).toEqual({ a: 0, bothFine: 0, bothBad: 1, b: 0 });
    expect(units[3]?.redo).toEqual({ a: 1, b: 1 });
  });

  it('leaves out undone votes, votes that can still be undone, skips and hidden repeats', () => {
    const run = votedRun({ prompts: plain(5) });
    run.cast(0, { vote: 'win' });
    run.undo('maria', run.cast(1, { vote: 'loss', unentered: true }));
    run.cast(1, { vote: 'tie' });
    run.cast(2, { vote: 'skip' });
    run.cast(0, { vote: 'loss', copy: 2 });
    run.cast(3, { vote: 'win', unentered: true });
    const { units, skipped } = collectEvidence(run.input, openVsClosed);
    expect(places(units)).toEqual([0, 1]);
    expect(scores(units)).toEqual([1, 0]);
    expect([...skipped]).toEqual([promptIdOf(2)]);
  });

  it('does not count what was undone, even where a line of it is in the ledger', () => {
    const run = votedRun({ prompts: plain(4) });
    run.cast(0, { vote: 'win' });
    run.undo('maria', run.cast(1, { vote: 'loss' }));
    run.undo('maria', run.cast(2, { vote: 'skip', unentered: true }));
    run.cast(2, { vote: 'tie' });
    const { units, skipped } = collectEvidence(run.input, openVsClosed);
    expect(places(units)).toEqual([0, 2]);
    expect(skipped.size).toBe(0);
  });

  it('counts equal answers as a tie in preference, and says nothing on whether they are fine', () => {
    const run = votedRun({ prompts: plain(3) });
    run.cast(0, { vote: 'loss' });
    run.identical(1);
    run.cast(2, { vote: 'win' });
    const units = sorted(collectEvidence(run.input, openVsClosed).units);
    expect(units[1]).toMatchObject({
      score: 0,
      identical: true,
      shares: { a: 0, bothFine: 0, bothBad: 0, b: 0 },
      votes: [],
    });
  });

  it('takes one of several votes on a prompt, the same one whoever voted first', () => {
    const order = (raters: readonly string[]) => {
      const run = votedRun({ prompts: plain(12), raters: 2 });
      for (const rater of raters)
        for (let index = 0; index < 12; index += 1)
          run.cast(index, { vote: rater === 'maria' ? 'win' : 'loss', rater });
      return collectEvidence(run.input, openVsClosed).units;
    };
    const [first, second] = [order(['maria', 'john']), order(['john', 'maria'])];
    expect(first.map(({ prompt, score }) => [prompt, score])).toEqual(
      second.map(({ prompt, score }) => [prompt, score]),
    );
    // Not one rater everywhere: the draw is made per prompt.
    expect(new Set(first.map(({ score }) => score))).toEqual(new Set([1, -1]));
    expect(first.every(({ votes, deciding }) => votes.length === 2 && deciding.length === 1)).toBe(true);
  });

  it('lets a vote on a prompt that has a unit from before an opening change nothing', () => {
    const run = votedRun({ prompts: plain(3), raters: 2 });
    for (const index of [0, 1, 2]) run.cast(index, { vote: 'win', rater: 'maria' });
    run.open();
    for (const index of [0, 1, 2]) run.cast(index, { vote: 'loss', rater: 'john' });
    expect(scores(collectEvidence(run.input, openVsClosed).units)).toEqual([1, 1, 1]);
  });

  it('takes the majority of judges whose votes were imported', () => {
    const run = votedRun({ prompts: plain(2) });
    for (const rater of ['j1', 'j2', 'j3']) {
      run.cast(0, { vote: rater === 'j1' ? 'loss' : 'win', rater });
      run.cast(1, { vote: rater === 'j1' ? 'win' : rater === 'j2' ? 'loss' : 'tie', rater });
      run.events.push({ at: '', event: 'merged', rater, votes: 2, lastHash: '', imported: true });
    }
    expect(scores(collectEvidence(run.input, openVsClosed).units)).toEqual([1, 0]);
  });

  it('puts votes into batches by the openings, in an order that the ledger does not make', () => {
    const cast = (order: readonly number[]) => {
      const run = votedRun({ prompts: plain(24) });
      for (const index of [0, 1, 2, 3]) run.cast(index, { vote: 'win' });
      run.open();
      for (const index of order) run.cast(index, { vote: index % 2 ? 'win' : 'loss' });
      return collectEvidence(run.input, openVsClosed).batches.map((batch) => batch.map(placeOf));
    };
    const later = Array.from({ length: 20 }, (_, at) => at + 4);
    const [straight, back] = [cast(later), cast([...later].reverse())];
    expect(straight).toEqual(back);
    expect(straight[0]).toHaveLength(4);
    expect([...(straight[1] ?? [])].sort((x, y) => x - y)).toEqual(later);
    expect(straight[1]).not.toEqual(later);
  });

  it('leaves out prompts about identity', () => {
    const run = votedRun({ prompts: [{}, { flags: ['identity' as const] }, {}] });
    castAll(run, 'wwl');
    expect(places(collectEvidence(run.input, openVsClosed).units)).toEqual([0, 2]);
  });

  it('refuses a ledger that does not fit the votes or the key', () => {
    const run = votedRun({ prompts: plain(2) });
    run.cast(0, { vote: 'win' });
    const without = { ...run.input, votes: new Map() };
    expect(() => collectEvidence(without, openVsClosed)).toThrow(/vote 1 is in the run's ledger, but not in this file/);
    try {
      collectEvidence({ ...run.input, ballots: new Map() }, openVsClosed);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(GapcheckError);
      expect((error as GapcheckError).exitCode).toBe(5);
    }
  });
});

describe('a prompt that has its unit', () => {
  it('keeps it whatever else is said of it later: equal records, a vote that holds, a new vote', () => {
    const run = votedRun({ prompts: plain(2) });
    run.identical(0);
    run.cast(0, { vote: 'loss' });
    const held = {
      rater: 'maria',
      n: 1,
      ballot: 'b_old',
      aSide: 'left',
      outcome: 'a',
      redo: { a: false, b: false },
      ms: 9000,
    };
    run.events.push({
      at: '2026-11-21T09:30:00.000Z',
      event: 'carried',
      prompt: promptIdOf(1),
      pair: 'open:closed',
      from: 'r_before',
      votes: [held as CarriedVote],
    });
    run.cast(1, { vote: 'loss', rater: 'bob' });
    const units = sorted(collectEvidence(run.input, openVsClosed).units);
    expect(scores(units)).toEqual([0, 1]);
    expect(units[0]).toMatchObject({ identical: true, votes: [] });
    expect(units[1]?.votes).toEqual([held]);
  });
});

describe('a prompt whose answers are equal, on which somebody had voted before that was entered', () => {
  it('stays what it was when the result was opened', () => {
    const run = votedRun({ prompts: [{}, {}] });
    run.cast(0, { vote: 'win', rater: 'judge' });
    run.open();
    run.identical(0);
    run.identical(1);
    const { batches } = collectEvidence(run.input, openVsClosed);
    expect(batches.map((batch) => batch.map(({ prompt, score, identical }) => [prompt, score, identical]))).toEqual([
      [[promptIdOf(0), 1, false]],
      [[promptIdOf(1), 0, true]],
    ]);
  });

  it('is settled by its records within one batch, in whatever order they entered', () => {
    for (const first of ['vote', 'records']) {
      const run = votedRun({ prompts: [{}] });
      if (first === 'records') run.identical(0);
      run.cast(0, { vote: 'win', rater: 'judge' });
      if (first === 'vote') run.identical(0);
      expect(collectEvidence(run.input, openVsClosed).units).toMatchObject([{ score: 0, identical: true }]);
    }
  });
});

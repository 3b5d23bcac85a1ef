import { describe, expect, it } from 'vitest';
import { GapcheckError } from '../../../src/errors.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
import type { EvidenceUnit } from '../../../src/verdicts/verdict.ts';
import { castAll, openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

const plain = (n: number) => Array.from({ length: n }, () => ({}));
const places = (units: readonly EvidenceUnit[]): number[] =>
  units.map(({ prompt }) => Number.parseInt(prompt.slice(2), 16));
const scores = (units: readonly EvidenceUnit[]): number[] => units.map(({ score }) => score);

describe('evidence', () => {
  it('turns sides back into arms, whichever side open was on', () => {
    const run = votedRun({ prompts: plain(4) });
    run.cast(0, { vote: 'win', aSide: 'left', redo: ['b'] });
    run.cast(1, { vote: 'win', aSide: 'right' });
    run.cast(2, { vote: 'loss', aSide: 'right', redo: ['a'] });
    run.cast(3, { vote: 'both-bad' });
    const { units } = collectEvidence(run.input, openVsClosed);
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

  it('takes a merged packet for a rater who has finished', () => {
    const run = votedRun({ prompts: plain(3), raters: 2, overlap: [0] });
    run.cast(0, { vote: 'win', rater: 'maria' });
    run.finish('maria');
    run.events.push({ at: '', event: 'merged', rater: 'john', votes: 2, lastHash: '' });
    run.cast(0, { vote: 'loss', rater: 'john' });
    run.cast(1, { vote: 'loss', rater: 'john' });
    const { units } = collectEvidence(run.input, openVsClosed);
    expect(scores(units)).toEqual([-1, 0]);
    run.cast(2, { vote: 'win', rater: 'late' });
    expect(scores(collectEvidence(run.input, openVsClosed).units)).toEqual([-1, 0, 1]);
  });

  it('counts equal answers as a tie in preference, and says nothing on whether they are fine', () => {
    const run = votedRun({ prompts: plain(3) });
    run.cast(0, { vote: 'loss' });
    run.identical(1);
    run.cast(2, { vote: 'win' });
    const { units } = collectEvidence(run.input, openVsClosed);
    expect(units[1]).toMatchObject({
      score: 0,
      identical: true,
      shares: { a: 0, bothFine: 0, bothBad: 0, b: 0 },
      votes: [],
    });
  });

  it('takes the first vote that entered, and the mean of an overlap prompt once scoring is finished', () => {
    const run = votedRun({ prompts: plain(4), raters: 2, overlap: [1] });
    run.cast(0, { vote: 'win', rater: 'maria' });
    run.cast(0, { vote: 'loss', rater: 'john' });
    run.cast(1, { vote: 'win', rater: 'maria' });
    run.cast(1, { vote: 'tie', rater: 'john' });
    run.cast(2, { vote: 'tie', rater: 'maria' });
    run.finish('maria');
    const open = collectEvidence(run.input, openVsClosed);
    expect(places(open.units)).toEqual([0, 2]);
    expect([...open.pending]).toEqual([promptIdOf(1)]);
    run.finish('john');
    const { units, overall } = collectEvidence(run.input, openVsClosed);
    expect(places(units)).toEqual([0, 2, 1]);
    expect(scores(units)).toEqual([1, 0, 0.5]);
    expect(units[2]?.shares).toEqual({ a: 0.5, bothFine: 0.5, bothBad: 0, b: 0 });
    expect(places(overall)).toEqual([0, 2, 1]);
  });

  it('keeps the ledger order when a packet comes back late: nothing shown before moves', () => {
    const run = votedRun({ prompts: plain(8), raters: 2 });
    for (const index of [0, 1, 2, 3]) run.claim(index % 2 ? 'john' : 'maria', index);
    run.cast(0, { vote: 'win' });
    run.cast(2, { vote: 'win' });
    const before = collectEvidence(run.input, openVsClosed);
    run.cast(1, { vote: 'loss', rater: 'john' });
    run.cast(3, { vote: 'loss', rater: 'john' });
    const after = collectEvidence(run.input, openVsClosed);
    expect(places(before.overall)).toEqual([0, 2]);
    expect(places(after.overall)).toEqual([0, 2, 1, 3]);
  });

  it('holds back overall what was dealt ahead of the frozen order, then enters it in global order', () => {
    const run = votedRun({ prompts: plain(8) });
    run.cast(0, { vote: 'tie' });
    run.cast(5, { vote: 'win' });
    run.cast(3, { vote: 'loss' });
    const early = collectEvidence(run.input, openVsClosed);
    expect(places(early.units)).toEqual([0, 5, 3]);
    expect(places(early.overall)).toEqual([0]);
    expect(early.waiting).toBe(2);
    run.cast(1, { vote: 'skip' });
    run.cast(2, { vote: 'win' });
    run.cast(4, { vote: 'win' });
    const late = collectEvidence(run.input, openVsClosed);
    expect(places(late.overall)).toEqual([0, 2, 3, 4, 5]);
    expect(late.waiting).toBe(0);
  });

  it('waits for nobody where a prompt is identical, has no answer, or is about identity', () => {
    const prompts = [{}, {}, {}, { flags: ['identity' as const] }, {}];
    const run = votedRun({ prompts });
    run.identical(0);
    run.cast(1, { vote: 'win' });
    run.cast(4, { vote: 'loss' });
    const { overall } = collectEvidence({ ...run.input, missing: new Set([promptIdOf(2)]) }, openVsClosed);
    expect(places(overall)).toEqual([0, 1, 4]);
  });

  it('goes on through a skip that only the vote file knows', () => {
    const run = votedRun({ prompts: plain(4) });
    run.cast(0, { vote: 'win' });
    run.cast(1, { vote: 'skip', unentered: true });
    castAll(run, 'wl', 2);
    expect(places(collectEvidence(run.input, openVsClosed).overall)).toEqual([0, 2, 3]);
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

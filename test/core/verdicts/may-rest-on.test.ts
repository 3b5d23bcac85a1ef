import { describe, expect, it } from 'vitest';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { mayRestOn } from '../../../src/verdicts/may-rest-on.ts';
import { raterQuality } from '../../../src/verdicts/rater-quality.ts';
import { openVsClosed, votedRun } from '../../helpers/voted-run.ts';

/** Twelve votes of one rater, with these times; the answers to some prompts have nothing to read on a side. */
function rested(times: (number | null)[], empty: number[] = []) {
  const run = votedRun({ prompts: times.map(() => ({})) });
  for (const [index, ms] of times.entries()) run.cast(index, { vote: 'win', aSide: 'left', ms });
  const { evidence } = decidePair(run.input, openVsClosed);
  const blank = new Set(empty.map((index) => run.input.prompts[index]?.id));
  const quality = raterQuality({
    ...run.input,
    pair: openVsClosed,
    evidence,
    lengthOf: (prompt) => (blank.has(prompt) ? undefined : 100),
    masks: {},
  });
  const raters = [{ rater: 'maria', votes: times.length }];
  return { quality, rest: mayRestOn({ quality: { 'open:closed': quality }, raters, unblindedEarly: false }) };
}

const twelve = (ms: number | null): (number | null)[] => Array.from({ length: 12 }, () => ms);

describe('whether anything may rest on votes', () => {
  it('not on votes that were too fast', () => {
    expect(rested(twelve(9_000)).rest).toEqual({ ok: true });
    expect(rested(twelve(3_000)).rest).toEqual({ ok: true });
    expect(rested(twelve(2_999)).rest).toMatchObject({ ok: false, cause: 'haste' });
  });

  it('an unknown time is not a short one', () => {
    const { quality, rest } = rested(twelve(null));
    expect(quality.raters[0]).toMatchObject({ votes: 12, timed: 0, medianMs: null });
    expect(rest).toEqual({ ok: true });
  });

  it('ballots with nothing to read on a side are rightly fast', () => {
    const times = [...Array<number>(8).fill(1_600), ...Array<number>(4).fill(9_000)];
    expect(rested(times).rest).toMatchObject({ ok: false, cause: 'haste' });
    expect(rested(times, [0, 1, 2, 3, 4, 5, 6, 7]).rest).toEqual({ ok: true });
  });

  it('not on a changed file, and not on a run that was opened early', () => {
    const facts = { raters: [{ rater: 'jo', votes: 9, chainOk: false }], unblindedEarly: false };
    expect(mayRestOn(facts)).toMatchObject({ ok: false, cause: 'seal', why: expect.stringContaining('jo') });
    expect(mayRestOn({ raters: [], unblindedEarly: true })).toMatchObject({ ok: false, cause: 'seal' });
  });
});

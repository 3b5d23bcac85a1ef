import { describe, expect, it } from 'vitest';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { raterQuality } from '../../../src/verdicts/rater-quality.ts';
import { openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

const masks = (count: number) => ({ count, left: 0, names: [], prompts: [] });

const plain = (n: number) => Array.from({ length: n }, () => ({}));

function quality(run: ReturnType<typeof votedRun>, lengthOf = (_: string, __: 'a' | 'b'): number | undefined => 100) {
  const { evidence } = decidePair(run.input, openVsClosed);
  return raterQuality({
    ...run.input,
    pair: openVsClosed,
    evidence,
    lengthOf,
    masks: { open: masks(2), closed: masks(0) },
  });
}

describe('rater quality', () => {
  it('warns of a side that is chosen whatever is there', () => {
    const run = votedRun({ prompts: plain(12) });
    for (let index = 0; index < 12; index += 1) {
      const aSide = index % 2 === 0 ? 'left' : 'right';
      run.cast(index, { vote: aSide === 'left' ? 'win' : 'loss', aSide });
    }
    const { position, raters } = quality(run);
    expect(position).toMatchObject({ left: 12, decisive: 12, warn: true });
    expect(position.p).toBeCloseTo(2 / 4096, 12);
    expect(raters[0]).toMatchObject({ rater: 'maria', votes: 12, consistency: null, medianMs: 9000 });
  });

  it('counts hidden repeats as identical or reversed, in arms and not in sides', () => {
    const run = votedRun({ prompts: plain(10) });
    for (let index = 0; index < 6; index += 1) run.cast(index, { vote: 'win', aSide: 'left' });
    for (let index = 0; index < 4; index += 1) run.cast(index, { vote: 'win', aSide: 'right', copy: 2 });
    run.cast(4, { vote: 'loss', aSide: 'right', copy: 2 });
    run.cast(5, { vote: 'loss', aSide: 'right', copy: 2 });
    const { consistency } = quality(run);
    expect(consistency).toMatchObject({ repeats: 6, identical: 4, reversed: 2, notice: true });
  });

  it('measures agreement where two raters read the same prompts', () => {
    const run = votedRun({ prompts: plain(8), raters: 2 });
    const [maria, john] = [
      ['win', 'win', 'tie', 'loss'],
      ['win', 'loss', 'tie', 'loss'],
    ] as const;
    for (const [index, vote] of maria.entries()) run.cast(index, { vote, rater: 'maria' });
    for (const [index, vote] of john.entries()) run.cast(index, { vote, rater: 'john' });
    run.cast(5, { vote: 'win', rater: 'john' });
    const { agreement } = quality(run);
    expect(agreement).toMatchObject({ items: 4, raters: 2, agreed: 0.75 });
    // po .75, pe (2·1 + 1·1 + 1·2)/16 = 5/16: (.75 - .3125) / .6875
    expect(agreement?.kappa?.kappa).toBeCloseTo(0.4375 / 0.6875, 12);
    expect(agreement?.ac1).toBeGreaterThan(0.5);
  });

  it('gives the worked example of the adjusted blinding index from votes and guesses', () => {
    const run = votedRun({ prompts: plain(20) });
    // vote, closed's side, guess: the table of the method page
    const cells: ['left' | 'tie' | 'right', 'left' | 'right', [number, number, number]][] = [
      ['left', 'left', [5, 0, 0]],
      ['left', 'right', [3, 0, 1]],
      ['tie', 'left', [1, 1, 2]],
      ['tie', 'right', [0, 1, 1]],
      ['right', 'left', [1, 1, 0]],
      ['right', 'right', [0, 3, 0]],
    ];
    let index = 0;
    const asked: [number, 'left' | 'right' | 'unknown'][] = [];
    for (const [vote, closedSide, counts] of cells) {
      for (const [at, guess] of (['left', 'right', 'unknown'] as const).entries()) {
        for (let k = 0; k < (counts[at] ?? 0); k += 1) {
          const aSide = closedSide === 'left' ? 'right' : 'left';
          const n = run.cast(index, { vote: vote === 'tie' ? 'both-bad' : vote === aSide ? 'win' : 'loss', aSide });
          asked.push([n, guess]);
          index += 1;
        }
      }
    }
    for (const [n, guess] of asked) run.guess('maria', n, guess);
    const found = quality(run).recognition;
    expect(found?.adjusted).toMatchObject({ asked: 20, used: 20, word: 'not-enough' });
    expect(found?.adjusted.index).toBeCloseTo(0.2547, 4);
    expect(found?.adjusted.lower).toBeCloseTo(-0.0621, 4);
    expect(found?.plain?.bi).toBeCloseTo(0.3, 12);
    expect(found?.rows.map(({ row }) => row)).toEqual(['all', 'not-flagged', 'guessed-right', 'not-guessed']);
  });

  it('keeps flagged ballots in the verdict and shows the result without them', () => {
    const run = votedRun({ prompts: plain(6) });
    for (let index = 0; index < 4; index += 1) run.cast(index, { vote: 'loss' });
    run.cast(4, { vote: 'win', aSide: 'left', recognised: { closed: 'right', cause: 'style' } });
    run.cast(5, { vote: 'win', aSide: 'left', recognised: { closed: 'left', cause: 'style' } });
    const { recognition } = quality(run);
    expect(recognition?.flagged).toEqual({ count: 2, right: 1, causes: { style: 2 } });
    const rows = new Map(recognition?.rows.map(({ row, units, net }) => [row, [units, net?.estimate]]));
    expect(rows.get('all')?.[0]).toBe(6);
    expect(rows.get('not-flagged')).toEqual([4, -1]);
    expect(rows.get('flagged')).toEqual([2, 1]);
  });

  it('warns when the longer answer wins again and again, and drops pairs within 10 %', () => {
    const run = votedRun({ prompts: plain(26) });
    const longer = (index: number): 'a' | 'b' => (index % 2 === 0 ? 'a' : 'b');
    for (let index = 0; index < 24; index += 1) {
      const wins = index < 22 ? longer(index) : longer(index) === 'a' ? 'b' : 'a';
      run.cast(index, { vote: wins === 'a' ? 'win' : 'loss' });
    }
    run.cast(24, { vote: 'win' });
    run.cast(25, { vote: 'win' });
    const { length } = quality(run, (prompt, arm) => {
      const index = Number.parseInt(prompt.slice(2), 16);
      return index >= 24 ? 100 + (arm === 'a' ? 9 : 0) : arm === longer(index) ? 300 : 100;
    });
    expect(length).toMatchObject({ decisive: 24, longerWins: 22, warn: true });
    expect(length.rows.map(({ longer: which, units }) => [which, units])).toEqual([
      ['a', 12],
      ['b', 12],
      ['same', 2],
    ]);
    // Within a quarter: the two of about the same length, both for a.
    expect(length.similar).toMatchObject({ units: 2, net: { estimate: 1 } });
    expect(quality(run).length).toMatchObject({ decisive: 0, share: null, warn: false });
  });
});

describe('votes that came after a result had been open', () => {
  it('have an index of their own, over their own guesses', () => {
    const run = votedRun({ prompts: plain(30) });
    const lines = Array.from({ length: 30 }, (_, index) => ({
      n: run.cast(index, { vote: index % 2 === 0 ? 'win' : 'loss', aSide: index % 4 < 2 ? 'left' : 'right' }),
      closed: index % 4 < 2 ? ('right' as const) : ('left' as const),
    }));
    for (const { n, closed } of lines) run.guess('maria', n, closed);
    const later = new Set(Array.from({ length: 12 }, (_, at) => promptIdOf(at + 18)));
    const { evidence } = decidePair(run.input, openVsClosed);
    const of = { ...run.input, pair: openVsClosed, evidence, lengthOf: () => 100, masks: {} };
    expect(raterQuality({ ...of, later }).laterRecognition).toMatchObject({ asked: 12, word: 'recognised' });
    expect(raterQuality(of).laterRecognition).toBeUndefined();
    expect(raterQuality({ ...of, later: new Set() }).laterRecognition).toBeUndefined();
  });
});

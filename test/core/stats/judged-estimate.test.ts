/** A judge beside the votes, against the published half widths, coverage and share of judges that pass by chance. */
import { describe, expect, it } from 'vitest';
import { isCalibrated, judgedEstimate } from '../../../src/stats/judge-assisted.ts';
import { seeded } from '../../helpers/vote-paths.ts';

const pool = 100;
const votes = 24;

/** Equal models and one tie in five; the judge says what the vote says with this chance, else something of its own. */
function draws(correlation: number, random: () => number): { x: number[]; f: number[] } {
  const one = (): number => {
    const u = random();
    return u < 0.4 ? 1 : u < 0.6 ? 0 : -1;
  };
  const x = Array.from({ length: pool }, one);
  return { x, f: x.map((score) => (random() < correlation ? score : one())) };
}

function many(correlation: number, bias = 0): { half: number; covered: number; off: number } {
  const random = seeded(24);
  const rounds = 3000;
  let [half, covered, off] = [0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const { x, f: own } = draws(correlation, random);
    const f = own.map((score) => Math.max(-1, score - bias));
    const found = judgedEstimate({ x: x.slice(0, votes), f: f.slice(0, votes) }, f.slice(votes));
    if (!found) throw new Error('no estimate');
    half += (found.upper - found.lower) / 2 / rounds;
    off += found.estimate / rounds;
    covered += Number(found.lower <= 0 && found.upper >= 0) / rounds;
  }
  return { half, covered, off };
}

describe('an estimate with a judge model', () => {
  it.each([
    [0, 0.37],
    [0.3, 0.36],
    [0.5, 0.33],
    [0.7, 0.29],
  ])('at a correlation of %f is within %f of 24 votes', (correlation, published) => {
    const { half, covered } = many(correlation);
    expect(Math.abs(half - published)).toBeLessThan(0.012);
    expect(covered).toBeGreaterThan(0.925);
    expect(covered).toBeLessThan(0.965);
  });

  it('is not moved by a judge that favours one side', () => {
    expect(Math.abs(many(0.5, 0.6).off)).toBeLessThan(0.015);
  });

  it('is none below 20 prompts with both, or without a prompt that nobody voted on', () => {
    const { x, f } = draws(0.5, seeded(1));
    const of = (n: number) => ({ x: x.slice(0, n), f: f.slice(0, n) });
    expect(judgedEstimate(of(19), f.slice(19))).toBeNull();
    expect(judgedEstimate(of(20), f.slice(20))).not.toBeNull();
    expect(judgedEstimate(of(20), [])).toBeNull();
  });

  it('averages on a worked example', () => {
    // Ten votes for open and ten against it, and a judge that always agrees, so its whole weight counts up to its noise.
    const x = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 1 : -1));
    // lambda = 1 / (1 + 20/60) * (1 / variance over all 80 scores); 45 of the other 60 are for open: their mean is .5.
    const unvoted = Array.from({ length: 60 }, (_, at) => (at % 4 === 3 ? -1 : 1));
    const lambda = 1 / ((4 / 3) * (1 - (30 / 80) ** 2));
    expect(judgedEstimate({ x, f: x }, unvoted)?.estimate).toBeCloseTo(lambda * 0.5, 12);
  });
});

describe('a judge that is calibrated', () => {
  it('is told from one that guesses: 2.5 of 100 of those pass', () => {
    const random = seeded(7);
    const rounds = 6000;
    let passed = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { x, f } = draws(0, random);
      passed += Number(isCalibrated({ x: x.slice(0, votes), f: f.slice(0, votes) })) / rounds;
    }
    expect(Math.abs(passed - 0.025)).toBeLessThan(0.008);
  });

  it('needs a correlation above .40 with 24 votes, and 20 votes', () => {
    const x = Array.from({ length: 24 }, (_, at) => [1, -1][at % 2] as number);
    // Orthogonal to x: the correlation is what it is mixed with.
    const other = Array.from({ length: 24 }, (_, at) => (Math.floor(at / 2) % 2 === 0 ? 1 : -1));
    const judge = (r: number) => ({ x, f: x.map((value, at) => r * value + Math.sqrt(1 - r * r) * (other[at] ?? 0)) });
    expect(isCalibrated(judge(0.39))).toBe(false);
    expect(isCalibrated(judge(0.41))).toBe(true);
    expect(isCalibrated({ x: x.slice(0, 18), f: x.slice(0, 18) })).toBe(false);
    expect(isCalibrated({ x: x.map(() => 0), f: x })).toBe(false);
  });
});

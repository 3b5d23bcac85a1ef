/** A judge model beside the votes, where the truth is known: a pool, its mean, and 24 votes drawn from it at random. */
import { judgeAssisted, judgedEstimate } from '../../src/stats/judge-assisted.ts';
import { seeded } from '../helpers/vote-paths.ts';

const pools = [100, 400];
const correlations = [0, 0.3, 0.5, 0.7];
const votes = 24;

interface Pool {
  /** Votes that raters would give to each prompt, and the judge's scores, in random order. */
  x: number[];
  f: number[];
  mean: number;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Votes of a known lead with one tie in five; the judge repeats a vote with this chance and leans to one side by `bias`. */
function draw(size: number, lead: number, correlation: number, bias: number, random: () => number): Pool {
  const one = (): number => {
    const u = random();
    return u < 0.2 ? 0 : u < 0.6 + lead / 2 ? 1 : -1;
  };
  const x = Array.from({ length: size }, one);
  const f = x.map((score) => Math.max(-1, (random() < correlation ? score : one()) - bias));
  return { x, f, mean: average(x) };
}

export interface JudgeCoverage {
  correlation: number;
  size: number;
  share: number;
}

/** Share of 95 % intervals from 24 votes that hold the pool's own expectation, judges with and without a side they favour. */
export function judgeCoverage(rounds: number, seed: number): JudgeCoverage[] {
  return pools.flatMap((size) =>
    correlations.map((correlation) => {
      const random = seeded(seed + size + 10 * correlation);
      let held = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { x, f } = draw(size, 0, correlation, round % 2 === 0 ? 0 : 0.35, random);
        const found = judgedEstimate({ x: x.slice(0, votes), f: f.slice(0, votes) }, f.slice(votes));
        if (found && found.lower <= 0 && found.upper >= 0) held += 1;
      }
      return { correlation, size, share: held / rounds };
    }),
  );
}

/**
 * Highest share of pools at a margin of -.3 or below whose evidence against it reaches 20 at any of 60 votes, drawn
 * without replacement: the word "within" would be wrong there.
 */
export function judgeWrong(rounds: number, seed: number): number {
  const margin = -0.3;
  const rates = pools.flatMap((size) =>
    correlations.map((correlation) => {
      const random = seeded(seed + size + 10 * correlation);
      let [wrong, counted] = [0, 0];
      while (counted < rounds) {
        const { x, f, mean } = draw(size, margin - 0.02, correlation, counted % 2 === 0 ? 0 : 0.35, random);
        if (mean > margin) continue;
        counted += 1;
        wrong += Number(everReaches({ x, f }, average(f), margin));
      }
      return wrong / rounds;
    }),
  );
  return Math.max(...rates);
}

function everReaches({ x, f }: Pick<Pool, 'x' | 'f'>, poolMean: number, margin: number): boolean {
  for (let n = 1; n <= 60; n += 1) {
    const logE = judgeAssisted({ x: x.slice(0, n), f: f.slice(0, n) }, poolMean, 0.3, margin, 'gt');
    if (logE >= Math.log(20)) return true;
  }
  return false;
}

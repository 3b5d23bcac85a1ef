/** Whole agents: what the survival curve and its limits say, where the truth is known. */
import { type ProofRow, percent, proofRow } from './row.ts';
import { coverage, furthest } from './survival-simulation.ts';

export const rows: ProofRow[] = [
  proofRow({
    word: 'agents-coverage',
    what: '95 % limits of "how long without a person", 8 to 20 unequal jobs of 3 trials, at 5, 10 and 20 steps: furthest from .96 [simulated]',
    side: 'at most',
    // The paper has .953 to .972; four standard errors of 4,000 runs are .012.
    bar: 1.5,
    unit: 'points',
    measure: () => {
      const found = coverage(4_000, 7);
      const value = Math.max(...found.map(({ share }) => 100 * Math.abs(share - 0.96)));
      return { value, shown: found.map(({ steps, share }) => `${percent(share)} at ${steps}`).join(', ') };
    },
  }),
  proofRow({
    word: 'agents-curve',
    what: 'the curve of 400 trials at a chance of .05 a step, at 5, 10, 20 and 40 steps: furthest from the truth, 95 of 100 such runs [simulated]',
    side: 'at most',
    bar: 0.07,
    unit: 'off',
    measure: () => {
      const found = furthest(200, 3);
      const value = found[Math.ceil(0.95 * found.length) - 1] ?? Number.NaN;
      return {
        value,
        shown: `${value.toFixed(3)} off (one such run ${found[0]?.toFixed(3)} to ${found.at(-1)?.toFixed(3)})`,
      };
    },
  }),
];

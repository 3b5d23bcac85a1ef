/** A judge model beside the votes: its estimate holds what it says, and it never makes a verdict more often wrong. */
import { judgeCoverage, judgeWrong } from './judge-simulation.ts';
import { type ProofRow, percent, proofRow } from './row.ts';

export const rows: ProofRow[] = [
  proofRow({
    word: 'judge-coverage',
    what: '95 % intervals from 24 votes and a judge model (8 kinds: correlation 0 to .7, pools of 100 and 400) that hold the truth, worst kind [simulated]',
    side: 'at least',
    // Published: .937 to .954; three standard errors of 4,000 rounds are .012.
    bar: 92.5,
    unit: '%',
    measure: () => {
      const shares = judgeCoverage(4_000, 24).map(({ share }) => share);
      const [low, high] = [Math.min(...shares), Math.max(...shares)];
      return { value: 100 * low, shown: `${percent(low)} (best kind ${percent(high)})` };
    },
  }),
  proofRow({
    word: 'judge-wrong',
    what: 'evidence of votes and a judge model against a lead of 30 that is there, at any of 60 votes, worst of 8 kinds [simulated]',
    side: 'at most',
    bar: 5,
    unit: '%',
    measure: () => {
      const worst = judgeWrong(4_000, 60);
      return { value: 100 * worst, shown: percent(worst) };
    },
  }),
];

/** What a report may say, where the truth is known: whole runs through the commands, and the rule by the thousand. */

import { announcedBetween } from './announced.ts';
import { blindingWords } from './blinding-sessions.ts';
import { isOff, overallFigures, taskFigures } from './chance-tables.ts';
import { differences } from './random-runs.ts';
import { type ProofRow, percent, proofRow } from './row.ts';
import { borderCells, falseNeither, ruleTally, trafficCells, wrongWithSkips } from './rule-simulation.ts';
import { randomEvidence, statisticsMs, strataMs } from './statistics-time.ts';
import { atBorders, borderRuns, oppositeRaters, trafficRuns } from './whole-runs.ts';

/** How many whole runs: `GAPCHECK_RUNS=200 npm run proof whole-runs` plays fewer. */
const wholeRuns = Number(process.env.GAPCHECK_RUNS ?? 2000);
const cellRuns = 2000;

/** 5 of 100, and three standard errors of so many runs. */
const withNoise = (bar: number, runs: number): number => bar + 3 * Math.sqrt((bar * (1 - bar)) / runs);

const throughCommands: ProofRow[] = [
  proofRow({
    word: 'whole-runs',
    what: `wrong statements about tasks and the whole, ${wholeRuns.toLocaleString('en')} whole runs at the borders: run, vote, report, twice more 15 [simulated]`,
    side: 'at most',
    bar: 0,
    unit: 'rates above 5 % by three standard errors',
    measure: async () => {
      const tally = await borderRuns(atBorders, wholeRuns, 20261127);
      const above = tally.above(0.05);
      return { value: above.length, shown: `${above.length} above (${tally.words()})` };
    },
  }),
  proofRow({
    word: 'traffic',
    what: 'the overall line where nearly all traffic is one task, through the commands: "keep" above 2 %, "within" above 5 % [simulated]',
    side: 'at most',
    bar: 0,
    unit: 'rates above by three standard errors',
    measure: async () => {
      const runs = Math.ceil(wholeRuns / 8);
      const { keep, good } = await trafficRuns(runs, 20261128);
      const above = [keep > withNoise(0.02, runs), good > withNoise(0.05, runs)].filter(Boolean).length;
      return { value: above, shown: `${above} above (keep ${percent(keep)}, within ${percent(good)})` };
    },
  }),
  proofRow({
    word: 'raters',
    what: 'two raters of opposite taste, packets merged in either order: runs whose verdicts differ, or a wrong "keep" in too many [simulated]',
    side: 'at most',
    bar: 0,
    unit: 'runs and rates',
    measure: async () => {
      const { differ, tally } = await oppositeRaters(Math.ceil(wholeRuns / 8), 20261129);
      const above = tally.above(0.05);
      return { value: differ + above.length, shown: `${differ} runs differ (${tally.words()})` };
    },
  }),
];

const recomputed = proofRow({
  word: 'recompute',
  what: `verdicts, intervals, counts and sentences of ${Math.ceil(wholeRuns / 2).toLocaleString('en')} random whole runs that differ from a second computation [simulated]`,
  side: 'at most',
  bar: 0,
  unit: 'differ',
  measure: async () => {
    const found = await differences(Math.ceil(wholeRuns / 2), 20261130);
    return { value: found.length, ...(found.length > 0 && { shown: `${found.length} differ: ${found[0]}` }) };
  },
});

const ofTheRule: ProofRow[] = [
  proofRow({
    word: 'borders',
    what: `the same borders by the rule alone, ${cellRuns.toLocaleString('en')} runs for each of 18 truths and plans [simulated]`,
    side: 'at most',
    bar: 0,
    unit: 'rates above 5 % by three standard errors',
    measure: () => {
      const tallies = borderCells().map((cell, at) => ruleTally(cell, cellRuns, at + 1));
      const above = tallies.flatMap((tally) => tally.above(0.05));
      const worst = Math.max(...tallies.flatMap((tally) => tally.rates().map(({ rate }) => rate)));
      return { value: above.length, shown: `${above.length} above (worst ${percent(worst)})` };
    },
  }),
  proofRow({
    word: 'traffic-rule',
    what: `the overall line where nearly all traffic is one task, by the rule alone: "keep" above 2 %, "within" above 5 % [simulated]`,
    side: 'at most',
    bar: 0,
    unit: 'rates above by three standard errors',
    measure: () => {
      const found = trafficCells().map(({ cell, bar }, at) => {
        const [overall] = ruleTally(cell, cellRuns, at + 1)
          .rates()
          .filter(({ name }) => name.endsWith('overall'));
        return { rate: overall?.rate ?? 1, bar, side: cell.wrong[0] };
      });
      const worst = (side: string) => Math.max(...found.flatMap((one) => (one.side === side ? [one.rate] : [])));
      const above = found.filter(({ rate, bar }) => rate > withNoise(bar, cellRuns)).length;
      return {
        value: above,
        shown: `${above} above (keep ${percent(worst('keep'))}, within ${percent(worst('good'))})`,
      };
    },
  }),
  proofRow({
    word: 'skips',
    what: 'wrong "within" where raters skip 5 to 50 % of the losses, 12 to 60 votes, worst truth [exact]',
    side: 'at most',
    bar: 5,
    unit: '%',
    measure: () => {
      const rates = [12, 24, 36, 60].flatMap((n) => {
        const wrong = wrongWithSkips(n);
        return [0, 0.2, 0.7].flatMap((ties) => [0.05, 0.1, 0.2, 0.4, 0.5].map((skipped) => wrong(ties, skipped)));
      });
      return { value: 100 * Math.max(...rates) };
    },
  }),
  proofRow({
    word: 'neither',
    what: '"neither model does this task" where both answers are unusable in one of five, 5 to 100 prompts [exact]',
    side: 'at most',
    bar: 5,
    unit: '%',
    measure: () => {
      const worst = 100 * Math.max(...Array.from({ length: 96 }, (_, at) => falseNeither(at + 5)));
      return { value: worst, shown: `${worst.toFixed(2)} %` };
    },
  }),
  proofRow({
    word: 'recognised-ties',
    what: '"raters recognised the models" where nothing leaks and half of the votes are ties [simulated]',
    side: 'at most',
    bar: 1,
    unit: '%',
    measure: () => {
      const alarms = [20, 60, 120].flatMap((guesses) =>
        [0.5, 0.8, 0.95].map(
          (closedWins) => blindingWords({ guesses, closedWins, leak: 0, ties: 0.5 }, 1000, guesses).recognised,
        ),
      );
      return { value: 100 * Math.max(...alarms) };
    },
  }),
  proofRow({
    word: 'chances',
    what: 'published chances of a verdict, one task and overall, that the code does not give [exact and simulated]',
    side: 'at most',
    bar: 0,
    unit: 'figures off',
    measure: () => {
      const figures = [...taskFigures(), ...overallFigures(4000)];
      const off = figures.filter(isOff);
      return {
        value: off.length,
        shown: `${off.length} of ${figures.length} off${off.map(({ what }) => `; ${what}`).join('')}`,
      };
    },
  }),
];

const announced = proofRow({
  word: 'announced',
  what: 'announced chances of a verdict of about .8, 2,000 of them: how far from .8 the share is that comes true [simulated]',
  side: 'at most',
  bar: 0.05,
  unit: 'off',
  measure: () => {
    const { announced: of, cameTrue, meanSaid } = announcedBetween(0.75, 0.85, 2000, 20261127);
    const shown = `${percent(cameTrue / of)} came true of ${percent(meanSaid)} announced on average`;
    return { value: Math.abs(cameTrue / of - 0.8), shown };
  },
});

const speed: ProofRow[] = [
  proofRow({
    word: 'strata-speed',
    what: 'one e-value over 8 strata, CPU',
    side: 'at most',
    bar: 2,
    unit: 'ms',
    measure: () => ({ value: strataMs(8, 2000) }),
  }),
  proofRow({
    word: 'report-statistics',
    what: 'statistics of a report of 96 votes, 30 of them later ones, CPU',
    side: 'at most',
    bar: 500,
    unit: 'ms',
    measure: () => ({ value: statisticsMs(randomEvidence(66, 30)) }),
  }),
];

export const rows: ProofRow[] = [...throughCommands, recomputed, ...ofTheRule, announced, ...speed];

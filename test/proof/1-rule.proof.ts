/** What the rule promises about verdicts, exactly or simulated with fixed seeds: the same figures on every machine. */
import { taskChance } from '../../src/stats/task-chance.ts';
import { decisive } from '../helpers/vote-paths.ts';
import { contradictions } from './agreeing-intervals.ts';
import { blindingWords, withoutLeak } from './blinding-sessions.ts';
import { borders, naiveTable, worst, worstOfRule, wrongHint } from './error-rates.ts';
import { type ProofRow, percent, proofRow } from './row.ts';

/** Votes planned, and read once: few, the default of a task, a whole session; 1 is a run without a planned look. */
const plans = [1, 8, 9, 12, 15, 24, 36, 60];
const looks = 60;

/** The worse of the two wrong verdicts, each at its own worst truth. */
const worse = (keep: number, good: number) => ({
  value: 100 * Math.max(keep, good),
  shown: `${percent(Math.max(keep, good))} (keep ${percent(keep)}, within ${percent(good)})`,
});

/** Near a border of 5 % one digit says too little. */
const exact = (share: number): string => `${(100 * share).toFixed(2)} %`;

const peeking = [
  proofRow({
    word: 'peeking',
    what: `wrong verdicts, one look at ${plans[1]} to ${plans.at(-1)} planned votes, then after every later vote to ${looks}, worst truth [exact]`,
    side: 'at most',
    // The promise in every report: each statement wrong at most 5 times in 100.
    bar: 5,
    unit: '%',
    measure: () => {
      const found = plans.map(worstOfRule);
      const most = (side: 'good' | 'keep' | 'better') => Math.max(...found.map((each) => each[side]));
      const [good, keep, better] = [most('good'), most('keep'), most('better')];
      return {
        value: 100 * Math.max(good, keep, better),
        shown: `${exact(Math.max(good, keep, better))} (keep ${exact(keep)}, better ${exact(better)}, within ${exact(good)})`,
      };
    },
  }),
  proofRow({
    word: 'naive',
    what: `ordinary 5 % tests, a look after every one of ${looks} votes, in the same harness [exact]`,
    side: 'at least',
    // Twice the nominal rate: a harness in which the naive rule looks honest proves nothing about ours.
    bar: 10,
    unit: '%',
    measure: () => {
      const table = naiveTable(looks);
      return worse(worst(table, borders.keep, looks, 'keep'), worst(table, borders.good, looks, 'good'));
    },
  }),
  proofRow({
    word: 'hints',
    what: `wrong hints ("leans …"), at the planned look or after any later vote to ${looks}, worst truth [exact]`,
    side: 'at most',
    // "In up to 1 of 3 comparisons".
    bar: 33.3,
    unit: '%',
    measure: () => {
      const found = plans.flatMap((planned) => [
        worst(wrongHint(planned, 'leans-closed'), borders.keep, looks),
        worst(wrongHint(planned, 'leans-open'), borders.good, looks),
      ]);
      return { value: 100 * Math.max(...found) };
    },
  }),
];

/** Truths that people know: open's share of the decisive votes, one answer in five a tie; and which verdict is right. */
const truths = [
  ['closed wins 4 to 1', 0.2, 'keep'],
  ['both are equal', 0.5, 'good'],
  ['open wins 4 to 1', 0.8, 'good'],
] as const;

/**
 * Chance of the right verdict on one task. The bar is on the clear gap, closed preferred 4 to 1: two dozen votes find it
 * in four runs of five, 48 in 19 of 20, 96 practically always. Equal models have no bar: they need about 60 and more.
 */
const decides = (votes: number, bar: number): ProofRow =>
  proofRow({
    word: `decide-${votes}`,
    what: `what ${votes} planned votes on one task decide: chance of the right verdict where closed wins 4 to 1 [exact]`,
    side: 'at least',
    bar,
    unit: '%',
    measure: () => {
      const chances = truths.map(([name, open, side]) => {
        const { win, tie } = decisive(open);
        return { name, chance: taskChance({ planned: votes, upTo: votes, win, tie, margin: 0.3, side }).atPlan };
      });
      const [clear = { chance: 0 }, ...others] = chances;
      const beside = others.map(({ name, chance }) => `${Math.round(100 * chance)} % where ${name}`);
      return { value: 100 * clear.chance, shown: `${percent(clear.chance)} (${beside.join(', ')})` };
    },
  });

const blinding = [
  proofRow({
    word: 'blinding',
    what: 'false alarms of "raters recognised the models" where nothing leaks, worst of four kinds of session [simulated]',
    side: 'at most',
    // An alarm ends in exit code 5 and voids a session: it may be rarer than a wrong verdict, never as frequent.
    bar: 2,
    unit: '%',
    measure: () => {
      const alarms = withoutLeak.map(
        ([guesses, closedWins]) => blindingWords({ guesses, closedWins, leak: 0 }, 1000, guesses).recognised,
      );
      return { value: 100 * Math.max(...alarms) };
    },
  }),
  proofRow({
    word: 'leak',
    what: 'the same word where raters do recognise half of the ballots, 120 guesses [simulated]',
    side: 'at least',
    // A word that never comes has no false alarms either.
    bar: 80,
    unit: '%',
    measure: () => ({ value: 100 * blindingWords({ guesses: 120, closedWins: 0.7, leak: 0.5 }, 1000, 14).recognised }),
  }),
];

const agreeing = proofRow({
  word: 'agree',
  what: 'reports of 1,000 random runs whose interval contradicts the verdict, or whose verdict the votes do not give [simulated]',
  side: 'at most',
  bar: 0,
  unit: 'contradictions',
  measure: () => ({ value: contradictions(1000).length }),
});

export const rows: ProofRow[] = [agreeing, ...peeking, decides(24, 80), decides(48, 95), decides(96, 99), ...blinding];

/** What the rule promises about verdicts, exactly or simulated with fixed seeds: the same figures on every machine. */
import { decisive, walkPaths } from '../helpers/vote-paths.ts';
import { contradictions } from './agreeing-intervals.ts';
import { blindingWords, withoutLeak } from './blinding-sessions.ts';
import { borders, naiveTable, verdictTable, worst, wrongGood, wrongKeep, wrongLeaning } from './error-rates.ts';
import { type ProofRow, percent, proofRow } from './row.ts';

const looks = 100;

/** The worse of the two wrong verdicts, each at its own worst truth. */
const worse = (keep: number, good: number) => ({
  value: 100 * Math.max(keep, good),
  shown: `${percent(Math.max(keep, good))} (keep ${percent(keep)}, good enough ${percent(good)})`,
});

const peeking = [
  proofRow({
    word: 'peeking',
    what: `wrong verdicts, a look after every one of ${looks} votes, worst truth [exact]`,
    side: 'at most',
    // The promise in every report: wrong at most 5 times in 100, however often one looks.
    bar: 5,
    unit: '%',
    measure: () => worse(worst(wrongKeep(looks), borders.keep, looks), worst(wrongGood(looks), borders.good, looks)),
  }),
  proofRow({
    word: 'naive',
    what: `the same for ordinary 5 % tests, in the same harness [exact]`,
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
    what: 'wrong hints ("leans …"), a look after every one of 60 votes, worst truth [exact]',
    side: 'at most',
    // "Wrong at most 1 time in 3".
    bar: 33.3,
    unit: '%',
    measure: () => {
      const leans = [wrongLeaning(60, 'leans-closed'), wrongLeaning(60, 'leans-open')] as const;
      const [closed, open] = [worst(leans[0], borders.keep, 60), worst(leans[1], borders.good, 60)];
      return { value: 100 * Math.max(closed, open) };
    },
  }),
];

/** Truths that people know: open's share of the decisive votes, one answer in five a tie; and which verdict is right. */
const truths = [
  ['1 : 4', 0.2, 'keep-closed'],
  ['equal', 0.5, 'open-good-enough'],
  ['4 : 1', 0.8, 'open-good-enough'],
] as const;

/**
 * Chance of the right verdict. The bar is on the clear gap, closed preferred 4 to 1: two dozen prompts find it more
 * often than not, 48 in 9 runs of 10, 96 practically always. Equal models have no bar: they need about 60 and more.
 */
const decides = (prompts: number, bar: number): ProofRow =>
  proofRow({
    word: `decide-${prompts}`,
    what: `what ${prompts} prompts decide: chance of the right verdict where closed wins 4 to 1 [exact]`,
    side: 'at least',
    bar,
    unit: '%',
    measure: () => {
      const table = verdictTable(prompts);
      const chances = truths.map(([name, open, right]) => ({
        name,
        chance: walkPaths(table, decisive(open)).reached[right]?.[prompts] ?? 0,
      }));
      const [clear = { chance: 0 }, ...others] = chances;
      const beside = others.map(({ name, chance }) => `${name} ${Math.round(100 * chance)} %`);
      return { value: 100 * clear.chance, shown: `${percent(clear.chance)} (open : closed ${beside.join(', ')})` };
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

export const rows: ProofRow[] = [agreeing, ...peeking, decides(24, 60), decides(48, 90), decides(96, 99), ...blinding];

/** How large a new run has to be, and how it ends, of ten: said where a run has nothing left to ask. */
import type { RunRecord } from '../records/run-record.ts';
import { listed, plural } from '../text/numbers.ts';
import { answeredShare, type NewRunChance, newRunChance, newRunSize } from '../verdicts/answer-chance.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';

/** A new run of one task, or of several that are asked each as often. */
export interface NewRun {
  votes: number;
  /** A sentence with a blank before it. */
  odds: string;
}

/** Fewer votes hardly ever decide anything. */
const fewest = 12;
/** Beyond the votes of this run: a task takes no more. */
const mostMore = 60;

/** Null where the rule reads more than preferences, or weighs several tasks together. */
export function newRunOf(open: readonly ScopeVerdict[], run: RunRecord): NewRun | null {
  const isPlain = run.settings.endpoint === 'preference' && run.settings.hard === null;
  const isTask = open.every(({ task }) => task !== null || run.tasks.length === 1);
  if (!isPlain || !isTask) return null;
  const sizes = open.map((scope) =>
    newRunSize(scope, run.margin, Math.max(fewest, scope.units + 4), scope.units + mostMore),
  );
  const votes = Math.max(...sizes);
  const chances = open.flatMap((scope) => newRunChance(scope, run.margin, votes) ?? []);
  const [only] = chances;
  if (only === undefined) return null;
  const odds =
    chances.length === 1
      ? oneTaskWords(only, open)
      : `Going by the votes so far, each of these verdicts comes in ${rangeWords(chances)} of 10 such runs without a skip.`;
  return { votes, odds: ` ${odds}` };
}

/** Whose votes say so, how often each answer comes, and that the rest is NOT YET. */
function oneTaskWords(chance: NewRunChance, open: readonly ScopeVerdict[]): string {
  const seen = open[0]?.units ?? 0;
  const noun = (open[0]?.counts.identical ?? 0) > 0 ? 'prompt' : 'vote';
  const by = `Going by the ${plural(seen, noun)} so far, of 10 such runs without a skip`;
  const [yeses = 0, noes = 0, calls = 0, neither = 0] = tenthsOf([
    chance.yes,
    chance.no,
    chance.yourCall,
    chance.neither,
  ]);
  const ends = [
    { count: yeses, answer: 'a YES (within your margin, or better)' },
    { count: noes, answer: 'a NO' },
    { count: calls, answer: 'YOUR CALL' },
    { count: neither, answer: 'NEITHER' },
  ].filter(({ count }) => count > 0);
  const [first, ...others] = ends.sort((one, other) => other.count - one.count);
  if (first === undefined) return `${by} fewer than 1 brings an answer.`;
  const said = [
    `about ${first.count} ${first.count === 1 ? 'ends' : 'end'} in ${first.answer}`,
    ...others.map(({ count, answer }) => `${count} in ${answer}`),
  ];
  return `${by} ${listed(said)}${1 - answeredShare(chance) >= 0.05 ? '; the rest stay NOT YET' : ''}.`;
}

/** Of several tasks or models: any answer but NOT YET. */
function rangeWords(chances: readonly NewRunChance[]): string {
  const tenths = chances.map((chance) => Math.round(answeredShare(chance) * 10));
  const [fewest, most] = [Math.min(...tenths), Math.max(...tenths)];
  return fewest === most ? `about ${most}` : `${fewest} to ${most}`;
}

/** Whole tenths, rounded down where together they would be more than ten. */
function tenthsOf(shares: readonly number[]): number[] {
  const rounded = shares.map((each) => Math.round(each * 10));
  const isMore = rounded.reduce((sum, each) => sum + each, 0) > 10;
  return isMore ? shares.map((each) => Math.floor(each * 10)) : rounded;
}

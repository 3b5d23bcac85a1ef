/** How large a new run has to be, and how it ends, of ten: said where a run has nothing left to ask. */
import type { RunRecord } from '../records/run-record.ts';
import { listed, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { answeredShare, type NewRunChance, newRunChance, newRunSize } from '../verdicts/answer-chance.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';

export interface TaskSize {
  /** Null: all prompts together. */
  task: string | null;
  votes: number;
}

/** Fewer votes hardly ever decide anything. */
const fewest = 12;
/** Beyond the votes of this run: a task takes no more. */
const mostMore = 60;

/** How many votes a new run takes on each task: of several models the most. By the trend where no odds can be told. */
export function newRunSizes(open: readonly ScopeVerdict[], run: RunRecord): TaskSize[] {
  const sizes = new Map<string | null, number>();
  for (const scope of open) sizes.set(scope.task, Math.max(sizes.get(scope.task) ?? 0, sizeOf(scope, run)));
  return [...sizes].map(([task, votes]) => ({ task, votes }));
}

const sizeOf = (scope: ScopeVerdict, run: RunRecord): number =>
  hasOdds(scope, run)
    ? newRunSize(scope, run.margin, Math.max(fewest, scope.units + 4), scope.units + mostMore)
    : scope.units + (scope.remaining ?? mostMore);

/** Not where the rule reads more than preferences, or weighs several tasks together. */
export const hasOdds = ({ task }: ScopeVerdict, { settings, tasks }: RunRecord): boolean =>
  settings.endpoint === 'preference' && settings.hard === null && (task !== null || tasks.length === 1);

/** How runs of these sizes end: a sentence with a blank before it, or empty. */
export function newRunOdds(open: readonly ScopeVerdict[], run: RunRecord, sizes: readonly TaskSize[]): string {
  if (!open.every((scope) => hasOdds(scope, run))) return '';
  const found = open.flatMap((scope) => {
    const chance = newRunChance(scope, run.margin, sizes.find(({ task }) => task === scope.task)?.votes ?? 0);
    return chance === null ? [] : [{ scope, chance }];
  });
  const [only] = found;
  if (only === undefined) return '';
  const isOneModel = new Set(found.map(({ scope }) => scope.task)).size === found.length;
  if (found.length > mostSplit || !isOneModel)
    return ` Going by the votes so far, each of these verdicts comes in ${rangeWords(found.map(({ chance }) => chance))} of 10 such runs without a skip.`;
  if (found.length === 1)
    return ` Going by ${seenWords(only.scope)}, of 10 such runs without a skip ${endWords(only.chance)}.`;
  const each = found.map(({ scope, chance }) => `${oneLine(scope.task ?? '', 40)}: ${endWords(chance)}`);
  return ` Going by the votes so far, of 10 such runs without a skip, for ${each.join('; for ')}.`;
}

/** Of more tasks it is only said how often they come to an answer. */
const mostSplit = 3;

const seenWords = ({ units, counts }: ScopeVerdict): string =>
  `the ${plural(units, counts.identical > 0 ? 'prompt' : 'vote')} so far`;

/** How often each answer comes, and that the rest is NOT YET. */
function endWords(chance: NewRunChance): string {
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
  if (first === undefined) return 'fewer than 1 brings an answer';
  const said = [
    `about ${first.count} ${first.count === 1 ? 'ends' : 'end'} in ${first.answer}`,
    ...others.map(({ count, answer }) => `${count} in ${answer}`),
  ];
  return `${listed(said)}${1 - answeredShare(chance) >= 0.05 ? ', and the rest stay NOT YET' : ''}`;
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

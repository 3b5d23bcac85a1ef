/** What so many votes can decide, said before anybody reads them. */
import type { RunRecord } from '../../records/run-record.ts';
import { defaultRule } from '../../stats/verdict.ts';
import { verdictChances } from '../../stats/verdict-chance.ts';

export interface Planned extends Pick<RunRecord, 'margin' | 'alpha'> {
  tasks: readonly Pick<RunRecord['tasks'][number], 'planned'>[];
  settings: Pick<RunRecord['settings'], 'hard'>;
}

/** More votes of a task than this are asked of nobody (statistics.md §5). */
const mostVotes = 60;
/** Sizes to choose instead. */
const rungs = [15, 30];

/**
 * The chance of "keep the closed model", worked out when it is said, from the rule that will decide: where closed wins
 * 9 of 10 decisive votes, and 4 of 5.
 */
export function planChances(run: Planned): string {
  const sizes = run.tasks.map(({ planned }) => planned);
  const largest = Math.max(0, ...sizes);
  // Fewer cannot decide a task, whatever the votes (statistics.md §1).
  if (largest < defaultRule.minVotes)
    return 'Too few to decide anything: a verdict needs at least 8 prompts of a task. This is a look, no more.';
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const chances = chancesOf(run, Math.min(mostVotes, Math.max(total, ...rungs)));
  const of =
    sizes.length === 1 ? 'prompts' : sizes.every((size) => size === largest) ? 'per task' : 'in the largest task';
  const larger = rungs.filter((rung) => rung > largest);
  return [
    `${largest} ${of}: a verdict ${whereClosedWins(chances(largest))}.`,
    ...(sizes.length > 1 ? [`All ${total} together: ${both(chances(total))}.`] : []),
    ...larger.map((rung) => `${rung} of a task: ${both(chances(rung))}.`),
    ...(larger.length === 0 && largest < mostVotes ? ['About equal models need 60 and more.'] : []),
    ...(run.settings.hard === null ? [] : ['With --hard votes weigh less, and decide later.']),
  ].join(' ');
}

type Chances = readonly [very: string, clear: string];

function chancesOf({ margin, alpha }: Planned, most: number): (votes: number) => Chances {
  const rule = { ...defaultRule, margin, alpha };
  const [very, clear] = verdictChances('keep-closed', [0.1, 0.2], most, rule);
  return (votes) => {
    const at = Math.min(votes, most);
    return [inWords(very?.[at] ?? 0), inWords(clear?.[at] ?? 0)];
  };
}

const whereClosedWins = ([very, clear]: Chances): string =>
  clear === always
    ? `${always} where closed wins 4 of 5`
    : `${about(very)} where closed wins 9 of 10, ${about(clear)} where it wins 4 of 5; else often a hint`;

const both = ([very, clear]: Chances): string =>
  very === clear ? very : `${about(very)} and ${very === always ? about(clear) : clear}`;

const about = (words: string): string => (/^\d/.test(words) ? `about ${words}` : words);

const always = 'nearly always';

const words: readonly [chance: number, words: string][] = [
  [0, 'hardly ever'],
  [1 / 10, '1 time in 10'],
  [1 / 5, '1 time in 5'],
  [1 / 4, '1 time in 4'],
  [1 / 3, '1 time in 3'],
  [1 / 2, '1 time in 2'],
  [2 / 3, '2 times in 3'],
  [4 / 5, '4 times in 5'],
  [9 / 10, '9 times in 10'],
  [1, always],
];

/** The nearest of the fractions that people say. */
function inWords(chance: number): string {
  const far = ([fraction]: (typeof words)[number]): number => Math.abs(fraction - chance);
  return words.reduce((best, each) => (far(each) < far(best) ? each : best))[1];
}

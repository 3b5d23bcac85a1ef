/** Who voted and how often, in the first line of every form. */
import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Report } from './model.ts';

/** "34 votes and 2 skips by jo": a skip is no vote. "0 votes" where nobody began. */
export function votersWords({ raters }: Pick<Report, 'raters'>): string {
  const begun = raters.filter(({ votes, skipped }) => votes + skipped > 0);
  const sum = (of: (rater: Report['raters'][number]) => number): number => begun.reduce((all, one) => all + of(one), 0);
  const [votes, skips] = [sum((one) => one.votes), sum((one) => one.skipped)];
  const by = begun.length === 0 ? '' : ` by ${shortList(begun.map(({ rater }) => rater))}`;
  return `${plural(votes, 'vote')}${skips > 0 ? ` and ${plural(skips, 'skip')}` : ''}${by}`;
}

/** The first three, and how many more. */
export const shortList = (all: readonly string[]): string => {
  const shown = all.slice(0, 3).map((name) => oneLine(name, 40));
  return all.length > shown.length ? `${shown.join(', ')} and ${all.length - shown.length} more` : shown.join(', ');
};

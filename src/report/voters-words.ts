/** Who voted and how often, in the first line of every form. */
import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { CarriedVotes } from '../voting/carried-votes.ts';
import type { SkipsVoted } from '../voting/skips-voted.ts';
import type { RaterInput } from './report-input.ts';

/** "34 votes and 2 skips by jo": a skip is no vote. "0 votes" where nobody began. Skips that others voted on are named. */
export function votersWords({
  raters,
  carried,
}: {
  raters: readonly RaterInput[];
  carried?: CarriedVotes | null;
}): string {
  const begun = raters.filter(({ votes, skipped }) => votes + skipped > 0);
  const sum = (of: (rater: RaterInput) => number): number => begun.reduce((all, one) => all + of(one), 0);
  const [own, skips] = [sum((one) => one.votes), sum((one) => one.skipped)];
  const reused = (carried?.raters ?? []).reduce((all, one) => all + one.votes, 0);
  const names = [...new Set([...begun, ...(carried?.raters ?? [])].map(({ rater }) => rater))];
  const by = names.length === 0 ? '' : ` by ${shortList(names)}`;
  const old = reused === 0 ? '' : ` (${reused} re-used from an earlier run)`;
  return `${plural(own + reused, 'vote')}${skips > 0 ? ` and ${plural(skips, 'skip')}` : ''}${by}${old}${sinceWords(raters, skips)}`;
}

/** " (2 skips since voted on by kim)": these are no skips any more. */
function sinceWords(raters: readonly RaterInput[], skips: number): string {
  const { skips: voted, by } = skipsSince(raters);
  if (voted === 0) return '';
  return ` (${voted === skips ? (skips === 1 ? 'the skip' : 'the skips') : `${voted} of the skips`} since voted on by ${shortList(by)})`;
}

/** Over all raters: skipped ballots that somebody else voted on, and who. */
export const skipsSince = (raters: readonly RaterInput[]): SkipsVoted => ({
  skips: raters.reduce((sum, { skipsVoted }) => sum + (skipsVoted?.skips ?? 0), 0),
  by: [...new Set(raters.flatMap(({ skipsVoted }) => skipsVoted?.by ?? []))].sort(),
});

/** The first three, and how many more. */
export const shortList = (all: readonly string[]): string => {
  const shown = all.slice(0, 3).map((name) => oneLine(name, 40));
  return all.length > shown.length ? `${shown.join(', ')} and ${all.length - shown.length} more` : shown.join(', ');
};

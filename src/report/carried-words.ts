/** Votes of an earlier run in this one's report: how many, whose, and from where. */
import { count, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { CarriedVotes } from '../voting/carried-votes.ts';
import type { RaterInput } from './report-input.ts';
import { shortList } from './voters-words.ts';

export const votesOf = (raters: readonly { votes: number }[]): number =>
  raters.reduce((sum, { votes }) => sum + votes, 0);

/** "3 of 35 votes are new. The other 32 (by root and kim) were cast in run r_1, …": which votes are whose. */
export function carriedNotices(carried: CarriedVotes | undefined, raters: readonly RaterInput[]): string[] {
  if (!carried) return [];
  const [old, fresh] = [votesOf(carried.raters), votesOf(raters)];
  const by = shortList(carried.raters.map(({ rater }) => rater));
  const from = `cast in run ${oneLine(carried.from, 60)}, on prompts of which ${sameAnswersEnd}`;
  const split =
    fresh === 0
      ? `All ${plural(old, 'vote')} (by ${by}) were ${from}`
      : `${count(fresh)} of ${plural(old + fresh, 'vote')} ${fresh === 1 ? 'is' : 'are'} new. The other ${count(old)} (by ${by}) ${old === 1 ? 'was' : 'were'} ${from}`;
  return [split, ...carriedAfterOpen(carried)];
}

export const carriedAfterOpen = ({ from, afterOpen }: CarriedVotes): string[] =>
  afterOpen === 0
    ? []
    : [
        `${plural(afterOpen, 're-used vote')} came after the result of run ${oneLine(from, 60)} had been open: whoever had read it knew how each model writes.`,
      ];

/** How the notice ends that says which votes are re-used: no fault. */
export const sameAnswersEnd = 'both answers are what they were.';

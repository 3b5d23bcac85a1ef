/** Votes too fast for two answers to have been read: a result that rests on them is none. */
import type { ReportInput } from './report-input.ts';

/** Half of a rater's ballots below this many milliseconds. Keys are off for the first 1.5 s. */
const tooFastMs = 3000;
const votesForHaste = 5;

type Quality = NonNullable<ReportInput['quality']>;

/** Hasty raters with their median ms; a rater once, from the first pair in which it shows. */
export function hastyRaters(quality: Quality = {}): Map<string, number> {
  const hasty = new Map<string, number>();
  for (const { rater, votes, medianMs } of Object.values(quality).flatMap(({ raters }) => raters))
    if (votes >= votesForHaste && medianMs !== null && medianMs < tooFastMs && !hasty.has(rater))
      hasty.set(rater, medianMs);
  return hasty;
}

/** Half of all votes or more come from hasty raters. */
export function restsOnHaste({ quality, raters }: Pick<ReportInput, 'quality' | 'raters'>): boolean {
  const hasty = hastyRaters(quality);
  const all = raters.reduce((sum, { votes }) => sum + votes, 0);
  const fast = raters.reduce((sum, { rater, votes }) => sum + (hasty.has(rater) ? votes : 0), 0);
  return all > 0 && fast * 2 >= all;
}

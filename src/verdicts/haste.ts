/** Votes too fast for two answers to have been read: a result that rests on them is none. */
import { tooFastMs, votesForHaste } from '../text/too-fast.ts';
import type { RaterQuality } from './rater-quality.ts';

/** By pair name. */
export type QualityByPair = Readonly<Record<string, RaterQuality>>;

/** Hasty raters with their median ms; a rater once, from the first pair in which it shows. */
export function hastyRaters(quality: QualityByPair = {}): Map<string, number> {
  const hasty = new Map<string, number>();
  for (const { rater, timed, medianMs } of Object.values(quality).flatMap(({ raters }) => raters))
    if (timed >= votesForHaste && medianMs !== null && medianMs < tooFastMs && !hasty.has(rater))
      hasty.set(rater, medianMs);
  return hasty;
}

interface Votes {
  quality?: QualityByPair | undefined;
  raters: readonly { rater: string; votes: number }[];
}

/** Half of all votes or more come from hasty raters. */
export function restsOnHaste({ quality, raters }: Votes): boolean {
  const hasty = hastyRaters(quality);
  const all = raters.reduce((sum, { votes }) => sum + votes, 0);
  const fast = raters.reduce((sum, { rater, votes }) => sum + (hasty.has(rater) ? votes : 0), 0);
  return all > 0 && fast * 2 >= all;
}

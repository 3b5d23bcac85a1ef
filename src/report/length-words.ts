/** What is left of a habit of voting for the longer answer where length can hardly decide. */
import { per100, per100Interval, plural } from '../text/numbers.ts';

interface SimilarPairs {
  units: number;
  /** The lead on such pairs, from −1 to 1; null where there is no pair. */
  net: number | null;
  interval: { lower: number; upper: number } | null;
}

export function similarLengthWords({ units, net, interval }: SimilarPairs): string {
  if (net === null) return 'No pair is of similar length (at most 25 % apart).';
  return `Among the ${plural(units, 'pair')} of similar length (at most 25 % apart) the lead is ${per100(net)} per 100, 95 % interval ${per100Interval(interval)}.`;
}

/** What a rater who votes for length can be asked about: answers that are equally long. */
export const sameLengthAdvice = 'To take length out of it, have both models answer at one length, and begin a new run.';

/** What is left of a habit of voting for the longer answer where length can hardly decide. */
import { per100, per100Interval, plural } from '../text/numbers.ts';

interface SimilarPairs {
  units: number;
  /** The lead on such pairs, from −1 to 1; null where there is no pair. */
  net: number | null;
  interval: { lower: number; upper: number } | null;
}

export function similarLengthWords({ units, net, interval }: SimilarPairs): string {
  if (net === null) return 'The lengths of every pair differ by more than 25 %.';
  return `On the ${plural(units, 'pair')} whose lengths differ by at most 25 % the lead is ${per100(net)} per 100, 95 % interval ${per100Interval(interval)}.`;
}

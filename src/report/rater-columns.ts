/** What each rater alone thinks of the two models, and each rater's habits: the table and CSV. */
import { outOf, per100, per100Interval, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { PairReport, Report } from './model.ts';
import type { BlindPart } from './report-parts.ts';
import { type Column, hidden, left, right } from './table-columns.ts';

export interface RaterRow {
  pair: PairReport;
  rater: PairReport['raters'][number];
  /** Null where habits were not measured. */
  position: BlindPart['position'][number] | null;
  consistency: BlindPart['consistency'][number] | null;
}

export const raterRows = ({ blind }: Report, pair: PairReport): RaterRow[] => {
  const found = blind.find((one) => one.pair === pair.name);
  return pair.raters.map((rater) => ({
    pair,
    rater,
    position: found?.position.find((one) => one.rater === rater.rater) ?? null,
    consistency: found?.consistency.find((one) => one.rater === rater.rater) ?? null,
  }));
};

export const intervalTitle = '95 % interval';

/** In the order of CSV. */
export const raterColumns: readonly Column<RaterRow>[] = [
  hidden({ pair: ({ pair }) => pair.name }),
  left('rater', ({ rater }) => oneLine(rater.rater, 60), { rater: ({ rater }) => rater.rater }),
  hidden({ votes: ({ rater }) => rater.votes }),
  right('lead', ({ rater }) => per100(rater.net), { net: ({ rater }) => rater.net }),
  right(intervalTitle, ({ rater }) => per100Interval(rater.interval), {
    net_lower: ({ rater }) => rater.interval.lower,
    net_upper: ({ rater }) => rater.interval.upper,
  }),
  hidden({ raters_differ: ({ pair }) => pair.ratersDiffer }),
  right('left won', ({ position }) => outOf(position?.left ?? null, position?.decisive ?? 0), {
    left_won: ({ position }) => position?.left ?? null,
    decisive: ({ position }) => position?.decisive ?? null,
  }),
  right('p', ({ position }) => chance(position?.p ?? null), { left_p: ({ position }) => position?.p ?? null }),
  right(
    'repeats reversed',
    ({ consistency }) => (consistency ? outOf(consistency.reversed, consistency.repeats) : 'not measured'),
    {
      repeats: ({ consistency }) => consistency?.repeats ?? null,
      repeats_reversed: ({ consistency }) => consistency?.reversed ?? null,
    },
  ),
  left('notice', notices),
];

const chance = (p: number | null): string => (p === null ? unknown : p < 0.001 ? '< 0.001' : p.toFixed(3));

function notices({ position, consistency }: RaterRow): string {
  const found = [...(position?.warn ? ['favours one side'] : []), ...(consistency?.warn ? ['often reverses'] : [])];
  return found.join(', ') || 'none';
}

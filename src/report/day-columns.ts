/** The days of a watched week, one row for each day and pair: the strip of days and CSV. */
import { count, per100, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { isOfAll, type ScopeRow } from './scope-columns.ts';
import { type Column, hidden, left, right } from './table-columns.ts';
import { type DayReport, daysOfPair, type PairDays, type WeekReport } from './week-report.ts';

export interface DayRow {
  day: DayReport;
  /** Null while the report is sealed. */
  pair: PairDays | null;
  votes: PairDays['days'][number] | null;
}

export const dayRows = ({ days, pairs }: WeekReport): DayRow[] =>
  days.flatMap((day, at): DayRow[] =>
    pairs.length === 0
      ? [{ day, pair: null, votes: null }]
      : pairs.map((pair) => ({ day, pair, votes: pair.days[at] ?? null })),
  );

const pairValue = { pair: ({ pair }: DayRow) => pair?.pair ?? null };

/** In the order of CSV. `named`: a column says which pair a row is of. */
export const dayColumns = (named: boolean): readonly Column<DayRow>[] => [
  left('day', ({ day }) => (day.silent ? `${day.day} (silent)` : day.day), {
    day: ({ day }) => day.day,
    silent: ({ day }) => day.silent,
  }),
  right('records', ({ day }) => count(day.records), { records: ({ day }) => day.records }),
  right('late', ({ day }) => count(day.late), { late: ({ day }) => day.late }),
  right('different prompts', ({ day }) => count(day.different), { different: ({ day }) => day.different }),
  right('to read', ({ day }) => count(day.toRead), { to_read: ({ day }) => day.toRead }),
  named ? left('pair', ({ pair }) => oneLine(pair?.pair ?? unknown, 40), pairValue) : hidden(pairValue),
  right('voted', ({ votes }) => count(votes?.votes ?? null), { voted: ({ votes }) => votes?.votes ?? null }),
  right('lead', ({ votes }) => per100(votes?.net ?? null), { net: ({ votes }) => votes?.net ?? null }),
  hidden({ drift: ({ pair }) => pair?.drift ?? null, drift_p: ({ pair }) => pair?.p ?? null }),
];

/** Whether the votes of a watched week moved over its days: in the row of all prompts. */
export const driftColumn: Column<ScopeRow> = hidden({
  drift: (row) => (isOfAll(row) ? (daysOfPair(row.report.week, row.pair?.name)?.drift ?? null) : null),
});

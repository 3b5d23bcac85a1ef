/** What machines measured of one model: columns of the tables on endings, time and cost, and of CSV. */
import { count, dollars, duration, outOf, unknown } from '../text/numbers.ts';
import type { ArmFigures } from './arm-figures.ts';
import { type Column, right, within } from './table-columns.ts';

/** Undefined: the row has no figures of its own, as easy and hard rows have none. */
type Row = ArmFigures | undefined;

const notMeasured = 'not measured';

/** In the order of CSV. */
export const figureColumns = {
  asked: right('asked', (row) => count(row?.trials ?? null), { asked: (row) => row?.trials ?? null }),
  usable: right('passed', (row) => count(row?.usable ?? null), { usable: (row) => row?.usable ?? null }),
  unusable: right('failed at the end', (row) => count(row?.unusable ?? null), {
    unusable: (row) => row?.unusable ?? null,
  }),
  silent: right('of these without an error', (row) => count(row?.silentFailures ?? null)),
  missing: right('missing', (row) => count(row?.missing ?? null), { missing: (row) => row?.missing ?? null }),
  empty: right('empty', (row) => count(row?.empty ?? null)),
  withheld: right('withheld by a filter', (row) => count(row?.withheld ?? null)),
  firstFailed: right(
    'first answer failed a check',
    (row) => (row?.firstFailed ? outOf(row.firstFailed.x, row.firstFailed.n) : unknown),
    {
      first_answer_failed: (row) => row?.firstFailed?.x ?? null,
      first_answers: (row) => row?.firstFailed?.n ?? null,
    },
  ),
  answerRetries: right('answer retries', (row) => measured(row?.answerRetries), {
    answer_retries: (row) => row?.answerRetries ?? null,
  }),
  transportRetries: right('transport retries', (row) => count(row?.transportRetries ?? null), {
    transport_retries: (row) => row?.transportRetries ?? null,
  }),
  firstToken: right('first token, median', (row) => ofStreamed(row, duration(row?.firstTokenMs?.median ?? null)), {
    first_token_ms_median: (row) => row?.firstTokenMs?.median ?? null,
  }),
  firstTokenP95: right('first token, p95', (row) => duration(row?.firstTokenMs?.p95 ?? null), {
    first_token_ms_p95: (row) => row?.firstTokenMs?.p95 ?? null,
  }),
  total: right('whole answer, median', (row) => duration(row?.totalMs?.median ?? null), {
    total_ms_median: (row) => row?.totalMs?.median ?? null,
  }),
  totalP95: right('whole answer, p95', (row) => duration(row?.totalMs?.p95 ?? null), {
    total_ms_p95: (row) => row?.totalMs?.p95 ?? null,
  }),
  finished: right('answer with retries, median', (row) => duration(row?.finishedMs?.median ?? null), {
    finished_ms_median: (row) => row?.finishedMs?.median ?? null,
  }),
  timed: right('timed answers', (row) => count(row?.totalMs?.n ?? 0)),
  cost: right('cost per 1,000', (row) => dollars(row?.costPer1000 ?? null), {
    cost_per_1000_usd: (row) => row?.costPer1000 ?? null,
  }),
} satisfies Record<string, Column<Row>>;

/** "0.4 s (of 12)": some of the answers of this row did not stream. */
const ofStreamed = (row: Row, words: string): string => {
  const [streamed, all] = [row?.firstTokenMs?.n ?? 0, row?.totalMs?.n ?? 0];
  return streamed === 0 || streamed === all ? words : `${words} (of ${count(streamed)})`;
};

const measured = (value: number | null | undefined): string =>
  value === null || value === undefined ? notMeasured : count(value);

/** Under names that say whose they are: `open_asked`. */
export const ofSide = <R>(side: string, of: (row: R) => Row): Column<R>[] =>
  Object.values(figureColumns).map((column: Column<Row>) => within(column, of, `${side}_`));

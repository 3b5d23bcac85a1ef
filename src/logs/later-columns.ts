/**
 * Columns that a program began to write under an older header: rows that are longer than it, all by the same number of
 * cells. A delimiter in an unquoted cell makes rows longer too, by another number in each text.
 */
type Rows = readonly (readonly string[])[];

const fewest = 3;
const surely = 5;

/** How many cells the longer rows have beyond the header; 0 where their first cells may have moved. */
export function laterColumns(width: number, rows: Rows): number {
  const long = rows.filter((row) => row.length > width);
  const plain = rows.filter((row) => row.length === width);
  const beyond = (long[0]?.length ?? width) - width;
  if (plain.length === 0 || long.length < fewest || long.some((row) => row.length !== width + beyond)) return 0;
  const measures = [...Array(width).keys()].filter((at) => areMeasures(plain, at));
  if (!measures.every((at) => areMeasures(long, at))) return 0;
  const isTold = beyond > 1 && long.length >= surely;
  return isTold || measures.some((at) => at > longestText(plain, width)) ? beyond : 0;
}

/** Numbers, times and truth values: a moved cell is none. */
const measure = /^(?:(?=\D{0,20}\d)[\d.,:/ TZ+-]{1,60}%?|true|false|yes|no)$/i;

function areMeasures(rows: Rows, at: number): boolean {
  const cells = rows.flatMap((row) => row[at]?.trim() || []);
  return cells.length > 0 && cells.every((cell) => measure.test(cell));
}

function longestText(rows: Rows, width: number): number {
  const sizes = [...Array(width).keys()].map((at) => rows.reduce((sum, row) => sum + (row[at]?.length ?? 0), 0));
  return sizes.indexOf(Math.max(...sizes));
}

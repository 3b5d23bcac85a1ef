/** Which delimiter, quote and escape a table uses: every candidate is tried on its first 64 KB, outside quotes. */
import { isKnownColumn } from './columns.ts';
import type { Dialect } from './csv-dialect.ts';
import { CsvParser, type CsvRow } from './csv-rows.ts';

export interface Sniffed {
  dialect: Dialect;
  /** Lines before the header (`sep=;`, a title, comments). */
  skipLines: number;
  /** Rows of one cell that begin with this are comments. */
  comment?: string;
  warnings: string[];
  /**
   * The parser that has read the head, with its rows, where the table begins with its first line. Read on with it: the
   * second parser of csv-parse in a process is slower than the first, because V8 no longer takes its state for fixed.
   */
  begun?: { parser: CsvParser; rows: CsvRow[] };
}

export const sniffSize = 1 << 16;
const delimiters = [',', '\t', ';', '|'] as const;
/** Every row has the cells of the header, and nothing speaks against the dialect. */
const bestScore = 1.5;

interface Trial {
  dialect: Dialect;
  /** Absent where it refused the head. */
  parser?: CsvParser;
  rows: CsvRow[];
  /** The most common number of cells, and its share of the rows. */
  cells: number;
  share: number;
  score: number;
}

/** `head`: the first 64 KB of text; `whole`: that is all there is. */
export function sniffDialect(head: string, whole: boolean, file: string): Sniffed {
  const declared = /^sep=(.)\r?\n/i.exec(head);
  if (declared?.[1]) {
    const body = head.slice(declared[0].length);
    return {
      dialect: best(trials(body, whole, [declared[1]], file))?.dialect ?? plain(declared[1]),
      skipLines: 1,
      warnings: [],
    };
  }
  const all = trials(head, whole, delimiters, file);
  const direct = best(all.filter((trial) => (trial.rows[0]?.cells.length ?? 0) >= 2));
  if (direct) return fromFirstLine(direct);
  const later = best(all.filter((trial) => trial.cells >= 2 && trial.share >= 0.6 && hasPreamble(trial)));
  if (later) return preamble(later, file);
  const single = best(trials(head, whole, [''], file));
  return single ? fromFirstLine(single) : { dialect: plain(''), skipLines: 0, warnings: [] };
}

const fromFirstLine = ({ dialect, parser, rows }: Trial): Sniffed => ({
  dialect,
  skipLines: 0,
  warnings: [],
  ...(parser && { begun: { parser, rows } }),
});

const plain = (delimiter: string): Dialect => ({ delimiter, quote: '"', backslash: false, skipBlank: false });

/** A first row of one cell before a table: a title or comment, unless it names the only column (`prompt`). */
function hasPreamble({ rows, cells }: Trial): boolean {
  const first = rows[0]?.cells[0] ?? '';
  if (isKnownColumn(first)) return false;
  const header = rows.find((row) => row.cells.length === cells);
  const before = header ? rows.indexOf(header) : 0;
  const after = rows.slice(before);
  return (
    before > 0 &&
    before <= 5 &&
    after.length >= 2 &&
    after.filter((row) => row.cells.length === cells || row.cells[0]?.startsWith('#')).length / after.length >= 0.9
  );
}

function preamble(trial: Trial, file: string): Sniffed {
  const header = trial.rows.find((row) => row.cells.length === trial.cells);
  const line = header?.line ?? 1;
  const comment = trial.rows[0]?.cells[0]?.startsWith('#') ? '#' : undefined;
  const warning = `${file}: line 1 to ${line - 1} are not part of the table; line ${line} is taken for the header.`;
  return {
    dialect: trial.dialect,
    skipLines: line - 1,
    ...(comment && { comment }),
    warnings: [warning.replace('line 1 to 1 are', 'line 1 is')],
  };
}

function best(candidates: Trial[]): Trial | undefined {
  // Equal scores keep the order of the candidates: comma before tab, RFC 4180 before anything else.
  let winner: Trial | undefined;
  for (const trial of candidates) if (!winner || trial.score > winner.score + 1e-9) winner = trial;
  return winner;
}

function trials(head: string, whole: boolean, candidates: readonly string[], file: string): Trial[] {
  const found: Trial[] = [];
  for (const delimiter of candidates) {
    if (delimiter !== '' && !head.includes(delimiter)) continue;
    for (const dialect of variants(head, delimiter)) {
      const trial = tryDialect(head, whole, dialect, file);
      found.push(trial);
      // Nothing that comes behind it can be better, and of equals the first is taken.
      if (trial.score >= bestScore && (trial.rows[0]?.cells.length ?? 0) >= 2) return found;
    }
  }
  return found;
}

function variants(head: string, delimiter: string): Dialect[] {
  const rfc = plain(delimiter);
  const list: Dialect[] = [rfc];
  const skipBlank = delimiter !== '' && head.includes(`${delimiter} "`);
  if (head.includes('\\"')) list.push({ ...rfc, backslash: true });
  if (skipBlank) list.push({ ...rfc, skipBlank: true });
  if (skipBlank && head.includes('\\"')) list.push({ ...rfc, skipBlank: true, backslash: true });
  if (delimiter !== '' && new RegExp(`(?:^|[\\r\\n${escapeClass(delimiter)}])'`).test(head))
    list.push({ ...rfc, quote: "'" });
  if (delimiter !== '' && (head.includes(`\\${delimiter}`) || /\\\r?\n/.test(head)))
    list.push({ ...rfc, quote: '', backslash: true });
  return list;
}

const escapeClass = (delimiter: string): string => (/[\\\]^-]/.test(delimiter) ? `\\${delimiter}` : delimiter);

function tryDialect(head: string, whole: boolean, dialect: Dialect, file: string): Trial {
  const parser = new CsvParser(dialect, file);
  let rows: CsvRow[] = [];
  let broken = 0;
  try {
    rows = parser.push(head, whole);
  } catch {
    // An unbalanced quote speaks against this dialect; when all have one, the reader reports it.
    broken = 1;
  }
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1);
  const [cells, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  const share = rows.length ? count / rows.length : 0;
  const stray = rows.length ? Math.min(1, parser.notes.strayQuotes.length / rows.length) : 0;
  // A first row that fits the rest is worth more than anything else: it is the header.
  const fits = rows[0]?.cells.length === cells ? 0.5 : 0;
  const leftover = dialect.quote === '"' ? share : share - 0.05;
  const score = leftover + fits - 0.3 * stray - broken - blankQuotes(rows, dialect);
  return { dialect, ...(broken === 0 && { parser }), rows, cells, share, score };
}

/** Cells that still begin with blank + quote were meant to be quoted; cells that end in a backslash, escaped. */
function blankQuotes(rows: CsvRow[], dialect: Dialect): number {
  const odd = rows.filter((row) =>
    row.cells.some(
      (cell) =>
        (!dialect.skipBlank && cell.startsWith(' "') && cell.endsWith('"')) ||
        (!dialect.backslash && cell.endsWith('\\')),
    ),
  );
  return rows.length ? odd.length / rows.length : 0;
}

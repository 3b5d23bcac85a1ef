/** Rows of a query, one by one. */
import type { Database } from 'node-sqlite3-wasm';

/** Rows one by one; the statement is closed when the reader stops early. */
export function* iterate(db: Database, sql: string): Generator<Record<string, unknown>> {
  const statement = db.prepare(sql);
  try {
    yield* statement.iterate() as Iterable<Record<string, unknown>>;
  } finally {
    statement.finalize();
  }
}

/** JSON in a cell → its value; any other text stays text. */
export const jsonCell = (value: unknown): unknown => {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

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

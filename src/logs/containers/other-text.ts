/** Texts of other forms, which are refused by their name: what they hold cannot be told from a table of one column. */
import { userError } from '../../errors.ts';

const forms = [
  {
    what: 'a page made to be looked at (HTML)',
    next: 'export the same records as JSON or CSV',
    test: (head: string) => /^\s{0,200}(?:<!doctype html|<html[\s>])/i.test(head),
  },
  {
    what: 'XML',
    next: 'export the same records as JSON or CSV',
    test: (head: string) => /^\s{0,200}<\?xml\s/.test(head),
  },
  {
    what: 'a dump of a SQL database: statements, and no records',
    next: 'export its table as CSV (psql: \\copy TABLE to table.csv csv header; mysql: --batch writes tabs); a dump of SQLite is read once it is loaded: sqlite3 log.db < dump.sql',
    test: (head: string) =>
      /^(?:CREATE TABLE|INSERT INTO|BEGIN TRANSACTION|PRAGMA foreign_keys)\b/m.test(head.slice(0, 20_000)) &&
      /;[ \t]{0,20}\r?$/m.test(head.slice(0, 200_000)),
  },
];

const isRecords = (file: string): boolean => /\.(?:csv|tsv|jsonl?|ndjson)$/i.test(file);

export const isOtherText = (head: string, file: string): boolean =>
  !isRecords(file) && forms.some(({ test }) => test(head));

export function refuseOtherText(text: string, file: string): never {
  const { what, next } = forms.find(({ test }) => test(text)) ?? {
    what: 'a text of another form',
    next: 'export JSON',
  };
  throw userError('logs.other-text', `${file} is ${what}.`, next);
}

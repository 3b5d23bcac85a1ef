/**
 * A column is written once: tables show it, CSV writes its values, and both read fields that the JSON report carries.
 */
import type { Block } from './blocks.ts';

export type Value = string | number | boolean | null;

export interface Column<R> {
  title: string;
  align: 'left' | 'right';
  /** As people read it. */
  shown(row: R): string;
  /** By their names in CSV; none where a table alone has the column. */
  values: Readonly<Record<string, (row: R) => Value>>;
}

type Values<R> = Column<R>['values'];

export const left = <R>(title: string, shown: (row: R) => string, values: Values<R> = {}): Column<R> => ({
  title,
  align: 'left',
  shown,
  values,
});

export const right = <R>(title: string, shown: (row: R) => string, values: Values<R> = {}): Column<R> => ({
  title,
  align: 'right',
  shown,
  values,
});

/** For programs: no table shows it. */
export const hidden = <R>(values: Values<R>): Column<R> => left('', () => '', values);

/** The same column, of rows that hold its own. */
export const within = <R, S>(column: Column<S>, of: (row: R) => S, prefix = ''): Column<R> => ({
  ...column,
  shown: (row) => column.shown(of(row)),
  values: Object.fromEntries(
    Object.entries(column.values).map(([name, value]) => [`${prefix}${name}`, (row: R): Value => value(of(row))]),
  ),
});

export type TableBlock = Extract<Block, { kind: 'table' }>;

/** Every row as people read it. */
export function table<R>(caption: string, rows: readonly R[], columns: readonly Column<R>[]): TableBlock {
  const shown = columns.filter(({ title }) => title !== '');
  return {
    kind: 'table',
    caption,
    columns: shown.map(({ title, align }) => ({ title, align })),
    rows: rows.map((row) => shown.map((column) => column.shown(row))),
  };
}

/** Names of CSV, and each row's values under them. */
export function valuesOf<R>(columns: readonly Column<R>[], rows: readonly R[]): { names: string[]; rows: Value[][] } {
  const fields = columns.flatMap(({ values }) => Object.entries(values));
  return {
    names: fields.map(([name]) => name),
    rows: rows.map((row) => fields.map(([, value]) => value(row))),
  };
}

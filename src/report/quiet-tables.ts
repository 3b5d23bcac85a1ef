/** Tables without what has nothing to say in this run: a column in which nothing is known becomes a word in a sentence. */
import { unknown } from '../text/numbers.ts';
import type { Block } from './blocks.ts';

const saysNothing = new Set([unknown, 'not measured', 'not stated', 'not set']);

/** A table without rows vanishes; other blocks stay as they are. */
export function quietTables(block: Block): Block[] {
  if (block.kind !== 'table') return [block];
  const { columns, rows } = block;
  if (rows.length === 0) return [];
  const speaks = columns.map((_, at) => at === 0 || rows.some((row) => !saysNothing.has(row[at] ?? unknown)));
  if (speaks.every(Boolean)) return [block];
  const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, at) => speaks[at]);
  const left = columns.filter((_, at) => !speaks[at]).map(({ title }) => title);
  return [
    { ...block, columns: kept(columns), rows: rows.map(kept) },
    { kind: 'text', text: `Not measured: ${left.join('; ')}.` },
  ];
}

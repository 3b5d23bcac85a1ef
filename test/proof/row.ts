/** One row of the proof: what it measures, how to ask for it alone, and what it is held to. */
import { isAbsent } from '../helpers/shared-data.ts';

export interface Measured {
  value: number;
  unit: string;
  bar: number;
  ok: boolean;
  /** The figure in words, where one number does not say it all. */
  shown?: string;
}

export interface NotRun {
  notRun: string;
}

export interface ProofRow {
  /** `npm run proof WORD` runs this row and no other. */
  word: string;
  what: string;
  side: 'at most' | 'at least';
  /** The bar in words, where the row itself holds it; a row of the benchmark keeps its bar there. */
  limit?: string;
  run: () => Promise<Measured | NotRun>;
}

/** The row of exactly that word, or every row whose word has it as a part. */
export function chosen(rows: readonly ProofRow[], word: string): readonly ProofRow[] {
  const exact = rows.filter((row) => row.word === word);
  return exact.length > 0 ? exact : rows.filter((row) => row.word.includes(word));
}

interface OwnRow extends Omit<ProofRow, 'run'> {
  bar: number;
  unit: string;
  /** Folder or file below `../shared/data` that it needs. */
  data?: string;
  measure: () => { value: number; shown?: string } | Promise<{ value: number; shown?: string }>;
}

export const holds = (side: ProofRow['side'], value: number, bar: number): boolean =>
  side === 'at most' ? value <= bar : value >= bar;

/** A bar that nothing may pass is its figure alone. */
export const limitWords = (side: ProofRow['side'], bar: number, unit: string): string =>
  side === 'at most' && bar === 0 ? `0 ${unit}` : `${side} ${bar} ${unit}`;

export const proofRow = ({ word, what, side, bar, unit, data, measure }: OwnRow): ProofRow => ({
  word,
  what,
  side,
  limit: limitWords(side, bar, unit),
  run: async () => {
    if (data !== undefined && isAbsent(data)) return { notRun: 'data folder absent' };
    const found = await measure();
    return { ...found, unit, bar, ok: holds(side, found.value, bar) };
  },
});

interface BenchRow {
  name: string;
  run: () => Promise<Measured>;
}

/** A row of `npm run bench` under a word of its own; measurement and bar stay there. Its file loads when it is asked for. */
export const fromBench = (
  load: () => Promise<{ rows: readonly BenchRow[] }>,
  name: string,
  { word, what, side = 'at most' }: Pick<ProofRow, 'word' | 'what'> & { side?: ProofRow['side'] },
): ProofRow => ({
  word,
  what,
  side,
  run: async () => {
    const row = (await load()).rows.find((one) => one.name === name);
    if (!row) throw new Error(`no bench row is named "${name}"`);
    return row.run();
  },
});

/** 0.0384 → "3.8 %". */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

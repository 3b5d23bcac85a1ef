/** Bradley-Terry on files as large as public arenas publish. */
import { bradleyTerry, type Comparison } from '../../src/stats/bradley-terry.ts';
import { seeded } from '../helpers/vote-paths.ts';

interface BenchRow {
  name: string;
  run: () => Promise<{ value: number; unit: string; bar: number; ok: boolean }>;
}

const models = 20;

/** Battles between random pairs, one or a few per prompt, strengths from -1 to 1. */
function battles(count: number): Comparison[] {
  const random = seeded(7);
  return Array.from({ length: count }, (_, at): Comparison => {
    const a = Math.floor(random() * models);
    const b = (a + 1 + Math.floor(random() * (models - 1))) % models;
    const ahead = 1 / (1 + Math.exp((b - a) / 10));
    const u = random();
    return { a, b, score: u < 0.2 ? 0.5 : random() < ahead ? 1 : 0, prompt: Math.floor((at * 3) / 4) };
  });
}

async function seconds(count: number, bar: number) {
  const comparisons = battles(count);
  const from = performance.now();
  const { seCluster } = bradleyTerry(models, comparisons);
  const value = (performance.now() - from) / 1000;
  return { value, unit: 's', bar, ok: value < bar && seCluster.every((se) => se !== null && se > 0) };
}

/** Whole process, the votes themselves included. */
async function megabytes(count: number, bar: number) {
  const comparisons = battles(count);
  bradleyTerry(models, comparisons);
  const value = process.memoryUsage().rss / 1e6;
  return { value, unit: 'MB', bar, ok: value < bar };
}

export const rows: BenchRow[] = [
  { name: 'Bradley-Terry with intervals, 10,000 battles, 20 models', run: () => seconds(10_000, 1) },
  { name: 'Bradley-Terry with intervals, 1,000,000 votes, 20 models', run: () => seconds(1_000_000, 5) },
  { name: 'memory after 1,000,000 votes', run: () => megabytes(1_000_000, 500) },
];

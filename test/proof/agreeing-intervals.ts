/** Random runs: the printed interval, the verdict and the counts agree with a recomputation from votes and ledger. */
import { decidePair } from '../../src/verdicts/decide.ts';
import type { ScopeVerdict } from '../../src/verdicts/verdict-shapes.ts';
import { seeded } from '../helpers/vote-paths.ts';
import { type Cast, openVsClosed, votedRun } from '../helpers/voted-run.ts';

const margin = 0.3;

/** Tango's statistic written out again: the test shares no line with the rule. */
function z(b: number, c: number, n: number, d: number): number {
  const linear = -b - c + (2 * n - b + c) * d;
  const q = (Math.sqrt(linear ** 2 + 8 * n * c * d * (1 - d)) - linear) / (4 * n);
  const distance = b - c - n * d;
  return Math.abs(distance) < 1e-15 ? 0 : distance / Math.sqrt(n * (2 * q + d * (1 - d)));
}

const quantile = (n: number): number => ({ 8: 2.13, 9: 2, 11: 2.03, 13: 2.01 })[n] ?? 1.959964;

function lookOf(wins: number, losses: number, n: number): ScopeVerdict['verdict'] {
  if (n < 8) return 'undecided';
  if (z(losses, wins, n, 0) >= quantile(n) - 1e-6) return 'keep-closed';
  if (z(wins, losses, n, 0) >= quantile(n) - 1e-6) return 'open-better';
  return z(wins, losses, n, -margin) >= quantile(n) - 1e-6 ? 'open-good-enough' : 'undecided';
}

function agrees({ verdict, interval, withinMargin }: ScopeVerdict): boolean {
  if (interval === null) return verdict === 'undecided';
  const [good, better, keep] = [interval.lower > -margin, interval.lower > 0, interval.upper < 0] as const;
  if (verdict === 'keep-closed') return keep && withinMargin === good;
  if (verdict === 'open-better') return better;
  return verdict === 'open-good-enough' ? good && !better && !keep : !good && !better && !keep;
}

/** One line for each scope whose verdict the votes do not give, or whose interval contradicts it. */
export function contradictions(runs: number): string[] {
  const random = seeded(20261127);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const wrong: string[] = [];
  for (let each = 0; each < runs; each += 1) {
    const sizes = pick([[8], [12], [24], [8, 8, 8], [20, 8, 8], [7, 6, 6]]);
    const tasks = sizes.flatMap((size, at) => Array.from({ length: size + 10 }, () => ({ task: `task ${at}` })));
    const planned = sizes.reduce((sum, size) => sum + size, 0);
    const inPlan = sizes.flatMap((size, at) => Array.from({ length: size }, () => ({ task: `task ${at}` })));
    const run = votedRun({ prompts: [...inPlan, ...tasks.slice(planned)], planned });
    const open = random();
    const skips = random() < 0.3 ? 0.1 : 0;
    const vote = (): Cast['vote'] =>
      random() < skips ? 'skip' : random() < 0.25 ? 'tie' : random() < open ? 'win' : 'loss';
    const tally = new Map<string, { wins: number; losses: number; n: number; skipped: number }>();
    for (const [index, { task }] of inPlan.entries()) {
      const cast = vote();
      const counts = tally.get(task) ?? { wins: 0, losses: 0, n: 0, skipped: 0 };
      tally.set(task, counts);
      counts[cast === 'skip' ? 'skipped' : 'n'] += 1;
      if (cast === 'win') counts.wins += 1;
      if (cast === 'loss') counts.losses += 1;
      run.cast(index, { vote: cast, rater: pick(['ann', 'bob']) });
    }
    const first = decidePair(run.input, openVsClosed);
    for (const scope of first.tasks) {
      const counts = tally.get(scope.task ?? '');
      if (!counts || counts.skipped > 0) continue;
      if (scope.verdict !== lookOf(counts.wins, counts.losses, counts.n)) wrong.push(`${each} ${scope.task}`);
    }
    run.open();
    for (let index = planned; index < planned + 10; index += 1) run.cast(index, { vote: vote() });
    const after = decidePair(run.input, openVsClosed);
    for (const scope of [first.overall, ...first.tasks, after.overall, ...after.tasks])
      if (!agrees(scope)) wrong.push(`${each} ${scope.task} ${scope.verdict} ${JSON.stringify(scope.interval)}`);
  }
  return wrong;
}

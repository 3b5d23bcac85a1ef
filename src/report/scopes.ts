/** The scopes that a pair is judged by, a task or all prompts: which there are, their names and their colour. */
import { count } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { PairReport, ScopeReport } from './model.ts';

export type Tone = 'good' | 'keep' | 'undecided';

/** How a scope is coloured: by its verdict, never by a leaning. */
export function tone(scope: ScopeReport): Tone {
  if (scope.neither || scope.verdict === 'keep-closed') return 'keep';
  return scope.verdict === 'open-good-enough' || scope.verdict === 'open-better' ? 'good' : 'undecided';
}

export const scopesOf = (pair: PairReport): ScopeReport[] => [
  ...pair.tasks.flatMap((task) => [task, ...pair.rows.filter((row) => row.task === task.task)]),
  // One task is all prompts: the same row twice tells nothing.
  ...(pair.tasks.length === 1 ? [] : [pair.overall]),
];

/** A route is per task, so tasks stand above all prompts; one task is all prompts. */
export const answeredScopes = ({ tasks, overall }: PairReport): ScopeReport[] =>
  tasks.length === 1 ? tasks : [...tasks, overall];

/** "summarise-ticket", "  easy", "all prompts". */
export function scopeName(scope: ScopeReport): string {
  if (scope.task === null) return 'all prompts';
  return scope.difficulty ? `${oneLine(scope.task, 60)} (${scope.difficulty} ones)` : oneLine(scope.task, 60);
}

/** "7:1:0": open better, neither, closed better. One notation for every short form. */
export function countsShown({ counts }: Pick<ScopeReport, 'counts'>): string {
  const neither = counts.bothFine + counts.bothBad + counts.identical + counts.noAnswer;
  return `${count(counts.a)}:${count(neither)}:${count(counts.b)}`;
}

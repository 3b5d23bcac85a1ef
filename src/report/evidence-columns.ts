/** Evidence at the last vote that was read, of what was extended: the table beside the chart. */
import { count, thousands, unknown } from '../text/numbers.ts';
import type { PairReport, ScopeReport } from './model.ts';
import { scopeName, scopesOf } from './scopes.ts';
import { type Column, left, right } from './table-columns.ts';

/** An e-value of this size decides: 1 / .05. */
export const evidenceBorder = 20;

export const extendedScopes = (pair: PairReport): ScopeReport[] =>
  scopesOf(pair).filter(({ evidence }) => evidence.length > 0);

/** 3.2, 45, 1,200; from a million on only that it is more. */
export function evidenceWords(logE: number | undefined): string {
  if (logE === undefined) return unknown;
  const value = Math.exp(logE);
  if (value >= 1e6) return 'over 1,000,000';
  if (value < 0.01) return 'below 0.01';
  return value >= 10 ? thousands(value) : value.toFixed(value < 1 ? 2 : 1);
}

/** "decided at vote 20", "decided by the planned votes", "not decided". */
export function decidedAt({ verdict, goodAt, keepAt, betterAt, plannedRead }: ScopeReport): string {
  const at = { 'open-better': betterAt, 'open-good-enough': goodAt, 'keep-closed': keepAt, undecided: null }[verdict];
  if (at === null) return 'not decided';
  return at <= plannedRead ? `by the ${count(plannedRead)} planned votes` : `at vote ${count(at)}`;
}

const last = ({ evidence }: ScopeReport) => evidence.at(-1);

export const evidenceColumns: readonly Column<ScopeReport>[] = [
  left('task', scopeName),
  right('votes read', (scope) => count(last(scope)?.votes ?? null)),
  right('within your margin', (scope) => evidenceWords(last(scope)?.logEGood)),
  right('closed better', (scope) => evidenceWords(last(scope)?.logEKeep)),
  right('open better', (scope) => evidenceWords(last(scope)?.logEBetter)),
  left('decided', decidedAt),
];

/** What the terminal report shows of the votes and the answers: a bar per task, figures per model, the clearest losses. */
import { outOf, per100, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { textWidth } from '../text/width.ts';
import type { ArmFigures } from './arm-figures.ts';
import type { ArmReport } from './arm-report.ts';
import { figureColumns } from './figure-columns.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { rowOf, scopeColumns } from './scope-columns.ts';
import { countsShown, scopeName, scopesOf } from './scopes.ts';
import { type Column, left, right, table, within } from './table-columns.ts';
import { barLegend, countsOrder, type Paint, terminalTable, voteBar } from './terminal-table.ts';

/** "extract-json", "  hard". */
const rowName = (scope: ScopeReport): string => (scope.difficulty ? `  ${scope.difficulty}` : scopeName(scope));

/** Of `voteRows`. */
export const barColumn = 1;

export function voteRows(report: Report, pair: PairReport): { legend: string; order: string; rows: string[][] } {
  const { interval } = scopeColumns;
  const scopes = scopesOf(pair);
  const leads = scopes.map((scope) => `${per100(scope.net)}${scope.extended ? '*' : ''}`);
  const intervals = scopes.map((scope) => `(${interval.shown(rowOf(report, pair, scope))})`);
  const [leadWidth, intervalWidth] = [leads, intervals].map((cells) => Math.max(...cells.map(textWidth), 0));
  // Leads stand below each other, and so do the brackets behind them.
  const rows = scopes.map((scope, at) => {
    const lead = `${leads[at]?.padStart(leadWidth ?? 0)} ${intervals[at]?.padEnd(intervalWidth ?? 0)}`;
    return [rowName(scope), voteBar(scope), countsShown(scope), scope.net === null ? unknown : lead];
  });
  return { legend: barLegend(scopes), order: countsOrder, rows };
}

/** "3 of 24": what raters marked as unusable, on the prompts of the pair that decides about this arm. */
function unusableOf({ name }: ArmReport, { pairs }: Report): string {
  const pair =
    pairs.find(({ open, decides }) => decides && open === name) ?? pairs.find(({ closed }) => closed === name);
  if (!pair || pair.overall.redo.asked === 0) return unknown;
  const { a, b, asked } = pair.overall.redo;
  return outOf(pair.open === name ? a : b, asked);
}

const narrow = (title: string, column: Column<ArmFigures>): Column<ArmReport> => ({
  ...within(column, ({ figures }: ArmReport) => figures),
  title,
});

export function answerTable(report: Report, columns: number, paint: Paint): string[] {
  const { firstFailed, total, cost, firstToken } = figureColumns;
  const found = table<ArmReport>('Answers', report.arms, [
    left('model', ({ role, model }) => `${role}: ${oneLine(model, 60)}`),
    right('answers', ({ figures: { trials, missing } }) => outOf(trials - missing, trials)),
    right('unusable', (arm) => unusableOf(arm, report)),
    narrow('failed a check', firstFailed),
    narrow('median', total),
    narrow('per 1,000', cost),
    narrow('first token', firstToken),
  ]);
  const head = found.columns.map(({ title }) => title);
  return terminalTable(...spoken(head, found.rows.map(shortly)), columns, paint);
}

/** A terminal has room for a dash only. */
const shortly = (row: string[]): string[] => row.map((cell) => (cell === 'not measured' ? unknown : cell));

/** Without columns in which nothing is known. */
function spoken(head: string[], rows: string[][]): [string[], string[][]] {
  const speaks = head.map((_, at) => at === 0 || rows.some((row) => /[^\s–]/.test(row[at] ?? '')));
  const kept = (cells: string[]): string[] => cells.filter((_, at) => speaks[at]);
  return [kept(head), rows.map(kept)];
}

/** What the terminal report shows of the votes and the answers: a bar per task, figures per model, the clearest losses. */
import { count, dollars, duration, outOf, per100, per100Interval, plural, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ArmFigures } from './arm-figures.ts';
import type { ArmReport } from './arm-report.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { scopeName, scopesOf } from './scopes.ts';
import { barLegend, type Paint, terminalTable, voteBar } from './terminal-table.ts';

/** "extract-json", "  hard". */
const rowName = (scope: ScopeReport): string => (scope.difficulty ? `  ${scope.difficulty}` : scopeName(scope));

const whole = (value: number): string => count(value);

export function voteRows(pair: PairReport): { legend: string; rows: string[][] } {
  const scopes = pair.tasks.length > 1 ? scopesOf(pair) : [...pair.rows, pair.overall];
  const rows = scopes.map((scope) => {
    const { a, bothFine, bothBad, b } = scope.counts;
    const lead = `${per100(scope.net)}${scope.extended ? '*' : ''} (${per100Interval(scope.interval)})`;
    return [
      rowName(scope),
      voteBar(scope),
      [a, bothFine, bothBad, b].map(whole).join(' · '),
      scope.net === null ? unknown : lead,
    ];
  });
  return { legend: barLegend(scopes), rows };
}

const failedFirst = ({ firstFailed }: ArmFigures): string =>
  firstFailed ? outOf(firstFailed.x, firstFailed.n) : unknown;

/** "3 of 24": what raters marked as unusable, on the prompts of the pair that decides about this arm. */
function unusableOf({ name }: ArmReport, { pairs }: Report): string {
  const pair =
    pairs.find(({ open, decides }) => decides && open === name) ?? pairs.find(({ closed }) => closed === name);
  if (!pair || pair.overall.redo.asked === 0) return unknown;
  const { a, b, asked } = pair.overall.redo;
  return outOf(pair.open === name ? a : b, asked);
}

export function answerTable(report: Report, columns: number, paint: Paint): string[] {
  const head = ['model', 'answers', 'unusable', 'failed a check', 'median', 'per 1,000', 'first token'];
  const rows = report.arms.map((arm) => [
    `${arm.role}: ${oneLine(arm.model, 60)}`,
    outOf(arm.figures.trials - arm.figures.missing, arm.figures.trials),
    unusableOf(arm, report),
    failedFirst(arm.figures),
    duration(arm.figures.totalMs?.median ?? null),
    dollars(arm.figures.costPer1000),
    duration(arm.figures.firstTokenMs?.median ?? null),
  ]);
  return terminalTable(...spoken(head, rows), columns, paint);
}

/** Without columns in which nothing is known. */
function spoken(head: string[], rows: string[][]): [string[], string[][]] {
  const speaks = head.map((_, at) => at === 0 || rows.some((row) => /[^\s–]/.test(row[at] ?? '')));
  const kept = (cells: string[]): string[] => cells.filter((_, at) => speaks[at]);
  return [kept(head), rows.map(kept)];
}

/** One table, two wholes: people vote on some of the prompts that the machine checked. */
export function denominatorWords(report: Report): string[] {
  const voted = report.pairs.find(({ decides }) => decides)?.overall.redo.asked ?? 0;
  const checked = Math.max(0, ...report.arms.map(({ figures }) => figures.firstFailed?.n ?? 0));
  if (voted === 0 || checked === 0 || voted === checked) return [];
  return [
    `Unusable is counted on the ${plural(voted, 'prompt')} that people voted on; failed checks on every first answer that was checked, ${count(checked)} for a model.`,
  ];
}

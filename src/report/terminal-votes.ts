/** What the terminal report shows of the votes and the answers: a bar per task, figures per model, the clearest losses. */
import { count, dollars, duration, outOf, per100, per100Interval, unknown } from '../text/numbers.ts';
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

/** The text behind the system prompt, which is the same for every prompt of a task. */
const askedIn = (prompt: string): string =>
  prompt.startsWith('[system] ') ? prompt.slice(prompt.lastIndexOf('\n\n') + 1).trim() : prompt;

export interface Loss {
  task: string;
  prompt: string;
  /** The rater's note, or what was marked. */
  why: string;
}

/** Unusable first, then those with a note, then in voting order. */
export function clearestLosses({ ballots }: Report, pair: PairReport): Loss[] {
  const lost = ballots
    .filter((ballot) => ballot.pair === pair.name && ballot.votes.some(({ outcome }) => outcome === 'closed'))
    .map((ballot) => ({
      ballot,
      unusable: ballot.votes.some(({ redo }) => redo.open),
      note: ballot.votes.find(({ outcome, note }) => outcome === 'closed' && note !== null)?.note ?? null,
    }));
  const rank = ({ unusable, note }: (typeof lost)[number]): number => (unusable ? 0 : 2) + (note === null ? 1 : 0);
  return [...lost]
    .sort((one, other) => rank(one) - rank(other) || one.ballot.n - other.ballot.n)
    .map(({ ballot, unusable, note }) => ({
      task: oneLine(ballot.task, 24),
      prompt: oneLine(askedIn(ballot.texts?.prompt ?? ballot.prompt), 400),
      why: [unusable ? 'unusable' : '', note === null ? '' : oneLine(note, 200)]
        .filter((part) => part !== '')
        .join(': '),
    }));
}

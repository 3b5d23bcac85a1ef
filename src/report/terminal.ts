/** The short report in a terminal: answer, next command, one table, what to know. Fits the width it is given. */
import Table from 'cli-table3';
import type { ArmFigures } from './arm-figures.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { count, dollars, duration, outOf, per100, per100Interval, unknown } from './numbers.ts';
import { recognitionLines } from './section-blind.ts';
import { isMeasured, nothingMeasured } from './section-machine.ts';
import { scopeName } from './section-tasks.ts';
import { textWidth, toWidth, wrap } from './text-width.ts';
import { oneLine } from './visible-text.ts';

export interface TerminalLayout {
  /** Columns; below 40 lines are cut as for 40. */
  width?: number;
  colour?: boolean;
  /** Where the full report was written. */
  fullReport?: string;
}

type Paint = (code: number, text: string) => string;

export function terminalReport(
  report: Report,
  { width = 80, colour = false, fullReport }: TerminalLayout = {},
): string {
  const columns = Math.max(40, width);
  const paint: Paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const wrapped = (text: string, indent = ''): string[] => wrap(text, columns - 1, indent).map((line) => ` ${line}`);
  const lines = [
    ...answerLines(report, wrapped, paint),
    ...nextLines(report, wrapped, paint),
    ...report.notices.flatMap((text) => wrapped(`! ${text}`, '  ').map((line) => paint(33, line))),
    ...(report.sealed ? [] : wrapped(report.terms.join(' '))),
    '',
    ...report.pairs.flatMap((pair) => [...voteTable(pair, report, columns, paint), ...wrapped(legend), '']),
    ...(isMeasured(report) ? armTable(report, columns, paint) : wrapped(nothingMeasured)),
    '',
    ...report.arms.flatMap((arm) =>
      arm.quantizationWords && arm.role !== 'closed' ? wrapped(arm.quantizationWords) : [],
    ),
    ...recognitionLines(report).flatMap((text) => wrapped(text)),
    ...(fullReport === undefined ? [] : wrapped(`Full report: ${oneLine(fullReport, 500)}`)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

type Wrap = (text: string, indent?: string) => string[];

function answerLines(report: Report, wrapped: Wrap, paint: Paint): string[] {
  if (report.sealed) return wrapped(`No result yet: ${report.sealed.reason}`).map((line) => paint(1, line));
  return report.pairs
    .filter((pair) => pair.decides)
    .flatMap((pair) => [
      ...wrapped(`${pair.who === null ? '' : `${pair.who}. `}${pair.question} ${pair.reply}`).map((line) =>
        paint(1, line),
      ),
      ...taskLines(pair, wrapped),
    ]);
}

function taskLines(pair: PairReport, wrapped: Wrap): string[] {
  const names = pair.tasks.map(scopeName);
  const longest = Math.min(28, Math.max(...names.map(textWidth), 0));
  return pair.tasks.flatMap((task, at) => {
    const name = toWidth(names[at] ?? '', longest);
    return wrapped(`  ${name}  ${task.words}`, ' '.repeat(longest + 4));
  });
}

function nextLines({ next }: Report, wrapped: Wrap, paint: Paint): string[] {
  if (next.command === null) return wrapped(`Next: ${next.words}`);
  // The command stays on one line, however long, so that it can be copied.
  return [` Next: ${paint(36, next.command)}`, ...wrapped(`      (${next.words})`, '       ')];
}

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
} as const;

const narrowestName = 9;

/** Names give way first, then the last columns: a number is shown whole or not at all. */
function table(head: string[], rows: string[][], columns: number, paint: Paint): string[] {
  const widths = head.map(
    (title, at) => Math.max(textWidth(title), ...rows.map((row) => textWidth(row[at] ?? ''))) + 1,
  );
  const total = (): number => widths.reduce((sum, width) => sum + width + 1, 0);
  const spare = (widths[0] ?? 0) - narrowestName;
  while (widths.length > 2 && total() - Math.max(0, spare) > columns) widths.pop();
  if (total() > columns) widths[0] = Math.max(narrowestName, (widths[0] ?? 0) - (total() - columns));
  return grid(
    head.slice(0, widths.length),
    rows.map((row) => row.slice(0, widths.length)),
    widths,
    paint,
  );
}

function grid(head: string[], rows: string[][], widths: number[], paint: Paint): string[] {
  const drawn = new Table({
    head: head.map((title) => paint(2, title)),
    chars: bare,
    colWidths: widths,
    colAligns: head.map((_, at) => (at === 0 ? 'left' : 'right')),
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
  });
  drawn.push(...rows);
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const legend = 'o open, c closed. redo: would have to be redone, say raters. failed: the first answer failed a check.';

function voteTable(pair: PairReport, report: Report, columns: number, paint: Paint): string[] {
  const scopes: ScopeReport[] = pair.tasks.length > 1 ? [...pair.tasks, pair.overall] : [pair.overall];
  const head = ['task', 'votes', 'o · tie · c', 'net per 100 (95 %)', 'redo o c', 'failed'];
  const rows = scopes.map((scope) => [
    scopeName(scope),
    count(scope.units),
    `${count(scope.counts.a)} · ${count(scope.counts.bothFine + scope.counts.bothBad)} · ${count(scope.counts.b)}`,
    scope.net === null ? unknown : `${per100(scope.net)} (${per100Interval(scope.interval)})`,
    `${outOf(scope.redo.a, scope.units)} ${outOf(scope.redo.b, scope.units)}`,
    `${retried(report, scope.task, pair.open)} ${retried(report, scope.task, pair.closed)}`,
  ]);
  return table(head, rows, columns, paint);
}

const failedFirst = ({ firstFailed }: ArmFigures): string =>
  firstFailed ? outOf(firstFailed.x, firstFailed.n) : unknown;

/** "2/8": first answers of one arm that failed a check, in one task or in all. */
function retried(report: Report, task: string | null, arm: string): string {
  const arms =
    task === null ? report.arms.map((one) => one.figures) : report.tasks.find((one) => one.task === task)?.arms;
  const figures = arms?.find((one) => one.arm === arm);
  return figures ? failedFirst(figures) : unknown;
}

function armTable(report: Report, columns: number, paint: Paint): string[] {
  const head = ['model', 'asked', 'usable', 'failed', 'first token', 'answer', 'per 1,000'];
  const rows = report.arms.map(({ model, role, figures }) => [
    `${role}: ${oneLine(model, 60)}`,
    count(figures.trials),
    count(figures.usable),
    failedFirst(figures),
    duration(figures.firstTokenMs?.median ?? null),
    duration(figures.totalMs?.median ?? null),
    dollars(figures.costPer1000),
  ]);
  return table(head, rows, columns, paint);
}

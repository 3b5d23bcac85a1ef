/** The short report in a terminal: answer, next command, one table, what to know. Fits the width it is given. */
import Table from 'cli-table3';
import { count, dollars, duration, outOf, per100, per100Interval, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { typeset } from '../text/typeset.ts';
import { textWidth } from '../text/width.ts';
import { toWidth } from '../text/wrap.ts';
import type { ArmFigures } from './arm-figures.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { maskLines, recognitionLines } from './section-blind.ts';
import { checkedVotesWords } from './section-checked-votes.ts';
import { checkedWords, isMeasured, nothingMeasured } from './section-machine.ts';
import { rankingRows, rankingWords } from './section-ranking.ts';
import { refusalColumns, refusalRows, refusalSummary } from './section-refusals.ts';
import { scopeName, scopesOf } from './section-tasks.ts';

export interface TerminalLayout {
  /** Columns; below 40 lines are cut as for 40. */
  width?: number;
  colour?: boolean;
  /** Commands are typed with `npx` here. */
  npx?: boolean;
  /** Where the full report was written. */
  fullReport?: string;
}

type Paint = (code: number, text: string) => string;

export function terminalReport(
  report: Report,
  { width = 80, colour = false, npx = false, fullReport }: TerminalLayout = {},
): string {
  const columns = Math.max(40, width);
  const paint: Paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const wrapped = (text: string, indent = ''): string[] =>
    typeset(text, { npx, columns: columns - 1, indent })
      .split('\n')
      .map((line) => ` ${line}`);
  const lines = [
    ...answerLines(report, wrapped, paint),
    ...nextLines(report, wrapped, paint),
    ...report.notices.flatMap((text) => wrapped(`! ${text}`, '  ').map((line) => paint(33, line))),
    ...(report.sealed ? [] : wrapped(report.terms.join(' '))),
    '',
    ...report.pairs.flatMap((pair) => [
      ...(pair.who === null ? [] : wrapped(pair.who)),
      ...voteTable(pair, report, columns, paint),
      ...wrapped(legend(report)),
      ...identicalWords(pair).flatMap((text) => wrapped(text)),
      ...stoppedWords(pair).flatMap((text) => wrapped(text)),
      '',
    ]),
    ...rankingLines(report, columns, paint, wrapped),
    ...(isMeasured(report) ? armTable(report, columns, paint) : wrapped(nothingMeasured)),
    ...(report.sealed && report.checked.failed > 0 ? wrapped(checkedWords(report)) : []),
    '',
    ...refusalLines(report, columns, paint, wrapped),
    ...checkedVotesWords(report).flatMap((text) => wrapped(text)),
    ...report.arms.flatMap((arm) =>
      arm.quantizationWords && arm.role !== 'closed' ? wrapped(arm.quantizationWords) : [],
    ),
    ...moneyLines(report).flatMap((text) => wrapped(text)),
    ...licenceLines(report).flatMap((text) => wrapped(text)),
    ...recognitionLines(report).flatMap((text) => wrapped(text)),
    ...maskLines(report).flatMap((text) => wrapped(text)),
    ...(fullReport === undefined ? [] : wrapped(`Full report: ${oneLine(fullReport, 500)}`)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

type Wrap = (text: string, indent?: string) => string[];

function answerLines(report: Report, wrapped: Wrap, paint: Paint): string[] {
  if (report.sealed) return wrapped(`No result yet: ${report.sealed.reason}`).map((line) => paint(1, line));
  return report.pairs
    .filter((pair) => pair.decides)
    .flatMap((pair, at, all) => [
      ...wrapped(`${pair.who === null ? '' : `${pair.who}. `}${pair.question} ${pair.reply}`).map((line) =>
        paint(1, line),
      ),
      ...taskLines(pair, wrapped),
      ...(report.bestOf && at === all.length - 1 ? wrapped(report.bestOf.words) : []),
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
  const [line = ''] = wrapped(`Next: ${next.command}`);
  return [
    line.replace(/(?<=^ Next: ).*/, (command) => paint(36, command)),
    ...wrapped(`      (${next.words})`, '       '),
  ];
}

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

/** Cells are cut by our own measure first: cli-table3 counts some signs otherwise, and would cut a number. */
function grid(head: string[], rows: string[][], widths: number[], paint: Paint): string[] {
  const cells = (row: string[]): string[] =>
    row.map((cell, at) => toWidth(cell, Math.max(1, (widths[at] ?? 1) - 1), at === 0 ? 'left' : 'right'));
  const drawn = new Table({ chars: bare, style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 } });
  drawn.push(
    cells(head).map((cell) => paint(2, cell)),
    ...rows.map(cells),
  );
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** A table without lines: columns stand one blank apart. */
const bare = {
  ...Object.fromEntries(
    ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) =>
      ['', '-mid', '-left', '-right'].map((end) => [side + end, '']),
    ),
  ),
  middle: ' ',
};

const legend = (report: Report): string =>
  `o open, c closed. redo: would have to be redone, say raters.${weighted(report) ? ' net over all is weighted by your traffic.' : ''}${checksMeasured(report) ? ' failed: the first answer failed a check.' : ''}`;

/** A plain mean of the counts would be another number. */
const weighted = ({ pairs }: Report): boolean =>
  pairs.some(({ overall: { counts, units, net } }) => {
    const plain = units === 0 ? null : (counts.a - counts.b) / units;
    return plain !== null && net !== null && Math.abs(plain - net) >= 0.005;
  });

const checksMeasured = ({ arms }: Report): boolean => arms.some(({ figures }) => figures.firstFailed !== null);

const identicalWords = ({ overall: { counts } }: PairReport): string[] => [
  ...(counts.identical > 0
    ? [
        `Identical, not read: ${counts.identical}. Each counts as a tie in preference and says nothing on whether it is right.`,
      ]
    : []),
  ...(counts.noAnswer > 0 ? [`No answer from either model: ${counts.noAnswer}.`] : []),
];

/** All that preferred neither side, read or not. */
const ties = ({ counts: { bothFine, bothBad, identical, noAnswer } }: ScopeReport): number =>
  bothFine + bothBad + identical + noAnswer;

/** The plain estimate of what was extended leans to the side that led. */
const stoppedWords = (pair: PairReport): string[] =>
  scopesOf(pair).flatMap((scope) =>
    scope.extended
      ? [
          `* ${scopeName(scope)} was extended after the result was open: its estimate leans outwards. ${per100Interval(scope.interval)} holds after looking.`,
        ]
      : [],
  );

/** "extract-json", "  hard". */
const rowName = (scope: ScopeReport): string => (scope.difficulty ? `  ${scope.difficulty}` : scopeName(scope));

function rankingLines(report: Report, columns: number, paint: Paint, wrapped: Wrap): string[] {
  if (report.ranking === null) return [];
  const rows = rankingRows(report).map(([place = '', model = '', ...rest]) => [`${place} ${model}`, ...rest]);
  return [
    ...table(['all on one scale', 'wins', '95 %'], rows, columns, paint),
    ...wrapped(`wins: share against the closed model, ties as half. ${rankingWords(report)}`),
    '',
  ];
}

/** The four cells of each task, and which ballots to read. */
function refusalLines(report: Report, columns: number, paint: Paint, wrapped: Wrap): string[] {
  if (report.refusals.length === 0) return [];
  return [
    ...table(refusalColumns, refusalRows(report), columns, paint),
    ...refusalSummary(report).flatMap((text) => wrapped(text)),
    '',
  ];
}

const modelOf = (arms: Report['arms'], name: string, columns: number): string =>
  oneLine(arms.find((arm) => arm.name === name)?.model ?? name, columns);

/** Where a volume is known: what a month costs, and from which volume on the open model is cheaper. */
function moneyLines({ money, arms }: Report): string[] {
  const priced = money?.arms.filter(({ monthly }) => monthly !== null) ?? [];
  if (!money || priced.length === 0) return [];
  const costs = priced.map(({ arm, monthly }) => `${modelOf(arms, arm, 40)} ${dollars(monthly)}`);
  return [
    `A month at ${count(money.volumePerMonth)} calls: ${costs.join(', ')}. ${money.breakEven.map(({ words }) => words).join(' ')}`,
  ];
}

/** Only those with a catch: what a reader of the short form must not miss. */
const licenceLines = ({ licences, arms }: Report): string[] =>
  licences.flatMap(({ arm, licence, catch: snag }) => {
    return licence === null || snag === null ? [] : [`${modelOf(arms, arm, 60)}: ${licence}. ${snag}`];
  });

function voteTable(pair: PairReport, report: Report, columns: number, paint: Paint): string[] {
  const scopes: ScopeReport[] = pair.tasks.length > 1 ? scopesOf(pair) : [...pair.rows, pair.overall];
  const head = ['task', 'votes', 'o · tie · c', 'net per 100 (95 %)', 'redo o c', 'failed'];
  const rows = scopes.map((scope) => [
    rowName(scope),
    count(scope.units),
    `${count(scope.counts.a)} · ${count(ties(scope))} · ${count(scope.counts.b)}`,
    scope.net === null
      ? unknown
      : `${per100(scope.net)}${scope.extended ? '*' : ''} (${per100Interval(scope.interval)})`,
    `${outOf(scope.redo.a, scope.redo.asked)} ${outOf(scope.redo.b, scope.redo.asked)}`,
    scope.difficulty ? '' : `${retried(report, scope.task, pair.open)} ${retried(report, scope.task, pair.closed)}`,
  ]);
  return table(...spoken(head, rows), columns, paint);
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

/** Without columns in which nothing is known. */
function spoken(head: string[], rows: string[][]): [string[], string[][]] {
  const speaks = head.map((_, at) => at === 0 || rows.some((row) => /[^\s–]/.test(row[at] ?? '')));
  const kept = (cells: string[]): string[] => cells.filter((_, at) => speaks[at]);
  return [kept(head), rows.map(kept)];
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
  return table(...spoken(head, rows), columns, paint);
}

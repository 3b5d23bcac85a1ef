/** Latency, tokens and cost: for each task and arm, then for all tasks together. */
import { count, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ArmFigures } from './arm-figures.ts';
import { armTitle } from './arm-report.ts';
import type { Block } from './blocks.ts';
import { figureColumns } from './figure-columns.ts';
import type { Report } from './model.ts';
import { sourceWords } from './source-words.ts';
import { type Column, left, table, within } from './table-columns.ts';

export interface FigureRow {
  task: string;
  arm: string;
  figures: ArmFigures;
}

/** Rows per task and arm, then all tasks together. */
export function rowsOf(report: Report): FigureRow[] {
  const all = report.arms.map((arm) => ({ task: 'all tasks', arm: armTitle(arm), figures: arm.figures }));
  if (report.tasks.length < 2) return all;
  const each = report.tasks.flatMap((task) =>
    report.arms.flatMap((arm) => {
      const figures = task.arms.find((one) => one.arm === arm.name);
      return figures ? [{ task: oneLine(task.task, 60), arm: armTitle(arm), figures }] : [];
    }),
  );
  return [...each, ...all];
}

type Name = keyof typeof figureColumns;

/** Whose figures, then those that are named. */
export const figureTable = (report: Report, caption: string, names: readonly Name[]): Block =>
  table<FigureRow>(caption, rowsOf(report), [
    left('task', ({ task }) => task),
    left('model', ({ arm }) => arm),
    ...names.map((name): Column<FigureRow> => within(figureColumns[name], ({ figures }) => figures)),
  ]);

export const nothingMeasured = 'The answers came from your file, so there are no times and no prices.';

/** Where no table of answers has them. */
export const unusableWords = ({ pairs, arms, raters }: Report): string[] =>
  pairs.flatMap(({ decides, open, closed, overall: { redo } }) => {
    if (!decides || redo.asked === 0) return [];
    const of = (arm: string, times: number | null): string =>
      `${oneLine(arms.find(({ name }) => name === arm)?.model ?? arm, 60)} ${count(times)}`;
    const who = raters.filter(({ votes }) => votes > 0).length > 1 ? 'the raters' : 'the rater';
    return [`Unusable to ${who}, of ${plural(redo.asked, 'prompt')}: ${of(closed, redo.b)}, ${of(open, redo.a)}.`];
  });

export const isMeasured = ({ arms }: Report): boolean =>
  arms.some(({ figures }) => figures.totalMs !== null || figures.costPer1000 !== null);

export const latencyBlocks = (report: Report): Block[] =>
  isMeasured(report)
    ? [{ kind: 'chart', chart: 'latency' }, { kind: 'chart', chart: 'fees' }, latencyTable(report)]
    : [];

/** One row is about the same answers; all tasks together are as the traffic has them. */
const latencyTable = (report: Report): Block =>
  figureTable(
    report,
    `Time to the first token and to the end of the first answer; with retries, to the end of the last one; cost of answered calls, with retries${report.tasks.length > 1 && !report.week ? `. All tasks: by their shares of ${sourceWords(report.run).log}` : ''}`,
    ['firstToken', 'firstTokenP95', 'total', 'totalP95', 'finished', 'timed', 'cost'],
  );

/** Latency, tokens and cost: for each task and arm, then for all tasks together. */
import { count, dollars, duration } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ArmFigures } from './arm-figures.ts';
import { armTitle } from './arm-report.ts';
import { type Block, left, right } from './blocks.ts';
import type { Report } from './model.ts';

/** Rows per task and arm, then all tasks together. */
export function rowsOf(report: Report): { task: string; arm: string; figures: ArmFigures }[] {
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

export const nothingMeasured = 'The answers came from your file, so there are no times and no prices.';

export const isMeasured = ({ arms }: Report): boolean =>
  arms.some(({ figures }) => figures.totalMs !== null || figures.costPer1000 !== null);

export const latencyBlocks = (report: Report): Block[] =>
  isMeasured(report) ? [{ kind: 'chart', chart: 'latency' }, latencyTable(report)] : [];

function latencyTable(report: Report): Block {
  return {
    kind: 'table',
    caption: 'Time to the first token and to the whole answer; cost with retries',
    columns: [
      left('task'),
      left('model'),
      right('first token, median'),
      right('first token, p95'),
      right('whole answer, median'),
      right('whole answer, p95'),
      right('usable answer with retries, median'),
      right('timed answers'),
      right('cost per 1,000'),
    ],
    rows: rowsOf(report).map(({ task, arm, figures }) => [
      task,
      arm,
      duration(figures.firstTokenMs?.median ?? null),
      duration(figures.firstTokenMs?.p95 ?? null),
      duration(figures.totalMs?.median ?? null),
      duration(figures.totalMs?.p95 ?? null),
      duration(figures.finishedMs?.median ?? null),
      count(figures.totalMs?.n ?? 0),
      dollars(figures.costPer1000),
    ]),
  };
}

/** Retries by cause, one bar per arm: what failed, and whose fault it was. */

import { count, outOf } from '../text/numbers.ts';
import { oneLine, shortened } from '../text/shell.ts';
import type { CauseCount } from './arm-figures.ts';
import type { ArmReport } from './arm-report.ts';
import { drawing, element, escapeHtml, type Frame, label, line, linear } from './svg.ts';

const barHeight = 30;
const rowHeight = 52;
const top = 10;

/** Empty text where nothing was retried. */
export function retryChart(arms: readonly ArmReport[], id: string): string {
  const causes = allCauses(arms);
  if (causes.length === 0) return '';
  const most = Math.max(...arms.map((arm) => (arm.figures.answerRetries ?? 0) + (arm.figures.transportRetries ?? 0)));
  const bottom = top + arms.length * rowHeight;
  return drawing('Retries by cause', (frame) => {
    const x = linear([0, most], [frame.names, frame.width - 40], 5);
    return {
      id,
      description: arms.map(spoken).join(' '),
      height: bottom + 34 + Math.ceil(causes.length / perRow(frame)) * 22,
      marks: [
        ...x.ticks
          .filter(Number.isInteger)
          .flatMap((tick) => [
            line(x(tick), top, x(tick), bottom, 'grid'),
            label(x(tick), bottom + 16, count(tick), { class: 'tick', 'text-anchor': 'middle' }),
          ]),
        ...arms.flatMap((arm, at) => bar(arm, causes, top + at * rowHeight + (rowHeight - barHeight) / 2, x, frame)),
        ...causes.flatMap((_, at) => key(causes, at, bottom + 40, frame)),
      ],
    };
  });
}

type Cause = Pick<CauseCount, 'kind' | 'cause'>;

/** Answer causes first: transport is not the model's fault. */
function allCauses(arms: readonly ArmReport[]): Cause[] {
  const found = new Map<string, Cause>();
  for (const arm of arms)
    for (const { kind, cause } of arm.figures.causes) found.set(`${kind} ${cause}`, { kind, cause });
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cause]) => cause);
}

const spoken = ({ model, role, figures }: ArmReport): string =>
  `${role} ${oneLine(model, 40)}: ${figures.causes.map((one) => `${count(one.count)} ${oneLine(one.cause, 40)}`).join(', ') || 'none'}.`;

const fill = (causes: readonly Cause[], at: number): string =>
  causes[at]?.kind === 'transport' ? `bar transport t${at % 4}` : `bar c${at % 6}`;

function bar(
  { model, role, figures }: ArmReport,
  causes: readonly Cause[],
  y: number,
  x: (value: number) => number,
  { names: left, letters }: Frame,
): string[] {
  let from = 0;
  const parts = causes.flatMap(({ kind, cause }, at) => {
    const size = figures.causes.find((one) => one.kind === kind && one.cause === cause)?.count ?? 0;
    if (size === 0) return [];
    const rect = element(
      'rect',
      { x: x(from), y, width: Math.max(1, x(from + size) - x(from) - 1), height: barHeight, class: fill(causes, at) },
      element('title', {}, escapeHtml(`${oneLine(cause, 60)}: ${count(size)}`)),
    );
    from += size;
    return [rect];
  });
  return [
    label(left - 12, y + 13, shortened(oneLine(model, 60), letters), { class: 'row', 'text-anchor': 'end' }),
    label(
      left - 12,
      y + 28,
      figures.firstFailed
        ? `${role}, ${outOf(figures.firstFailed.x, figures.firstFailed.n)}${letters > 20 ? ' failed first' : ''}`
        : letters > 20
          ? `${role}, not measured`
          : role,
      {
        class: 'tick',
        'text-anchor': 'end',
      },
    ),
    ...parts,
    label(x(from) + 8, y + 20, count(from), { class: 'row' }),
  ];
}

const perRow = ({ name }: Frame): number => (name !== 'narrow' ? 3 : 1);

function key(causes: readonly Cause[], at: number, y: number, frame: Frame): string[] {
  const x = (frame.name === 'full' ? frame.names : 8) + (at % perRow(frame)) * 190;
  const row = y + Math.floor(at / perRow(frame)) * 22;
  const words = `${shortened(oneLine(causes[at]?.cause ?? '', 60), 20)}${causes[at]?.kind === 'transport' ? ' (transport)' : ''}`;
  return [
    element('rect', { x, y: row - 11, width: 14, height: 14, class: fill(causes, at) }),
    label(x + 20, row, words, { class: 'tick' }),
  ];
}

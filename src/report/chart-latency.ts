/** How long whole answers took: every timed answer a dot, with median and 95th percentile. */

import { duration } from '../text/numbers.ts';
import { oneLine, shortened } from '../text/shell.ts';
import type { ArmReport } from './arm-report.ts';
import {
  apartTicks,
  drawing,
  element,
  escapeHtml,
  type Frame,
  label,
  line,
  linear,
  logarithmic,
  type Scale,
  wordsWidth,
} from './svg.ts';

const rowHeight = 84;
const top = 8;
const radius = 2.6;
/** Beyond this ratio of slowest to fastest a linear axis hides the fast ones. */
const longTail = 15;

/** Empty text where nothing was timed. */
export function latencyChart(arms: readonly ArmReport[], id: string): string {
  const timed = arms.filter((arm) => arm.latencies.length > 0);
  if (timed.length === 0) return '';
  const bottom = top + timed.length * rowHeight;
  return drawing('Time to the whole answer', (frame) => {
    const [left, right] = [frame.names, frame.width - margin];
    const wanted = frame.name !== 'narrow' ? 6 : 3;
    const x = axis(timed, [left, right], wanted);
    const named = new Set(apartTicks(x, tickWords));
    return {
      id,
      description: timed.map(spoken).join(' '),
      height: bottom + 30,
      marks: [
        ...x.ticks.flatMap((tick) => [
          line(x(tick), top, x(tick), bottom, 'grid'),
          ...(named.has(tick)
            ? [label(x(tick), bottom + 18, tickWords(tick), { class: 'tick', 'text-anchor': 'middle' })]
            : []),
        ]),
        ...timed.map((arm, at) => row(arm, top + (at + 1) * rowHeight, x, frame)),
      ],
    };
  });
}

const tickWords = (ms: number): string => (ms === 0 ? '0' : duration(ms));

const margin = 30;

/** Ends where the label of the last 95th percentile still has room beside it. */
function axis(timed: readonly ArmReport[], [left, right]: [number, number], wanted: number): Scale {
  const all = timed.flatMap((arm) => arm.latencies);
  const [fastest, slowest] = [Math.max(Math.min(...all), 1), Math.max(...all)];
  const last = Math.max(...timed.map(({ figures }) => figures.totalMs?.p95 ?? 0));
  const room = right + margin - left - wordsWidth(p95Words(last)) - 2 * radius;
  const stretch = (right - left) / room;
  if (slowest / fastest <= longTail)
    return linear([0, Math.max(slowest * 1.16, last * stretch)], [left, right], wanted);
  const low = fastest * 0.9;
  return logarithmic([low, Math.max(slowest * 1.5, low * (last / low) ** stretch)], [left, right]);
}

const p95Words = (ms: number): string => `p95 ${duration(ms)}`;

const spoken = ({ role, model, figures }: ArmReport): string =>
  `${role} ${oneLine(model, 40)}: median ${duration(figures.totalMs?.median ?? null)}, 95th percentile ${duration(figures.totalMs?.p95 ?? null)}.`;

function row(arm: ArmReport, base: number, x: Scale, { names: left, width, letters }: Frame): string {
  const right = width - margin;
  const { median, p95 } = arm.figures.totalMs ?? { median: null, p95: null };
  const tick = (value: number | null, name: string, className: string): string[] =>
    value === null
      ? []
      : [
          line(x(value), base - rowHeight + 20, x(value), base - 4, className),
          label(x(value), base - rowHeight + 16, `${name} ${duration(value)}`, {
            class: 'tick',
            // The two labels must not run into each other; the axis leaves room at its end.
            'text-anchor': name === 'median' ? 'end' : 'start',
          }),
        ];
  return element(
    'g',
    { class: `latency ${arm.role}` },
    element('title', {}, escapeHtml(spoken(arm))),
    label(left - 12, base - 34, shortened(oneLine(arm.model, 60), letters), { class: 'row', 'text-anchor': 'end' }),
    label(left - 12, base - 19, `${arm.role}, ${arm.figures.totalMs?.n ?? 0}${letters > 20 ? ' answers' : ''}`, {
      class: 'tick',
      'text-anchor': 'end',
    }),
    line(left, base - 4, right, base - 4, 'grid'),
    ...dots(arm.latencies, base - 8, x),
    ...tick(median, 'median', 'median'),
    ...tick(p95, 'p95', 'p95'),
  );
}

/** Dots stack where they would hide each other. */
function dots(values: readonly number[], base: number, x: Scale): string[] {
  const stacks = new Map<number, number>();
  const step = radius * 2;
  const columns = values.map((value) => Math.round(x(value) / step));
  for (const column of columns) stacks.set(column, (stacks.get(column) ?? 0) + 1);
  const tallest = Math.max(...stacks.values());
  const rise = Math.min(step, (rowHeight - 34) / tallest);
  const placed = new Map<number, number>();
  return columns.map((column) => {
    const height = placed.get(column) ?? 0;
    placed.set(column, height + 1);
    return element('circle', { cx: column * step, cy: base - height * rise, r: radius, class: 'dot' });
  });
}

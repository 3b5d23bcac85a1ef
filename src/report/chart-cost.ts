/** Cost per month against volume, with the break-even and the user's own volume. */

import { about, count, dollars } from '../text/numbers.ts';
import { oneLine, shortened } from '../text/shell.ts';
import { apart } from './chart-survival.ts';
import type { Report } from './model.ts';
import { apartTicks, drawing, element, escapeHtml, type Frame, label, line, logarithmic } from './svg.ts';

const left = 76;
const top = 30;
const bottom = 280;

/** Empty text where fewer than two arms have a price. */
export function costChart(report: Report, id: string): string {
  const { money } = report;
  const priced = (money?.curves ?? []).filter((curve) => curve.usd.length > 0);
  if (money === null || priced.length < 2) return '';
  const volumes = money.curveCalls;
  const costs = priced.flatMap((curve) => curve.usd).filter((usd) => usd > 0);
  const y = logarithmic([Math.min(...costs), Math.max(...costs)], [bottom, top]);
  const ends = apart(priced.map((curve) => y(curve.usd.at(-1) ?? 1)));
  const even = money.breakEven.find((one) => one.callsPerMonth !== null);
  return drawing('Cost per month against calls per month', (frame: Frame) => {
    const right = frame.width - frame.ends;
    const x = logarithmic([volumes[0] ?? 1, volumes.at(-1) ?? 10], [left, right]);
    const mark = marker(x, right);
    return {
      id,
      description: money.breakEven.map(({ words }) => words).join(' '),
      height: bottom + 44,
      marks: [
        ...y.ticks.flatMap((tick) => [
          line(left, y(tick), right, y(tick), 'grid'),
          label(left - 8, y(tick) + 4, dollars(tick), { class: 'tick', 'text-anchor': 'end' }),
        ]),
        ...apartTicks(x, count).map((tick) =>
          label(x(tick), bottom + 18, count(tick), { class: 'tick', 'text-anchor': 'middle' }),
        ),
        label(right, bottom + 36, 'calls per month ▸', { class: 'note', 'text-anchor': 'end' }),
        ...mark(money.volumePerMonth, `you: ${count(money.volumePerMonth)}`, 'zero', 0),
        ...(even?.callsPerMonth
          ? mark(even.callsPerMonth, `break-even: about ${about(even.callsPerMonth)}`, 'margin', 1)
          : []),
        ...priced.map((curve, at) => {
          const arm = report.arms.find((one) => one.name === curve.arm);
          const path = curve.usd.map(
            (usd, n) => `${x(volumes[n] ?? 1).toFixed(1)} ${y(Math.max(usd, Math.min(...costs))).toFixed(1)}`,
          );
          return element(
            'g',
            { class: arm?.role },
            element('title', {}, escapeHtml(oneLine(arm?.model ?? curve.arm, 60))),
            element('path', { d: `M${path.join('L')}`, class: 'curve' }),
            label(
              right + 10,
              (ends[at] ?? 0) + 4,
              shortened(oneLine(arm?.model ?? curve.arm, 60), frame.name !== 'narrow' ? 20 : 11),
              {
                class: 'row end',
              },
            ),
          );
        }),
      ],
    };
  });
}

/** The two labels stand on two lines: they may lie close together. */
const marker =
  (scale: (calls: number) => number, right: number) =>
  (calls: number, words: string, className: string, row: number): string[] => {
    const x = scale(calls);
    return [
      line(x, top - 4, x, bottom, className),
      label(x, top - 8 - row * 13, words, {
        class: 'note',
        'text-anchor': x > right - 80 ? 'end' : x < left + 80 ? 'start' : 'middle',
      }),
    ];
  };

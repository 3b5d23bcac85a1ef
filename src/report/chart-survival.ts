/** Chance that a workflow of so many steps finishes without a retry, with the band of the measured failure rate. */

import { percent } from '../text/numbers.ts';
import { oneLine, shortened } from '../text/shell.ts';
import { finishChance } from '../verdicts/survival.ts';
import type { ArmReport } from './arm-report.ts';
import { chartSteps } from './section-tools.ts';
import { drawing, element, escapeHtml, type Frame, label, line, linear } from './svg.ts';

const left = 64;
const top = 14;
const bottom = 250;

/** Empty text where no arm called tools. */
export function survivalChart(arms: readonly ArmReport[], id: string): string {
  const shown = arms.flatMap((arm) => (arm.survival ? [{ arm, found: arm.survival }] : []));
  if (shown.length === 0) return '';
  const steps = chartSteps(arms);
  const y = linear([0, 1], [bottom, top], 5);
  const ends = apart(shown.map(({ found }) => y(finishChance(found, steps).estimate)));
  return drawing('Workflows that finish without a retry, by number of steps', (frame: Frame) => {
    const right = frame.width - frame.ends;
    const x = linear([1, steps], [left, right], frame.name !== 'narrow' ? 8 : 4);
    return {
      id,
      description: shown
        .map(
          ({ arm, found }) =>
            `${arm.role} ${oneLine(arm.model, 40)}: ${percent(finishChance(found, steps).estimate)} of ${steps}-step workflows.`,
        )
        .join(' '),
      height: bottom + 44,
      marks: [
        ...y.ticks.flatMap((tick) => [
          line(left, y(tick), right, y(tick), 'grid'),
          label(left - 8, y(tick) + 4, percent(tick), { class: 'tick', 'text-anchor': 'end' }),
        ]),
        ...x.ticks.map((tick) => label(x(tick), bottom + 18, String(tick), { class: 'tick', 'text-anchor': 'middle' })),
        label(right, bottom + 36, 'steps ▸', { class: 'note', 'text-anchor': 'end' }),
        ...shown.map(({ arm, found }, at) => {
          const points = Array.from({ length: steps }, (_, n) => ({ n: n + 1, ...finishChance(found, n + 1) }));
          const path = (of: (point: (typeof points)[number]) => number): string[] =>
            points.map((point) => `${x(point.n).toFixed(1)} ${y(of(point)).toFixed(1)}`);
          const band = `M${path((p) => p.upper).join('L')}L${path((p) => p.lower)
            .reverse()
            .join('L')}Z`;
          const last = points.at(-1)?.estimate ?? 0;
          return element(
            'g',
            { class: arm.role },
            element('title', {}, escapeHtml(`${oneLine(arm.model, 60)}: ${percent(last)} after ${steps} steps`)),
            element('path', { d: band, class: 'band' }),
            element('path', { d: `M${path((p) => p.estimate).join('L')}`, class: 'curve' }),
            label(
              right + 10,
              (ends[at] ?? 0) + 4,
              `${shortened(oneLine(arm.model, 60), frame.name !== 'narrow' ? 16 : 7)} ${percent(last)}`,
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

/** Labels at the ends of curves, pushed so that none covers another. */
export function apart(places: readonly number[], gap = 17): number[] {
  const order = places.map((_, at) => at).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const moved = [...places];
  for (const [rank, at] of order.entries()) {
    const above = order[rank - 1];
    if (above !== undefined) moved[at] = Math.max(moved[at] ?? 0, (moved[above] ?? 0) + gap);
  }
  return moved;
}

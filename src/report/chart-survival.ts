/** How long an agent works without getting lost: a falling line with its limits, by minutes or by steps. */

import type { CurvePoint } from '../stats/kaplan-meier.ts';
import { percent, plural, thousands } from '../text/numbers.ts';
import { oneLine, shortened } from '../text/shell.ts';
import { type AgentArm, agentArms } from './agent-columns.ts';
import type { ArmReport } from './arm-report.ts';
import { drawing, element, escapeHtml, type Frame, label, line, linear } from './svg.ts';

const left = 64;
const top = 14;
const bottom = 250;

type Unit = 'minutes' | 'steps';

/** Empty text where no agent was watched. */
export function survivalChart(arms: readonly ArmReport[], unit: Unit, id: string): string {
  const shown = agentArms(arms).filter(({ agent }) => agent.alone[unit].until > 0);
  if (shown.length === 0) return '';
  const most = Math.max(...shown.map(({ agent }) => agent.alone[unit].until));
  const y = linear([0, 1], [bottom, top], 5);
  const ends = apart(shown.map(({ agent }) => y(lastChance(agent.alone[unit].curve))));
  return drawing(`Trials that are not lost, by ${unit}`, (frame: Frame) => {
    const right = frame.width - frame.ends;
    const x = linear([0, most], [left, right], frame.name !== 'narrow' ? 8 : 4);
    return {
      id,
      description: shown.map((one) => curveWords(one, unit)).join(' '),
      height: bottom + 44,
      marks: [
        ...y.ticks.flatMap((tick) => [
          line(left, y(tick), right, y(tick), 'grid'),
          label(left - 8, y(tick) + 4, percent(tick), { class: 'tick', 'text-anchor': 'end' }),
        ]),
        ...x.ticks.map((tick) =>
          label(x(tick), bottom + 18, tickWords(tick), { class: 'tick', 'text-anchor': 'middle' }),
        ),
        label(right, bottom + 36, `${unit} ▸`, { class: 'note', 'text-anchor': 'end' }),
        ...shown.map(({ arm, agent }, at) => {
          const { curve, until } = agent.alone[unit];
          const last = percent(lastChance(curve));
          return element(
            'g',
            { class: arm.role },
            element('title', {}, escapeHtml(`${oneLine(arm.model, 60)}: ${last} after ${amount(until, unit)}`)),
            element('path', { d: band(curve, until, x, y), class: 'band' }),
            element('path', { d: `M${steps(curve, until, ({ chance }) => chance, x, y).join('L')}`, class: 'curve' }),
            label(
              right + 10,
              (ends[at] ?? 0) + 4,
              `${shortened(oneLine(arm.model, 60), frame.name !== 'narrow' ? 16 : 7)} ${last}`,
              { class: 'row end' },
            ),
          );
        }),
      ],
    };
  });
}

const tickWords = (tick: number): string => (Number.isInteger(tick) ? thousands(tick) : String(tick));

const lastChance = (curve: readonly CurvePoint[]): number => curve.at(-1)?.chance ?? 1;

const amount = (value: number, unit: Unit): string =>
  unit === 'steps' ? plural(value, 'step') : plural(Math.round(value * 10) / 10, 'minute');

/** What the line shows, for people who do not see it. */
function curveWords({ arm, agent }: AgentArm, unit: Unit): string {
  const { curve, until } = agent.alone[unit];
  const half = curve.find(({ chance }) => chance <= 0.5);
  const falls = half ? ` Half of them are lost after ${amount(half.time, unit)}.` : '';
  return `${arm.role} ${oneLine(arm.model, 40)}: ${percent(lastChance(curve))} are not lost after ${amount(until, unit)}.${falls}`;
}

type Place = (value: number) => number;

/** Corners of a line that stays and then falls: where nothing ended there is no slope. */
function steps(
  curve: readonly CurvePoint[],
  until: number,
  of: (point: CurvePoint) => number,
  x: Place,
  y: Place,
): string[] {
  const corner = (time: number, value: number): string => `${x(time).toFixed(1)} ${y(value).toFixed(1)}`;
  let value = 1;
  const corners = [corner(0, value)];
  for (const point of curve) {
    corners.push(corner(point.time, value));
    value = of(point);
    corners.push(corner(point.time, value));
  }
  return [...corners, corner(until, value)];
}

/** With one job there are no limits: the band is the line. */
function band(curve: readonly CurvePoint[], until: number, x: Place, y: Place): string {
  const upper = steps(curve, until, (point) => point.upper ?? point.chance, x, y);
  const lower = steps(curve, until, (point) => point.lower ?? point.chance, x, y).reverse();
  return `M${upper.join('L')}L${lower.join('L')}Z`;
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

/** Of trials still at work, how many are not yet lost: a falling line with its limits, by time or by steps. */

import type { CurvePoint } from '../stats/kaplan-meier.ts';
import { count, outOf, percent, plural, thousands } from '../text/numbers.ts';
import { oneLine, shortened } from '../text/shell.ts';
import { type AgentArm, agentArms } from './agent-columns.ts';
import { amountOf, isBrief, type Unit } from './agent-time.ts';
import type { ArmReport } from './arm-report.ts';
import { drawing, element, escapeHtml, type Frame, label, line, linear } from './svg.ts';

const left = 64;
const top = 14;
const bottom = 250;

/** Empty text where no agent was watched. */
export function survivalChart(arms: readonly ArmReport[], unit: Unit, id: string): string {
  const shown = agentArms(arms).filter(({ agent }) => agent.alone[unit].until > 0);
  if (shown.length === 0) return '';
  const most = Math.max(...shown.map(({ agent }) => agent.alone[unit].until));
  const y = linear([0, 1], [bottom, top], 5);
  const ends = apart(shown.map(({ agent }) => y(lastChance(agent.alone[unit].curve))));
  const [scale, name] = unit === 'minutes' && isBrief(shown) ? [60, 'seconds'] : [1, unit];
  return drawing(`Of trials still at work, how many are not yet lost, by ${name}`, (frame: Frame) => {
    const right = frame.width - frame.ends;
    const axis = linear([0, most * scale], [left, right], frame.name !== 'narrow' ? 8 : 4);
    const x = (time: number): number => axis(time * scale);
    return {
      id,
      description: shown.map((one) => curveWords(one, unit, isBrief(shown))).join(' '),
      height: bottom + 44,
      marks: [
        ...y.ticks.flatMap((tick) => [
          line(left, y(tick), right, y(tick), 'grid'),
          label(left - 8, y(tick) + 4, percent(tick), { class: 'tick', 'text-anchor': 'end' }),
        ]),
        ...axis.ticks.map((tick) =>
          label(axis(tick), bottom + 18, tickWords(tick), { class: 'tick', 'text-anchor': 'middle' }),
        ),
        label(right, bottom + 36, `${name} ▸`, { class: 'note', 'text-anchor': 'end' }),
        ...shown.map((one, at) =>
          element(
            'g',
            { class: one.arm.role },
            element('title', {}, escapeHtml(curveWords(one, unit, isBrief(shown)))),
            ...curvePaths(one.agent.alone[unit], x, y),
            label(right + 10, (ends[at] ?? 0) + 4, endWords(one, frame), { class: 'row end' }),
          ),
        ),
      ],
    };
  });
}

/** A whole line with its limits, and dotted behind it where few trials are at work. */
function curvePaths({ curve, few, until }: AgentArm['agent']['alone'][Unit], x: Place, y: Place): string[] {
  const early = curve.filter(({ time }) => time <= few);
  const late = curve.filter(({ time }) => time > few);
  const from = { time: few, chance: lastChance(early) };
  return [
    ...(few > 0
      ? [
          element('path', { d: band(early, few, x, y), class: 'band' }),
          element('path', { d: path(steps(early, few, chanceOf, x, y)), class: 'curve' }),
        ]
      : []),
    ...(few < until
      ? [element('path', { d: path(steps(late, until, chanceOf, x, y, from)), class: 'curve few' })]
      : []),
  ];
}

/** "qwen3:8b 5/24 lost" */
function endWords({ arm, agent }: AgentArm, { name }: Frame): string {
  const isWide = name !== 'narrow';
  const model = shortened(oneLine(arm.model, 60), isWide ? 12 : 7);
  return `${model} ${outOf(agent.lost, agent.trials)}${isWide ? ' lost' : ''}`;
}

const tickWords = (tick: number): string => (Number.isInteger(tick) ? thousands(tick) : String(tick));

const lastChance = (curve: readonly CurvePoint[]): number => curve.at(-1)?.chance ?? 1;

/** What the line shows, for people who do not see it: counts first. */
function curveWords({ arm, agent }: AgentArm, unit: Unit, brief: boolean): string {
  const { curve, few, until } = agent.alone[unit];
  const after = (time: number): string => amountOf(time, unit, brief);
  const lost = `${count(agent.lost)} of ${plural(agent.trials, 'trial')} ${agent.lost === 1 ? 'was' : 'were'} lost.`;
  const chance = percent(lastChance(curve.filter(({ time }) => time <= few)));
  const early = few > 0 ? ` Of those at work, ${chance} were not yet lost after ${after(few)}.` : '';
  const late = few < until ? ` Dotted up to ${after(until)}: few trials were at work so long.` : '';
  return `${arm.role} ${oneLine(arm.model, 40)}: ${lost}${early}${late}`;
}

const chanceOf = ({ chance }: CurvePoint): number => chance;
const path = (corners: readonly string[]): string => `M${corners.join('L')}`;

type Place = (value: number) => number;

/** Corners of a line that stays and then falls: where nothing ended there is no slope. */
function steps(
  curve: readonly CurvePoint[],
  until: number,
  of: (point: CurvePoint) => number,
  x: Place,
  y: Place,
  from: Pick<CurvePoint, 'time' | 'chance'> = { time: 0, chance: 1 },
): string[] {
  const corner = (time: number, value: number): string => `${x(time).toFixed(1)} ${y(value).toFixed(1)}`;
  let value = from.chance;
  const corners = [corner(from.time, value)];
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

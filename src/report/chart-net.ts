/** Net preference per task: where the estimate lies, how sure it is, and where your margin ends. */

import { count, per100, per100Interval } from '../text/numbers.ts';
import { shortened } from '../text/shell.ts';
import type { PairReport, ScopeReport } from './model.ts';
import { scopeName, tone } from './scopes.ts';
import { type Drawing, drawing, element, escapeHtml, type Frame, label, line, linear } from './svg.ts';

const rowHeight = 40;
const top = 54;

/** One row per task and one for all prompts; empty text without votes. */
export function netChart(pair: PairReport, margin: number, id: string): string {
  const scopes = [...pair.tasks, ...(pair.tasks.length > 1 ? [pair.overall] : [])].filter(
    (scope) => scope.net !== null,
  );
  if (scopes.length === 0) return '';
  const bottom = top + scopes.length * rowHeight;
  return drawing('Who leads, and how surely', (frame) => picture(frame));

  function picture(frame: Frame): Drawing {
    const { width, names: left } = frame;
    const x = linear([-1, 1], [left, width - 24], frame.name !== 'narrow' ? 8 : 4);
    return {
      id,
      description: scopes.map(spoken).join(' '),
      height: bottom + 64 + (frame.name === 'full' ? 0 : 20),
      marks: [
        element('rect', {
          x: x(-1),
          y: top - 8,
          width: x(-margin) - x(-1),
          height: bottom - top + 8,
          class: 'outside',
        }),
        ...x.ticks.flatMap((tick) => [
          line(x(tick), top - 8, x(tick), bottom, tick === 0 ? 'zero' : 'grid'),
          label(x(tick), bottom + 18, per100(tick), { class: 'tick', 'text-anchor': 'middle' }),
        ]),
        line(x(-margin), top - 14, x(-margin), bottom, 'margin'),
        label(x(-margin), top - 20, `margin: ${per100(-margin)}`, { class: 'note', 'text-anchor': 'middle' }),
        label(x(-1), bottom + 38, '◂ closed better', { class: 'note' }),
        label(x(1), bottom + 38, 'open better ▸', { class: 'note', 'text-anchor': 'end' }),
        ...key(left, bottom + 56, frame),
        ...scopes.map((scope, at) => row(scope, top + at * rowHeight + rowHeight / 2, x, frame)),
      ],
    };
  }
}

const spoken = (scope: ScopeReport): string =>
  `${scopeName(scope)}: lead ${per100(scope.net)}, 95 % interval ${per100Interval(scope.interval)}, ${scope.words}.`;

function row(scope: ScopeReport, y: number, x: (value: number) => number, { names: left, letters }: Frame): string {
  const { interval } = scope;
  const marks = [
    label(left - 12, y - 1, shortened(scopeName(scope), letters), {
      class: scope.task === null ? 'row all' : 'row',
      'text-anchor': 'end',
    }),
    label(left - 12, y + 14, `${count(scope.units)} voted`, { class: 'tick', 'text-anchor': 'end' }),
    ...(interval ? [line(x(interval.lower), y, x(interval.upper), y, 'thick')] : []),
    dot(scope, x(scope.net ?? 0), y),
  ];
  return element('g', { class: `scope ${tone(scope)}` }, element('title', {}, escapeHtml(spoken(scope))), ...marks);
}

/** What the signs mean: beside each other, or below each other where the page is narrow. */
function key(x: number, y: number, { name }: Frame): string[] {
  const words = ['square: a verdict', 'ring: not decided', 'bar: 95 % interval', 'shaded: beyond your margin'];
  if (name === 'full') return [label(x, y, words.join('  ·  '), { class: 'tick' })];
  return [words.slice(0, 2), words.slice(2)].map((two, at) =>
    label(name === 'wide' ? x : 8, y + 4 + at * 17, two.join('  ·  '), { class: 'tick' }),
  );
}

/** Verdicts differ in shape too, for eyes and printers that see no colour. */
function dot(scope: ScopeReport, cx: number, cy: number): string {
  if (scope.verdict !== 'undecided')
    return element('rect', { x: cx - 7, y: cy - 7, width: 14, height: 14, class: 'mark' });
  return element('circle', { cx, cy, r: 7.5, class: 'mark' });
}

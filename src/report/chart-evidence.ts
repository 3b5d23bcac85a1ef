/** How the evidence went once votes were added: one picture per scope, with the border of a verdict and the deciding vote. */
import { count, thousands } from '../text/numbers.ts';
import { shortened } from '../text/shell.ts';
import type { EvidencePoint } from '../verdicts/evidence-path.ts';
import { decidedAt, evidenceBorder, evidenceWords, extendedScopes } from './evidence-columns.ts';
import type { PairReport, ScopeReport } from './model.ts';
import { scopeName } from './scopes.ts';
import { drawing, element, escapeHtml, type Frame, label, line, linear, logarithmic, type Scale } from './svg.ts';

const left = 72;
const top = 30;
const bottom = 170;
/** Weaker evidence lies on the floor: it decides nothing. */
const faintest = 0.1;

const curves = [
  { key: 'logEGood', at: 'goodAt', name: 'within your margin', className: 'e-good' },
  { key: 'logEKeep', at: 'keepAt', name: 'closed better', className: 'e-keep' },
  { key: 'logEBetter', at: 'betterAt', name: 'open better', className: 'e-better' },
] as const;

/** Empty text where no vote was added to the planned ones. */
export const evidenceChart = (pair: PairReport, id: string): string =>
  extendedScopes(pair)
    .map((scope, at) => panel(scope, `${id}-${at + 1}`))
    .join('');

function panel(scope: ScopeReport, id: string): string {
  const { evidence } = scope;
  const first = evidence[0]?.votes ?? 0;
  const last = evidence.at(-1)?.votes ?? first + 1;
  const highest = Math.max(...evidence.flatMap((point) => curves.map(({ key }) => Math.exp(point[key]))));
  const most = Math.min(1e6, Math.max(100, highest * 1.5));
  const y = logarithmic([faintest, most], [bottom, top]);
  const place = (logE: number): number => y(Math.min(most, Math.max(faintest, Math.exp(logE))));
  return drawing(`How close each verdict was: ${scopeName(scope)}`, (frame: Frame) => {
    const right = frame.width - (frame.name === 'narrow' ? 12 : 24);
    const x = linear([first, last], [left, right], frame.name === 'narrow' ? 4 : 8);
    const path = (key: (typeof curves)[number]['key']): string =>
      evidence.map((point) => `${x(point.votes).toFixed(1)} ${place(point[key]).toFixed(1)}`).join('L');
    return {
      id,
      description: spoken(scope),
      height: bottom + 50 + (frame.name === 'narrow' ? 34 : 0),
      marks: [
        ...evidenceTicks(y, most, right),
        line(left, y(evidenceBorder), right, y(evidenceBorder), 'border'),
        label(left + 4, y(evidenceBorder) - 5, `${evidenceBorder}: a verdict`, { class: 'note' }),
        ...x.ticks
          .filter(Number.isInteger)
          .map((tick) => label(x(tick), bottom + 17, count(tick), { class: 'tick', 'text-anchor': 'middle' })),
        label(right, top - 14, 'votes read ▸', { class: 'note', 'text-anchor': 'end' }),
        label(8, top - 14, '▴ evidence', { class: 'note' }),
        ...curves.map(({ key, className }) => element('path', { d: `M${path(key)}`, class: `evidence ${className}` })),
        ...curves.flatMap(({ key, at, className }) => decidingMark(scope, key, scope[at], { x, place, className })),
        ...legend(frame, scope),
      ],
    };
  });
}

const evidenceTicks = (y: Scale, most: number, right: number): string[] =>
  y.ticks
    .filter((tick) => tick <= most && Number.isInteger(Math.log10(tick)))
    .flatMap((tick) => [
      line(left, y(tick), right, y(tick), 'grid'),
      label(left - 8, y(tick) + 4, tick < 1 ? String(tick) : thousands(tick), { class: 'tick', 'text-anchor': 'end' }),
    ]);

interface Places {
  x: (votes: number) => number;
  place: (logE: number) => number;
  className: string;
}

/** A square at the vote that brought the verdict; planned votes are read by their counts and need no evidence. */
function decidingMark(
  { evidence, plannedRead }: ScopeReport,
  key: 'logEGood' | 'logEKeep' | 'logEBetter',
  at: number | null,
  { x, place, className }: Places,
): string[] {
  const point =
    at === null || at <= plannedRead ? undefined : evidence.find(({ votes }: EvidencePoint) => votes === at);
  if (!point) return [];
  return [
    element('rect', { x: x(point.votes) - 6, y: place(point[key]) - 6, width: 12, height: 12, class: className }),
  ];
}

function legend({ name, names, width }: Frame, scope: ScopeReport): string[] {
  const narrow = name === 'narrow';
  const step = narrow ? 0 : Math.min(230, (width - left) / 4);
  const signs = curves.map(({ name: words, className }, at) => {
    const [x, y] = narrow ? [8, bottom + 40 + at * 17] : [left + at * step, bottom + 42];
    return [
      element('path', { d: `M${x} ${y - 4}L${x + 28} ${y - 4}`, class: `evidence ${className}` }),
      label(x + 34, y, shortened(words, names), { class: 'tick' }),
    ].join('');
  });
  const isLater = curves.some(({ at }) => (scope[at] ?? 0) > scope.plannedRead);
  const square =
    narrow || !isLater ? [] : [label(left + 3 * step, bottom + 42, '■ the deciding vote', { class: 'tick' })];
  return [...signs, ...square];
}

function spoken(scope: ScopeReport): string {
  const last = scope.evidence.at(-1);
  if (!last) return '';
  const each = curves.map(({ key, name }) => `${name} ${evidenceWords(last[key])}`).join(', ');
  return escapeHtml(`After ${count(last.votes)} votes: ${each}. ${evidenceBorder} decides. ${decidedAt(scope)}.`);
}

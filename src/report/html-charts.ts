/** Charts that are laid out by the page itself, so that they fit any width: bars of votes, signs of the margin. */
import { count, dollars, outOf, percent, plural } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { hasAgents } from './agent-columns.ts';
import { armTitle } from './arm-report.ts';
import type { PairReport, Report } from './model.ts';
import { answeredScopes, scopeName } from './scopes.ts';

import { sourceWords } from './source-words.ts';
import { escapeHtml } from './svg.ts';

const safe = (text: string): string => escapeHtml(printable(text));

interface Part {
  name: string;
  className: string;
  size: number;
}

interface Row {
  name: string;
  parts: Part[];
  words: string;
  /** Absent: the parts with their sizes. */
  spoken?: string;
}

/** A bar is one thing to whoever hears it: its numbers. What it is about stands before it. */
function barFigure(caption: string, rows: readonly Row[], keys: readonly Omit<Part, 'size'>[]): string {
  const key = keys.map(({ name, className }) => `<li><i class="${className}"></i>${safe(name)}</li>`).join('');
  return [
    `<figure class="bars"><figcaption>${safe(caption)}</figcaption>`,
    ...(key === '' ? [] : [`<ul class="key">${key}</ul>`]),
    ...rows.map(barRow),
    '</figure>',
  ].join('');
}

function barRow({ name, parts, words, ...row }: Row): string {
  const shown = parts.filter(({ size }) => size > 0);
  const total = shown.reduce((sum, { size }) => sum + size, 0) || 1;
  const spoken = row.spoken ?? shown.map((part) => `${part.name} ${count(part.size)}`).join(', ');
  // The page's policy allows no style of its own on an element: a class says how much room each part takes.
  const cells = shown.map(({ className, size }) => {
    const room = Math.max(1, Math.round((100 * size) / total));
    return `<i class="${className} g${room}"></i>`;
  });
  return [
    `<div class="bar"><b>${safe(name)}</b>`,
    `<span class="strip" role="img" aria-label="${safe(spoken)}">${cells.join('')}</span>`,
    `<span class="figures">${safe(words)}</span></div>`,
  ].join('');
}

const kinds = [
  { key: 'a', name: 'open better', className: 'v-open' },
  { key: 'bothFine', name: 'both fine', className: 'v-fine' },
  { key: 'identical', name: 'identical, not read', className: 'v-same' },
  { key: 'bothBad', name: 'both unusable', className: 'v-bad' },
  { key: 'noAnswer', name: 'no answer from either', className: 'v-none' },
  { key: 'b', name: 'closed better', className: 'v-closed' },
] as const;

export function votesChart(pair: PairReport): string {
  const scopes = answeredScopes(pair).filter(({ units }) => units > 0);
  if (scopes.length === 0) return '';
  const used = kinds.filter(({ key }) => scopes.some(({ counts }) => counts[key] > 0));
  const rows = scopes.map((scope) => {
    const parts = used.map((kind) => ({ ...kind, size: scope.counts[kind.key] }));
    return { name: scopeName(scope), parts, words: used.map(({ key }) => count(scope.counts[key])).join(' · ') };
  });
  return barFigure('How raters voted', rows, used);
}

/** Each model's unusable answers of those that were asked about. */
export function unusableChart(report: Report, pair: PairReport): string {
  const { a, b, asked } = pair.overall.redo;
  if (asked === 0 || a + b === 0) return '';
  const rows = (
    [
      [pair.open, a, 'v-open'],
      [pair.closed, b, 'v-closed'],
    ] as const
  ).map(([name, size, className]) => {
    const arm = report.arms.find((one) => one.name === name);
    const parts = [
      { name: 'unusable', className, size },
      { name: 'usable', className: 'v-rest', size: asked - size },
    ];
    return { name: arm ? armTitle(arm) : name, parts, words: outOf(size, asked) };
  });
  return barFigure('Answers a rater would not use', rows, [
    { name: 'unusable, open', className: 'v-open' },
    { name: 'unusable, closed', className: 'v-closed' },
    { name: 'usable', className: 'v-rest' },
  ]);
}

/** Share of the calls whose task may move; votes that decided nothing leave theirs undecided. */
export function trafficChart(report: Report, pair: PairReport): string {
  const share = (words: readonly string[]): number =>
    pair.tasks
      .filter(({ answer }) => words.includes(answer))
      .reduce((sum, { task }) => sum + (report.run.traffic.find((one) => one.task === task)?.share ?? 0), 0);
  const parts = [
    { name: 'can move', className: 'v-open', size: share(['YES']) },
    { name: 'your call', className: 'v-fine', size: share(['YOUR CALL']) },
    { name: 'not decided', className: 'v-rest', size: share(['NOT YET']) },
    { name: 'stays', className: 'v-closed', size: share(['NO', 'NEITHER']) },
  ];
  const shown = parts.filter(({ size }) => size > 0);
  if (pair.tasks.length < 2 || shown.length === 0) return '';
  const whole = shown.map((part) => ({ ...part, size: Math.round(part.size * 100) }));
  const words = shown.map(({ name, size }) => `${name} ${percent(size)}`).join(' · ');
  const { records } = sourceWords(report.run);
  return barFigure(
    `Share of ${records} that could move`,
    [{ name: `${records} of these tasks`, parts: whole, words }],
    shown,
  );
}

/** Fees alone: what a machine of one's own costs stands under money. Empty where no model is paid by the call. */
export function feesChart(report: Report): string {
  const { arms, money } = report;
  const agents = hasAgents(report);
  const most = Math.max(0, ...arms.map(({ figures }) => figures.costPer1000 ?? 0));
  if (most === 0) return '';
  const rows = arms.map((arm): Row => {
    const fee = arm.figures.costPer1000;
    const share = Math.round((100 * (fee ?? 0)) / most);
    const className = arm.role === 'closed' ? 'v-closed' : 'v-open';
    const byTheHour = money?.arms.some(({ arm: name, basis }) => name === arm.name && basis === 'machine');
    const words = fee !== null ? dollars(fee) : byTheHour ? 'hours of a machine' : 'not known';
    return {
      name: armTitle(arm),
      parts: [{ name: 'fee', className, size: share }, restOf(100 - share)],
      words,
      spoken: words,
    };
  });
  return barFigure(`Fees per 1,000 ${agents ? 'trials' : 'calls'}, repeats included`, rows, []);
}

const restOf = (size: number): Part => ({ name: 'rest', className: 'v-gap', size });

/** A hundred prompts at the border of the margin: one tenth more than the margin for closed, one tenth for open. */
export function marginChart({ run }: Report): string {
  const margin = Math.round(run.margin * 100);
  const open = Math.min(10, Math.floor((100 - margin) / 2));
  const closed = open + margin;
  const same = 100 - open - closed;
  const signs = [
    ...Array.from({ length: closed }, () => '<i class="v-closed"></i>'),
    ...Array.from({ length: same }, () => '<i class="v-fine"></i>'),
    ...Array.from({ length: open }, () => '<i class="v-open"></i>'),
  ].join('');
  const key = [
    ['v-closed', `closed better in ${closed}`],
    ['v-fine', `no difference in ${same}`],
    ['v-open', `open better in ${open}`],
  ].map(([className, words]) => `<li><i class="${className}"></i>${words}</li>`);
  const words = `Closed leads by ${closed} − ${open} = ${margin}: that is exactly the border. A smaller lead of closed is within the margin; this one and any larger lead is not.`;
  return [
    `<figure class="hundred"><figcaption>What a margin of ${margin} means</figcaption>`,
    `<div class="signs" role="img" aria-label="${plural(100, 'prompt')}: closed better in ${closed}, no difference in ${same}, open better in ${open}">${signs}</div>`,
    `<div><ul class="key">${key.join('')}</ul><p class="text">${safe(words)}</p></div></figure>`,
  ].join('');
}

/** The losses on the page: both answers beside each other, with what differs marked. They are there without any script. */
import { comparedBelow, findDifferences, type Range } from '../blind/differences.ts';
import { printable } from '../text/printable.ts';
import { oneLine } from '../text/shell.ts';
import { type LostBallot, whyLost } from './losses.ts';
import { voteWords } from './section-ballots.ts';
import { element, escapeHtml } from './svg.ts';

const safe = (text: string): string => escapeHtml(printable(text));

/** `id`: of the section, so that two lists on one page stay apart. */
export function lossesHtml(losses: readonly LostBallot[], id: string): string {
  const tasks = [...new Set(losses.map(({ ballot }) => oneLine(ballot.task, 60)))];
  const raters = [...new Set(losses.flatMap(({ ballot }) => ballot.votes.map(({ rater }) => oneLine(rater, 60))))];
  const sides = (['open', 'closed'] as const).filter((side) => losses.some(({ lost }) => lost === side));
  const option = (value: string, words: string): string => element('option', { value }, safe(words));
  return [
    `<div class="losses" id="${id}-list">`,
    '<div class="filters" hidden>',
    choice(
      'show',
      'lost',
      sides.map((side) => option(side, `losses of ${side}`)),
    ),
    choice('task', 'task', [option('', 'all'), ...tasks.map((task, at) => option(String(at), task))]),
    choice('rater', 'rater', [option('', 'all'), ...raters.map((rater, at) => option(String(at), rater))]),
    '</div>',
    '<p class="text shown" aria-live="polite"></p>',
    ...losses.map((loss) => lossHtml(loss, { tasks, raters })),
    '</div>',
  ].join('\n');
}

/** Not shown where there is nothing to choose; the script reads its one value all the same. */
function choice(name: string, field: string, options: readonly string[]): string {
  const least = field === 'lost' ? 1 : 2;
  const hidden = options.length <= least ? ' hidden' : '';
  return `<label${hidden}>${name}<select data-filter="${field}">${options.join('')}</select></label>`;
}

/** Filters go by place, so that no text of a stranger is in an attribute. */
function lossHtml(loss: LostBallot, places: Record<'tasks' | 'raters', string[]>): string {
  const { ballot, lost } = loss;
  const task = oneLine(ballot.task, 60);
  const raters = ballot.votes.map(({ rater }) => places.raters.indexOf(oneLine(rater, 60))).join(' ');
  const why = whyLost(loss);
  return element(
    'article',
    { class: `loss ${lost}`, 'data-lost': lost, 'data-task': places.tasks.indexOf(task), 'data-raters': raters },
    `<h3>${safe(task)} <small>prompt ${ballot.n}: ${lost === 'open' ? 'closed' : 'open'} was better</small></h3>`,
    why === '' ? '' : `<p class="why">${safe(why)}</p>`,
    ballot.texts === null ? '' : asked(ballot.texts.prompt, ballot.texts.rules),
    pairHtml(ballot.texts?.open ?? null, ballot.texts?.closed ?? null),
    `<ul class="votes">${ballot.votes.map((vote) => `<li>${safe(voteWords(vote))}</li>`).join('')}</ul>`,
  );
}

const asked = (prompt: string, rules: string | null): string =>
  [
    `<h4>Prompt</h4><div class="asked">${safe(prompt)}</div>`,
    rules === null ? '' : `<details><summary>Rules</summary><div class="asked">${safe(rules)}</div></details>`,
  ].join('');

function pairHtml(open: string | null, closed: string | null): string {
  if (open === null || closed === null) return '';
  const found = open.length + closed.length < comparedBelow ? findDifferences(open, closed) : { left: [], right: [] };
  const [left, right] = [joined(open, found.left), joined(closed, found.right)];
  const helps = Math.max(shareOf(open, left), shareOf(closed, right)) <= mostMarked;
  const part = (title: string, text: string, ranges: readonly Range[]): string =>
    `<div><h4>${title}</h4><pre>${marked(text, helps ? ranges : [])}</pre></div>`;
  return ['<div class="pair">', part('Open answer', open, left), part('Closed answer', closed, right), '</div>'].join(
    '',
  );
}

/** Where more than this share of a text differs, marks hide what they should show. */
const mostMarked = 0.75;

const shareOf = (text: string, ranges: readonly Range[]): number =>
  ranges.reduce((sum, [from, to]) => sum + to - from, 0) / Math.max(1, text.length);

/** Neighbours with nothing but blanks between them are one mark. */
function joined(text: string, ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const [from, to] of ranges) {
    const last = all.at(-1);
    if (last && text.slice(last[1], from).trim() === '') all[all.length - 1] = [last[0], Math.max(last[1], to)];
    else all.push([from, to]);
  }
  return all;
}

/** Texts are printable already: places and marks stay those that were found. */
function marked(text: string, ranges: readonly Range[]): string {
  let at = 0;
  const parts = ranges.flatMap(([from, to]) => {
    const before = escapeHtml(text.slice(at, from));
    at = to;
    return [before, `<mark>${escapeHtml(text.slice(from, to))}</mark>`];
  });
  return [...parts, escapeHtml(text.slice(at))].join('');
}

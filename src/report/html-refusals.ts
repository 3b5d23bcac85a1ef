/** Who refused what, as two by two cells; a cell with ballots opens them. */
import { count, plural } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { oneLine } from '../text/shell.ts';
import type { Report } from './model.ts';
import type { RefusalTable } from './refusals.ts';
import { refusedBy } from './section-ballots.ts';
import { tableName } from './section-refusals.ts';
import { escapeHtml } from './svg.ts';

const safe = (text: string): string => escapeHtml(printable(text));

/** Words as ballots carry them; none where both answered, for these are no refusals to read. */
const cells = [
  { key: 'neither', head: 'both answered', refused: '' },
  { key: 'onlyOpen', head: 'open refused', refused: 'open refused' },
  { key: 'onlyClosed', head: 'closed refused', refused: 'closed refused' },
  { key: 'both', head: 'both refused', refused: 'both refused' },
] as const;

export function refusalChart(report: Report, at: number): string {
  const found = report.refusals[at];
  if (!found) return '';
  return [
    `<figure class="refused"><figcaption>Who refused what: ${safe(tableName(found, report))}</figcaption>`,
    `<ul class="cells">${cells.map((cell) => cellHtml(found, cell, report)).join('')}</ul>`,
    `<p class="text">Each cell counts prompts, ${count(found.prompts)} in all. A refusal is an answer, too.</p></figure>`,
  ].join('');
}

/** Filters go by the words that the ballots below carry. */
function cellHtml(found: RefusalTable, { key, head, refused }: (typeof cells)[number], report: Report): string {
  const number = found[key];
  const ballots = report.ballots.filter(
    (ballot) => ballot.pair === found.pair && ballot.task === found.task && refusedBy(ballot) === refused,
  );
  const words = `<b>${count(number)}</b> <span>${head}</span>`;
  if (refused === '' || ballots.length === 0) return `<li class="${key}">${words}</li>`;
  const task = escapeHtml(oneLine(found.task, 60));
  return `<li class="${key}"><a href="#ballots" data-refused="${refused}" data-task="${task}">${words} <small>read ${plural(ballots.length, 'ballot')}</small></a></li>`;
}

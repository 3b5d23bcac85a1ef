/**
 * The report as one self-contained page: no request leaves it, its policy allows its own style and script by hash
 * and nothing else, and every text in it is escaped.
 */
import { pagePolicy } from '../blind/page-policy.ts';
import { listed, plural } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { oneLine } from '../text/shell.ts';
import { armTitle } from './arm-report.ts';
import type { BallotTexts, ReportBallot } from './ballot-list.ts';
import type { Block, Section } from './blocks.ts';
import { costChart } from './chart-cost.ts';
import { evidenceChart } from './chart-evidence.ts';
import { latencyChart } from './chart-latency.ts';
import { netChart } from './chart-net.ts';
import { retryChart } from './chart-retries.ts';
import { survivalChart } from './chart-survival.ts';
import { feesChart, marginChart, trafficChart, unusableChart, votesChart } from './html-charts.ts';
import { lossesHtml } from './html-losses.ts';
import { refusalChart } from './html-refusals.ts';
import { htmlScript } from './html-script.ts';
import { htmlStyle } from './html-style.ts';
import type { PairReport, Report } from './model.ts';
import { ballotOutcomes, ballotTitle, refusedBy, voteWords } from './section-ballots.ts';
import { fileName } from './section-repeat.ts';
import { sections } from './sections.ts';
import { escapeHtml } from './svg.ts';
import { votersWords } from './voters-words.ts';

/** Powers that a pure room lacks. */
export interface HtmlTools {
  /** Lower-case hex. */
  sha256(text: string): string;
  /** zlib format (RFC 1950); level 9 keeps 10,000 votes small. */
  deflate(text: string): Uint8Array;
}

export function htmlReport(report: Report, tools: HtmlTools, npx = false): string {
  const body = sections(report, npx).map((section) => sectionHtml(section, report, tools));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${pagePolicy({ style: htmlStyle, script: htmlScript }, tools.sha256)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<title>${safe(titleOf(report))}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#answer">Skip to the answer</a>',
    `<header><p>gapcheck report</p><h1>${safe(headingOf(report))}</h1><p>${safe(subtitle(report))}</p></header>`,
    '<main>',
    ...body,
    '</main>',
    `<footer><p>Generated ${safe(report.generatedAt)} by gapcheck ${safe(report.gapcheck)}. Numbers are those of report.json.</p></footer>`,
    `<script>${htmlScript}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const titleOf = (report: Report): string =>
  `gapcheck report: ${report.arms.map((arm) => oneLine(arm.model, 60)).join(' / ')}`;

/** "qwen3:8b in place of gpt-5.6". */
function headingOf({ arms }: Report): string {
  const named = (wanted: string): string =>
    listed([...new Set(arms.filter(({ role }) => role === wanted).map(({ model }) => oneLine(model, 60)))]);
  return `${named('open')} in place of ${named('closed')}`;
}

function subtitle(report: Report): string {
  const files = report.run.sources.map(({ file }) => oneLine(fileName(file), 60));
  const hasBegun = report.carried !== null || report.raters.some(({ votes, skipped }) => votes + skipped > 0);
  return [
    listed(files),
    hasBegun ? votersWords(report) : 'no votes yet',
    report.arms.map(armTitle).join(' and '),
    `run of ${report.run.createdAt.slice(0, 10)}`,
  ].join(' · ');
}

function sectionHtml(section: Section, report: Report, tools: HtmlTools): string {
  const blocks = section.blocks
    .map((block) => blockHtml(block, report, tools, section.id))
    .filter((html) => html !== '');
  const title = `<h2 id="${section.id}-title">${safe(section.title)}</h2>`;
  if (section.folded) {
    return `<details class="section" id="${section.id}"><summary>${title}</summary>\n${blocks.join('\n')}\n</details>`;
  }
  // The answer needs no heading for the eye: it is the heading.
  const heading = section.id === 'answer' ? '' : `${title}\n`;
  const named = section.id === 'answer' ? 'aria-label="Answer"' : `aria-labelledby="${section.id}-title"`;
  return `<section id="${section.id}" ${named}>\n${heading}${blocks.join('\n')}\n</section>`;
}

function blockHtml(block: Block, report: Report, tools: HtmlTools, section: string): string {
  switch (block.kind) {
    case 'lead':
      return `<p class="lead">${safe(block.text)}</p>`;
    case 'cost':
      return `<p class="cost">${safe(block.text)}</p>`;
    case 'caveats':
      return caveatsHtml(block);
    case 'losses':
      return lossesHtml(block.losses, section);
    case 'text':
      return `<p class="text">${safe(block.text)}</p>`;
    case 'warning':
      return `<p class="warning" role="note">⚠ ${safe(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${safe(item)}</li>`).join('')}</ul>`;
    case 'verdicts':
      return `<ul class="verdicts">${block.items.map(verdictHtml).join('')}</ul>`;
    case 'command':
      return `<p class="next">Next: <code>${safe(block.command)}</code><br><small>${safe(block.words)}</small></p>`;
    case 'table':
      return tableHtml(block);
    case 'chart':
      return chartHtml(block, report, `${section}-chart`);
    case 'ballots':
      return ballotsHtml(report.ballots, tools);
  }
}

/** Text on the page: nothing in it acts, nothing in it is markup. */
const safe = (text: string): string => escapeHtml(printable(text));

const verdictHtml = ({ name, answer, words, tone }: Record<'name' | 'answer' | 'words' | 'tone', string>): string =>
  `<li class="${tone}"><b>${safe(name)}</b> <strong>${safe(answer)}</strong> <span>${safe(words)}</span></li>`;

function caveatsHtml({ shown, rest }: Extract<Block, { kind: 'caveats' }>): string {
  const items = shown.map(({ text, warns }) => `<li${warns ? ' class="warn"' : ''}>${safe(text)}</li>`).join('');
  const list = `<ol class="caveats">${items}</ol>`;
  if (rest.length === 0) return list;
  const more = rest.map(({ text }) => `<li>${safe(text)}</li>`).join('');
  return `${list}<details><summary>${plural(rest.length, 'more note')}</summary><ul>${more}</ul></details>`;
}

function tableHtml({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const side = (at: number): string => ` class="${columns[at]?.align ?? 'left'}"`;
  const head = columns.map((column, at) => `<th scope="col"${side(at)}>${safe(column.title)}</th>`).join('');
  const cell = (text: string, at: number): string => {
    if (at === 0) return `<th scope="row">${safe(text)}</th>`;
    const wide = text.length > 28 && columns[at]?.align === 'left';
    return `<td${wide ? ' class="wide"' : side(at)} data-title="${safe(columns[at]?.title ?? '')}">${safe(text)}</td>`;
  };
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  return [
    `<div class="scroll" tabindex="0" role="region" aria-label="${safe(caption)}">`,
    `<table><caption>${safe(caption)}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${body}</tbody></table></div>`,
  ].join('');
}

function chartHtml(block: Extract<Block, { kind: 'chart' }>, report: Report, id: string): string {
  if (block.chart === 'refusals') return refusalChart(report, block.table);
  if ('pair' in block) {
    const pair = report.pairs[block.pair];
    return pair ? pairChart(block.chart, pair, report, id) : '';
  }
  if (block.chart === 'margin') return marginChart(report);
  if (block.chart === 'retries') return retryChart(report.arms, id);
  if (block.chart === 'latency') return latencyChart(report.arms, id);
  if (block.chart === 'fees') return feesChart(report);
  if (block.chart === 'cost') return costChart(report, id);
  const unit = block.chart === 'alone-minutes' ? 'minutes' : 'steps';
  return survivalChart(report.arms, unit, `${id}-${unit}`);
}

function pairChart(chart: string, pair: PairReport, report: Report, id: string): string {
  if (chart === 'votes') return votesChart(pair);
  if (chart === 'unusable') return unusableChart(report, pair);
  if (chart === 'evidence') return evidenceChart(pair, `${id}-evidence`);
  return chart === 'traffic' ? trafficChart(report, pair) : netChart(pair, report.run.margin, id);
}

/** What raters wrote: there without a script too, which the ballots are not. */
function notesHtml(ballots: readonly ReportBallot[]): string[] {
  const notes = ballots.flatMap(({ n, task, votes }) =>
    votes.flatMap(({ rater, note }) =>
      note === null ? [] : [`${n}. ${oneLine(task, 60)}, ${oneLine(rater, 60)}: ${printable(note)}`],
    ),
  );
  if (notes.length === 0) return [];
  const items = notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('');
  return [
    `<details><summary>${plural(notes.length, 'note')} of raters</summary><ul class="votes">${items}</ul></details>`,
  ];
}

/** Search, filters, and the ballots packed: 500 long ones would make the page slow to open otherwise. */
function ballotsHtml(ballots: readonly ReportBallot[], tools: HtmlTools): string {
  const data = ballots.map((ballot) => ({
    title: ballotTitle(ballot),
    task: oneLine(ballot.task, 60),
    outcomes: ballotOutcomes(ballot),
    raters: ballot.votes.map((vote) => oneLine(vote.rater, 60)),
    refused: refusedBy(ballot),
    votes: ballot.votes.map((vote) => ({
      words: voteWords(vote),
      note: vote.note === null ? null : printable(vote.note),
    })),
    texts: ballot.texts ? textsOf(ballot.texts) : null,
  }));
  const choice = (id: string, name: string): string =>
    `<label>${name}<select id="${id}"><option value="">all</option></select></label>`;
  return [
    '<noscript><p>The ballots need JavaScript; report.md has them too.</p></noscript>',
    ...notesHtml(ballots),
    '<div class="filters">',
    '<label>search<input id="f-search" type="search" autocomplete="off"></label>',
    choice('f-task', 'task'),
    choice('f-outcome', 'vote'),
    choice('f-rater', 'rater'),
    ...(ballots.some((ballot) => refusedBy(ballot) !== '') ? [choice('f-refused', 'refused')] : []),
    '</div>',
    '<p class="text" id="ballot-count" aria-live="polite"></p>',
    '<div id="ballot-list"></div>',
    `<script type="text/plain" id="ballot-data">${base64(tools.deflate(JSON.stringify(data)))}</script>`,
  ].join('\n');
}

const textsOf = ({ prompt, rules, open, closed }: BallotTexts): [title: string, text: string][] =>
  (
    [
      ['Prompt', prompt],
      ['Rules', rules],
      ['Open answer', open],
      ['Closed answer', closed],
    ] as const
  ).flatMap(([title, text]) => (text === null ? [] : [[title, text]]));

/** In slices: spreading megabytes into one call overflows the stack. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

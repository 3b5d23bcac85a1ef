/**
 * The report as one self-contained page: no request leaves it, its policy allows its own style and script by hash
 * and nothing else, and every text in it is escaped.
 */
import { pagePolicy } from '../blind/page-policy.ts';
import { printable } from '../text/printable.ts';
import { oneLine } from '../text/shell.ts';
import { armTitle } from './arm-report.ts';
import type { ReportBallot } from './ballot-list.ts';
import type { Block, Section } from './blocks.ts';
import { costChart } from './chart-cost.ts';
import { latencyChart } from './chart-latency.ts';
import { netChart } from './chart-net.ts';
import { retryChart } from './chart-retries.ts';
import { survivalChart } from './chart-survival.ts';
import { htmlScript } from './html-script.ts';
import { htmlStyle } from './html-style.ts';
import type { Report } from './model.ts';
import { ballotOutcomes, ballotTitle, voteWords } from './section-ballots.ts';
import { sections } from './sections.ts';
import { escapeHtml } from './svg.ts';

/** Powers that a pure room lacks. */
export interface HtmlTools {
  /** Lower-case hex. */
  sha256(text: string): string;
  /** zlib format (RFC 1950); level 9 keeps 10,000 votes small. */
  deflate(text: string): Uint8Array;
}

export function htmlReport(report: Report, tools: HtmlTools): string {
  const body = sections(report).map((section) => sectionHtml(section, report, tools));
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
    `<header><h1>gapcheck report</h1><p>${safe(subtitle(report))}</p></header>`,
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

function subtitle(report: Report): string {
  const arms = report.arms.map(armTitle).join(' · ');
  return `${arms} · run of ${report.run.createdAt.slice(0, 10)}`;
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

function tableHtml({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const side = (at: number): string => ` class="${columns[at]?.align ?? 'left'}"`;
  const head = columns.map((column, at) => `<th scope="col"${side(at)}>${safe(column.title)}</th>`).join('');
  const cell = (text: string, at: number): string => {
    if (at === 0) return `<th scope="row">${safe(text)}</th>`;
    const wide = text.length > 28 && columns[at]?.align === 'left';
    return `<td${wide ? ' class="wide"' : side(at)}>${safe(text)}</td>`;
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
  if (block.chart === 'net') {
    const pair = report.pairs[block.pair];
    return pair ? netChart(pair, report.run.margin, id) : '';
  }
  if (block.chart === 'retries') return retryChart(report.arms, id);
  if (block.chart === 'latency') return latencyChart(report.arms, id);
  return block.chart === 'cost' ? costChart(report, id) : survivalChart(report.arms, id);
}

/** Search, filters, and the ballots packed: 500 long ones would make the page slow to open otherwise. */
function ballotsHtml(ballots: readonly ReportBallot[], tools: HtmlTools): string {
  const data = ballots.map((ballot) => ({
    title: ballotTitle(ballot),
    task: oneLine(ballot.task, 60),
    outcomes: ballotOutcomes(ballot),
    raters: ballot.votes.map((vote) => oneLine(vote.rater, 60)),
    votes: ballot.votes.map((vote) => ({
      words: voteWords(vote),
      note: vote.note === null ? null : printable(vote.note),
    })),
    texts: ballot.texts ? [ballot.texts.prompt, ballot.texts.open, ballot.texts.closed] : null,
  }));
  const choice = (id: string, name: string): string =>
    `<label>${name}<select id="${id}"><option value="">all</option></select></label>`;
  return [
    '<noscript><p>The ballots need JavaScript; report.md has them too.</p></noscript>',
    '<div class="filters">',
    '<label>search<input id="f-search" type="search" autocomplete="off"></label>',
    choice('f-task', 'task'),
    choice('f-outcome', 'vote'),
    choice('f-rater', 'rater'),
    '</div>',
    '<p class="text" id="ballot-count" aria-live="polite"></p>',
    '<div id="ballot-list"></div>',
    `<script type="text/plain" id="ballot-data">${base64(tools.deflate(JSON.stringify(data)))}</script>`,
  ].join('\n');
}

/** In slices: spreading megabytes into one call overflows the stack. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** The report as GitHub-flavoured Markdown. Strangers' text is escaped so that it can neither format nor mention. */

import { plural } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { oneLine } from '../text/shell.ts';
import type { ReportBallot } from './ballot-list.ts';
import type { Block, Section } from './blocks.ts';
import { type LostBallot, whyLost } from './losses.ts';
import type { Report } from './model.ts';
import { promptLine, toldApart } from './prompt-lines.ts';
import { answerBlocks } from './section-answer.ts';
import { ballotTitle, voteWords } from './section-ballots.ts';
import { sections } from './sections.ts';

/** Texts of ballots stop here, characters: GitHub shows no file above 512 KB. */
const ballotBudget = 300_000;

/** `npx`: commands begin with it. */
export function markdownReport(report: Report, npx = false): string {
  const body = sections(report, npx).flatMap((section) => sectionLines(section, report));
  return `${['# gapcheck report', '', ...body].join('\n').trimEnd()}\n`;
}

function sectionLines(section: Section, report: Report): string[] {
  const blocks = blocksLines(section.blocks, report);
  if (section.id === 'answer') return blocks;
  if (!section.folded) return [`## ${escapeMarkdown(section.title)}`, '', ...blocks];
  return ['<details>', `<summary><b>${escapeTag(section.title)}</b></summary>`, '', ...blocks, '</details>', ''];
}

const blocksLines = (blocks: readonly Block[], report: Report): string[] =>
  blocks.flatMap((block) => {
    const lines = blockLines(block, report);
    return lines.length === 0 ? [] : [...lines, ''];
  });

function blockLines(block: Block, report: Report): string[] {
  switch (block.kind) {
    case 'lead':
      return [`**${escapeMarkdown(block.text)}**`];
    case 'text':
      return [escapeMarkdown(block.text)];
    case 'warning':
      return ['> [!WARNING]', `> ${escapeMarkdown(block.text)}`];
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`);
    case 'verdicts':
      return block.items.map(
        ({ name, answer, words }) => `- **${escapeInline(name)}: ${answer}**, ${escapeInline(words)}`,
      );
    case 'cost':
      return [`**${escapeMarkdown(block.text)}**`];
    case 'caveats':
      return caveatLines(block);
    case 'losses':
      return lossItems(block.losses, report);
    case 'chart':
      return [];
    case 'command':
      return [`Next (${escapeMarkdown(block.words)}):`, '', ...fenced(block.command)];
    case 'table':
      return tableLines(block);
    case 'ballots':
      return ballotLines(report.ballots);
  }
}

function caveatLines({ shown, rest }: Extract<Block, { kind: 'caveats' }>): string[] {
  const numbered = shown.map(
    ({ text, warns }, at) => `${at + 1}. ${warns ? '**Warning:** ' : ''}${escapeMarkdown(text)}`,
  );
  if (rest.length === 0) return numbered;
  const more = rest.map(({ text }) => `- ${escapeMarkdown(text)}`);
  return [
    ...numbered,
    '',
    '<details>',
    `<summary>${plural(rest.length, 'more note')}</summary>`,
    '',
    ...more,
    '',
    '</details>',
  ];
}

const longestAsked = 160;

/** The texts stand with the ballots; the number leads there. What many prompts begin with alike is left out. */
function lossItems(losses: readonly LostBallot[], { ballots }: Report): string[] {
  const asked = toldApart(
    losses.map(({ ballot }) => promptLine(ballot)),
    longestAsked,
    ballots.map(promptLine),
  );
  return losses.map((loss, at) => lossLine(loss, oneLine(asked[at] ?? '', longestAsked)));
}

function lossLine(loss: LostBallot, prompt: string): string {
  const { ballot, lost } = loss;
  const asked = ballot.texts === null ? '' : `: "${escapeInline(prompt)}"`;
  const why = whyLost(loss);
  const words = `${escapeInline(oneLine(ballot.task, 60))}, prompt ${ballot.n}, ${lost} lost`;
  return `- ${words}${asked}${why === '' ? '' : ` (${escapeInline(why)})`}`;
}

function tableLines({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string[] {
  const row = (cells: string[]): string => `| ${cells.map(escapeInline).join(' | ')} |`;
  return [
    `*${escapeMarkdown(caption)}*`,
    '',
    row(columns.map((column) => column.title)),
    `| ${columns.map((column) => (column.align === 'right' ? '--:' : ':--')).join(' | ')} |`,
    ...rows.map(row),
  ];
}

function ballotLines(ballots: readonly ReportBallot[]): string[] {
  let left = ballotBudget;
  return ballots.flatMap((ballot) => {
    const lines = ballotBlock(ballot, left > 0);
    left -= lines.reduce((sum, line) => sum + line.length + 1, 0);
    return lines;
  });
}

const textParts = [
  ['prompt', 'Prompt'],
  ['rules', 'Rules'],
  ['open', 'Open answer'],
  ['closed', 'Closed answer'],
] as const;

function ballotBlock(ballot: ReportBallot, full: boolean): string[] {
  const votes = ballot.votes.flatMap((vote) => [
    `- ${escapeMarkdown(voteWords(vote))}`,
    ...(vote.note === null ? [] : [`  - note: ${escapeMarkdown(oneLine(vote.note, 500))}`]),
  ]);
  if (!full || ballot.texts === null)
    return [`- ${escapeMarkdown(ballotTitle(ballot))}`, ...votes.map((line) => `  ${line}`)];
  return [
    '<details>',
    `<summary>${escapeTag(ballotTitle(ballot))}</summary>`,
    '',
    ...votes,
    ...(votes.length > 0 ? [''] : []),
    ...textParts.flatMap(([part, title]) => {
      const text = ballot.texts?.[part] ?? null;
      return text === null ? [] : [`${title}:`, '', ...fenced(text), ''];
    }),
    '</details>',
    '',
  ];
}

/** A code block whose fence is longer than any run of backticks in it. */
function fenced(text: string): string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, printable(text), fence];
}

/** Plain text inside a line of Markdown: nothing formats, links, mentions or opens a tag. */
const escapeInline = (text: string): string =>
  unlinked(
    // An underscore inside a word is none of Markdown's.
    entitiesFor(oneLine(text, 2000)).replace(/[\\`*[\]|~$]|!(?=\[)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&'),
  );

/** The same where the text begins a line: no list, heading, rule or quotation starts either. */
export const escapeMarkdown = (text: string): string =>
  escapeInline(text)
    .replace(/^(?=[-+=#])/, '\\')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');

/** Inside an HTML block Markdown's own escapes do not count. */
const escapeTag = (text: string): string => unlinked(entitiesFor(oneLine(text, 2000)));

/** GitHub links mentions, issues, commits and URLs after Markdown is done: a zero-width space keeps it from seeing them. */
const unlinked = (text: string): string =>
  text
    .replace(/(^|[^&])([@#])(?=\w)/g, '$1$2&#8203;')
    .replace(/:\/\//g, ':&#8203;//')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#8203;.`)
    .replace(/\b(GH|GHSA|CVE)-(?=\w)/gi, '$1&#8203;-')
    // A commit is named by 7 of its 40 hex digits or more; what is left of a cut name must not be one either.
    .replace(/(?<![\p{L}\p{N}_])[0-9a-f]{7,40}(?![\p{L}\p{N}_])/giu, (name) => name.replace(/.{4}(?=.)/g, '$&&#8203;'));

const entitiesFor = (text: string): string => text.replace(/[&<>]/g, (char) => htmlEntities[char] ?? char);

const htmlEntities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** GitHub refuses comments above 65,536 characters. */
const summaryLimit = 60_000;

/** For a pull-request comment: the answer and its tables, no ballots, under 60 KB whatever the names hold. */
export function markdownSummary(report: Report): string {
  const answer = blocksLines(answerBlocks(report), report);
  const tables = sections(report)
    .filter((section) => section.id.startsWith('votes-') || section.id === 'retries')
    .flatMap((section) => blocksLines(section.blocks, report));
  const folded = ['<details>', '<summary>Tables</summary>', '', ...tables, '</details>', ''];
  const copies = report.arms.flatMap((arm) => (arm.role === 'closed' ? [] : (arm.quantizationWords ?? [])));
  const terms = [...(report.sealed ? [] : report.terms), ...copies].map((text) => `${escapeMarkdown(text)}  `);
  const whole = ['### gapcheck', '', ...answer, ...terms, '', ...folded].join('\n');
  if (bytes(whole) <= summaryLimit) return whole;
  const short = [
    '### gapcheck',
    '',
    ...answer,
    ...terms,
    '',
    'The tables are too long for a comment; see the full report.',
    '',
  ].join('\n');
  return bytes(short) <= summaryLimit ? short : `${clipped(short)}\n\nShortened; see the full report.\n`;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Whole lines only, so that no escape or fence is cut in two. */
function clipped(text: string): string {
  const lines: string[] = [];
  let size = 0;
  for (const line of text.split('\n')) {
    size += bytes(line) + 1;
    if (size > summaryLimit - 200) break;
    lines.push(line);
  }
  return lines.join('\n');
}

/** What `import` says: how it read the log, what it left out, and the log's audit. */
import { relative } from 'node:path';
import type { Audit } from '../logs/audit.ts';
import type { LoadedPrompts } from '../logs/load.ts';
import { nearDuplicates } from '../logs/near-duplicates.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { printableLine } from '../text/printable.ts';
import { longPromptTokens, manyTurns } from '../text/prompt-tokens.ts';
import { repeatedPrompts } from '../text/repeated-prompts.ts';
import { shortened } from '../text/shell.ts';
import { wrapLines } from '../text/wrap.ts';
import { monthsUntil, trafficGrowth } from '../verdicts/traffic-growth.ts';
import { choiceWords, guessedTasks } from './plan/plan-words.ts';
import { readAlike } from './plan/read-alike.ts';

const number = (value: number): string => Math.round(value).toLocaleString('en-US');
const counted = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
const money = (usd: number): string =>
  usd > 0 && usd < 0.01 ? 'under $0.01' : `$${usd < 10 ? usd.toFixed(2) : number(usd)}`;
const percent = (part: number, whole: number): string =>
  `${number(part)} of ${number(whole)}${whole >= 100 ? ` (${((100 * part) / whole).toFixed(1)} %)` : ''}`;
const place = ({ file, line }: { file: string; line: number }): string => `${printableLine(file)}:${line}`;

/** How every file was understood, and what was left out and why. */
export function understoodText(loaded: LoadedPrompts): string[] {
  const lines = readAlike(loaded).map(
    ({ files, format, why, encoding, records }) =>
      `${printableLine(files)}: ${counted(records, 'record')}, read as ${format} (${printableLine(why)}; ${encoding})`,
  );
  lines.push(...loaded.warnings.map((warning) => `Note: ${printableLine(warning)}`));
  for (const { reason, count, firstLines } of loaded.rejected) {
    const more = count > firstLines.length ? ', …' : '';
    lines.push(
      ...wrapLines(
        `Left out ${number(count)}: ${printableLine(reason)} (${placesText(firstLines)}${more})`,
        width,
        '  ',
        'whole-words',
      ),
    );
  }
  for (const { reason, count } of loaded.skipped) lines.push(`Passed over ${number(count)}: ${printableLine(reason)}`);
  lines.push(...guessedTasks(loaded));
  if (loaded.taskChoice) lines.push(`Tasks are ${choiceWords(loaded.taskChoice)}.`);
  const repeated = repeatedPrompts({ ...loaded.logged, otherAnswers: loaded.logged.otherAnswers.length });
  if (repeated) lines.push(`Exact repeats are folded: ${repeated}.`);
  lines.push(...nearText(loaded.prompts), redactedText(loaded.redacted));
  return lines.filter((line) => line !== '');
}

/** One file named once, each line once: many records of a JSON file can begin on the same line. */
function placesText(places: readonly { file: string; line: number }[]): string {
  const files = [...new Set(places.map(({ file }) => file))];
  return files
    .map((file) => {
      const lines = [...new Set(places.filter((one) => one.file === file).map(({ line }) => line))];
      return `${printableLine(file)}:${lines.join(', ')}`;
    })
    .join(', ');
}

/** Tokens a day from which machines of one's own start to pay. */
const paysFrom = 10_000_000;

/** Columns of what is laid out here; a narrower terminal wraps again. */
const width = 80;

function nearText(prompts: PromptRecord[]): string[] {
  const near = nearDuplicates(prompts);
  const lines = near.templates.map(
    (task) =>
      `All prompts of "${printableLine(task)}" have the same wording around what is filled in, so likeness says nothing there.`,
  );
  const [first] = near.groups;
  if (first) {
    const shown = first.slice(0, 3);
    // A file of one line, as an array of JSON often is, tells nothing by its lines.
    const isClear = new Set(shown.map(place)).size === shown.length;
    const named = shown.map((one) =>
      isClear ? place(one) : `${place(one)} (${shortened(printableLine(one.id), 40)})`,
    );
    lines.push(`${counted(near.prompts, 'near duplicate')} kept, such as ${named.join(' and ')}.`);
  }
  return lines;
}

function redactedText(redacted: Record<string, number>): string {
  const kinds = Object.entries(redacted).map(([kind, count]) => `${number(count)} × ${kind}`);
  return kinds.length ? `Redacted: ${kinds.join(', ')}. The same value has the same stand-in within a prompt.` : '';
}

/** The audit, as lines. Counts that are small are printed as counts. */
export function auditText(
  audit: Audit,
  answerColumns: readonly string[],
  { unused, rejected }: Pick<LoadedPrompts, 'unused' | 'rejected'> = { unused: [], rejected: [] },
): string[] {
  const lines = [`What the log says: ${counted(audit.records, 'usable record')}${spanText(audit)}`];
  lines.push(...tasksText(audit), ...modelsText(audit));
  const guess = audit.tokens.estimated
    ? `, ≈ (characters ÷ 4 for ${percent(audit.tokens.estimated, audit.records)} records)`
    : '';
  lines.push(`  tokens      ${number(audit.tokens.in)} in, ${number(audit.tokens.out)} out${guess}`);
  if (audit.perDay)
    lines.push(
      `  a day       ${number(audit.perDay.tokens)} tokens, ${audit.perDay.records < 10 ? audit.perDay.records.toFixed(1) : number(audit.perDay.records)} calls. Self-hosting starts to pay above about ${number(paysFrom)} tokens a day.`,
    );
  lines.push(
    ...growthText(audit),
    ...spendText(audit),
    ...answersText(audit, answerColumns, unread({ unused, rejected })),
    ...absentText(audit),
  );
  return lines.flatMap((line) => wrapLines(line, width, ' '.repeat(14), 'whole-words'));
}

function spanText({ from, to }: Audit): string {
  if (!from || !to) return '';
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  return first === last ? `, all of ${first}` : `, ${first} to ${last}`;
}

function tasksText({ tasks, records }: Audit): string[] {
  const shown = tasks
    .slice(0, 6)
    .map(({ task, records: count }) => `${printableLine(task)} ${percent(count, records)}`);
  return [`  tasks       ${shown.join(', ')}${tasks.length > 6 ? `, and ${tasks.length - 6} more` : ''}`];
}

function modelsText({ models }: Audit): string[] {
  if (!models.length) return [];
  return [
    `  models      ${models
      .slice(0, 5)
      .map(({ model, records }) => `${printableLine(model)} ${number(records)}`)
      .join(', ')}`,
  ];
}

function spendText({ spend, models, tokens }: Audit): string[] {
  const unpriced = models.filter((one) => one.unpriced?.records).map(({ model }) => printableLine(model));
  if (!spend && unpriced.length)
    return [`  spend       unknown: ${some(unpriced)} has no price here; give one with \`prices\` in the config`];
  if (!spend) return ['  spend       the log has no costs'];
  const listed = !spend.listed
    ? ''
    : `${spend.listed < spend.records ? `, ${number(spend.listed)} of ${number(spend.records)} records` : ''} at list prices${spend.estimated ? `, ≈ (estimated tokens for ${number(spend.estimated)})` : ''}`;
  const all = tokens.in + tokens.out;
  const share = spend.tokens >= all ? '' : `, for ${shareText(spend.tokens, all)} of the tokens`;
  const projected =
    spend.perMonth === undefined
      ? ''
      : `; at this rate ${money(spend.months12 ?? 0)} in 12 months, ${money(spend.months24 ?? 0)} in 24${share && ', the rest not counted'}`;
  return [`  spend       ${money(spend.usd)}${listed}${share}${projected}`, ...priceNotes(spend)];
}

function priceNotes({ unknown = [], as = [] }: NonNullable<Audit['spend']>): string[] {
  const names = unknown.map(printableLine);
  const dated = as.map(({ model, price }) => `${printableLine(model)} at the price of ${printableLine(price)}`);
  return [
    ...(names.length ? [`              no price: ${some(names)}; give one with \`prices\` in the config`] : []),
    ...(dated.length ? [`              ${some(dated)}`] : []),
  ];
}

const some = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? `, and ${names.length - 3} more` : ''}`;

/** Never 100 % of something that is not whole. */
function shareText(part: number, whole: number): string {
  const share = (100 * part) / whole;
  return share > 99 ? 'over 99 %' : share < 1 ? 'under 1 %' : `${Math.round(share)} %`;
}

/** How the volume grows, and when it passes the volume from which own machines pay. */
function growthText({ traffic, perDay }: Audit): string[] {
  const weeks = traffic?.weekly.length ?? 0;
  const growth = trafficGrowth(traffic?.weekly ?? []);
  if (growth === null) return [];
  const limits = `${change(growth.lower)} to ${change(growth.upper)}`;
  if (growth.lower <= 0 && growth.upper >= 0)
    return [`  growth      not clear from ${weeks} whole weeks (between ${limits} a month)`];
  const months = perDay && perDay.tokens < paysFrom ? monthsUntil(perDay.tokens, paysFrom, growth.estimate) : null;
  const until =
    months === null ? '' : `; at this rate ${number(paysFrom)} tokens a day after ${months.toFixed(1)} months`;
  return [
    `  growth      ${change(growth.estimate)} a month, from ${weeks} whole weeks (95 % limits ${limits})${until}`,
  ];
}

const change = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(0)} %`;

/** Where answers may stand that were not read; a record that was left out may hold one, too. */
function unread({ unused, rejected }: Pick<LoadedPrompts, 'unused' | 'rejected'>): string | undefined {
  if (unused.length > 0) return 'none was read; the fields that were not used are named above';
  return rejected.length > 0 ? 'none was read; the records that were left out are named above' : undefined;
}

function answersText({ answers, latency }: Audit, columns: readonly string[], elsewhere: string | undefined): string[] {
  if (!answers.logged && columns.length > 0)
    return [
      `  answers     in columns of their own (${columns.map(printableLine).join(', ')}), to compare as they stand`,
    ];
  if (!answers.logged) return [`  answers     ${elsewhere ?? 'none: each record holds only what was asked'}`];
  const rates = `${percent(answers.failed, answers.logged)} failed, ${number(answers.cut)} cut off, ${number(answers.refused)} refused`;
  const lines = [`  answers     ${rates}`];
  if (latency)
    lines.push(`  latency     half under ${number(latency.p50)} ms, 95 of 100 under ${number(latency.p95)} ms`);
  return lines;
}

function absentText({ kinds }: Audit): string[] {
  const all: [string, number][] = [
    [`long prompts (${number(longPromptTokens)} tokens or more)`, kinds.longContext],
    [`conversations of ${manyTurns} turns or more`, kinds.manyTurns],
    ['tools', kinds.tools],
    ['a JSON format set', kinds.json],
    ['refusals', kinds.refusals],
    ['hard prompts', kinds.hard],
  ];
  const present = all.filter(([, count]) => count > 0).map(([kind, count]) => `${number(count)} with ${kind}`);
  const absent = all.filter(([, count]) => count === 0).map(([kind]) => kind);
  return [`  kinds       ${[...present, ...(absent.length ? [`0 with ${absent.join(', ')}`] : [])].join(', ')}`];
}

/** Three records as they would be written, shortened. */
export function previewText(prompts: readonly PromptRecord[]): string[] {
  return prompts
    .slice(0, 3)
    .flatMap((prompt) => [
      `${prompt.id}  ${printableLine(prompt.task)}  ${prompt.difficulty}  ${place(prompt.source)}`,
      ...prompt.messages.map((message) => previewLine(message.role, message.content, message.tool_calls)),
      ...(prompt.ref ? [previewLine('logged answer', prompt.ref.text, prompt.ref.tool_calls)] : []),
    ]);
}

function previewLine(who: string, content: Content, calls: readonly { name: string }[] = []): string {
  const called = calls.length ? `calls ${calls.map(({ name }) => printableLine(name)).join(', ')}` : '';
  const line = `  ${who}: ${[oneLine(content), called].filter((part) => part !== '').join(' · ') || '(empty)'}`;
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

type Content = PromptRecord['messages'][number]['content'];

function oneLine(content: Content): string {
  const text =
    typeof content === 'string'
      ? content
      : (content ?? []).map((part) => (part.type === 'text' ? part.text : `[${part.media}]`)).join(' ');
  return printableLine(text.slice(0, 400)).trim();
}

export const shownPath = (path: string, cwd: string): string => relative(cwd, path) || path;

/**
 * Rows of option tables: the plain kinds, those that several verbs share, and values as typed → as use cases take them,
 * or a sentence that says what the option takes.
 */
import { InvalidArgumentError } from 'commander';
import { usualWithin } from '../app/ci/usual-within.ts';
import { configDefaults } from '../app/config/config-defaults.ts';
import { parseDuration } from '../text/duration.ts';
import type { OptionRow } from './verb.ts';

export const flag = (flags: string, says: string): OptionRow<boolean> => ({ flags, says });
export const text = (flags: string, says: string): OptionRow<string> => ({ flags, says });
/** `--flag` alone, or with a value. */
export const textOrTrue = (flags: string, says: string): OptionRow<string | true> => ({ flags, says });
export const needed = (flags: string, says: string): OptionRow<string> => ({ flags, says, required: true });
export const read = <T>(flags: string, says: string, reader: (value: string) => T): OptionRow<T> => ({
  flags,
  says,
  read: reader,
});
/** May be given more than once. */
export const each = (flags: string, says: string): OptionRow<string[]> => ({
  flags,
  says,
  read: (value, before) => [...(before ?? []), value],
});

type Rows = Record<string, OptionRow<unknown>>;

/** Rows below a heading of the help. */
export function group<T extends Rows>(heading: string, rows: T): T {
  const entries = Object.entries(rows).map(([name, row]) => [name, { ...row, group: heading }] as const);
  return Object.fromEntries(entries) as T;
}

export const results = text('--results <dir>', 'where run folders are (default: results)');
export const config = text('--config <file>', 'default: gapcheck.config.yaml, where there is one');
export const lock = text('--lock <file>', 'default: gapcheck.lock.json, beside the config');
export const since = text('--since <time>', 'only records since then, e.g. 7d, 12h or 2026-11-01');
export const until = text('--until <time>', 'only records until then, e.g. 2026-11-08');
export const testCall = flag(
  '--no-test-call',
  'leave out the test call, which finds a wrong key or model before prompts are chosen',
);
export const redact = flag('--no-redact', 'send e-mail addresses, keys and the like as they are');
export const margin = read(
  '--margin <points>',
  `the lead of closed, per 100 prompts, that you accept: a whole number from 1 to 50 (default ${Math.round(configDefaults.margin.preference * 100)})`,
  points,
);
const format = text('--format <name>', 'chat, langfuse, otel, ai-sdk, helicone, csv, …');
const encoding = text('--encoding <name>', 'shift_jis, windows-1251, utf-16le, …');
const table = text('--table <name>', 'which table of an SQLite database holds the prompts');
const promptField = text('--prompt-field <name>', 'column or path that holds the prompt');
const messagesField = text('--messages-field <name>', 'column or path that holds the messages');
const taskField = text('--task-field <name>', 'column or path that holds the task');
const answerField = text('--answer-field <name>', 'column or path that holds the logged answer');
const taskMap = each('--task-map <old=new>', 'rename a task (repeatable)');
const template = text('--template <file>', 'promptfoo: the prompt that the variables go into');
const textCells = flag('--text-cells', 'keep cells as text, also where all are messages or completions');
const includeFlagged = flag('--include-flagged', 'keep prompts that the log cut, blacked out or holds only in part');
export const concurrency = text(
  '-j, --concurrency <limit>',
  'calls at the same time: one number, or closed=8,open=1 (default 8; 1 for Ollama; llama.cpp: its slots)',
);

export const commaList = (value: string): string[] => value.split(',').map((item) => item.trim());

export function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('It takes a whole number.');
  return number;
}

/** As many as `init --ci` can name. */
export function peopleCount(value: string): number {
  const people = positive(value);
  if (people > 20) throw new InvalidArgumentError('It takes a whole number from 1 to 20.');
  return people;
}

export function positive(value: string): number {
  const number = wholeNumber(value);
  if (number < 1) throw new InvalidArgumentError('It takes a whole number from 1.');
  return number;
}

export function users(value: string): number {
  const number = wholeNumber(value.replaceAll(/[,_]/g, ''));
  if (number < 0) throw new InvalidArgumentError('It takes a whole number of users.');
  return number;
}

/** `0.25`, `25%`, or `2` for two of them. */
export function people(value: string): number {
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1_000))
    throw new InvalidArgumentError('It takes a share of a person such as 0.25.');
  return number;
}

/** `20`, as the margin is said: per 100 prompts. The error rates are known for whole points up to 50. */
export function points(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 50)
    throw new InvalidArgumentError('It takes whole points per 100 prompts, from 1 to 50, such as 20.');
  return number;
}

export const countOrAll = (value: string): number | 'all' => (value === 'all' ? 'all' : positive(value));

export function dollars(value: string): number {
  const number = Number(value.replace(/^\$/, ''));
  if (!/^\$?(?:\d+\.?\d*|\.\d+)$/.test(value) || !Number.isFinite(number))
    throw new InvalidArgumentError('It takes an amount in US dollars, such as 5 or 0.50.');
  return number;
}

/** `3`: the busiest hours have three times the mean. */
export function ratio(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 1 && number <= 1000))
    throw new InvalidArgumentError('It takes a ratio from 1, such as 3.');
  return number;
}

/** `2%`, `2%/month` or `-0.01`. */
export function growth(value: string): number {
  const [, number, per] = /^(-?\d+(?:\.\d+)?)(%?)(?:\/month)?$/.exec(value.trim()) ?? [];
  const growing = Number(number) / (per === '%' ? 100 : 1);
  if (number === undefined || !(growing > -1 && growing <= 10))
    throw new InvalidArgumentError('It takes a growth such as 2%/month.');
  return growing;
}

/** `40%` or `0.4`. */
export function share(value: string): number {
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('It takes a share such as 40%.');
  return number;
}

export const maxCost = read(
  '--max-cost <usd>',
  'US dollars; stop before the call that would pass them (default: no limit)',
  dollars,
);
/** `2h`, `90m` or `1h30m`, as milliseconds. */
export function duration(value: string): number {
  const ms = parseDuration(value);
  if (!ms) throw new InvalidArgumentError('It takes a time such as 2h, 90m or 30s.');
  return ms;
}

/** More than nothing. */
export function someDollars(value: string): number {
  const amount = dollars(value);
  if (amount <= 0) throw new InvalidArgumentError('It takes an amount above 0, such as 3.00.');
  return amount;
}

/** How many prompts get machine checks; people read the ballots among them. */
export const checkN = read(
  '--check-n <count>',
  'prompts answered for machine checks, ballots included (default: the ballots)',
  positive,
);

/** `7d`, or `7`; NaN for any other text. */
const dayCount = (value: string): number => Number(/^(\d{1,4})d?$/.exec(value.trim())?.[1]);

export function weekDays(value: string): number {
  const number = dayCount(value);
  if (!(number >= 1 && number <= 366)) throw new InvalidArgumentError('It takes a number of days, such as 7d.');
  return number;
}

/** `1h`, `90m` or `0m`, as milliseconds; two days at most. */
export function lateMs(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined || ms > 48 * 3_600_000)
    throw new InvalidArgumentError('It takes a time up to two days, such as 1h or 90m.');
  return ms;
}

export const within = read(
  '--within <days>',
  `a model that ends within so many days is a change (default ${usualWithin})`,
  daysOf,
);

function daysOf(value: string): number {
  const number = dayCount(value);
  if (Number.isNaN(number)) throw new InvalidArgumentError('It takes a number of days, such as 60 or 60d.');
  return number;
}

/** Models beside the closed and the open one. */
export const compared = {
  successor: text('--successor <spec>', 'the model that takes the place of a closed one that ends'),
  control: text('--control <spec>', 'the same open model at full precision, hosted'),
  arm: each('--arm <name=spec>', 'one more open model, with a name for it (repeatable)'),
};
export const prices = text('--prices <file>', 'prices in LiteLLM’s format; they win over the built-in table');

/** How a log is read, where it is not obvious: the same for every verb that reads one. */
export const reading = {
  format,
  encoding,
  table,
  promptField,
  messagesField,
  answerField,
  taskField,
  taskMap,
  template,
  textCells,
  includeFlagged,
};

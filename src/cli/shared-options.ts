/**
 * What several verbs declare alike: options, examples at the end of a help text, and values as typed → as commands take
 * them, or a sentence that says what it takes.
 */
import { InvalidArgumentError, Option } from 'commander';

export const resultsOption = (): Option => new Option('--results <dir>', 'where run folders are (default: results)');

export const configOption = (): Option =>
  new Option('--config <file>', 'default: gapcheck.config.yaml, where there is one');

export const lockOption = (): Option => new Option('--lock <file>', 'default: gapcheck.lock.json, beside the config');

export const concurrencyOption = (): Option =>
  new Option(
    '-j, --concurrency <limit>',
    'calls in flight, for all models or by name: 4, or closed=8,open=1 (default 8; 1 for Ollama)',
  );

export const maxCostOption = (): Option =>
  new Option('--max-cost <usd>', 'US dollars; stop before the call that would pass them (default: no limit)').argParser(
    dollars,
  );

/** How many prompts get machine checks; people read the ballots among them. */
export const checkCountOption = (): Option =>
  new Option(
    '--check-n <count>',
    'prompts answered for machine checks, ballots included (default: the ballots)',
  ).argParser(positive);

/** Commands to copy, within 80 columns; what one is for stands beside it, or below where there is no room. */
export function examples(...rows: (readonly [command: string, about?: string])[]): string {
  const lines = rows.map(([command, about]) => {
    const typed = `  $ ${command}`;
    if (about === undefined) return typed;
    return typed.length + about.length + 3 <= 80 ? `${typed}   ${about}` : `${typed}\n      ${about}`;
  });
  return ['\nExamples:', ...lines].join('\n');
}

export const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];
export const commaList = (value: string): string[] => value.split(',').map((item) => item.trim());

export function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('It takes a whole number.');
  return number;
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

export const countOrAll = (value: string): number | 'all' => (value === 'all' ? 'all' : positive(value));

export function dollars(value: string): number {
  const number = Number(value.replace(/^\$/, ''));
  if (!/^\$?(?:\d+\.?\d*|\.\d+)$/.test(value) || !Number.isFinite(number))
    throw new InvalidArgumentError('It takes an amount in US dollars, such as 5 or 0.50.');
  return number;
}

/** `40%` or `0.4`. */
export function share(value: string): number {
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('It takes a share such as 40%.');
  return number;
}

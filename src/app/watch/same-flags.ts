/** The flags that fix a watched week: the first start sets them, and every later start must repeat them. */
import { basename } from 'node:path';
import { redactSecrets } from '../../arms/wire/secrets.ts';
import { userError } from '../../errors.ts';
import type { Json } from '../../records/plain-json.ts';
import type { WatchSettings } from '../../records/run-record.ts';
import { listed } from '../../text/numbers.ts';
import { shellWord } from '../../text/shell.ts';
import type { WatchOptions } from '../verb-options.ts';

export const usualDays = 7;
export const usualPerDay = 6;
const usualLateMs = 3_600_000;

export interface Fixed {
  days: number;
  perDay: number;
  tz: string;
  lateMs: number;
}

export const fixedOf = (options: WatchOptions): Fixed => ({
  days: options.for ?? usualDays,
  perDay: options.perDay ?? usualPerDay,
  tz: options.tz ?? 'UTC',
  lateMs: options.late ?? usualLateMs,
});

/** What may differ from one start to the next. */
const free: readonly (keyof WatchOptions)[] = [
  'name',
  'concurrency',
  'withoutGone',
  'dryRun',
  'testCall',
  'yes',
  'results',
  'config',
  'json',
];

/** Every flag that fixes the week, with the usual values filled in; no key of a provider is among them. */
export function flagsOf(logs: readonly string[], options: WatchOptions): Record<string, Json> {
  const { days, perDay, tz, lateMs } = fixedOf(options);
  const given = Object.entries(options).filter(
    ([name, value]) => value !== undefined && !free.includes(name as keyof WatchOptions),
  );
  const all: Record<string, unknown> = {
    redact: true,
    ...Object.fromEntries(given),
    for: days,
    perDay,
    tz,
    late: lateMs,
    logs: [...logs],
  };
  return JSON.parse(redactSecrets(JSON.stringify(all))) as Record<string, Json>;
}

/** Throws (exit 2), naming each difference, where the flags of this start are not those of the first one. */
export function refuseOtherFlags({ flags, name }: WatchSettings, now: Record<string, Json>): void {
  const names = [...new Set([...Object.keys(flags), ...Object.keys(now)])];
  const changed = names.filter(
    (key) => JSON.stringify(flags[key]) !== JSON.stringify(now[key]) && !isRaised(key, flags, now),
  );
  if (changed.length === 0) return;
  const differences = changed.map(
    (key) => `${wordOf(key)} was ${shown(key, flags[key])}, and is ${shown(key, now[key])} now`,
  );
  throw userError(
    'watch.other-flags',
    `The week "${name}" was started with other flags: ${listed(differences)}.`,
    changed.includes('logs')
      ? 'put patterns in quotes, so that no shell fills them in; --name NAME starts another week'
      : 'use the flags of the first start, or start another week with --name NAME',
  );
}

/** A higher limit changes nothing that was drawn. */
const isRaised = (key: string, flags: Record<string, Json>, now: Record<string, Json>): boolean =>
  key === 'maxCost' && typeof flags[key] === 'number' && typeof now[key] === 'number' && now[key] > flags[key];

function wordOf(key: string): string {
  if (key === 'logs') return 'the list of logs';
  return key === 'redact' ? '--no-redact' : `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function shown(key: string, value: Json | undefined): string {
  if (key === 'redact') return value === false ? 'given' : 'not given';
  if (value === undefined) return 'not given';
  if (key === 'late') return lateFlag(Number(value));
  if (key === 'for') return `${Number(value)}d`;
  return [value]
    .flat()
    .map((each) => shellWord(String(each)))
    .join(' ');
}

/** `1h`, `90m`: as --late takes it. */
const lateFlag = (ms: number): string => (ms % 3_600_000 === 0 ? `${ms / 3_600_000}h` : `${Math.round(ms / 60_000)}m`);

/** The name by which later starts find the week: `--name`, or the first log's own name without its pattern. */
export function watchName(logs: readonly string[], { name }: WatchOptions): string {
  if (name !== undefined) return name;
  const stem = basename(logs[0] ?? '')
    .replace(/[*?[{].*$/, '')
    .replace(/\.(?:jsonl|json|ndjson|log|csv|tsv|gz)+$/i, '')
    .replace(/[^\p{L}\p{N}]+$/u, '');
  return stem === '' ? 'week' : stem;
}

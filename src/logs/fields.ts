/** Reads fields of JSON whose shape nobody promised: every getter answers undefined instead of throwing. */

import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';

export type Maybe = Json | undefined;

export const objectOf = (value: Maybe): JsonObject | undefined => (isObject(value) ? value : undefined);
export const listOf = (value: Maybe): Json[] | undefined => (Array.isArray(value) ? value : undefined);
export const textOf = (value: Maybe): string | undefined => (typeof value === 'string' ? value : undefined);
/** A string with something in it. */
export const filled = (value: Maybe): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** Text of a simple value; nothing for lists, objects and what is not there. */
export const wordOf = (value: Maybe): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';

/** Numbers, and numbers written as text (CSV cells, OTLP int64). */
export function numberOf(value: Maybe): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** First of the named fields that is there and not null. An empty text hides no later field: a table has every column. */
export function firstOf(record: JsonObject | undefined, ...names: string[]): Maybe {
  let empty: Maybe;
  for (const name of names) {
    const value = record?.[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string' || value.trim() !== '') return value;
    empty ??= value;
  }
  return empty;
}

const looksLikeJson = (text: string): boolean => /^\s*(?:[[{]|"(?:[[{]|\\"))/.test(text);

/**
 * JSON text of a known JSON field → its value, also when it was encoded twice; any other text stays text.
 * Never used on prompt text: only on fields that a format declares to hold JSON.
 */
export function decoded(value: Maybe): Maybe {
  let at = value;
  for (let depth = 0; depth < 3 && typeof at === 'string' && looksLikeJson(at); depth += 1) {
    const parsed = parseJson(at);
    if (parsed === undefined) return at;
    at = parsed;
  }
  return at;
}

export function parseJson(text: string): Maybe {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Field by name, else by path (`a.b[0].c`): names with dots in them (CSV columns, span attributes) win. */
export function atPath(value: Maybe, path: string): Maybe {
  const direct = isObject(value) && Object.hasOwn(value, path) ? value[path] : undefined;
  if (direct !== undefined) return direct;
  const steps = path
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter((step) => step !== '');
  let at = value;
  for (const step of steps) {
    const inside = decoded(at);
    if (Array.isArray(inside)) at = inside.at(Number(step));
    else if (isObject(inside) && Object.hasOwn(inside, step)) at = inside[step];
    else return undefined;
  }
  return steps.length ? at : undefined;
}

/** A copy without fields that are undefined, so that records stay short on the disk. */
export function compact<T extends object>(value: T): T {
  const copy: Record<string, unknown> = {};
  for (const key in value) if (value[key] !== undefined) copy[key] = value[key];
  return copy as T;
}

/**
 * Small rules that records are made of. A record is one valibot schema with its type inferred from it: to add a field,
 * write one line there (`cause: v.optional(v.string())`), and readers, writers and types know it. `v.object` lets
 * fields pass that this version does not know; check with `v.is` and keep the object that JSON.parse gave.
 */
import * as v from 'valibot';
import type { BallotId } from './ids.ts';
import type { Json, JsonObject } from './plain-json.ts';
import { isObject } from './plain-json.ts';

/** JSON has no NaN, but `1e999` is read as Infinity. */
export const number = v.pipe(v.number(), v.finite());
export const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Larger counts than any file holds would only make loops long. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
/** The size of a file, which may be any. */
export const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;
/** A moment that can be: ISO 8601, with its zone. */
export const time = v.pipe(
  v.string(),
  v.check((text) => isoTime.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))),
);
/** The 31st of February is read as a day in March. */
const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};
/** SHA-256 or HMAC-SHA256, lower-case hex. */
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** `r_` and what a shell, a URL and an artifact's name take. */
export const runId = v.pipe(v.string(), v.regex(/^r_[0-9A-Za-z_-]{1,62}$/));
/** As a session takes it: with a letter or digit, at most 60 characters, no control character. */
export const raterName = v.pipe(
  v.string(),
  v.check((name) => /[\p{L}\p{N}]/u.test(name) && name.length <= 60 && !/\p{Cc}/u.test(name)),
);
export const ballotName = v.custom<BallotId>((value) => typeof value === 'string' && /^b_[0-9a-f]{16}$/.test(value));
export const anyJson = v.custom<Json>((value) => value !== undefined);
export const anyObject = v.custom<JsonObject>(isObject);

/** A text whose words later versions may add to: typed, and not refused. */
export const openWord = <Word extends string>() => v.custom<Word>((value) => typeof value === 'string');

/** The place of the first field that breaks its rule: `ballots[3].left.text`; undefined where all is well. */
export function oddPlace(schema: v.GenericSchema, value: unknown): string | undefined {
  const { issues } = v.safeParse(schema, value, { abortEarly: true });
  if (!issues) return undefined;
  const keys = issues[0].path?.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${plainKey(key)}`)) ?? [];
  return keys.join('').replace(/^\./, '') || 'the whole';
}

/** A key of a stranger's file may be anything, and goes into a message. */
const plainKey = (key: unknown): string =>
  String(key)
    .replace(/[^\p{L}\p{N}_:.-]/gu, '?')
    .slice(0, 60);

/** The first field of an object that breaks its rule. */
export function wrongField(schema: v.GenericSchema, value: unknown): string | undefined {
  const { issues } = v.safeParse(schema, value, { abortEarly: true });
  const [key] = issues?.[0].path ?? [];
  return issues && String(key?.key ?? '');
}

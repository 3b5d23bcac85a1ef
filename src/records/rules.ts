/**
 * Small rules that records are made of. A record is one valibot schema with its type inferred from it: to add a field,
 * write one line there (`cause: v.optional(v.string())`), and readers, writers and types know it. `v.object` lets
 * fields pass that this version does not know; check with `v.is` and keep the object that JSON.parse gave.
 */
import * as v from 'valibot';
import type { Json, JsonObject } from './plain-json.ts';
import { isObject } from './plain-json.ts';

/** JSON has no NaN, but `1e999` is read as Infinity. */
export const number = v.pipe(v.number(), v.finite());
export const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Larger counts than any file holds would only make loops long. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
export const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
export const anyJson = v.custom<Json>((value) => value !== undefined);
export const anyObject = v.custom<JsonObject>(isObject);

/** A text whose words later versions may add to: typed, and not refused. */
export const openWord = <Word extends string>() => v.custom<Word>((value) => typeof value === 'string');

/** The first field of an object that breaks its rule. */
export function wrongField(schema: v.GenericSchema, value: unknown): string | undefined {
  const { issues } = v.safeParse(schema, value, { abortEarly: true });
  const [key] = issues?.[0].path ?? [];
  return issues && String(key?.key ?? '');
}

/**
 * What a check may be told, read with one rule: a key that is unknown, missing or of the wrong kind stops before
 * any call is made, and the message names the key's path. `{bullets: 3}` is kept as `{check: 'bullets', value: 3}`.
 */

import { type GapcheckError, nearestName, userError } from '../errors.ts';
import type { Json } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { CheckSpec } from '../records/prompt-record.ts';

/** Says what is wrong with a value, or nothing. */
export type OptionRule = (value: Json | undefined) => string | undefined;

const own: readonly string[] = ['check', 'from'];

/** The path a person can find: `value` is written under the check's own name. */
const keyPath = (spec: CheckSpec, path: string, key: string): string => `${path}.${key === 'value' ? spec.check : key}`;

export const optionError = (spec: CheckSpec, path: string, key: string, wrong: string): GapcheckError =>
  userError(
    'bad-check',
    `${keyPath(spec, path, key)}: ${wrong}`,
    `correct "${keyPath(spec, path, key)}" and run again`,
  );

/** Throws GapcheckError for the first key that breaks its rule. */
export function checkOptions(spec: CheckSpec, path: string, rules: Record<string, OptionRule>): void {
  for (const key of Object.keys(spec)) {
    if (own.includes(key) || key in rules) continue;
    const known = Object.keys(rules).filter((name) => name !== 'value');
    const close = nearestName(key, known);
    const advice = close
      ? `did you mean "${close}"?`
      : `it takes ${known.length > 0 ? known.join(', ') : 'no options'}`;
    throw optionError(spec, path, key, `"${spec.check}" has no such option; ${advice}`);
  }
  for (const [key, rule] of Object.entries(rules)) {
    const wrong = rule(spec[key]);
    if (wrong) throw optionError(spec, path, key, wrong);
  }
}

const shown = (value: Json | undefined): string => {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

export const optional =
  (rule: OptionRule): OptionRule =>
  (value) =>
    value === undefined ? undefined : rule(value);

export const wholeNumber =
  (least: number): OptionRule =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least
      ? undefined
      : `must be a whole number of ${least} or more, not ${shown(value)}`;

export const someText: OptionRule = (value) =>
  typeof value === 'string' && value !== '' ? undefined : `must be text, not ${shown(value)}`;

const trueOrFalse: OptionRule = (value) =>
  typeof value === 'boolean' ? undefined : `must be true or false, not ${shown(value)}`;

/** For a check that takes nothing: `json`, `json: true`; a default is turned off with `truncated: false`. */
export const onOrOff: OptionRule = optional(trueOrFalse);

export const oneOf =
  (...words: string[]): OptionRule =>
  (value) =>
    typeof value === 'string' && words.includes(value)
      ? undefined
      : `must be ${words.map((word) => `"${word}"`).join(' or ')}, not ${shown(value)}`;

/** One text or a list of texts. */
export const texts: OptionRule = (value) => {
  const list = Array.isArray(value) ? value : [value];
  const good = list.length > 0 && list.every((item) => typeof item === 'string' && item !== '');
  return good ? undefined : `must be text or a list of texts, not ${shown(value)}`;
};

/** `3` (exactly), or `{atLeast: 2, atMost: 5}` with one or both. */
export const amount: OptionRule = (value) => {
  if (typeof value === 'number') return wholeNumber(0)(value);
  if (!isObject(value)) return `must be a number or {atLeast: 2, atMost: 5}, not ${shown(value)}`;
  const keys = Object.keys(value);
  const strange = keys.find((key) => key !== 'atLeast' && key !== 'atMost');
  if (keys.length === 0 || strange) return `must say atLeast or atMost, not ${shown(strange ?? value)}`;
  const wrong = keys.map((key) => wholeNumber(0)(value[key])).find((problem) => problem !== undefined);
  if (wrong) return wrong;
  const { least, most } = readAmount(value);
  return least > most ? `has an atLeast above its atMost: ${shown(value)}` : undefined;
};

export interface Amount {
  least: number;
  most: number;
}

export function readAmount(value: Json | undefined): Amount {
  if (typeof value === 'number') return { least: value, most: value };
  const { atLeast, atMost } = isObject(value) ? value : {};
  return {
    least: typeof atLeast === 'number' ? atLeast : 0,
    most: typeof atMost === 'number' ? atMost : Number.POSITIVE_INFINITY,
  };
}

export const someObject: OptionRule = (value) =>
  isObject(value) ? undefined : `must be an object, not ${shown(value)}`;

// Readers for `run`: the rules above have already passed.
export const numberOption = (spec: CheckSpec, key = 'value'): number | undefined => {
  const value = spec[key];
  return typeof value === 'number' ? value : undefined;
};
export const textOption = (spec: CheckSpec, key = 'value'): string | undefined => {
  const value = spec[key];
  return typeof value === 'string' ? value : undefined;
};
export const textsOption = (spec: CheckSpec, key = 'value'): string[] => {
  const value = spec[key];
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');
};

import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';

/** `{oneOf: [...]}`, optionally `{oneOf: [...], optional: true}`: any of these values. */
const choices = (expected: Json): Json[] | undefined =>
  isObject(expected) &&
  Array.isArray(expected.oneOf) &&
  Object.keys(expected).every((key) => key === 'oneOf' || key === 'optional')
    ? expected.oneOf
    : undefined;

const mayBeAbsent = (expected: Json): boolean =>
  choices(expected) !== undefined && isObject(expected) && expected.optional === true;

/** Where an actual value differs from what was expected, or undefined. Keys that nothing is said about may be anything. */
function firstDifference(expected: Json, actual: Json | undefined, at: string): string | undefined {
  if (actual === undefined) return mayBeAbsent(expected) ? undefined : `${at} is missing`;
  const allowed = choices(expected);
  if (allowed) {
    return allowed.some((value) => firstDifference(value, actual, at) === undefined)
      ? undefined
      : `${at} is ${JSON.stringify(actual)}, which is not among the allowed values`;
  }
  if (Array.isArray(expected)) {
    const same = Array.isArray(actual) && actual.length === expected.length;
    return same
      ? firstOf(expected.map((item, index) => firstDifference(item, actual[index], `${at}[${index}]`)))
      : notEqual(expected, actual, at);
  }
  if (isObject(expected))
    return isObject(actual) ? objectDifference(expected, actual, at) : notEqual(expected, actual, at);
  return expected === actual ? undefined : notEqual(expected, actual, at);
}

export function objectDifference(expected: JsonObject, actual: JsonObject, at: string): string | undefined {
  const within = at === '' ? '' : `${at}.`;
  return firstOf(
    Object.entries(expected).map(([key, value]) => firstDifference(value, actual[key], `${within}${key}`)),
  );
}

const firstOf = (differences: (string | undefined)[]): string | undefined =>
  differences.find((difference) => difference !== undefined);

const notEqual = (expected: Json, actual: Json, at: string): string =>
  `${at} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;

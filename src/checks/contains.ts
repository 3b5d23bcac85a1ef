import type { CheckSpec } from '../records.ts';
import type { Check } from './check.ts';
import { checkOptions, onOrOff, texts, textsOption } from './options.ts';
import { fail, pass, quote } from './outcome.ts';

const rules = { value: texts, caseSensitive: onOrOff };

const folded = (spec: CheckSpec, text: string): string => (spec.caseSensitive === true ? text : text.toLowerCase());

/** `contains: refund` or a list: each must be somewhere in the answer. Upper and lower case are equal unless told. */
export const contains = {
  name: 'contains',
  validate: (spec, path) => checkOptions(spec, path, rules),
  run: (spec, { text }) => {
    const within = folded(spec, text);
    const missing = textsOption(spec).find((wanted) => !within.includes(folded(spec, wanted)));
    return missing === undefined
      ? pass(spec)
      : fail(spec, 'missing-text', `The answer does not contain ${quote(missing)}.`);
  },
} satisfies Check;

/** `notContains: as an AI` or a list: none may be in the answer. */
export const notContains = {
  name: 'notContains',
  validate: (spec, path) => checkOptions(spec, path, rules),
  run: (spec, { text }) => {
    const within = folded(spec, text);
    const found = textsOption(spec).find((banned) => within.includes(folded(spec, banned)));
    return found === undefined ? pass(spec) : fail(spec, 'forbidden-text', `The answer contains ${quote(found)}.`);
  },
} satisfies Check;

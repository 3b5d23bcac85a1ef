import type { CheckSpec } from '../records/prompt-record.ts';
import type { Check } from './check.ts';
import { checkOptions, onOrOff, texts, textsOption } from './options.ts';
import { fail, pass, quote } from './outcome.ts';

const rules = { value: texts, caseSensitive: onOrOff, wholeWords: onOrOff };

const folded = (spec: CheckSpec, text: string): string => (spec.caseSensitive === true ? text : text.toLowerCase());

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}\p{M}_]/u.test(character);

/** With `wholeWords`, "rock" is not found in "rocket". Both texts are folded already. */
function isWithin(spec: CheckSpec, text: string, wanted: string): boolean {
  if (spec.wholeWords !== true) return text.includes(wanted);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const [before, after] = [text[at - 1], text[at + wanted.length]];
    const startsWord = !(isWordCharacter(wanted[0]) && isWordCharacter(before));
    if (startsWord && !(isWordCharacter(wanted.at(-1)) && isWordCharacter(after))) return true;
  }
  return false;
}

/** `contains: refund` or a list: each must be somewhere in the answer. Upper and lower case are equal unless told. */
export const contains = {
  name: 'contains',
  validate: (spec, path) => checkOptions(spec, path, rules),
  run: (spec, { text }) => {
    const within = folded(spec, text);
    const missing = textsOption(spec).find((wanted) => !isWithin(spec, within, folded(spec, wanted)));
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
    const found = textsOption(spec).find((banned) => isWithin(spec, within, folded(spec, banned)));
    return found === undefined ? pass(spec) : fail(spec, 'forbidden-text', `The answer contains ${quote(found)}.`);
  },
} satisfies Check;

/** `containsAny: [yes, no, maybe]`: at least one must be in the answer. */
export const containsAny = {
  name: 'containsAny',
  validate: (spec, path) => checkOptions(spec, path, rules),
  run: (spec, { text }) => {
    const [within, wanted] = [folded(spec, text), textsOption(spec)];
    if (wanted.some((option) => isWithin(spec, within, folded(spec, option)))) return pass(spec);
    return fail(
      spec,
      'missing-text',
      `The answer contains none of ${wanted.map((option) => quote(option)).join(', ')}.`,
    );
  },
} satisfies Check;

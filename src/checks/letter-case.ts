import { judgeAmount } from './amounts.ts';
import type { Check } from './check.ts';
import { amount, checkOptions, oneOf, readAmount, textOption } from './options.ts';
import { fail, pass, quote } from './outcome.ts';

/** `letterCase: lower` or `upper`: no letter of the other case anywhere. */
export const letterCase = {
  name: 'letterCase',
  validate: (spec, path) => checkOptions(spec, path, { value: oneOf('lower', 'upper') }),
  run: (spec, { text }) => {
    const lower = textOption(spec) === 'lower';
    const wrong = (lower ? /\S*\p{Lu}\S*/u : /\S*\p{Ll}\S*/u).exec(firstWith(text, lower ? /\p{Lu}/u : /\p{Ll}/u));
    if (!wrong) return pass(spec);
    return fail(
      spec,
      'letter-case',
      `The answer should be in ${lower ? 'small' : 'capital'} letters, but has ${quote(wrong[0])}.`,
    );
  },
} satisfies Check;

/** The neighbourhood of the first hit: a word pattern over a megabyte without spaces would be quadratic. */
function firstWith(text: string, letter: RegExp): string {
  const at = text.search(letter);
  return at < 0 ? '' : text.slice(Math.max(0, at - 20), at + 40);
}

/** Words with capitals only: "I", "NASA", "COVID-19"; "I'm" counts for its "I". */
const countCapitalWords = (text: string): number =>
  text.split(/[\s'’/—…]+/).filter((word) => /\p{Lu}/u.test(word) && !/\p{Ll}/u.test(word)).length;

/** `capitalWords: {atMost: 9}`: words in capitals only. */
export const capitalWords = {
  name: 'capitalWords',
  validate: (spec, path) => checkOptions(spec, path, { value: amount }),
  run: (spec, { text }) =>
    judgeAmount(spec, countCapitalWords(text), readAmount(spec.value), 'word', ' in capital letters'),
} satisfies Check;

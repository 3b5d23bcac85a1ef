import type { Check } from './check.ts';
import { checkOptions, numberOption, wholeNumber } from './options.ts';
import { counted, fail, pass } from './outcome.ts';

/**
 * Words are runs of letters, digits and underscores, as IFEval counts them (so `don't` is two). Scripts without
 * spaces (Chinese, Japanese, Thai) count one word per unbroken run: give those a limit in characters.
 */
const word = /[\p{L}\p{N}\p{M}_]+/gu;

const countWords = (text: string): number => text.match(word)?.length ?? 0;

const limit = { value: wholeNumber(1) };

/** `maxWords: 100`: no more words than that. */
export const maxWords = {
  name: 'maxWords',
  validate: (spec, path) => checkOptions(spec, path, limit),
  run: (spec, { text }) => {
    const [words, most] = [countWords(text), numberOption(spec) ?? 0];
    if (words <= most) return pass(spec);
    return fail(spec, 'too-long', `The answer has ${counted(words, 'word')}; at most ${most} were asked for.`);
  },
} satisfies Check;

/** `minWords: 300`: at least so many words. */
export const minWords = {
  name: 'minWords',
  validate: (spec, path) => checkOptions(spec, path, limit),
  run: (spec, { text }) => {
    const [words, least] = [countWords(text), numberOption(spec) ?? 0];
    if (words >= least) return pass(spec);
    return fail(spec, 'too-short', `The answer has ${counted(words, 'word')}; at least ${least} were asked for.`);
  },
} satisfies Check;

/** Characters as Unicode counts them (an emoji of several parts is several), without the spaces at both ends. */
const countCharacters = (text: string): number => {
  let count = 0;
  for (const _ of text.trim()) count += 1;
  return count;
};

/** `maxCharacters: 280`: without the spaces at both ends. */
export const maxCharacters = {
  name: 'maxCharacters',
  validate: (spec, path) => checkOptions(spec, path, limit),
  run: (spec, { text }) => {
    const [length, most] = [countCharacters(text), numberOption(spec) ?? 0];
    if (length <= most) return pass(spec);
    return fail(spec, 'too-long', `The answer has ${counted(length, 'character')}; at most ${most} were asked for.`);
  },
} satisfies Check;

/** `minCharacters: 40`: without the spaces at both ends. */
export const minCharacters = {
  name: 'minCharacters',
  validate: (spec, path) => checkOptions(spec, path, limit),
  run: (spec, { text }) => {
    const [length, least] = [countCharacters(text), numberOption(spec) ?? 0];
    if (length >= least) return pass(spec);
    return fail(spec, 'too-short', `The answer has ${counted(length, 'character')}; at least ${least} were asked for.`);
  },
} satisfies Check;

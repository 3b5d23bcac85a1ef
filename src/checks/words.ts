import type { Check } from './check.ts';
import { checkOptions, numberOption, wholeNumber } from './options.ts';
import { counted, fail, pass } from './outcome.ts';

/**
 * Words are runs of letters, digits and underscores, as IFEval counts them (so `don't` is two). Scripts without
 * spaces (Chinese, Japanese, Thai) count one word per unbroken run: give those limits in characters.
 */
const word = /[\p{L}\p{N}\p{M}_]+/gu;

export const countWords = (text: string): number => text.match(word)?.length ?? 0;

const limit = { value: wholeNumber(1) };

/** `maxWords: 100` */
export const maxWords = {
  name: 'maxWords',
  validate: (spec, path) => checkOptions(spec, path, limit),
  run: (spec, { text }) => {
    const [words, most] = [countWords(text), numberOption(spec) ?? 0];
    if (words <= most) return pass(spec);
    return fail(spec, 'too-long', `The answer has ${counted(words, 'word')}; at most ${most} were asked for.`);
  },
} satisfies Check;

/** `minWords: 300` */
export const minWords = {
  name: 'minWords',
  validate: (spec, path) => checkOptions(spec, path, limit),
  run: (spec, { text }) => {
    const [words, least] = [countWords(text), numberOption(spec) ?? 0];
    if (words >= least) return pass(spec);
    return fail(spec, 'too-short', `The answer has ${counted(words, 'word')}; at least ${least} were asked for.`);
  },
} satisfies Check;

import type { CheckSpec } from '../records/prompt-record.ts';
import type { Check } from './check.ts';
import { checkOptions, type OptionRule, optional, optionError, someText, textOption } from './options.ts';
import { fail, notJudged, pass, quote } from './outcome.ts';

/** `g` and `y` keep state between uses, which a check has none of. */
const knownFlags: OptionRule = (value) =>
  typeof value === 'string' && /^[imsu]*$/.test(value)
    ? undefined
    : `must be some of i, m, s, u, not ${JSON.stringify(value)}`;

function validatePattern(spec: CheckSpec, path: string): void {
  checkOptions(spec, path, { value: someText, flags: optional(knownFlags) });
  try {
    new RegExp(textOption(spec) ?? '', textOption(spec, 'flags') ?? '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw optionError(spec, path, 'value', `is not a regular expression (${reason})`);
  }
}

/** The pattern runs outside, under a time limit: one that backtracks for ever must not hang a run. */
const pattern = (name: string, wanted: boolean, kind: string, say: (shown: string) => string): Check => ({
  name,
  validate: validatePattern,
  run: (spec, { text }, tools) => {
    const source = textOption(spec) ?? '';
    const found = tools.matches(source, textOption(spec, 'flags') ?? '', text);
    if (found === 'timeout') {
      return notJudged(
        spec,
        'regex-timeout',
        `The pattern ${quote(source)} took too long on this answer; make it simpler.`,
      );
    }
    return found === wanted ? pass(spec) : fail(spec, kind, say(quote(source)));
  },
});

/** `regex: '^\d{5}$'` with `flags: i`: the pattern is found in the answer. */
export const regex = pattern('regex', true, 'pattern', (shown) => `The answer does not match the pattern ${shown}.`);
/** `notRegex: lorem ipsum`: the pattern is not found in the answer. */
export const notRegex = pattern('notRegex', false, 'pattern', (shown) => `The answer matches the pattern ${shown}.`);

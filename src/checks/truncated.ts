import { isCutOff } from '../text/judged.ts';
import type { Check } from './check.ts';
import { checkOptions, onOrOff } from './options.ts';
import { fail, pass } from './outcome.ts';

/** On by default: the token limit cut the answer off. Logged answers without a finish reason pass. `truncated: false` turns it off. */
export const truncated = {
  name: 'truncated',
  validate: (spec, path) => checkOptions(spec, path, { value: onOrOff }),
  run: (spec, { text, toolCalls, finish, isUnread }) => {
    if (!isCutOff(finish)) return pass(spec);
    if (toolCalls.length > 0 || isUnread)
      return fail(spec, 'truncated', 'The tool call was cut off at the token limit.');
    if (text.trim() !== '') return fail(spec, 'truncated', 'The answer was cut off at the token limit.');
    return fail(spec, 'truncated', 'The token limit was reached before any answer (reasoning may have used it up).');
  },
} satisfies Check;

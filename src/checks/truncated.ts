import type { Check } from './check.ts';
import { checkOptions, onOrOff } from './options.ts';
import { fail, pass } from './outcome.ts';

/** What providers call "ran out of room". Any other word, and none at all (logged answers), passes. */
const cutWords = ['length', 'max_tokens', 'max_output_tokens', 'model_context_window_exceeded'];

/** On by default: the token limit cut the answer off. `truncated: false` turns it off. */
export const truncated = {
  name: 'truncated',
  validate: (spec, path) => checkOptions(spec, path, { value: onOrOff }),
  run: (spec, { text, toolCalls, finish }) => {
    if (!cutWords.includes(finish.toLowerCase())) return pass(spec);
    if (toolCalls.length > 0) return fail(spec, 'truncated', 'The tool call was cut off at the token limit.');
    if (text.trim() !== '') return fail(spec, 'truncated', 'The answer was cut off at the token limit.');
    return fail(spec, 'truncated', 'The token limit was reached before any answer (reasoning may have used it up).');
  },
} satisfies Check;

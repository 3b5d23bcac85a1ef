import type { Check } from './check.ts';
import { checkOptions, onOrOff } from './options.ts';
import { fail, pass } from './outcome.ts';

/** On by default: neither text nor a tool call. A structured refusal is not empty: the refusal check speaks about it. */
export const empty = {
  name: 'empty',
  validate: (spec, path) => checkOptions(spec, path, { value: onOrOff }),
  run: (spec, { text, toolCalls, refusal, isUnread }) => {
    if (text.trim() !== '' || toolCalls.length > 0 || refusal) return pass(spec);
    if (isUnread)
      return fail(spec, 'tool-call-unreadable', 'The server could not read the tool call, and handed nothing over.');
    return fail(spec, 'empty', 'The answer is empty.');
  },
} satisfies Check;

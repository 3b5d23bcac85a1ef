import { exitCodes } from '../../errors.ts';
import type { Shell } from '../completion-script.ts';
import type { Verb } from '../verb.ts';

/** Not in the list of commands: it is typed once, from the README. */
export const verb: Verb<object> = {
  name: 'completion',
  hidden: true,
  description: 'a completion script for your shell',
  args: [{ name: '<shell>', says: 'whose', choices: ['bash', 'zsh', 'fish'] satisfies Shell[] }],
  options: {},
  examples: [['eval "$(gapcheck completion bash)"'], ['gapcheck completion fish | source']],
  run: async ([shell], _options, context, wholeProgram) => {
    const { completionScript } = await import('../completion-script.ts');
    context.data(completionScript(await wholeProgram(), shell as Shell).trimEnd());
    return exitCodes.done;
  },
};

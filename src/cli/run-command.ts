/** A command line → an exit code, in whatever context it is given. */
import { CommanderError } from 'commander';
import type { Context } from '../app/context.ts';
import { typedHere } from '../app/typed-here.ts';
import { type ExitCode, exitCodes, GapcheckError } from '../errors.ts';
import { verbsFor } from './all-verbs.ts';
import { asKnown, describeError } from './print-error.ts';
import { type Act, createProgram } from './program.ts';

/** Parses a command line, calls its verb, and says what went wrong. Resolves with the exit code; never rejects. */
export async function runCommand(argv: string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const act: Act = async (verb, args, options) => {
    code = await verb.run(args, options, context);
  };
  const typed = (text: string): string => typedHere(text, context.env);
  const program = createProgram(await verbsFor(argv[2]), act, {
    writeOut: (text) => void context.stdout.write(typed(text)),
    writeErr: (text) => void context.stderr.write(typed(text)),
  });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.userCanFix;
    if (error instanceof Error && error.name === 'ExitPromptError') {
      context.err('Stopped at the question; nothing was changed.');
      return exitCodes.interrupted;
    }
    const known = asKnown(error);
    const debug = Boolean(program.opts().debug) || /\bgapcheck\b/.test(context.env.NODE_DEBUG ?? '');
    context.err(describeError(known, { debug, cwd: context.cwd }));
    return known instanceof GapcheckError ? known.exitCode : exitCodes.bug;
  }
}

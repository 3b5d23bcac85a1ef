/** The program. The only place that sets the exit code; verbs load their rooms when they are called. */
import { CommanderError } from 'commander';
import type { Context } from './app/context.ts';
import { sayWhenStopped } from './app/interrupt.ts';
import { typedHere } from './app/typed-here.ts';
import { verbsFor } from './cli/all-verbs.ts';
import { asKnown, describeError } from './cli/print-error.ts';
import { type Act, createProgram } from './cli/program.ts';
import { terminalContext } from './cli/terminal-context.ts';
import { type ExitCode, exitCodes, GapcheckError } from './errors.ts';
import { typedCommand } from './text/shell.ts';

async function main(argv: string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const act: Act = async (verb, args, options) => {
    code = await verb.run(args, options, context);
  };
  const program = createProgram(await verbsFor(argv[2]), act, (text) => typedHere(text, context.env));
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

// A reader that closes early (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Node would open a debugger for whoever may send signals, and a debugger sees whose answer is whose.
process.on('SIGUSR1', () => undefined);

const context = terminalContext();
sayWhenStopped(() => {
  const again = typedCommand(['gapcheck', ...context.args]);
  context.err(`Stopped. What is on the disk is whole, and kept.\nNext: ${again}`);
});
process.exitCode = await main(process.argv, context);

/** The program. The only place that sets the exit code; verbs load their rooms when they are called. */
import { CommanderError } from 'commander';
import { type Context, processContext } from './app/context.ts';
import { sayWhenStopped } from './app/interrupt.ts';
import { typedHere } from './app/typed-here.ts';
import type { Actions } from './cli/actions.ts';
import { asKnown, describeError } from './cli/print-error.ts';
import { createProgram } from './cli/program.ts';
import { type ExitCode, exitCodes, GapcheckError } from './errors.ts';
import { typedCommand } from './text/shell.ts';
import { version } from './version.ts';

const actionsFor = (context: Context): Actions => ({
  demo: async (options) => (await import('./cli/verbs/demo.ts')).demo(options, context),
  init: async (options) => (await import('./cli/verbs/init.ts')).init(options, context),
  doctor: async (options) => (await import('./cli/verbs/doctor.ts')).doctor(options, context),
  import: async (files, options) => (await import('./cli/verbs/import.ts')).importLogs(files, options, context),
  run: async (prompts, options) => (await import('./cli/verbs/run.ts')).run(prompts, options, context),
  score: async (run, options) => (await import('./cli/verbs/score.ts')).score(run, options, context),
  more: async (words, options) => (await import('./cli/verbs/more.ts')).more(words, options, context),
  report: async (run, options) => (await import('./cli/verbs/report.ts')).report(run, options, context),
  packet: async (run, options) => (await import('./cli/verbs/packet.ts')).packet(run, options, context),
  merge: async (files, options) => (await import('./cli/verbs/merge.ts')).merge(files, options, context),
  exportVotes: async (run, options) => (await import('./cli/verbs/votes.ts')).exportVotes(run, options, context),
  importVotes: async (files, options) => (await import('./cli/verbs/votes.ts')).importVotes(files, options, context),
  outdated: async (options) => (await import('./cli/verbs/outdated.ts')).outdated(options, context),
  completion: async (shell, program) => {
    const { completionScript } = await import('./cli/verbs/completion.ts');
    context.data(completionScript(program, shell).trimEnd());
    return exitCodes.done;
  },
  ci: async (run, options) => (await import('./cli/verbs/ci.ts')).ci(run, options, context),
});

async function main(argv: string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const take = (result: ExitCode): void => {
    code = result;
  };
  const program = createProgram(version, actionsFor(context), take, (text) => typedHere(text, context.env));
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

const context = processContext();
sayWhenStopped(() => {
  const again = typedCommand(['gapcheck', ...context.args]);
  context.err(`Stopped. What is on the disk is whole, and kept.\nNext: ${again}`);
});
process.exitCode = await main(process.argv, context);

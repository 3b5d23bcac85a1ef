/**
 * The command line: verbs in flow order, so `--help` reads as the flow. Actions are passed in, which lets tests
 * parse without doing, and keeps heavy modules out of `--help` and `--version`.
 */
import { Command } from 'commander';
import type { ExitCode } from '../errors.ts';
import type { Actions } from './actions.ts';
import {
  declareDemo,
  declareDoctor,
  declareImport,
  declareInit,
  declareMore,
  declareRun,
  declareScore,
} from './declare-run.ts';
import {
  declareCi,
  declareCompletion,
  declareMerge,
  declareOutdated,
  declarePacket,
  declareReport,
  declareVotes,
} from './declare-votes.ts';

/** Runs the parsed verb; the exit code comes back through `done`. */
export function createProgram(
  version: string,
  actions: Actions,
  done: (code: ExitCode) => void,
  asTyped: (text: string) => string = (text) => text,
): Command {
  const program = new Command('gapcheck')
    .description('Is the open model good enough for your work? Your own prompts, two models, thirty minutes, blind.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void process.stdout.write(asTyped(text)),
      writeErr: (text) => void process.stderr.write(asTyped(text)),
    })
    // One line a command at 80 columns; arguments and options stand in the command's own help.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .option('--debug', 'on an error, print its causes')
    .addHelpText('after', firstScreen);
  declareDemo(program, actions, done);
  declareInit(program, actions, done);
  declareDoctor(program, actions, done);
  declareImport(program, actions, done);
  declareRun(program, actions, done);
  declareScore(program, actions, done);
  declareMore(program, actions, done);
  declareReport(program, actions, done);
  declarePacket(program, actions, done);
  declareMerge(program, actions, done);
  declareVotes(program, actions, done);
  declareOutdated(program, actions, done);
  declareCi(program, actions, done);
  declareCompletion(program, actions, done);
  pointToHelp(program, 'gapcheck');
  return program;
}

/** A command line that cannot be read ends with the help of the very command that was meant. */
function pointToHelp(command: Command, typed: string): void {
  const has = command.commands.length > 0 ? 'lists the commands' : 'has examples';
  command.showHelpAfterError(`Next: ${typed} --help   (${has})`);
  for (const sub of command.commands) pointToHelp(sub, `${typed} ${sub.name()}`);
}

const firstScreen = `
Three commands do the job:
  gapcheck run prompts.csv      freeze, answer, score blind, report
  gapcheck score                go on scoring the newest run
  gapcheck report               what the votes decided

No key and no model at hand?    gapcheck demo`;

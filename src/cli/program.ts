/** Verbs → the parser. It runs nothing itself: what was parsed goes to `act`, so that tests parse without doing. */
import { Argument, Command, Option } from 'commander';
import { version } from '../version.ts';
import { type Paper, programHelp, usualPaper, verbHelp } from './help-text.ts';
import type { AnyVerb, Arg, OptionRow, Verb } from './verb.ts';

/** What was parsed: a verb, the command as it is typed, its words (perhaps too many) and its options. */
export type Act = (verb: Verb<object>, path: string, args: string[], options: object) => Promise<void>;

const toProcess = {
  writeOut: (text: string) => void process.stdout.write(text),
  writeErr: (text: string) => void process.stderr.write(text),
};

export function createProgram(
  verbs: readonly AnyVerb[],
  act: Act,
  output: { writeOut(text: string): void; writeErr(text: string): void } = toProcess,
  paper: Paper = usualPaper,
): Command {
  const program = new Command('gapcheck')
    .version(version)
    .exitOverride()
    .configureOutput(output)
    .configureHelp({ formatHelp: () => programHelp(verbs, { all: false }, paper) })
    .option('--debug', 'on an error, print its causes');
  for (const verb of verbs) declare(program, verb, act, `gapcheck ${verb.name}`, paper);
  pointToHelp(program, 'gapcheck');
  return program;
}

function declare(parent: Command, verb: AnyVerb, act: Act, path: string, paper: Paper): void {
  const help = { formatHelp: () => verbHelp(verb, path, { all: false }, paper) };
  if ('verbs' in verb) {
    const group = parent.command(verb.name).description(verb.description).configureHelp(help);
    for (const below of verb.verbs) declare(group, below, act, `${path} ${below.name}`, paper);
    return;
  }
  const command = parent
    .command(verb.name, { hidden: verb.hidden === true })
    .description(verb.description)
    .configureHelp(help);
  if (verb.summary !== undefined) command.summary(verb.summary);
  for (const arg of verb.args) command.addArgument(argument(arg));
  for (const row of Object.values(verb.options as Record<string, OptionRow<unknown>>)) command.addOption(option(row));
  command.allowExcessArguments().action(() => act(verb, path, command.args, command.opts()));
}

function argument({ name, says, choices }: Arg): Argument {
  const made = new Argument(name, says);
  return choices === undefined ? made : made.choices(choices);
}

function option({ flags, says, group, required, choices, read }: OptionRow<unknown>): Option {
  const made = new Option(flags, says).makeOptionMandatory(required === true);
  if (group !== undefined) made.helpGroup(group);
  if (choices !== undefined) made.choices(choices);
  if (read !== undefined) made.argParser(read);
  return made;
}

/** A command line that cannot be read ends with the help of the very command that was meant. */
function pointToHelp(command: Command, typed: string): void {
  const has = command.commands.length > 0 ? 'lists the commands' : 'has examples';
  command.showHelpAfterError(`Next: ${typed} --help   (${has})`);
  for (const sub of command.commands) pointToHelp(sub, `${typed} ${sub.name()}`);
}

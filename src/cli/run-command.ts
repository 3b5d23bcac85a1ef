/** A command line → an exit code, in whatever context it is given. */
import { type Command, CommanderError } from 'commander';
import type { Context } from '../app/context.ts';
import { type ExitCode, exitCodes, GapcheckError } from '../errors.ts';
import { startedByNpx, typeset } from '../text/typeset.ts';
import { allVerbs, verbsFor } from './all-verbs.ts';
import { didYouMean } from './did-you-mean.ts';
import { type Paper, programHelp, usualPaper, verbHelp } from './help-text.ts';
import { misplacedOption } from './misplaced-option.ts';
import { asKnown, describeError } from './print-error.ts';
import { type Act, createProgram } from './program.ts';
import { tooManyWords } from './too-many-words.ts';
import { unknownCommand } from './unknown-command.ts';

/** Parses a command line, calls its verb, and says what went wrong. Resolves with the exit code; never rejects. */
export async function runCommand(argv: string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const act: Act = async (verb, path, args, options) => {
    const refused = tooManyWords(verb, path, args, context.cwd);
    if (refused) throw refused;
    code = await verb.run(args, options, context, wholeProgram);
  };
  const paper = paperOf(context);
  const typed = (text: string): string => typeset(text, { npx: paper.npx, columns: undefined });
  const words = argv.slice(2);
  const verbs = await verbsFor(words[0]);
  const output = {
    writeOut: (text: string) => void context.stdout.write(typed(text)),
    writeErr: (text: string) => void context.stderr.write(typed(text)),
  };
  const program = createProgram(verbs, act, output, paper);
  try {
    if (words.includes('--help-all')) {
      context.data((await wholeHelp(words, paper)).trimEnd());
      return code;
    }
    refuseUnknown(
      words,
      verbs.map(({ name }) => name),
      context.cwd,
    );
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done;
      const wayOut = misplacedOption(error.message, words, await allVerbs());
      if (wayOut !== undefined) context.err(typed(wayOut));
      return exitCodes.userCanFix;
    }
    if (error instanceof Error && error.name === 'ExitPromptError') {
      context.err('Stopped at the question; nothing was changed.');
      return error.message.includes('SIGTERM') ? exitCodes.terminated : exitCodes.interrupted;
    }
    const known = didYouMean(asKnown(error), { words, cwd: context.cwd });
    const debug = Boolean(program.opts().debug) || /\bgapcheck\b/.test(context.env.NODE_DEBUG ?? '');
    context.err(describeError(known, { debug, cwd: context.cwd }));
    return known instanceof GapcheckError ? known.exitCode : exitCodes.bug;
  }
}

/** The terminal's own width, where there is one; never wider than a page is elsewhere. */
function paperOf({ env, stdout }: Context): Paper {
  const columns = stdout.isTTY ? (stdout.columns ?? usualPaper.columns) : usualPaper.columns;
  return { columns: Math.min(columns, usualPaper.columns), npx: startedByNpx(env) };
}

/** The parser with every verb; it does nothing. */
const wholeProgram = async (): Promise<Command> => createProgram(await allVerbs(), () => Promise.resolve());

/** Every command, or every option of the command that the words name. */
async function wholeHelp(words: readonly string[], paper: Paper): Promise<string> {
  const verbs = await allVerbs();
  const named = verbs.find(({ name }) => name === words[0]);
  if (!named) return programHelp(verbs, { all: true }, paper);
  const below = 'verbs' in named ? named.verbs.find(({ name }) => name === words[1]) : undefined;
  const path = ['gapcheck', named.name, ...(below ? [below.name] : [])].join(' ');
  return verbHelp(below ?? named, path, { all: true }, paper);
}

/** Options and `help` are the parser's. Throws (exit 2) where the first word names no command. */
function refuseUnknown(words: readonly string[], known: readonly string[], cwd: string): void {
  const [first] = words;
  if (first === undefined || first === '' || first.startsWith('-') || first === 'help' || known.includes(first)) return;
  throw unknownCommand(words, known, cwd);
}

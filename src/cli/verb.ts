/** What a verb of the command line is: its words, what it takes, and the use case behind it. */
import type { Command } from 'commander';
import type { Context } from '../app/context.ts';
import type { ExitCode } from '../errors.ts';

/** One file of `verbs/` holds one. Help, REFERENCE.md and the parser are made from it. */
export interface Verb<O extends object> {
  name: string;
  /** Its line in the list of commands, where the description is too long for it. */
  summary?: string;
  description: string;
  args: readonly Arg[];
  /** One row per field of the use case's options, in the order of the help. */
  options: OptionTable<O>;
  /** What the help begins with. */
  examples: readonly Example[];
  /** Options of the first help page, eight at most; without it every option stands there. */
  most?: readonly string[];
  /** Where they mean more here than everywhere. */
  exitCodes?: string;
  /** Not in the list of commands. */
  hidden?: true;
  /**
   * Loads the use case, so that nothing else is read at the start, and runs it. `wholeProgram` is the parser with every
   * verb, for a verb that describes the others.
   */
  run(args: readonly string[], options: O, context: Context, wholeProgram: () => Promise<Command>): Promise<ExitCode>;
}

/** A verb that is only a name for those below it: `votes export`, `votes import`. */
export interface VerbGroup {
  name: string;
  description: string;
  verbs: readonly Verb<object>[];
}

/** A command to copy, and what it does. */
export type Example = readonly [command: string, about?: string];

export type AnyVerb = Verb<object> | VerbGroup;

export interface Arg {
  /** As commander has it: `[run]`, `<files...>`. */
  name: string;
  says: string;
  choices?: readonly string[];
}

export type OptionTable<O> = { [Name in keyof O]-?: OptionRow<NonNullable<O[Name]>> };

export interface OptionRow<T> {
  /** As commander has it: `-n <count>`, `--no-score`. */
  flags: string;
  says: string;
  /** The heading that it stands below in the help. */
  group?: string;
  required?: true;
  choices?: readonly string[];
  /** From the text that was typed, and what came of the same option before. Throws where it cannot be read. */
  read?(value: string, before: T | undefined): T;
}

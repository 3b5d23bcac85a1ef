/** An option in the wrong place: before its command, or behind another one. */
import { listed } from '../text/numbers.ts';
import { typedCommand } from '../text/shell.ts';
import type { AnyVerb, OptionRow } from './verb.ts';

/** A line that leads out; undefined where no command has such an option. `said`: the parser's own sentence. */
export function misplacedOption(said: string, words: readonly string[], verbs: readonly AnyVerb[]): string | undefined {
  const [, option] = /unknown option '(--?[\w-]+)'/.exec(said) ?? [];
  if (option === undefined) return undefined;
  const owners = verbs.filter((verb) => hasOption(verb, option)).map(({ name }) => name);
  const typed = owners.find((name) => words.includes(name));
  if (typed !== undefined && words.indexOf(option) < words.indexOf(typed)) {
    const rest = words.filter((_, index) => index !== words.indexOf(typed));
    return `Options stand behind the command: ${typedCommand(['gapcheck', typed, ...rest])}`;
  }
  if (owners.length === 0) return undefined;
  return `${option} is an option of ${listed(owners.map((name) => `gapcheck ${name}`))}.`;
}

const hasOption = (verb: AnyVerb, option: string): boolean =>
  'verbs' in verb
    ? false
    : Object.values(verb.options as Record<string, OptionRow<unknown>>).some(({ flags }) =>
        flags.split(/[ ,]+/).includes(option),
      );

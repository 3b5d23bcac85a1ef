/** A first word that is no command: what was perhaps meant, as a command that works here. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type GapcheckError, nearestName, userError } from '../errors.ts';
import { shellWord, typedCommand } from '../text/shell.ts';

export function unknownCommand(words: readonly string[], known: readonly string[], cwd: string): GapcheckError {
  const [first = '', ...rest] = words;
  const fail = (what: string, command: string): GapcheckError => userError('no-command', what, command);
  const again = typedCommand(rest);
  if (/\.\w/.test(first) && existsSync(resolve(cwd, first)))
    return fail(
      `"${first}" is a file, not a command. Did you mean to run its prompts?`,
      `gapcheck run ${shellWord(first)}${again === '' ? '' : ` ${again}`}`,
    );
  const near = nearestName(first, known);
  if (near === undefined) return fail(`There is no command "${first}".`, 'gapcheck --help   (lists the commands)');
  return fail(
    `There is no command "${first}". Did you mean "${near}"?`,
    `gapcheck ${near}${again === '' ? '' : ` ${again}`}`,
  );
}

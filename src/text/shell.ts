/** Names and commands on one line, for tables, sentences and shells. */
import { printableLine } from './printable.ts';

/** A name or a sentence on one line; an empty one says so, or it would vanish from a table. */
export function oneLine(text: string, limit = 200): string {
  const line = printableLine(text).replace(/\s+/g, ' ').trim();
  return line === '' ? '(empty)' : shortened(line, limit);
}

/** At most `limit` characters (code points), the last one an ellipsis when something was cut. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, limit * 2));
  return points.length <= limit && text.length <= limit * 2 ? text : `${points.slice(0, limit - 1).join('')}…`;
}

const plainWord = /^[\w@%+=:,./-]+$/;

/** One shell word: as it is where nothing in it is special, else in single quotes. */
export function shellWord(word: string): string {
  const visible = oneLine(word, 500);
  return plainWord.test(visible) && !visible.startsWith('-') ? visible : `'${visible.replaceAll("'", `'\\''`)}'`;
}

/** A whole command as it was typed, to be typed again: options stay bare, their values are quoted where they must be. */
export const typedCommand = (words: readonly string[]): string =>
  words
    .map((word) => {
      const [, dashes = '', rest = word] = /^(-{1,2})([^-\s][\s\S]*)$/.exec(word) ?? [];
      return dashes + shellWord(rest);
    })
    .join(' ');

/** The words of a typed command, each as it is quoted there. */
export const quotedWords = (command: string): string[] => command.match(/(?:[^\s'\\]|'[^']*'|\\.)+/g) ?? [];

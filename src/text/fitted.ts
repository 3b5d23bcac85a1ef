import { textWidth } from './width.ts';
import { wrapLines } from './wrap.ts';

/** Sentences for a terminal of that many columns; undefined columns (a file, a pipe) leave every line as it is. */
export function fitted(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < 40) return text;
  return text
    .split('\n')
    .flatMap((line) =>
      textWidth(line) <= columns || isToCopy(line)
        ? [line]
        : wrapLines(line, columns, ' '.repeat(indentOf(line) + 2), 'whole-words'),
    )
    .join('\n');
}

/** A command to copy must not get line ends of ours. */
const isToCopy = (line: string): boolean => /^\s*(?:Next: |\$ )?(?:npx )?(?:gapcheck|npm|pip|ollama) /.test(line);
const indentOf = (line: string): number => line.length - line.trimStart().length;

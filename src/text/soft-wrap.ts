/**
 * Lines of at most `width` columns, broken between words, the later ones indented. A word that is longer (a path, a
 * URL) stays whole: the terminal breaks it, and it can still be copied.
 */
export function softWrap(text: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || longer.length <= width) line = longer;
    else {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    }
  }
  return [...lines, line];
}

/** Sentences for a terminal of that many columns; undefined columns (a file, a pipe) leave every line as it is. */
export function fitted(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < 40) return text;
  return text
    .split('\n')
    .flatMap((line) =>
      line.length <= columns || isToCopy(line) ? [line] : softWrap(line, columns, indentOf(line) + 2),
    )
    .join('\n');
}

/** A command to copy must not get line ends of ours. */
const isToCopy = (line: string): boolean => /^\s*(?:Next: |\$ )?(?:npx )?(?:gapcheck|npm|pip|ollama) /.test(line);
const indentOf = (line: string): number => line.length - line.trimStart().length;

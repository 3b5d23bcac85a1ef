/** Secrets in a column whose head names them: tables of Markdown, and CSV that was pasted into a text. */
import { clearKeys, namesHint, passwords } from './secret-names.ts';
import { isSecretValue } from './secret-value.ts';

const headName = new RegExp(`^(?:${passwords}|${clearKeys}|token)$`, 'i');
const separators = ['|', '\t', ';', ','] as const;
const shortest = 6;
/** A comma of prose has a blank behind it. */
const tabular = /[|\t;]|,\S/;

interface Column {
  separator: string;
  /** Cells of a row, and which of them holds the secret. */
  cells: number;
  index: number;
  name: string;
}

/** Without blanks, emphasis and quotation marks around it. */
const bareCell = (cell: string): string => cell.replace(/^[\s"*`]{0,8}/, '').replace(/[\s"*`]{1,8}$/, '');

/** The column of secrets that a line opens, if it is the head of a table. */
function columnOf(line: string): Column | undefined {
  if (line.length > 1_000 || !tabular.test(line) || !namesHint.test(line)) return undefined;
  for (const separator of separators) {
    const cells = line.split(separator);
    const index = cells.length < 2 ? -1 : cells.findIndex((cell) => headName.test(bareCell(cell)));
    if (index >= 0) return { separator, cells: cells.length, index, name: bareCell(cells[index] ?? '') };
  }
  return undefined;
}

/** `replace` is asked for each value in such a column, whose rows follow its head without a break. */
export function replaceInColumns(text: string, replace: (value: string) => string): string {
  if (!namesHint.test(text)) return text;
  let column: Column | undefined;
  const lines = text.split('\n').map((line) => {
    const cells = column ? line.split(column.separator) : [];
    if (!column || cells.length !== column.cells) {
      column = columnOf(line);
      return line;
    }
    const { index, name, separator } = column;
    const cell = cells[index] ?? '';
    const value = bareCell(cell);
    if (value.length < shortest || /\s/.test(value) || !isSecretValue(value, `${name}: `)) return line;
    return cells
      .with(
        index,
        cell.replace(value, () => replace(value)),
      )
      .join(separator);
  });
  return lines.join('\n');
}

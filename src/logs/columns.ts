/** The columns of a table: their names made different, and what each is for. */
import { isLogLine } from './fields/log-lines.ts';
import {
  areFew,
  areQuestionAndAnswer,
  doubtfulPrompts,
  fieldNames,
  foldedName,
  isKnownName,
  isOneWord,
  isScore,
  labelText,
} from './fields/names.ts';

const namesOf = {
  messages: fieldNames.messages,
  prompt: fieldNames.prompt,
  system: [...fieldNames.system, 'context'],
  answer: [...fieldNames.made, ...fieldNames.hoped],
  task: [...fieldNames.task, ...fieldNames.taskOfFew],
  id: fieldNames.id,
  model: fieldNames.model,
  time: fieldNames.time,
  session: fieldNames.conversation,
  folder: fieldNames.folder,
  tokensIn: fieldNames.tokensIn,
  tokensOut: fieldNames.tokensOut,
  latency: fieldNames.latency,
  cost: fieldNames.cost,
} as const satisfies Record<string, readonly string[]>;

export type ColumnRole = keyof typeof namesOf;

/** Header cells → names that are all there and all different: `column_3`, `a_2`. */
export function columnNames(cells: readonly string[]): string[] {
  const taken = new Set(cells.map((cell) => cell.trim()));
  const seen = new Set<string>();
  return cells.map((cell, index) => {
    const name = cell.trim() === '' ? `column_${index + 1}` : cell.trim();
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let suffix = 2;
    while (taken.has(`${name}_${suffix}`)) suffix += 1;
    const unique = `${name}_${suffix}`;
    taken.add(unique);
    seen.add(unique);
    return unique;
  });
}

/**
 * Columns by role: the first column whose name is in the role's list, in the list's order; each column has one role.
 * `rows`: the first rows, which settle the names that mean several things.
 */
export function columnRoles(
  columns: readonly string[],
  rows: readonly (readonly string[])[] = [],
): Partial<Record<ColumnRole, number>> {
  const names = pairNames(columns.map(foldedName));
  const valuesOf = (at: number): string[] => rows.map((row) => row[at] ?? '');
  const roles: Partial<Record<ColumnRole, number>> = {};
  const taken = new Set<number>();
  for (const role of Object.keys(namesOf) as ColumnRole[]) {
    const at = namesOf[role]
      .map((name) => names.indexOf(name))
      .find((index) => index >= 0 && !taken.has(index) && fits(role, names[index] as string, valuesOf(index)));
    if (at === undefined) continue;
    if (role === 'prompt' && isLogColumn(columns, rows, at)) continue;
    roles[role] = at;
    taken.add(at);
  }
  return roles;
}

function pairNames(names: string[]): string[] {
  if (!areQuestionAndAnswer((name) => names.includes(name))) return names;
  return names.map((name) => (name === 'q' ? 'question' : name === 'a' ? 'answer' : name));
}

/** What a program wrote about itself, beside no answer. */
function isLogColumn(columns: readonly string[], rows: readonly (readonly string[])[], at: number): boolean {
  const name = columns[at] as string;
  if (rows.length === 0 || columns.some((column) => answers.has(foldedName(column)))) return false;
  return rows.every((row) =>
    isLogLine(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])), name, row[at] ?? ''),
  );
}
const answers = new Set<string>(fieldNames.made);

function fits(role: ColumnRole, name: string, values: string[]): boolean {
  if (role === 'prompt' && doubtfulPrompts.includes(name)) return values.length === 0 || !values.every(isOneWord);
  if (
    role === 'answer' &&
    name === 'label' &&
    values.length > 0 &&
    values.every((value) => isScore(value) || value.trim() === '')
  )
    return false;
  const isDoubtful = role === 'task' && (fieldNames.taskOfFew as readonly string[]).includes(name);
  return !isDoubtful || values.length === 0 || areFew(values.map((value) => labelText(value) ?? ''));
}

/** A header cell that names something we know: the first line is a header, not data. */
export const isKnownColumn = (name: string): boolean => isKnownName(name) || /^answer:/i.test(name.trim());

/**
 * A table of prompts: one column is the prompt, others its task, system prompt, answers and numbers. A cell is text:
 * it is read as messages only from a column named `messages` or given with --messages-field.
 */
import { type ColumnRole, columnRoles } from '../columns.ts';
import type { Mapped } from '../draft.ts';
import { fieldNames, foldedName, rivalPrompts } from '../fields/names.ts';
import { isMissing } from '../fields/record-fields.ts';
import { columnOrder, isoTime } from '../moments.ts';
import type { DateOrder } from '../written-dates.ts';
import { mapRow, placesOf, type Rival } from './map-table-row.ts';

export interface CsvFields {
  promptField?: string;
  messagesField?: string;
  answerField?: string;
  taskField?: string;
  /** Columns of answers that are not called answer:NAME. */
  answerColumns?: readonly string[];
}

export interface CsvMapper {
  map(cells: readonly string[]): Mapped;
  /** Names behind `answer:NAME` columns. */
  answers: string[];
  /** What the columns were taken for, for the "understood" line. */
  why: string;
  /** Columns that no rule reads. */
  unused: number[];
}

/** Rows that settle how a column writes its times. */
const sampleRows = 200;
const mediaNames = new Set<string>(fieldNames.media);

/** A mapper for these columns, or why there is none. */
export function csvMapper(
  columns: readonly string[],
  fields: CsvFields,
  first: readonly (readonly string[])[] = [],
): CsvMapper | { problem: string } {
  const roles = columnRoles(columns, first);
  const times = timesOf(columns, roles, first);
  const answers = answerColumns(columns, fields.answerColumns);
  for (const role of Object.keys(roles) as ColumnRole[])
    if (answers.some(({ at }) => at === roles[role])) delete roles[role];
  const wanted = overrides(columns, fields, roles);
  if ('problem' in wanted) return wanted;
  if (roles.prompt === undefined && roles.messages === undefined) return { problem: 'no prompt column' };
  const rival = fields.promptField || fields.messagesField ? undefined : rivalOf(columns, roles);
  const next = { prompt: nextColumns(columns, roles, 'prompt'), answer: nextColumns(columns, roles, 'answer') };
  const filledIn = [...next.prompt, ...next.answer].filter((at) => fills(first, roles, next, at));
  const mediaAt = columns.flatMap((column, at) => (mediaNames.has(foldedName(column)) ? [at] : []));
  const layout = { at: placesOf(roles), next, answers, width: columns.length, rival, mediaAt, ...times, columns };
  return {
    answers: answers.map((answer) => answer.name),
    why: whyOf(columns, roles, answers),
    unused: columns.flatMap((_, at) =>
      Object.values(roles).includes(at) ||
      rival?.at === at ||
      filledIn.includes(at) ||
      answers.some((answer) => answer.at === at)
        ? []
        : [at],
    ),
    map: (cells) => mapRow(cells, layout),
  };
}

/** How the column of times writes dates. One that cannot be read gives way to the next, and is named as not used. */
function timesOf(
  columns: readonly string[],
  roles: Partial<Record<ColumnRole, number>>,
  first: readonly (readonly string[])[],
): { dates: DateOrder | undefined; areTimes: boolean } {
  const taken = new Set(Object.entries(roles).flatMap(([role, at]) => (role === 'time' ? [] : [at])));
  const folded = columns.map(foldedName);
  const named = fieldNames.time.map((name) => folded.indexOf(name)).filter((at) => at >= 0 && !taken.has(at));
  for (const at of named) {
    const cells = first
      .slice(0, sampleRows)
      .map((row) => row[at] ?? '')
      .filter((cell) => cell.trim() !== '');
    const order = columnOrder(cells);
    roles.time = at;
    const times = cells.filter((cell) => isoTime(cell, order)).length;
    if (cells.length === 0 || times > 0) return { dates: order, areTimes: times * 2 > cells.length };
  }
  delete roles.time;
  return { dates: undefined, areTimes: false };
}

/** Columns that are known for a role too: they count where the first one is empty. */
function nextColumns(
  columns: readonly string[],
  roles: Partial<Record<ColumnRole, number>>,
  role: 'prompt' | 'answer',
): number[] {
  const taken = new Set(Object.values(roles));
  if (roles[role] === undefined || (role === 'prompt' && roles.messages !== undefined)) return [];
  const names = role === 'prompt' ? rivalPrompts : [...fieldNames.made, ...fieldNames.hoped];
  const folded = columns.map(foldedName);
  return names.map((name) => folded.indexOf(name)).filter((at) => at >= 0 && !taken.has(at));
}

/** Whether a further column stands in for the first one in any of these rows. */
const fills = (
  rows: readonly (readonly string[])[],
  roles: Partial<Record<ColumnRole, number>>,
  next: Record<'prompt' | 'answer', number[]>,
  at: number,
): boolean =>
  rows.some((row) => {
    const role = next.prompt.includes(at) ? 'prompt' : 'answer';
    return isMissing(row[roles[role] as number]) && !isMissing(row[at]);
  });

/** Whether columns of this table belong together: instruction and input, question and context, message and history. */
export function hasCombination(columns: readonly string[]): boolean {
  const names = new Set(columns.map(foldedName));
  const has = (list: readonly string[]): boolean => list.some((name) => names.has(name));
  if (columns.some((column) => /^answer:/i.test(column.trim()))) return false;
  return (
    (names.has('instruction') && names.has('input')) ||
    (has(fieldNames.subject) && has(fieldNames.letter)) ||
    (has(fieldNames.prompt) && (has(fieldNames.history) || has(fieldNames.context)))
  );
}

function overrides(
  columns: readonly string[],
  fields: CsvFields,
  roles: Partial<Record<ColumnRole, number>>,
): { problem: string } | { ok: true } {
  const wanted: [ColumnRole, string | undefined, string][] = [
    ['prompt', fields.promptField, '--prompt-field'],
    ['messages', fields.messagesField, '--messages-field'],
    ['answer', fields.answerField, '--answer-field'],
    ['task', fields.taskField, '--task-field'],
  ];
  if (fields.promptField) delete roles.messages;
  for (const [role, name, flag] of wanted) {
    if (name === undefined) continue;
    const at = columnAt(columns, name);
    if (at < 0) return { problem: `${flag} ${name}: no such column` };
    // A column does one job: what was taken for another role by its name is free again.
    for (const other of Object.keys(roles) as ColumnRole[]) if (roles[other] === at) delete roles[other];
    roles[role] = at;
  }
  return { ok: true };
}

const columnAt = (columns: readonly string[], name: string): number => {
  const exact = columns.indexOf(name);
  return exact >= 0 ? exact : columns.findIndex((column) => foldedName(column) === foldedName(name));
};

/** A second column that could be the prompt as well: asked about when the two differ. */
function rivalOf(columns: readonly string[], roles: Partial<Record<ColumnRole, number>>): Rival | undefined {
  if (roles.messages !== undefined || roles.prompt === undefined) return undefined;
  const names = columns.map(foldedName);
  const at = names.findIndex(
    (name, index) =>
      index !== roles.prompt &&
      rivalPrompts.includes(name) &&
      rivalPrompts.includes(names[roles.prompt as number] as string),
  );
  return at >= 0 ? { at, names: [columns[roles.prompt] as string, columns[at] as string] } : undefined;
}
/** Columns `answer:NAME`, and those that the user names where there is no such one. */
function answerColumns(columns: readonly string[], named: readonly string[] = []): { name: string; at: number }[] {
  const own = columns.flatMap((column, at) => {
    const name = /^answer:(.+)$/i.exec(column.trim())?.[1]?.trim();
    return name ? [{ name, at }] : [];
  });
  const plain = named.flatMap((name) => {
    const at = columnAt(columns, name);
    return at < 0 || own.some((each) => each.name === name || each.at === at) ? [] : [{ name, at }];
  });
  return [...own, ...plain];
}

function whyOf(
  columns: readonly string[],
  roles: Partial<Record<ColumnRole, number>>,
  answers: { name: string }[],
): string {
  const named = (['prompt', 'messages', 'system', 'task', 'answer', 'time'] as const).flatMap((role) => {
    const at = roles[role];
    return at === undefined || (role === 'prompt' && roles.messages !== undefined)
      ? []
      : [`${role} = column "${columns[at]}"`];
  });
  return [...named, ...(answers.length ? [`answers ${answers.map((answer) => answer.name).join(', ')}`] : [])].join(
    ', ',
  );
}

/**
 * A table of prompts: one column is the prompt, others its task, system prompt, answers and numbers. A cell is text:
 * it is read as messages only from a column named `messages` or given with --messages-field.
 */
import type { LoggedAnswer, Message } from '../../records/prompt-record.ts';
import { textAnswer } from '../answer.ts';
import { type ColumnRole, columnRoles } from '../columns.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { mediaIn } from '../fields/media.ts';
import { fieldNames, foldedName, rivalPrompts } from '../fields/names.ts';
import { pythonLiteral } from '../fields/python-literal.ts';
import { isMissing, RecordFields } from '../fields/record-fields.ts';
import { compact, decoded, filled, numberOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { Draft } from './format.ts';

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

const mediaNames = new Set<string>(fieldNames.media);

/** Where each role's cell stands in a row; -1 where no column has it. */
type Places = Readonly<Record<ColumnRole, number>>;
type Cells = readonly string[];

/** What is the same for all rows of a table: looked up once, because a row is read in a microsecond. */
interface Layout {
  at: Places;
  next: Record<'prompt' | 'answer', number[]>;
  answers: { name: string; at: number }[];
  width: number;
  rival: Rival | undefined;
  mediaAt: number[];
  columns: readonly string[];
}

/** Excel cuts cells here. */
const excelLimit = 32_767;

/** A mapper for these columns, or why there is none. */
export function csvMapper(
  columns: readonly string[],
  fields: CsvFields,
  first: readonly (readonly string[])[] = [],
): CsvMapper | { problem: string } {
  const roles = columnRoles(columns, first);
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
  const layout = { at: placesOf(roles), next, answers, width: columns.length, rival, mediaAt, columns };
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

function placesOf(roles: Partial<Record<ColumnRole, number>>): Places {
  const place = (role: ColumnRole): number => roles[role] ?? -1;
  return {
    messages: place('messages'),
    prompt: place('prompt'),
    system: place('system'),
    answer: place('answer'),
    task: place('task'),
    id: place('id'),
    model: place('model'),
    time: place('time'),
    session: place('session'),
    folder: place('folder'),
    tokensIn: place('tokensIn'),
    tokensOut: place('tokensOut'),
    latency: place('latency'),
    cost: place('cost'),
  };
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
    (names.has('subject') && (names.has('body') || names.has('description'))) ||
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
interface Rival {
  at: number;
  names: [string, string];
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
  const named = (['prompt', 'messages', 'system', 'task', 'answer'] as const).flatMap((role) => {
    const at = roles[role];
    return at === undefined || (role === 'prompt' && roles.messages !== undefined)
      ? []
      : [`${role} = column "${columns[at]}"`];
  });
  return [...named, ...(answers.length ? [`answers ${answers.map((answer) => answer.name).join(', ')}`] : [])].join(
    ', ',
  );
}

const cellAt = (row: Cells, at: number): string | undefined => (at < 0 ? undefined : row[at]);

/** The role's own cell, or where that is empty the first of the further columns that is not. */
function filledCell(row: Cells, { at, next }: Layout, role: 'prompt' | 'answer'): string | undefined {
  const own = cellAt(row, at[role]);
  if (next[role].length === 0 || !isMissing(own)) return own;
  const other = next[role].find((index) => !isMissing(row[index]));
  return other === undefined ? own : row[other];
}

function mapRow(row: Cells, layout: Layout): Mapped {
  const { answers, width, rival, mediaAt } = layout;
  if (row.length > width && row.slice(width).some((extra) => extra.trim() !== '')) {
    return reject('more cells than the header has (a delimiter in an unquoted cell?)');
  }
  const prompt = filledCell(row, layout, 'prompt');
  const messages = rowMessages(row, layout.at, prompt);
  if (typeof messages === 'string') return reject(messages);
  const other = rival && row[rival.at];
  if (rival && other && other !== prompt) {
    return reject(
      `the columns "${rival.names[0]}" and "${rival.names[1]}" could both be the prompt: choose with --prompt-field`,
    );
  }
  const draft: Draft = { messages };
  const ref = rowAnswer(row, layout);
  if (ref) draft.ref = ref;
  if (answers.length > 0)
    // An empty cell is an empty answer of that arm, as in a log; the prompt stays.
    draft.answers = Object.fromEntries(answers.map(({ name, at }) => [name, { text: row[at] ?? '' }]));
  fillIn(draft, row, layout.at);
  if (mediaAt.length > 0 && hasMedia(row, layout)) draft.flags = ['media'];
  if (prompt?.length === excelLimit) draft.flags = ['truncated'];
  return settle(draft);
}

const hasMedia = (row: Cells, { mediaAt, columns }: Layout): boolean =>
  mediaIn(new RecordFields(Object.fromEntries(mediaAt.map((at) => [columns[at] as string, row[at] ?? ''])))) !==
  undefined;

function fillIn(draft: Draft, row: Cells, at: Places): void {
  const task = cellAt(row, at.task)?.trim();
  if (task) draft.task = task;
  const id = filled(cellAt(row, at.id));
  if (id) draft.source_id = id;
  const model = filled(cellAt(row, at.model));
  if (model) draft.model = model;
  const ts = at.time < 0 ? undefined : isoTime(row[at.time]);
  if (ts) draft.ts = ts;
  const session = filled(cellAt(row, at.session));
  if (session) draft.session_id = session;
  const folder = filled(cellAt(row, at.folder));
  if (folder) draft.folder = folder;
}

function rowMessages(row: Cells, at: Places, prompt: string | undefined): Message[] | string {
  const system = cellAt(row, at.system);
  const before: Message[] = system && system.trim() !== '' ? [{ role: 'system', content: system }] : [];
  const declared = cellAt(row, at.messages);
  if (declared !== undefined) {
    if (declared.trim() === '') return 'the messages cell is empty';
    const value = decoded(pythonLiteral(declared) ?? declared);
    const messages = messagesFrom(
      Array.isArray(value)
        ? value
        : typeof value === 'object' && value !== null
          ? (value as { messages?: never }).messages
          : undefined,
    );
    return messages ? [...before, ...messages] : 'the messages cell is not a JSON list of messages';
  }
  if (isMissing(prompt)) return 'the prompt is empty';
  before.push({ role: 'user', content: prompt as string });
  return before;
}

function rowAnswer(row: Cells, layout: Layout): LoggedAnswer | undefined {
  const text = filledCell(row, layout, 'answer');
  if (text === undefined || text === '') return undefined;
  const { at } = layout;
  const read = /^\s*(?:data:|event:|\{)/.test(text) ? textAnswer(text) : undefined;
  const answer: LoggedAnswer = read ? { ...read, text: read.text ?? text } : { text };
  const tokensIn = at.tokensIn < 0 ? undefined : numberOf(row[at.tokensIn]);
  const tokensOut = at.tokensOut < 0 ? undefined : numberOf(row[at.tokensOut]);
  if (tokensIn !== undefined || tokensOut !== undefined) answer.usage = compact({ in: tokensIn, out: tokensOut });
  const latency = at.latency < 0 ? undefined : numberOf(row[at.latency]);
  if (latency !== undefined) answer.latency_ms = latency;
  const cost = at.cost < 0 ? undefined : numberOf(row[at.cost]);
  if (cost !== undefined) answer.cost_usd = cost;
  return answer;
}

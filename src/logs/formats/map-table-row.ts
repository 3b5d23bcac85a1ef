/** One row of a table whose columns are known: its prompt, its answers and what stands beside them. */
import type { LoggedAnswer, Message } from '../../records/prompt-record.ts';
import { textAnswer } from '../answer.ts';
import type { ColumnRole } from '../columns.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { mediaIn } from '../fields/media.ts';
import { labelText } from '../fields/names.ts';
import { pythonLiteral } from '../fields/python-literal.ts';
import { isMissing, isNullMark, RecordFields } from '../fields/record-fields.ts';
import { compact, decoded, filled, numberOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { DateOrder } from '../written-dates.ts';
import type { Draft } from './format.ts';

/** Where each role's cell stands in a row; -1 where no column has it. */
type Places = Readonly<Record<ColumnRole, number>>;
type Cells = readonly string[];

/** What is the same for all rows of a table: looked up once, because a row is read in a microsecond. */
export interface Layout {
  at: Places;
  next: Record<'prompt' | 'answer', number[]>;
  answers: { name: string; at: number }[];
  width: number;
  rival: Rival | undefined;
  mediaAt: number[];
  /** Of the dates in the column of the time. */
  dates: DateOrder | undefined;
  /** Most cells of that column are times. */
  areTimes: boolean;
  columns: readonly string[];
}

/** A second column that could be the prompt as well. */
export interface Rival {
  at: number;
  names: [string, string];
}

/** Excel cuts cells here. */
const excelLimit = 32_767;

export function placesOf(roles: Partial<Record<ColumnRole, number>>): Places {
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

const cellAt = (row: Cells, at: number): string | undefined => (at < 0 ? undefined : row[at]);

/** The role's own cell, or where that is empty the first of the further columns that is not. */
function filledCell(row: Cells, { at, next }: Layout, role: 'prompt' | 'answer'): string | undefined {
  const own = cellAt(row, at[role]);
  if (next[role].length === 0 || !isMissing(own)) return own;
  const other = next[role].find((index) => !isMissing(row[index]));
  return other === undefined ? own : row[other];
}

/** Excel writes a carriage return by its code where a sheet is turned into text by other programs. */
const plainCell = (cell: string | undefined): string | undefined =>
  cell?.includes('_x000D_') ? cell.replace(/_x000D_(?:\r?\n)?/g, '\n') : cell;

export function mapRow(row: Cells, layout: Layout): Mapped {
  const { answers, width, rival, mediaAt } = layout;
  if (row.length > width && row.slice(width).some((extra) => extra.trim() !== '')) {
    return reject('more cells than the header has (a delimiter in an unquoted cell?)');
  }
  const prompt = plainCell(filledCell(row, layout, 'prompt'));
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
  fillIn(draft, row, layout);
  if (draft.ts === undefined && layout.areTimes && isText(cellAt(row, layout.at.time)))
    return reject('a text stands where the time should be (a line of a broken cell?)');
  if (mediaAt.length > 0 && hasMedia(row, layout)) draft.flags = ['media'];
  if (prompt?.length === excelLimit) draft.flags = ['truncated'];
  return settle(draft);
}

const isText = (cell = ''): boolean => (cell.match(/\p{L}{2,}/gu)?.length ?? 0) > 4;

const hasMedia = (row: Cells, { mediaAt, columns }: Layout): boolean =>
  mediaIn(new RecordFields(Object.fromEntries(mediaAt.map((at) => [columns[at] as string, row[at] ?? ''])))) !==
  undefined;

function fillIn(draft: Draft, row: Cells, { at, dates }: Layout): void {
  const task = labelText(cellAt(row, at.task) ?? '');
  if (task) draft.task = task;
  const id = filled(cellAt(row, at.id));
  if (id) draft.source_id = id;
  const model = filled(cellAt(row, at.model));
  if (model) draft.model = model;
  const ts = at.time < 0 ? undefined : isoTime(row[at.time], dates);
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
  const text = plainCell(filledCell(row, layout, 'answer'));
  if (text === undefined || text === '' || (text.length <= 6 && isNullMark(text))) return undefined;
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

/** Rows that hold one message each → one prompt for each answered turn of each conversation, the reply its answer. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Row } from '../draft.ts';
import { mediaIn } from '../fields/media.ts';
import { fieldNames, foldedName } from '../fields/names.ts';
import { namesElsewhere } from '../fields/names-elsewhere.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { isMarked, speakerOf } from '../fields/speakers.ts';
import { decoded } from '../fields.ts';
import { messageFrom } from '../messages.ts';
import { conversationOf, filledKey, type Turn as KeyedTurn, keyOf, keyText } from './conversation-key.ts';
import { datedRows } from './dated-rows.ts';
import { linksOf, threads } from './reply-threads.ts';
import { isNewestFirst, ordered } from './row-order.ts';

export const texts = [
  'content',
  'text',
  'message',
  'body',
  'value',
  'parts',
  'message_text',
  'message_content',
  'utterance',
  ...namesElsewhere.text,
];
/** A record with one of these is a call, not a message. */
export const wholeCalls = [
  'messages',
  'conversations',
  'request',
  'response',
  'output',
  'completion',
  'answer',
  'reply',
  'prompt',
  'choices',
  'input',
];

/** A row as a message: its own fields, or a message object in its `message`. */
export function messageIn(record: JsonObject): JsonObject | undefined {
  // LangChain's own form of a message.
  if (isObject(record.kwargs as Json) && Array.isArray(record.id))
    return messageFrom(record)?.[0] as JsonObject | undefined;
  const own = ownMessage(record);
  if (own) return own;
  for (const name of ['message', 'data', 'content', 'event', 'payload', 'msg', 'chat_message']) {
    const inside = decoded(record[name]);
    const found = isObject(inside) ? ownMessage(inside) : undefined;
    if (found) return found;
  }
  return undefined;
}

function ownMessage(record: JsonObject): JsonObject | undefined {
  const fields = new RecordFields(record);
  if (fields.json(...wholeCalls).is !== 'absent') return undefined;
  const role = speakerOf(record, fields);
  if (role === undefined) return undefined;
  const text = fields.json(...texts);
  const payload = decoded(fieldValue(fields, 'payload'));
  const data = isObject(record.data as Json) ? (record.data as JsonObject) : undefined;
  const inner = data?.content ?? (isObject(payload) ? payload.text : undefined);
  const media = mediaIn(fields);
  const calls = decoded(fieldValue(fields, 'tool_calls') ?? data?.tool_calls);
  if (text.is === 'absent' && inner === undefined && calls === undefined && !isObject(record.function_call as Json))
    return undefined;
  return {
    role,
    content: text.is === 'value' ? (typeof text.value === 'string' ? text.value : text.value) : (inner ?? null),
    ...(calls !== undefined && { tool_calls: calls }),
    ...passed(fields, 'tool_call_id'),
    ...passed(fields, 'function_call'),
    ...(role === 'tool' && passed(fields, 'name')),
    ...(typeof data?.tool_call_id === 'string' && { tool_call_id: data.tool_call_id }),
    ...(media && { attachments: Array.isArray(media.value) ? media.value : [media.value] }),
  };
}

const passed = (fields: RecordFields, name: string): JsonObject => {
  const value = fieldValue(fields, name);
  return value === undefined ? {} : { [name]: value };
};

function fieldValue(fields: RecordFields, name: string): Json | undefined {
  const found = fields.json(name);
  return found.is === 'value' ? found.value : undefined;
}

type Turn = KeyedTurn & { row: Row };

/** Announced as `10 rows are 3 conversations: 5 prompts`. */
export interface Grouped {
  rows: Row[];
  said: string;
}

export function groupMessages(given: Row[]): Grouped {
  const rows = datedRows(given);
  const opened = partsIn(rows);
  const turns = withAnswerer(
    rows.flatMap((row) => {
      const message = messageIn(opened(row.value));
      return message ? [{ row, message }] : [];
    }),
  );
  if (!turns.some(({ message }) => message.role === 'assistant')) return { rows, said: '' };
  const links = linksOf(turns);
  if (links) {
    const { found, roots } = threads(turns, links);
    const made = found.map(({ asked, turns: way, root }) => rowOf(way, asked, root));
    return { rows: made, said: saidOf(rows.length, roots, made.length, links.answers) + leftOut(rows, turns) };
  }
  const keyName = keyOf(turns);
  const reversed = isNewestFirst(turns);
  const groups = new Map<string, Turn[]>();
  const isAlone = keyName === undefined && turns.every(({ row }) => isMarked(row.value));
  for (const [at, turn] of turns.entries()) {
    const own = keyName === undefined ? (isAlone ? String(at) : '') : conversationOf(turn.row.value, keyName);
    const key = `${turn.row.file}\u0001${own}`;
    const known = groups.get(key) ?? [];
    groups.set(key, known);
    known.push(turn);
  }
  const made = [...groups.values()].flatMap((group) => promptsOf(ordered(group, reversed), keyName));
  return { rows: made, said: saidOf(rows.length, groups.size, made.length, keyName) + leftOut(rows, turns) };
}

/** Corpora of dialogues call the one who answers the system: where nobody else does, and it says other things each time. */
function withAnswerer(turns: Turn[]): Turn[] {
  const said = turns.filter(isSystem).map(({ message }) => JSON.stringify(message.content));
  const others = turns.filter((turn) => !isSystem(turn));
  const isAnswerer =
    said.length > 1 &&
    new Set(said).size * 2 > said.length &&
    said.length * 2 >= others.length &&
    others.every(({ message }) => message.role === 'user') &&
    !isSystem(ordered(turns, false)[0] as Turn);
  if (!isAnswerer) return turns;
  return turns.map((turn) => (isSystem(turn) ? { ...turn, message: { ...turn.message, role: 'assistant' } } : turn));
}

/** Rows that are no turn of a known speaker, with the words that they have for one. */
function leftOut(rows: readonly Row[], turns: readonly Turn[]): string {
  const spoken = new Set(turns.map(({ row }) => row));
  const silent = rows.filter((row) => !spoken.has(row));
  if (silent.length === 0) return '';
  const words = silent.flatMap(({ value }) => {
    const role = new RecordFields(value).json('role', 'speaker', 'sender', 'author', 'from');
    return role.is === 'value' && typeof role.value === 'string' ? [role.value.slice(0, 40)] : [];
  });
  const named = words.length > 0 ? ` (${[...new Set(words)].slice(0, 3).join(', ')})` : '';
  return ` Left out ${counted(silent.length, 'row')} without a message of a known speaker${named}.`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function saidOf(rows: number, conversations: number, prompts: number, keyName: string | undefined): string {
  const by = keyName === undefined ? '' : ` (conversation = "${keyName}")`;
  return `${counted(rows, 'row')} are ${counted(conversations, 'conversation')}: ${counted(prompts, 'prompt')}${by}.`;
}

const nearlyAll = 0.9;

/** Decodes the columns nearly all of whose cells are the parts of a message as JSON; other cells stay text. */
function partsIn(rows: Row[]): (record: JsonObject) => JsonObject {
  const names = Object.keys(rows[0]?.value ?? {}).filter((name) => {
    if (!texts.includes(foldedName(name))) return false;
    const cells = rows.map(({ value }) => value[name]).filter(filledKey);
    return cells.length > 0 && cells.filter(isPartsText).length >= nearlyAll * cells.length;
  });
  if (names.length === 0) return (record) => record;
  return (record) => ({
    ...record,
    ...Object.fromEntries(
      names.map((name) => [name, isPartsText(record[name]) ? (decoded(record[name]) ?? null) : (record[name] ?? null)]),
    ),
  });
}

const isPartsText = (cell: Json | undefined): boolean => {
  const parts = typeof cell === 'string' && /^\s*\[\s*\{/.test(cell) ? decoded(cell) : undefined;
  return (
    Array.isArray(parts) && parts.length > 0 && parts.every((part) => isObject(part) && typeof part.type === 'string')
  );
};

/** One prompt for each human turn (or run of them), with all that was said before it. */
function promptsOf(group: Turn[], keyName: string | undefined): Row[] {
  const said = opened(group);
  const made: Row[] = [];
  let open: number | undefined;
  for (let at = 0; at < said.length; at += 1) {
    const role = said[at]?.message.role;
    if (role === 'user') {
      if (open === undefined) open = at;
      else if (said.slice(open, at).some(({ message }) => message.role === 'assistant')) {
        made.push(rowOf(answered(said.slice(0, at)), said[open] as Turn, sessionOf(said[at - 1] as Turn, keyName)));
        open = at;
      }
    }
  }
  if (open !== undefined) made.push(rowOf(said, said[open] as Turn, sessionOf(said.at(-1) as Turn, keyName)));
  return made;
}

/**
 * What the system says before anybody asks opens the conversation. Later words of it stay where they stand; after the
 * last turn, as "Ana left the chat", they were said to nobody.
 */
function opened(group: Turn[]): Turn[] {
  const first = group.findIndex((turn) => turn.message.role === 'user');
  const isOpening = (turn: Turn, at: number): boolean => isSystem(turn) && at < first;
  return [...group.filter(isOpening), ...answered(group.filter((turn, at) => !isOpening(turn, at)))];
}

const isSystem = ({ message }: Turn): boolean => message.role === 'system';
/** Up to the last turn: what the system says after it belongs to the next one. */
const answered = (turns: Turn[]): Turn[] => turns.slice(0, turns.findLastIndex((turn) => !isSystem(turn)) + 1);

const sessionOf = ({ row }: Turn, keyName: string | undefined): string =>
  keyName === undefined ? '' : keyText(row.value[keyName]);

/** What one side says in several messages is one: of a reply, none may be lost. */
function joined(messages: readonly JsonObject[]): JsonObject[] {
  const made: JsonObject[] = [];
  for (const message of messages) {
    const last = made.at(-1);
    const isMore = last?.role === 'assistant' && message.role === 'assistant' && isPlain(last) && isPlain(message);
    if (isMore) made[made.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` };
    else made.push(message);
  }
  return made;
}

const isPlain = ({ content, tool_calls }: JsonObject): boolean =>
  typeof content === 'string' && tool_calls === undefined;

/** The prompt's own fields (model, task) are those of its last row; its time is that of the question. */
function rowOf(turns: Turn[], asked: Turn, session: string): Row {
  const last = (turns.at(-1) as Turn).row;
  const beside: JsonObject = { ...asked.row.value, ...last.value, ...timesOf(asked.row.value) };
  for (const name of Object.keys(beside))
    if (noField.has(foldedName(name)) || isObject(beside[name] as Json)) delete beside[name];
  return {
    file: last.file,
    line: asked.row.line,
    value: {
      ...beside,
      messages: joined(turns.map(({ message }) => message)),
      ...(session !== '' && { session_id: session }),
    },
  };
}

const timesOf = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name, time]) => filledKey(time) && times.has(foldedName(name))));

const times = new Set<string>(fieldNames.time);
const noField = new Set<string>([
  ...fieldNames.role,
  ...texts,
  ...fieldNames.conversation,
  ...fieldNames.order,
  'tool_calls',
  'tool_call_id',
  'data',
  'payload',
  'direction',
  ...fieldNames.media,
]);

/** Rows that hold one message each → one prompt for each answered turn of each conversation, the reply its answer. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Row } from '../draft.ts';
import { fieldNames, foldedName } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { decoded, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';

const speakers: Record<string, string> = {
  user: 'user',
  human: 'user',
  customer: 'user',
  client: 'user',
  visitor: 'user',
  guest: 'user',
  student: 'user',
  patient: 'user',
  humanmessage: 'user',
  prompter: 'user',
  caller: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  gpt: 'assistant',
  chatbot: 'assistant',
  agent: 'assistant',
  aimessage: 'assistant',
  llm: 'assistant',
  chatgpt: 'assistant',
  claude: 'assistant',
  gemini: 'assistant',
  system: 'system',
  developer: 'system',
  systemmessage: 'system',
  tool: 'tool',
  function: 'tool',
  toolmessage: 'tool',
};
const texts = ['content', 'text', 'message', 'body', 'value', 'parts'];
/** A bot's platform says which way a message went. */
const directions: Record<string, string> = {
  incoming: 'user',
  inbound: 'user',
  outgoing: 'assistant',
  outbound: 'assistant',
};
/** A record with one of these is a call, not a message. */
const wholeCalls = [
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
  const own = ownMessage(record);
  if (own) return own;
  for (const name of ['message', 'data', 'content']) {
    const inside = decoded(record[name]);
    const found = isObject(inside) ? ownMessage(inside) : undefined;
    if (found) return found;
  }
  return undefined;
}

function ownMessage(record: JsonObject): JsonObject | undefined {
  const fields = new RecordFields(record);
  if (fields.json(...wholeCalls).is !== 'absent') return undefined;
  const role = speaker(fields, record);
  if (role === undefined) return undefined;
  const text = fields.json(...texts);
  const payload = decoded(fieldValue(fields, 'payload'));
  const data = isObject(record.data as Json) ? (record.data as JsonObject) : undefined;
  const inner = data?.content ?? (isObject(payload) ? payload.text : undefined);
  const calls = decoded(fieldValue(fields, 'tool_calls') ?? data?.tool_calls);
  if (text.is === 'absent' && inner === undefined && calls === undefined) return undefined;
  return {
    role,
    content: text.is === 'value' ? (typeof text.value === 'string' ? text.value : text.value) : (inner ?? null),
    ...(calls !== undefined && { tool_calls: calls }),
    ...passed(fields, 'tool_call_id'),
    ...(typeof data?.tool_call_id === 'string' && { tool_call_id: data.tool_call_id }),
    ...passed(fields, 'attachments'),
    ...passed(fields, 'images'),
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

function speaker(fields: RecordFields, record: JsonObject): string | undefined {
  const direction = directions[wordOf(fieldValue(fields, 'direction')).toLowerCase()];
  if (direction) return direction;
  for (const name of fieldNames.role) {
    const value = fieldValue(fields, name);
    if (value === undefined) continue;
    if (name.startsWith('is_')) {
      if (/^(?:true|1|yes)$/i.test(wordOf(value))) return 'user';
      if (/^(?:false|0|no)$/i.test(wordOf(value))) return 'assistant';
      continue;
    }
    // `type` is a speaker only as LangChain and its kin write it.
    if (name === 'type' && record.data === undefined && !/^(?:human|ai|system|tool)$/i.test(wordOf(value))) continue;
    const word = isObject(value) ? value.role : value;
    const role = typeof word === 'string' ? speakers[word.trim().toLowerCase()] : undefined;
    if (role) return role;
  }
  return undefined;
}

interface Turn {
  row: Row;
  message: JsonObject;
}

/** Announced as `10 rows are 3 conversations: 5 prompts`. */
export interface Grouped {
  rows: Row[];
  said: string;
}

export function groupMessages(rows: Row[]): Grouped {
  const opened = partsIn(rows);
  const turns = rows.flatMap((row) => {
    const message = messageIn(opened(row.value));
    return message ? [{ row, message }] : [];
  });
  if (!turns.some(({ message }) => message.role === 'assistant')) return { rows, said: '' };
  const keyName = keyOf(turns);
  const groups = new Map<string, Turn[]>();
  for (const turn of turns) {
    const key = keyName === undefined ? turn.row.file : `${turn.row.file}\u0001${keyText(turn.row.value[keyName])}`;
    const known = groups.get(key) ?? [];
    groups.set(key, known);
    known.push(turn);
  }
  const made = [...groups.values()].flatMap((group) => promptsOf(ordered(group), keyName));
  const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  return {
    rows: made,
    said: `${counted(rows.length, 'row')} are ${counted(groups.size, 'conversation')}: ${counted(made.length, 'prompt')}${keyName === undefined ? '' : ` (conversation = "${keyName}")`}.`,
  };
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

/** The conversation's column by name, or else an id whose values repeat over alternating roles. */
function keyOf(turns: Turn[]): string | undefined {
  const names = Object.keys(turns[0]?.row.value ?? {});
  for (const wanted of fieldNames.conversation) {
    const name = names.find((one) => foldedName(one) === wanted);
    if (name !== undefined && turns.some(({ row }) => filledKey(row.value[name]))) return name;
  }
  return names
    .filter((name) => /(?:^|_)(?:id|uuid|key|no|nr)$/.test(foldedName(name)))
    .find((name) => repeats(turns, name));
}

/** Only a text or a number names a conversation: an object's own `toString` is the log's, not ours. */
const keyText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const filledKey = (value: Json | undefined): boolean => keyText(value) !== '';

function repeats(turns: Turn[], name: string): boolean {
  const roles = new Map<string, Set<unknown>>();
  for (const { row, message } of turns) {
    const value = row.value[name];
    if (!filledKey(value)) return false;
    const key = keyText(value);
    roles.set(key, (roles.get(key) ?? new Set()).add(message.role));
  }
  const both = [...roles.values()].filter((set) => set.has('user') && set.has('assistant')).length;
  return roles.size < turns.length && both * 2 > roles.size;
}

function ordered(group: Turn[]): Turn[] {
  const rank = rankOf(group);
  if (!rank) return group;
  return group
    .map((turn, index) => ({ turn, index, at: rank(turn.row.value) }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ turn }) => turn);
}

/** By sequence, else by time; rows without it stay in file order. */
function rankOf(group: Turn[]): ((value: JsonObject) => number) | undefined {
  const names = Object.keys(group[0]?.row.value ?? {});
  const bySequence = fieldNames.order
    .map((wanted) => names.find((name) => foldedName(name) === wanted))
    .find((name) => name !== undefined);
  const byTime = fieldNames.time
    .map((wanted) => names.find((name) => foldedName(name) === wanted))
    .find((name) => name !== undefined);
  for (const [name, rank] of [
    [bySequence, Number],
    [byTime, timeRank],
  ] as const) {
    if (name === undefined) continue;
    const at = (value: JsonObject): number => (filledKey(value[name]) ? rank(value[name] as string) : Number.NaN);
    if (group.every(({ row }) => Number.isFinite(at(row.value)))) return at;
  }
  return undefined;
}
const timeRank = (value: string): number => Date.parse(isoTime(value) ?? '');

/** One prompt for each human turn (or run of them), with all that was said before it. */
function promptsOf(group: Turn[], keyName: string | undefined): Row[] {
  const system = group.filter(({ message }) => message.role === 'system');
  const said = [...system, ...group.filter(({ message }) => message.role !== 'system')];
  const made: Row[] = [];
  let open: number | undefined;
  for (let at = 0; at < said.length; at += 1) {
    const role = said[at]?.message.role;
    if (role === 'user') {
      if (open === undefined) open = at;
      else if (said.slice(open, at).some(({ message }) => message.role === 'assistant')) {
        made.push(rowOf(said.slice(0, at), said[open] as Turn, keyName));
        open = at;
      }
    }
  }
  if (open !== undefined) made.push(rowOf(said, said[open] as Turn, keyName));
  return made;
}

/** The prompt's own fields (model, task, time) are those of its last row. */
function rowOf(turns: Turn[], asked: Turn, keyName: string | undefined): Row {
  const last = (turns.at(-1) as Turn).row;
  const beside: JsonObject = { ...asked.row.value, ...last.value };
  for (const name of Object.keys(beside))
    if (noField.has(foldedName(name)) || isObject(beside[name] as Json)) delete beside[name];
  const session = keyName === undefined ? '' : keyText(last.value[keyName]);
  return {
    file: last.file,
    line: asked.row.line,
    value: {
      ...beside,
      messages: turns.map(({ message }) => message),
      ...(session !== '' && { session_id: session }),
    },
  };
}
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
  'images',
  'attachments',
]);

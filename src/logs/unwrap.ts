/** Wrappers → the records in them: lists under usual names, maps by id, turns of conversations further inside. */
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import { answerIn, hasQuestion } from './fields/combine.ts';
import { RecordFields } from './fields/record-fields.ts';
import { timeIn } from './fields/record-time.ts';
import { listOf } from './fields.ts';
import { formats } from './formats/registry.ts';
import { messageIn } from './group/message-rows.ts';
import { nestedTurns } from './group/nested-conversations.ts';
import { recordsBelow } from './lists-below.ts';
import { unreadableTurn } from './messages.ts';
import { plainItem, plainRow } from './stored-values.ts';

const wrappers = [
  'data',
  'runs',
  'rows',
  'results',
  'items',
  'records',
  'logs',
  'traces',
  'observations',
  'spans',
  'prompts',
  'conversations',
] as const;

/** `{data: […]}` and its kin → their records, or the turns of conversations in it; anything else is one record. */
export function unwrap(value: JsonObject, before = 0): JsonObject[] {
  const rows = (keyedConversations(value) ?? wrapped(value)).map((row) => plainRow(row) ?? row);
  const isKnown = rows.some(isReadable);
  return isKnown
    ? rows
    : (nestedTurns(value, before) ??
        keyedRecords(value) ??
        labelledTexts(value) ??
        (isPair(value) ? [value] : (recordsBelow(value, isCall) ?? rows)));
}

/** Some format knows it, and what it takes for messages is that. */
const isReadable = (row: JsonObject): boolean =>
  row.conversation_map === true
    ? unreadableTurn(row.messages) === undefined
    : formats.some((format) => format.sign(row) !== undefined);

/** Known for sure, or a question with its answer: a message of somebody is none, and neither is any other text. */
function isCall(item: JsonObject): boolean {
  if (new RecordFields(item).json('speaker', 'role', 'from', 'sender', 'author', 'actor').is !== 'absent') return false;
  return isPair(item) || formats.some((format) => (format.sign(item)?.score ?? 0) >= knownCall);
}
const knownCall = 0.45;

function wrapped(value: JsonObject): JsonObject[] {
  const table = splitTable(value) ?? sheetValues(value) ?? columnTable(value) ?? storedItems(value);
  if (table) return table;
  if (isObject(value.json) && Object.keys(value).every((name) => itemFields.has(name))) return [value.json];
  if (Object.keys(value).length > 8 || value.messages !== undefined) return [value];
  for (const key of wrappers) {
    const list = listOf(value[key]);
    if (!list?.length || !list.every(isObject)) continue;
    // A ShareGPT record has `conversations` of turns; a wrapper has records.
    if (key === 'conversations' && list.some((item) => 'from' in item || 'role' in item)) continue;
    return list;
  }
  return onlyList(value) ?? [value];
}

/** An item of n8n, which keeps its record under `json`. */
const itemFields = new Set(['json', 'binary', 'pairedItem']);

/** `{columns: ["prompt", …], data: [["…", …], …]}`, as pandas and Weights & Biases write a table. */
function splitTable({ columns, data }: JsonObject): JsonObject[] | undefined {
  const names = listOf(columns);
  const rows = listOf(data);
  if (!names?.length || !rows?.length || !names.every((name) => typeof name === 'string')) return undefined;
  if (!rows.every((row) => Array.isArray(row) && row.length === names.length)) return undefined;
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, (row as Json[])[at] ?? null])));
}

/** What Google Sheets hands out of a range: its first row has the names, and a row ends with its last filled cell. */
function sheetValues({ range, majorDimension, values }: JsonObject): JsonObject[] | undefined {
  const [header, ...rows] = listOf(values) ?? [];
  const names = listOf(header);
  if (typeof range !== 'string' || majorDimension === 'COLUMNS' || !names?.every((name) => typeof name === 'string'))
    return undefined;
  const cells = rows.filter((row): row is Json[] => Array.isArray(row) && row.length <= names.length);
  if (rows.length === 0 || cells.length < rows.length) return undefined;
  return cells.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
}

/** `{prompt: {"0": "…", "1": "…"}, answer: {…}}`, as pandas writes a table by its columns. */
function columnTable(value: JsonObject): JsonObject[] | undefined {
  const columns = Object.entries(value);
  const [[, first] = []] = columns;
  const rows = isObject(first as Json) ? Object.keys(first as JsonObject) : [];
  if (rows.length === 0 || !rows.every((row) => /^\d{1,12}$/.test(row))) return undefined;
  const isColumn = (column: Json): column is JsonObject =>
    isObject(column) && Object.keys(column).length === rows.length && rows.every((row) => row in column);
  if (!columns.every(([, column]) => isColumn(column))) return undefined;
  return rows.map((row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, (column as JsonObject)[row] ?? null])),
  );
}

/** One item of an export of DynamoDB, or all that a scan found; the documents of Firestore. */
function storedItems({ Item, Items, documents }: JsonObject): JsonObject[] | undefined {
  const stored = listOf(documents)?.filter(isObject);
  if (stored?.length && stored.every((row) => plainRow(row) !== undefined)) return stored;
  const items = (listOf(Items) ?? [Item]).map(plainItem);
  return items.length > 0 && items.every((item) => item !== undefined) ? items : undefined;
}

/** `{name, examples: [{input, target}]}`: the only list of a record that is no prompt itself, where each item asks something. */
function onlyList(value: JsonObject): JsonObject[] | undefined {
  const lists = Object.values(value).filter(
    (item): item is JsonObject[] => Array.isArray(item) && item.length > 0 && item.every(isObject),
  );
  const [list] = lists;
  if (!list || lists.length > 1 || !list.every(isPair)) return undefined;
  return formats.some((format) => format.sign(value) !== undefined) ? undefined : list;
}

/** A question under its own name, a subject with its text, or anything that is asked beside its answer. */
function isPair(item: JsonObject): boolean {
  const fields = new RecordFields(item);
  const has = (...names: string[]): boolean => fields.text(...names).is === 'value';
  if (has('speaker', 'role', 'from', 'sender')) return false;
  if (has('prompt', 'question', 'instruction', 'user_input', 'query')) return true;
  if (has('subject') && has('body', 'description')) return true;
  return hasQuestion(item) && (answerIn(item, 'made') ?? answerIn(item, 'hoped')) !== undefined;
}

/** `{id: {question, …}, id: {question, …}}` → the records under their ids. */
function keyedRecords(value: JsonObject): JsonObject[] | undefined {
  const records = Object.values(value);
  return records.length > 1 && records.every((item): item is JsonObject => isObject(item) && isPair(item))
    ? records
    : undefined;
}

const splits = /^(?:\w+_)?(?:train|training|test|val|valid|validation|dev|eval)(?:_\w+)?$/i;

/** `{train: [[text, label], …], test: […]}` → a record for each text. */
function labelledTexts(value: JsonObject): JsonObject[] | undefined {
  if (!Object.keys(value).some((name) => splits.test(name))) return undefined;
  const pairs = Object.values(value).flatMap((list) => (Array.isArray(list) ? list : [list]));
  const records = pairs.map((pair) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part): part is string => typeof part === 'string')
      ? labelled(pair)
      : undefined,
  );
  return records.length > 1 && records.every((record) => record !== undefined) ? records : undefined;
}

const longestLabel = 60;
function labelled([text = '', label = '']: readonly string[]): JsonObject | undefined {
  return label.length <= longestLabel ? { text, label } : undefined;
}

/** `{id: [messages]}` or `{id: {messages}}` → one record for each conversation that holds messages. */
function keyedConversations(value: JsonObject): JsonObject[] | undefined {
  if (!Object.values(value).every((item) => Array.isArray(item) || isObject(item))) return undefined;
  if (formats.some((format) => format.sign(value) !== undefined)) return undefined;
  const [only, ...others] = Object.values(value);
  const inner =
    others.length === 0 && isObject(only) && only.messages === undefined ? keyedConversations(only) : undefined;
  if (inner) return inner;
  const entries = Object.entries(value).map(([key, item]) => {
    const record = Array.isArray(item) ? { messages: item } : isObject(item) ? withMessageList(item) : undefined;
    const messages = listOf(record?.messages);
    return messages?.every((one) => isObject(one) && ('role' in one || 'from' in one))
      ? { ...record, session_id: key, conversation_map: true }
      : undefined;
  });
  if (entries.length === 0 || !entries.every((entry) => entry !== undefined)) return undefined;
  const filled = entries.filter((entry) => (listOf((entry as JsonObject).messages)?.length ?? 0) > 0);
  return filled.length ? filled : undefined;
}

function datedMessage(item: JsonObject): JsonObject | undefined {
  const message = messageIn(item);
  const timestamp = timeIn(item);
  return message && { ...message, ...(timestamp && { timestamp }) };
}

/** `messages: {id: {sender, text}}`, as a real-time database keeps them, is a list by those ids. */
function withMessageList(record: JsonObject): JsonObject {
  const { messages } = record;
  const isRead = Array.isArray(messages) && messages.every((one) => isObject(one) && ('role' in one || 'from' in one));
  const items = isObject(messages)
    ? Object.keys(messages)
        .sort()
        .map((id) => messages[id])
    : listOf(messages);
  if (isRead || !items) return record;
  const said = items.map((item) => (isObject(item as Json) ? datedMessage(item as JsonObject) : undefined));
  return said.length > 0 && said.every((message) => message !== undefined) ? { ...record, messages: said } : record;
}

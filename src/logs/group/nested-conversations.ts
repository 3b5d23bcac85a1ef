/** Exports that keep conversations somewhere inside: lists of turns with their speakers, one row a turn. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { fieldNames, foldedName } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { keyText } from './conversation-key.ts';
import { messageIn } from './message-rows.ts';

const deepest = 5;
/** A list has notes of the service too: who joined, what was attached. */
const mostlyTurns = 0.5;

/**
 * The turns of every conversation in it, each with the conversation's id; undefined where there is none. `before`: turns
 * of the same file, so that conversations without an id get a number of their own.
 */
export function nestedTurns(value: JsonObject, before = 0): JsonObject[] | undefined {
  const rows: JsonObject[] = [];
  const isCall = new RecordFields(value).json(...fieldNames.made).is === 'value';
  const open: { at: Json; id: string; depth: number }[] = [{ at: value, id: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, depth } = next;
    const turns = Array.isArray(at) ? (turnsIn(at) ?? exchangesIn(at)) : undefined;
    if (turns) {
      const id = next.id || `conversation ${before + rows.length + 1}`;
      for (const turn of turns) rows.push(named(turn, id));
      continue;
    }
    if (depth >= deepest || typeof at !== 'object' || at === null) continue;
    const id = isObject(at) ? idOf(at) || next.id : next.id;
    const inside = partsOf(at, isCall).filter((item) => typeof item === 'object' && item !== null) as Json[];
    // Taken from the end: the first one comes first.
    for (const item of inside.reverse()) open.push({ at: item, id, depth: depth + 1 });
  }
  return rows.length > 0 ? rows : undefined;
}

/** Beside an answer, a history is what was said before its question. */
const partsOf = (at: Json, isCall: boolean): Json[] =>
  isCall && isObject(at)
    ? Object.entries(at).flatMap(([name, item]) => (histories.has(foldedName(name)) ? [] : [item]))
    : Object.values(at as JsonObject);
const histories = new Set<string>(fieldNames.history);

/** A list in which both sides speak, without what is no turn. */
function turnsIn(list: readonly Json[]): JsonObject[] | undefined {
  if (list.length < 2) return undefined;
  const turns = list.flatMap((item) => (isObject(item) ? (turnOf(item) ?? []) : []));
  const spoken = new Set(turns.map(({ role }) => role));
  const isTalk = spoken.has('user') && spoken.has('assistant') && turns.length >= mostlyTurns * list.length;
  return isTalk ? turns.map(({ row }) => row) : undefined;
}

/** What was asked and what was said back, each under the name of who said it. */
const askers = ['user', 'human', 'user_message', 'user_input', 'user_query', 'customer_message', 'customer'];
const answerers =
  'ai bot assistant chatbot agent bot_response bot_reply ai_response assistant_response assistant_reply assistant_message'.split(
    ' ',
  );

/** A list of exchanges `{user, ai}` → its turns; a question with an answer is a record of its own. */
function exchangesIn(list: readonly Json[]): JsonObject[] | undefined {
  const turns = list.map((item) => (isObject(item) ? exchange(item) : undefined));
  return turns.length > 0 && turns.every((turn) => turn !== undefined) ? turns.flat() : undefined;
}

function exchange(item: JsonObject): JsonObject[] | undefined {
  const fields = new RecordFields(item);
  const asked = fields.text(...askers);
  const said = fields.text(...answerers);
  if (asked.is !== 'value' || said.is !== 'value') return undefined;
  const { [asked.name]: _, [said.name]: __, ...beside } = item;
  return [
    { ...beside, role: 'user', content: asked.value },
    { role: 'assistant', content: said.value },
  ];
}

/** The item, or the only object in it; the message of several, beside which times and settings stand. */
function turnOf(item: JsonObject): { row: JsonObject; role: Json | undefined } | undefined {
  const own = messageIn(item);
  if (own) return { row: item, role: own.role };
  const values = Object.entries(item);
  const messages = values.flatMap(([name, value]) => {
    const message = isObject(value) ? messageIn(value) : undefined;
    return message && isObject(value) ? [{ name, value, role: message.role }] : [];
  });
  const [only, ...others] = messages;
  if (!only || others.length > 0) return undefined;
  const beside = values.filter(([name, value]) => name !== only.name && !isObject(value) && !(name in only.value));
  return { row: { ...Object.fromEntries(beside), ...only.value }, role: only.role };
}

function named(turn: JsonObject, id: string): JsonObject {
  return new RecordFields(turn).json(...fieldNames.conversation).is === 'value' ? turn : { ...turn, session_id: id };
}

/** The id of a conversation is beside its turns, or in the object that tells about it. */
function idOf(record: JsonObject): string {
  const fields = new RecordFields(record);
  for (const name of [...fieldNames.conversation, 'id']) {
    const own = fields.json(name);
    // `chat` may as well hold the turns themselves.
    const id = own.is === 'value' ? keyText(own.value) : '';
    if (id !== '') return id;
  }
  return '';
}

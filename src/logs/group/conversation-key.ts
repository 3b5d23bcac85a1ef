/** Which field of message rows names the conversation, and what it is called in a row. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { fieldNames, foldedName } from '../fields/names.ts';

/** A message, with the row that it came from. */
export interface Turn {
  row: { value: JsonObject };
  message: JsonObject;
}

/** A text or a number names a conversation, or the `id` of an object: an object's own `toString` is the log's, not ours. */
export function keyText(value: Json | undefined): string {
  if (isObject(value)) return isObject(value.id) ? '' : keyText(value.id);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export const filledKey = (value: Json | undefined): boolean => keyText(value) !== '';

/** The conversation's column by name, or else an id whose values repeat over alternating roles. */
export function keyOf(turns: readonly Turn[]): string | undefined {
  const names = Object.keys(turns[0]?.row.value ?? {});
  for (const wanted of fieldNames.conversation) {
    const name = names.find((one) => foldedName(one) === wanted);
    if (name !== undefined && turns.some(({ row }) => filledKey(row.value[name]))) return name;
  }
  const ids = names.filter(
    (name) =>
      /(?:^|_)(?:id|uuid|key|no|nr|ref|number|num|ticket|case|call|contact|phone)$/.test(foldedName(name)) &&
      repeats(turns, name),
  );
  return (
    ids.find((name) => !isOfMany(turns, name)) ??
    ids[0] ??
    names.find((name) => holdsIds(turns, name) && repeats(turns, name))
  );
}

/** Whoever has many conversations: a person, a shop, or what is the same in all rows. */
function isOfMany(turns: readonly Turn[], name: string): boolean {
  const values = new Set(turns.map(({ row }) => keyText(row.value[name])));
  return values.size === 1 || owners.test(foldedName(name));
}
const owners =
  /(?:^|_)(?:user|customer|client|agent|bot|model|app|shop|store|site|tenant|org|organi[sz]ation|account|company|team|project|workspace)_(?:id|uuid|key|no|nr|ref|number|num)$/;

const noKeys = new Set<string>([
  ...fieldNames.model,
  ...fieldNames.time,
  ...fieldNames.order,
  ...fieldNames.role,
  ...fieldNames.task,
  ...fieldNames.taskOfFew,
]);

/** Several ids by their look: one word with a digit and a letter, and no date, version or address. */
function holdsIds(turns: readonly Turn[], name: string): boolean {
  if (noKeys.has(foldedName(name))) return false;
  const values = new Set(turns.map(({ row }) => keyText(row.value[name])));
  return (
    values.size > 1 &&
    [...values].every((value) => /^(?=\D*\d)(?=.*\p{L})[\p{L}\d_#:-]{2,64}$/u.test(value) && !/^\d{4}-\d\d/.test(value))
  );
}

/** A topic is a conversation inside a session. */
export function conversationOf(row: JsonObject, name: string): string {
  const topic = Object.keys(row).find((one) => foldedName(one) === 'topic_id');
  return `${keyText(row[name])}${topic === undefined ? '' : `\u0001${keyText(row[topic])}`}`;
}

function repeats(turns: readonly Turn[], name: string): boolean {
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

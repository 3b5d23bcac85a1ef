/** Message rows whose sender is a name: where one of the names is that of a bot, it answers, and the others ask. */
import type { JsonObject } from '../../records/plain-json.ts';
import { answerers, isAnswering } from '../fields/chat-sides.ts';
import { fieldNames } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { speakerOf } from '../fields/speakers.ts';
import { filled, listOf, objectOf } from '../fields.ts';
import { groupMessages, texts, wholeCalls } from './message-rows.ts';

const senders = [
  'sender_name',
  'sender',
  'author_name',
  'author',
  'from_name',
  'from',
  'speaker',
  'display_name',
  'user_name',
  'username',
  'name',
];
const nearlyAll = 0.9;
const longestName = 60;

/** A record with its speaker in place of the name; undefined where names do not tell the sides apart. */
export function namedSides(records: readonly JsonObject[]): ((record: JsonObject) => JsonObject) | undefined {
  if (records.length < 2 || !records.every(isMessage)) return undefined;
  const isKeyed = records.every((record) => new RecordFields(record).json(...fieldNames.conversation).is === 'value');
  const sender = senders.find((name) => tellsSides(records, name) && (isKeyed || isTalkOfTwo(records, name)));
  return sender === undefined ? undefined : (record) => withRole(record, sender);
}

/** Without a conversation's id, letters and reviews look the same: two who take turns talk. */
function isTalkOfTwo(records: readonly JsonObject[], name: string): boolean {
  const names = records.map((record) => senderIn(record, name));
  const turns = names.filter((each, at) => at > 0 && each !== names[at - 1]).length;
  return new Set(names).size === 2 && turns * 3 >= (records.length - 1) * 2;
}

/** A text without a known speaker. */
function isMessage(record: JsonObject): boolean {
  const fields = new RecordFields(record);
  return fields.json(...wholeCalls).is === 'absent' && fields.json(...texts).is !== 'absent';
}

function tellsSides(records: readonly JsonObject[], name: string): boolean {
  const names = records.flatMap((record) => senderIn(record, name) ?? []);
  if (names.length < nearlyAll * records.length || names.some((each) => each.length > longestName)) return false;
  // Rows that name a role are read by it.
  if (records.some((record) => speakerOf(record) === 'user')) return false;
  return answerers(names) !== undefined && answersMostly(records, name);
}

/** Somebody called Claude or Bot asks first, and others reply: a name that answers does so in most conversations. */
function answersMostly(records: readonly JsonObject[], name: string): boolean {
  const rows = records.map((record, at) => ({ file: '', line: at + 1, value: withRole(record, name) }));
  const asked = groupMessages(rows).rows.map(({ value }) => listOf(value.messages) ?? []);
  const answered = asked.filter((messages) => objectOf(messages.at(-1))?.role === 'assistant');
  return answered.length * 2 >= asked.length;
}

function senderIn(record: JsonObject, name: string): string | undefined {
  const found = new RecordFields(record).json(name);
  return found.is === 'value' ? filled(found.value) : undefined;
}

function withRole(record: JsonObject, name: string): JsonObject {
  const found = new RecordFields(record).json(name);
  const sender = found.is === 'value' ? filled(found.value) : undefined;
  if (found.is !== 'value' || sender === undefined) return record;
  const { [found.name]: _, ...others } = record;
  return { ...others, role: isAnswering(sender) ? 'assistant' : 'user' };
}

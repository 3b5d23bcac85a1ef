/** An answer that is the rest of its turn: calls of tools, what they gave, and what was said last. */
import type { JsonObject } from '../records/plain-json.ts';
import type { Message } from '../records/prompt-record.ts';
import { fieldNames } from './fields/names.ts';
import { RecordFields } from './fields/record-fields.ts';
import { decoded, listOf, objectOf } from './fields.ts';
import { messagesFrom } from './messages.ts';

/** The messages after the user's last one; undefined for an answer without results of tools. */
export function stepsIn(record: JsonObject): Message[] | undefined {
  const found = new RecordFields(record).json(...fieldNames.made);
  const value = found.is === 'value' ? decoded(found.value) : undefined;
  const list = listOf(value) ?? listOf(objectOf(value)?.messages);
  const messages = list && messagesFrom(list);
  if (!messages?.some(({ role }) => role === 'tool')) return undefined;
  return messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
}

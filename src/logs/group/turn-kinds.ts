/** Rows whose speaker is only a kind, as `question` and `reply`: these are kinds of tasks as well. */
import type { JsonObject } from '../../records/plain-json.ts';
import { fieldNames } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { kindOfTurn } from '../fields/speakers.ts';
import { messageIn } from './message-rows.ts';

/** Both sides speak, and nothing but turns stands there or each row names its conversation; or nobody asks at all. */
export function areTurns(records: readonly JsonObject[]): boolean {
  const kinds = records.map(kindOfTurn);
  if (kinds.every((kind) => kind === undefined)) return true;
  if (kinds.every((kind) => kind === 'assistant')) return true;
  const messages = records.map(messageIn);
  const speaks = (role: string): boolean => messages.some((message) => message?.role === role);
  if (!speaks('user') || !speaks('assistant')) return false;
  return messages.every((message) => message !== undefined) || records.every(isInConversation);
}

const isInConversation = (record: JsonObject): boolean =>
  new RecordFields(record).json(...fieldNames.conversation).is === 'value';

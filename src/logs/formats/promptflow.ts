/** Data of Prompt flow that is one whole chat: a chat_history of inputs and outputs, without a question of its own. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { fieldNames } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { listOf } from '../fields.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const historyOf = (record: JsonObject): JsonObject[] | undefined => {
  const list = listOf(record.chat_history);
  return list?.length && list.every((item) => isObject(item) && isObject(item.inputs) && isObject(item.outputs))
    ? (list as JsonObject[])
    : undefined;
};

export const promptflow: LogFormat = {
  name: 'promptflow',
  title: 'chats of Prompt flow',
  holds: 'conversations',
  sign: (record) =>
    historyOf(record) && new RecordFields(record).json(...fieldNames.prompt).is === 'absent'
      ? { score: 0.9, why: 'records have a chat_history of inputs and outputs' }
      : undefined,
  map: (record) => turnPrompts((historyOf(record) ?? []).flatMap(turnsOf), {}),
};

/** What was retrieved for a turn stands beside its answer, and was part of what was asked. */
function turnsOf({ inputs, outputs }: JsonObject): Turn[] {
  const asked = new RecordFields(isObject(inputs) ? inputs : {}).text(...fieldNames.prompt);
  const said = new RecordFields(isObject(outputs) ? outputs : {}).text(...fieldNames.made);
  return [
    ...(asked.is === 'value' ? [{ message: { role: 'user' as const, content: asked.value } }] : []),
    ...(said.is === 'value' ? [{ message: { role: 'assistant' as const, content: said.value } }] : []),
  ];
}

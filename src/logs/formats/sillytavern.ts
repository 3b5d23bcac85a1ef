/** Chats of SillyTavern: a first line with the names, then one line per message, marked with is_user. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { skip } from '../draft.ts';
import { filled, listOf, objectOf, textOf } from '../fields.ts';
import { oneRowPerFile } from '../group/one-row-per-file.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isMessage = (record: JsonObject): boolean =>
  typeof record.is_user === 'boolean' && typeof record.mes === 'string';

export const sillyTavern: LogFormat = {
  name: 'sillytavern',
  title: 'a chat of SillyTavern',
  holds: 'conversations',
  sign: (record) =>
    isMessage(record) || (record.chat_metadata !== undefined && record.user_name !== undefined)
      ? { score: 0.97, why: 'messages have mes and is_user' }
      : undefined,
  arrange: (rows) =>
    oneRowPerFile(
      rows.filter(({ value }) => isMessage(value)),
      'sillytavern',
    ),
  map: (record) => {
    const lines = listOf(record.sillytavern)?.filter(isObject);
    return lines
      ? turnPrompts(lines.filter(({ is_system }) => is_system !== true).map(turnOf), {})
      : skip('header lines');
  },
};

function turnOf(line: JsonObject): Turn {
  const ts = isoTime(line.send_date);
  const model = filled(objectOf(line.extra)?.model);
  const role = line.is_user === true ? 'user' : 'assistant';
  return {
    message: { role, content: textOf(line.mes) ?? '' },
    ...(ts && { ts }),
    ...(role === 'assistant' && model && { model }),
  };
}

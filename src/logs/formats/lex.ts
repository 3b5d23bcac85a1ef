/** Conversation logs of Amazon Lex V2: what the user said, and the messages that the bot answered with. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Row } from '../draft.ts';
import { filled, listOf, objectOf, textOf } from '../fields.ts';
import { groupMessages } from '../group/message-rows.ts';
import { chat } from './chat.ts';
import type { LogFormat } from './format.ts';

export const lex: LogFormat = {
  name: 'lex',
  title: 'conversation logs of Amazon Lex V2',
  sign: (record) =>
    record.inputTranscript !== undefined && record.sessionId !== undefined
      ? { score: 0.96, why: 'records have what a caller said to a bot of Lex' }
      : undefined,
  arrange: (rows) => groupMessages(rows.flatMap(saidIn)).rows,
  announce: (rows) => groupMessages(rows.flatMap(saidIn)).said,
  map: (record, options) => chat.map(record, options),
};

/** One row for each message, in the order in which they were said. */
function saidIn(row: Row): Row[] {
  const { inputTranscript, sessionId, timestamp, bot, messages } = row.value;
  const around = {
    session_id: sessionId ?? null,
    timestamp: timestamp ?? null,
    task: filled(objectOf(bot)?.name) ?? null,
  };
  const said = (role: string, content: string): Row => ({ ...row, value: { ...around, role, content } as JsonObject });
  const asked = textOf(inputTranscript) ?? '';
  const replies = (listOf(messages) ?? []).flatMap((item) => (isObject(item) ? (textOf(item.content) ?? []) : []));
  const turns = [
    ...(asked === '' ? [] : [said('user', asked)]),
    ...replies.map((content) => said('assistant', content)),
  ];
  return turns.length > 0 ? turns : [said('user', '')];
}

/** Backups of NextChat (ChatGPT-Next-Web): the whole store of the app, with its sessions. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { compact, filled, listOf, numberOf, objectOf } from '../fields.ts';
import { messageFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const sessionsOf = (value: JsonObject): JsonObject[] | undefined => {
  const store = objectOf(value['chat-next-web-store']) ?? value;
  const sessions = listOf(store.sessions)?.filter(isObject);
  return sessions?.length && sessions.every((session) => Array.isArray(session.messages) && isObject(session.mask))
    ? sessions
    : undefined;
};

export const nextChat: LogFormat = {
  name: 'nextchat',
  title: 'a backup of NextChat',
  holds: 'conversations',
  sign: (record) =>
    Array.isArray(record.messages) && isObject(record.mask) && record.topic !== undefined
      ? { score: 0.97, why: 'sessions have a topic, a mask and messages' }
      : undefined,
  unwrap: sessionsOf,
  map: (record) => {
    const mask = objectOf(record.mask);
    const config = objectOf(mask?.modelConfig);
    const given = (listOf(mask?.context) ?? []).filter(isObject);
    const turns = [...given, ...(listOf(record.messages) ?? []).filter(isObject)].flatMap(turnsOf);
    return turnPrompts(
      turns,
      compact({
        session_id: filled(record.id),
        model: filled(config?.model),
        params: compact({ temperature: numberOf(config?.temperature), top_p: numberOf(config?.top_p) }),
      }),
    );
  },
};

function turnsOf(message: JsonObject): Turn[] {
  if (message.isError === true) return [];
  const model = filled(message.model);
  const ts = isoTime(message.date);
  return (messageFrom(message) ?? []).map((each) => ({
    message: each,
    ...(each.role === 'assistant' && model && { model }),
    ...(ts && { ts }),
  }));
}

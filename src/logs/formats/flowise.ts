/** Chat messages exported from Flowise: userMessage and apiMessage, by session. */
import { isObject } from '../../records/plain-json.ts';
import { compact, filled, listOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

const role = { userMessage: 'user', apiMessage: 'assistant' } as const;
const isRole = (value: string): value is keyof typeof role => Object.hasOwn(role, value);

export const flowise: LogFormat = {
  name: 'flowise',
  title: 'chat messages of Flowise',
  holds: 'conversations',
  sign: (record) =>
    listOf(record.messages)?.some((item) => isObject(item) && isRole(wordOf(item.type ?? item.role)))
      ? { score: 0.97, why: 'messages are userMessage and apiMessage' }
      : undefined,
  map: (record) => {
    const messages = (listOf(record.messages) ?? []).filter(isObject);
    const turns = messages.flatMap((item) => {
      const who = wordOf(item.type ?? item.role);
      if (!isRole(who)) return [];
      const ts = isoTime(item.time ?? item.createdDate);
      return [{ message: { role: role[who], content: textOf(item.content ?? item.message) ?? '' }, ...(ts && { ts }) }];
    });
    return turnPrompts(turns, compact({ session_id: filled(record.sessionId) ?? filled(record.id) }));
  },
};

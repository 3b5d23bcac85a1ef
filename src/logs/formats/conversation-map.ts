/** Maps of conversations by their ids, each with the messages of all its turns. */
import type { Json } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { reject } from '../draft.ts';
import { timeIn } from '../fields/record-time.ts';
import { compact, listOf } from '../fields.ts';
import { messagesFrom, unreadableTurn } from '../messages.ts';
import { aroundRequest } from './chat.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const conversationMap: LogFormat = {
  name: 'conversation-map',
  title: 'a map of conversations by id',
  holds: 'conversations',
  sign: (record) =>
    record.conversation_map === true ? { score: 0.9, why: 'conversations stand under their ids' } : undefined,
  map: (record) => {
    if (record.conversation_map !== true) return reject('no map of conversations');
    const messages = messagesFrom(record.messages);
    if (!messages) return reject(unreadableTurn(record.messages) ?? 'a conversation that cannot be read');
    const { ref: _last, flags: _flags, measured: _measured, ...around } = aroundRequest(record, undefined);
    return turnPrompts(dated(messages, listOf(record.messages) ?? []), compact(around));
  },
};

/** The messages with their own times, where each was made of one item. */
const dated = (messages: readonly Message[], items: readonly Json[]): Turn[] =>
  messages.map((message, at) => {
    const item = items.length === messages.length ? items[at] : undefined;
    return compact<Turn>({ message, ts: isObject(item) ? timeIn(item) : undefined });
  });

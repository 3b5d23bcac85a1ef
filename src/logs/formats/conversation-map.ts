/** Maps of conversations by their ids, each with the messages of all its turns. */
import { reject } from '../draft.ts';
import { compact } from '../fields.ts';
import { messagesFrom, unreadableTurn } from '../messages.ts';
import { aroundRequest } from './chat.ts';
import type { LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

export const conversationMap: LogFormat = {
  name: 'conversation-map',
  title: 'a map of conversations by id',
  holds: 'conversations',
  sign: (record) =>
    record.conversation_map === true ? { score: 0.9, why: 'conversations stand under their ids' } : undefined,
  map: (record) => {
    const messages = messagesFrom(record.messages);
    if (!messages) return reject(unreadableTurn(record.messages) ?? 'a conversation that cannot be read');
    const { ref: _last, flags: _flags, measured: _measured, ...around } = aroundRequest(record, undefined);
    return turnPrompts(
      messages.map((message) => ({ message })),
      compact(around),
    );
  },
};

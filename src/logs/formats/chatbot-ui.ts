/** Exports of Chatbot UI (version 4): a history of conversations, folders, and templates that nobody asked. */
import { isObject } from '../../records/plain-json.ts';
import { reject } from '../draft.ts';
import { compact, filled, listOf, numberOf, objectOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import type { LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

export const chatbotUi: LogFormat = {
  name: 'chatbot-ui',
  title: 'an export of Chatbot UI',
  holds: 'conversations',
  sign: (record) =>
    Array.isArray(record.messages) && record.folderId !== undefined && record.prompt !== undefined
      ? { score: 0.97, why: 'conversations have messages, a prompt and a folderId' }
      : undefined,
  unwrap: (value) =>
    value.version !== undefined && Array.isArray(value.history) && Array.isArray(value.folders)
      ? value.history.filter(isObject)
      : undefined,
  map: (record) => {
    const messages = messagesFrom(listOf(record.messages));
    if (!messages) return reject('a conversation whose messages cannot be read');
    const system = filled(record.prompt);
    const said = system ? [{ role: 'system' as const, content: system }, ...messages] : messages;
    return turnPrompts(
      said.map((message) => ({ message })),
      compact({
        session_id: filled(record.id),
        model: filled(objectOf(record.model)?.id),
        params: compact({ temperature: numberOf(record.temperature) }),
      }),
    );
  },
};

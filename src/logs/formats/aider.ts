/** Chat histories of aider, one conversation a record. */
import { isObject } from '../../records/plain-json.ts';
import { skip } from '../draft.ts';
import { filled, listOf } from '../fields.ts';
import { messageFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

export const aider: LogFormat = {
  name: 'aider',
  title: 'a chat history of aider',
  holds: 'conversations',
  sign: (record) =>
    record.aider_chat !== undefined ? { score: 1, why: 'its first line is "# aider chat started at"' } : undefined,
  map: (record) => {
    const messages = listOf(record.messages)?.filter(isObject);
    if (!messages?.length) return skip('a start without a question');
    const turns = messages.flatMap((item) => (messageFrom(item) ?? []).map((message) => ({ message })));
    return turnPrompts(turns, { model: filled(record.model), ts: isoTime(record.aider_chat) });
  },
};

/** Intercom conversations: what opened them, then their parts; people of the company and bots answer. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { reject } from '../draft.ts';
import { compact, filled, listOf, objectOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';
import { htmlText } from './html-text.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const intercom: LogFormat = {
  name: 'intercom',
  title: 'Intercom conversations',
  holds: 'conversations',
  sign: (record) =>
    objectOf(record.conversation_parts) && objectOf(record.source)
      ? { score: 0.95, why: 'each record has `source` and `conversation_parts`' }
      : undefined,
  map: (record) => {
    const parts = listOf(objectOf(record.conversation_parts)?.conversation_parts)?.filter(isObject) ?? [];
    const turns = [objectOf(record.source) ?? {}, ...parts].flatMap(turnOf);
    const id = filled(wordOf(record.id));
    if (turns.length === 0) return reject('a conversation without a text');
    return turnPrompts(turns, compact<Partial<Draft>>({ session_id: id, ts: isoTime(record.created_at) }));
  },
};

/** Notes among colleagues, and parts that only assign or close, are no turns. */
function turnOf(part: JsonObject): Turn[] {
  const body = filled(part.body);
  // Intercom keeps what people write as HTML.
  const content =
    typeof body === 'string' && /^\s*<(?:p|div|ul|ol|h\d|pre|img|b|i)\b/i.test(body) ? htmlText(body) : body;
  const author = wordOf(objectOf(part.author)?.type);
  if (content === undefined || part.part_type === 'note') return [];
  const role: Message['role'] = /^(?:user|lead|contact)$/.test(author) ? 'user' : 'assistant';
  const ts = isoTime(part.created_at);
  return [{ message: { role, content }, ...(ts !== undefined && { ts }) }];
}

/** Zendesk tickets with their comments: whoever opened the ticket asks, everybody else answers. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject } from '../draft.ts';
import { compact, filled, firstOf, listOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';
import { htmlText } from './html-text.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const zendesk: LogFormat = {
  name: 'zendesk',
  title: 'Zendesk tickets',
  holds: 'conversations',
  sign: (record) =>
    record.requester_id !== undefined && commentsOf(record).some((comment) => comment.author_id !== undefined)
      ? { score: 0.95, why: 'tickets have `requester_id` and `comments` with their authors' }
      : undefined,
  map: (record) => {
    const requester = wordOf(record.requester_id ?? null);
    const turns = commentsOf(record).flatMap((comment) => turnOf(comment, requester));
    const [first] = turns;
    const subject = filled(textOf(record.subject));
    // The first comment is the ticket's description; its subject stands above it.
    if (first?.message.role === 'user' && subject !== undefined && typeof first.message.content === 'string')
      first.message = { ...first.message, content: `${subject}\n\n${first.message.content}` };
    filled(record.description);
    if (turns.length === 0) return reject('a ticket without a public comment');
    return turnPrompts(turns, compact<Partial<Draft>>({ session_id: filled(wordOf(record.id ?? null)) }));
  },
};

const commentsOf = (record: JsonObject): JsonObject[] => listOf(record.comments)?.filter(isObject) ?? [];

/** Notes that are not public are among colleagues. */
function turnOf(comment: JsonObject, requester: string): Turn[] {
  const text = filled(textOf(firstOf(comment, 'plain_body', 'body'))) ?? htmlText(textOf(comment.html_body) ?? '');
  if (text === '' || comment.public === false) return [];
  const role = wordOf(comment.author_id ?? null) === requester ? 'user' : 'assistant';
  const ts = isoTime(comment.created_at);
  return [{ message: { role, content: text }, ...(ts !== undefined && { ts }) }];
}

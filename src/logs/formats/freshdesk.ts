/** Freshdesk tickets with what was said on them: incoming messages ask, the others answer; private notes are no turns. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject } from '../draft.ts';
import { compact, filled, firstOf, listOf, objectOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';
import { htmlText } from './html-text.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

/** An export of an account has the ticket under `helpdesk_ticket`, and its messages under `notes`. */
const ticketIn = (record: JsonObject): JsonObject => objectOf(record.helpdesk_ticket) ?? record;

function messagesOf(ticket: JsonObject): JsonObject[] {
  const list = listOf(ticket.conversations) ?? listOf(ticket.notes) ?? [];
  return list.filter(isObject).map((item) => objectOf(item.note) ?? item);
}

const isTicket = (ticket: JsonObject): boolean =>
  textOf(firstOf(ticket, 'description_text', 'description')) !== undefined &&
  (ticket.subject !== undefined || ticket.requester_id !== undefined) &&
  messagesOf(ticket).some((message) => typeof message.incoming === 'boolean');

export const freshdesk: LogFormat = {
  name: 'freshdesk',
  title: 'Freshdesk tickets',
  holds: 'conversations',
  sign: (record) =>
    isTicket(ticketIn(record))
      ? { score: 0.95, why: 'tickets have a description and messages that are incoming or not' }
      : undefined,
  map: (record) => {
    const ticket = ticketIn(record);
    const described = textIn(ticket, 'description_text', 'description');
    const subject = filled(ticket.subject);
    const opening = [subject, described].filter((text) => text !== undefined).join('\n\n');
    if (opening === '') return reject('a ticket without a text');
    const ts = isoTime(ticket.created_at);
    const asked: Turn = { message: { role: 'user', content: opening }, ...(ts !== undefined && { ts }) };
    const id = filled(wordOf(firstOf(ticket, 'id', 'display_id') ?? null));
    return turnPrompts([asked, ...messagesOf(ticket).flatMap(turnOf)], compact<Partial<Draft>>({ session_id: id }));
  },
};

function turnOf(message: JsonObject): Turn[] {
  const text = textIn(message, 'body_text', 'body');
  if (text === undefined || message.private === true) return [];
  const ts = isoTime(message.created_at);
  return [{ message: { role: message.incoming === true ? 'user' : 'assistant', content: text }, ...(ts && { ts }) }];
}

/** The plain text, or what is left of the page. */
function textIn(record: JsonObject, plain: string, page: string): string | undefined {
  const rendered = filled(record[page]);
  return filled(record[plain]) ?? (rendered === undefined ? undefined : filled(htmlText(rendered)));
}

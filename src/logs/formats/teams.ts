/** Messages of Microsoft Teams, as its Graph API lists them: an application answers, people ask. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Row, reject } from '../draft.ts';
import { answerers } from '../fields/chat-sides.ts';
import { compact, filled, firstOf, listOf, objectOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';
import { htmlText } from './html-text.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isMessage = (record: JsonObject): boolean =>
  record.createdDateTime !== undefined &&
  isObject(record.body) &&
  record.body.contentType !== undefined &&
  record.from !== undefined &&
  record.messageType !== undefined;

export const teams: LogFormat = {
  name: 'teams',
  title: 'messages of Microsoft Teams',
  holds: 'conversations',
  sign: (record) =>
    isMessage(record) ? { score: 0.96, why: 'messages have `messageType`, `from` and a `body`' } : undefined,
  unwrap: (value) => {
    const list = listOf(value.value)?.filter(isObject);
    return list?.some(isMessage) ? list : undefined;
  },
  arrange: (rows) => {
    const talks = new Map<string, Row[]>();
    for (const row of rows.filter(({ value }) => isMessage(value))) {
      const key = `${row.file} ${talkOf(row.value)}`;
      talks.set(key, [...(talks.get(key) ?? []), row]);
    }
    return [...talks.values()].flatMap((group) => {
      const way = [...group].sort((a, b) => timeOf(a.value) - timeOf(b.value));
      return way[0] ? [{ ...way[0], value: { teams: way.map(({ value }) => value) } }] : [];
    });
  },
  map: (record) => {
    const messages = (listOf(record.teams) ?? [])
      .filter(isObject)
      .filter(({ messageType }) => messageType === 'message');
    const names = answerers(messages.map((message) => senderOf(message).name));
    const turns = messages.flatMap((message) => turnOf(message, names));
    if (!turns.some(({ message }) => message.role === 'assistant')) return reject('a talk without an answer of a bot');
    const id = messages[0] && filled(talkOf(messages[0]));
    return turnPrompts(turns, compact<Partial<Draft>>({ session_id: id }));
  },
  noPrompts: 'only talks with a bot are read: nothing in these messages says which person answers',
};

/** A reply in a channel belongs to the post that it answers; in a chat all messages are one talk. */
function talkOf(message: JsonObject): string {
  const chat = filled(message.chatId);
  const channel = objectOf(message.channelIdentity);
  return chat ?? wordOf(firstOf(message, 'replyToId', channel ? 'id' : 'chatId') ?? null);
}

const timeOf = ({ createdDateTime }: JsonObject): number => Date.parse(wordOf(createdDateTime ?? null)) || 0;

function senderOf(message: JsonObject): { name: string; isBot: boolean } {
  const from = objectOf(message.from);
  const application = objectOf(from?.application);
  const name = wordOf((application ?? objectOf(from?.user))?.displayName ?? null);
  return { name, isBot: application !== undefined };
}

function turnOf(message: JsonObject, names: ReadonlySet<string> | undefined): Turn[] {
  const body = objectOf(message.body);
  const written = filled(body?.content) ?? '';
  const text = body?.contentType === 'html' ? htmlText(written) : written;
  if (text.trim() === '') return [];
  const { name, isBot } = senderOf(message);
  const ts = isoTime(message.createdDateTime);
  const role = isBot || names?.has(name) ? 'assistant' : 'user';
  return [{ message: { role, content: text }, ...(ts !== undefined && { ts }) }];
}

/** Chats exported from Telegram: the bot's side answers. Between people nothing says who asks. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject } from '../draft.ts';
import { answerers } from '../fields/chat-sides.ts';
import { compact, filled, listOf, objectOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const messagesOf = (chat: JsonObject): JsonObject[] => (listOf(chat.messages) ?? []).filter(isObject);
const isMessage = (message: JsonObject): boolean =>
  message.type === 'message' && message.from_id !== undefined && message.text !== undefined;

export const telegram: LogFormat = {
  name: 'telegram',
  title: 'a chat exported from Telegram',
  holds: 'conversations',
  sign: (record) =>
    messagesOf(record).some(isMessage) && messagesOf(record).some((message) => message.date !== undefined)
      ? { score: 0.97, why: 'messages have `from`, `from_id` and `text`' }
      : undefined,
  unwrap: (value) => {
    const chats = listOf(objectOf(value.chats)?.list)?.filter(isObject);
    return chats?.some((chat) => messagesOf(chat).some(isMessage)) ? chats : undefined;
  },
  map: (record) => {
    const messages = messagesOf(record).filter(isMessage);
    const answers = botOf(record) ?? answerers(messages.map(({ from }) => wordOf(from ?? null)));
    if (!answers) return reject(`a chat between people, none of whom is named as a bot: ${namesIn(messages)}`);
    const turns = messages.flatMap((message) => turnOf(message, answers));
    if (turns.length === 0) return reject('a chat without a text');
    return turnPrompts(turns, compact<Partial<Draft>>({ session_id: filled(wordOf(record.id ?? null)) }));
  },
  noPrompts:
    'only chats with a bot are read: nothing in this export says which person asks. Write one JSON line for each message, with role (user or assistant) and content',
};

/** In a chat with a bot, the chat has the bot's own id. */
function botOf(chat: JsonObject): ReadonlySet<string> | undefined {
  if (chat.type !== 'bot_chat') return undefined;
  const id = `user${wordOf(chat.id ?? null)}`;
  const names = messagesOf(chat).flatMap(({ from, from_id }) => (from_id === id ? [wordOf(from ?? null)] : []));
  return names.length > 0 ? new Set(names) : undefined;
}

const namesIn = (messages: readonly JsonObject[]): string =>
  [...new Set(messages.map(({ from }) => wordOf(from ?? null)))].slice(0, 4).join(', ');

function turnOf(message: JsonObject, answers: ReadonlySet<string>): Turn[] {
  const text = textOf(message.text);
  const media =
    filled(message.media_type) ?? (message.photo === undefined ? undefined : 'image') ?? filled(message.file);
  if (text.trim() === '' && media === undefined) return [];
  const role = answers.has(wordOf(message.from ?? null)) ? 'assistant' : 'user';
  const ts = isoTime(message.date_unixtime ?? message.date);
  const content =
    media === undefined
      ? text
      : [
          { type: 'text' as const, text },
          { type: 'media' as const, media, value: { media } },
        ];
  return [{ message: { role, content }, ...(ts !== undefined && { ts }) }];
}

/** A text, or pieces of which some are bold, links or mentions. */
const textOf = (text: Json | undefined): string =>
  (listOf(text) ?? [text])
    .map((piece) => (isObject(piece as Json) ? wordOf((piece as JsonObject).text ?? null) : wordOf(piece ?? null)))
    .join('');

/** Chats of Open WebUI: the export of all chats, or rows of its table chat. Also its feedback export, with ratings. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { usageFrom } from '../answer.ts';
import { type Mapped, skip } from '../draft.ts';
import { decoded, filled, listOf, numberOf, objectOf, textOf } from '../fields.ts';
import { tagsFrom } from '../labels.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

/** A chat stands under `chat`, or deeper in an item of the feedback export. */
const chatOf = (record: JsonObject): JsonObject | undefined => {
  const own = objectOf(decoded(record.chat)) ?? record;
  const rated = objectOf(objectOf(objectOf(decoded(record.snapshot))?.chat)?.chat);
  return [own, rated].find((chat) => isObject(objectOf(chat?.history)?.messages));
};

export const openWebUi: LogFormat = {
  name: 'open-webui',
  title: 'chats of Open WebUI',
  holds: 'conversations',
  sign: (record) => (chatOf(record) ? { score: 0.97, why: 'chats have a history of messages by id' } : undefined),
  map: (record): Mapped | Mapped[] => {
    const chat = chatOf(record);
    if (!chat) return skip('rows without a chat');
    const turns = wayTo(objectOf(chat.history) ?? {}).flatMap(turnsOf);
    if (!turns.length) return skip('chats without a message');
    const system = filled(chat.system) ?? filled(objectOf(chat.params)?.system);
    const withSystem: Turn[] = system ? [{ message: { role: 'system', content: system } }, ...turns] : turns;
    return turnPrompts(withSystem, {
      session_id: filled(record.id) ?? filled(chat.id),
      model: filled(listOf(chat.models)?.[0]),
      tags: tagsFrom([...(listOf(chat.tags) ?? []), ...(listOf(objectOf(decoded(record.meta))?.tags) ?? [])]),
    });
  },
};

/** From the current message to the first; without one, from the newest. */
function wayTo(history: JsonObject): JsonObject[] {
  const messages = objectOf(history.messages) ?? {};
  const newest = Object.entries(messages).sort(([, a], [, b]) => time(b) - time(a))[0]?.[0];
  const way: JsonObject[] = [];
  for (let at = objectOf(messages[filled(history.currentId) ?? newest ?? '']); at && !way.includes(at); ) {
    way.unshift(at);
    at = objectOf(messages[filled(at.parentId) ?? '']);
  }
  return way;
}

const time = (message: unknown): number => (isObject(message) ? (numberOf(message.timestamp) ?? 0) : 0);

/** Thoughts and calls of the server's own tools are written into the answer as folded blocks. */
const folded = /<details\s+type="(?:reasoning|tool_calls|code_interpreter)"[\s\S]*?<\/details>\s*/g;

function turnsOf(message: JsonObject): Turn[] {
  const { role } = message;
  if (role !== 'user' && role !== 'assistant' && role !== 'system') return [];
  const text = textOf(message.content) ?? '';
  const said = role === 'assistant' ? text.replace(folded, '').trim() : text;
  const media = (listOf(message.files) ?? [])
    .filter(isObject)
    .map((file): ContentPart => ({ type: 'media', media: filled(file.type) ?? 'file', value: file }));
  const model = filled(message.model);
  const usage = usageFrom(message.usage ?? objectOf(message.info)?.usage ?? message.info);
  const ts = isoTime(message.timestamp);
  return [
    {
      message: { role, content: media.length ? [{ type: 'text', text: said }, ...media] : said },
      ...(ts && { ts }),
      ...(role === 'assistant' && model && { model }),
      ...(role === 'assistant' && usage && { usage }),
      ...(role === 'assistant' && { rating: ratingOf(message) }),
    },
  ];
}

/** A thumb of the person who asked: 1 or -1. */
function ratingOf(message: JsonObject): 1 | -1 | undefined {
  const rating = numberOf(objectOf(message.annotation)?.rating ?? message.rating);
  return rating === 1 || rating === -1 ? rating : undefined;
}

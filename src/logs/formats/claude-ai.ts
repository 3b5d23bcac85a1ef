/** The data export of claude.ai (conversations.json): chat_messages by human and assistant. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { skip } from '../draft.ts';
import { filled, listOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const root = '00000000-0000-4000-8000-000000000000';

export const claudeAi: LogFormat = {
  name: 'claude-ai',
  title: 'the data export of claude.ai',
  holds: 'conversations',
  sign: (record) =>
    Array.isArray(record.chat_messages) ? { score: 0.98, why: 'conversations have chat_messages' } : undefined,
  map: (record) => {
    const turns = currentWay(
      (listOf(record.chat_messages) ?? []).filter(isObject),
      filled(record.current_leaf_message_uuid),
    ).flatMap(turnsOf);
    if (!turns.some(({ message }) => message.role === 'user')) return skip('conversations without a human turn');
    return turnPrompts(turns, { session_id: filled(record.uuid), model: filled(record.model) });
  },
};

/** Where messages name their parents, the way that leads to the newest one; else all of them in order. */
function currentWay(messages: JsonObject[], leaf: string | undefined): JsonObject[] {
  if (!messages.some((message) => filled(message.parent_message_uuid))) return messages;
  const byId = new Map(messages.map((message) => [message.uuid, message]));
  const way: JsonObject[] = [];
  for (let at = byId.get(leaf ?? '') ?? messages.at(-1); at && !way.includes(at); ) {
    way.unshift(at);
    const parent = filled(at.parent_message_uuid);
    at = parent === undefined || parent === root ? undefined : byId.get(parent);
  }
  return way;
}

function turnsOf(message: JsonObject): Turn[] {
  const role = message.sender === 'human' ? 'user' : message.sender === 'assistant' ? 'assistant' : undefined;
  if (!role) return [];
  const blocks = (listOf(message.content) ?? []).filter(isObject);
  const said = blocks.flatMap((block) => (block.type === 'text' ? (textOf(block.text) ?? []) : [])).join('\n\n');
  const text = said || (textOf(message.text) ?? '');
  const attached = (listOf(message.attachments) ?? [])
    .filter(isObject)
    .flatMap((file) => filled(file.extracted_content) ?? []);
  const files = (listOf(message.files_v2) ?? listOf(message.files) ?? []).filter(isObject);
  const whole = [text, ...attached].filter((each) => each.trim() !== '').join('\n\n');
  const content: ContentPart[] = files.map((file) => ({
    type: 'media',
    media: filled(file.file_kind) ?? 'file',
    value: file,
  }));
  if (whole === '' && !content.length) return [];
  const ts = isoTime(message.created_at);
  return [
    {
      message: { role, content: content.length ? [{ type: 'text', text: whole }, ...content] : whole },
      ...(ts && { ts }),
    },
  ];
}

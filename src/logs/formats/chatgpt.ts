/** ChatGPT's data export (conversations.json): a tree of nodes; the conversation is the way from the current one up. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { skip } from '../draft.ts';
import { filled, listOf, numberOf, objectOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { isDeepSeek } from './deepseek.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const chatGpt: LogFormat = {
  name: 'chatgpt',
  title: 'the data export of ChatGPT',
  holds: 'conversations',
  sign: (record) =>
    isObject(record.mapping) && !isDeepSeek(record) && (record.current_node !== undefined || record.title !== undefined)
      ? { score: 0.98, why: 'conversations are trees with mapping and current_node' }
      : undefined,
  map: (record) => {
    const turns = wayTo(record).flatMap(turnsOf);
    if (!turns.some(({ message }) => message.role === 'user')) return skip('conversations without a human turn');
    return turnPrompts(turns, {
      session_id: filled(record.conversation_id) ?? filled(record.id),
      model: filled(record.default_model_slug),
    });
  },
};

/** Messages from the root to the current node; without one, to the newest leaf. */
function wayTo(record: JsonObject): JsonObject[] {
  const nodes = objectOf(record.mapping) ?? {};
  const way: JsonObject[] = [];
  const seen = new Set<string>();
  for (let id = filled(record.current_node) ?? newestLeaf(nodes); id !== undefined && !seen.has(id); ) {
    seen.add(id);
    const node = objectOf(nodes[id]);
    const message = objectOf(node?.message);
    if (message) way.unshift(message);
    id = filled(node?.parent);
  }
  return way;
}

function newestLeaf(nodes: JsonObject): string | undefined {
  const leaves = Object.entries(nodes).filter(([, node]) => isObject(node) && !listOf(node.children)?.length);
  const time = (node: unknown): number => (isObject(node) ? (numberOf(objectOf(node.message)?.create_time) ?? 0) : 0);
  return leaves.sort(([, a], [, b]) => time(b) - time(a))[0]?.[0];
}

/** Hidden messages, thoughts and the traffic with ChatGPT's own tools are no turns. */
function turnsOf(message: JsonObject): Turn[] {
  const role = filled(objectOf(message.author)?.role);
  const meta = objectOf(message.metadata);
  const recipient = filled(message.recipient) ?? 'all';
  if (meta?.is_visually_hidden_from_conversation === true || meta?.is_user_system_message === true) return [];
  if ((role !== 'user' && role !== 'assistant') || recipient !== 'all') return [];
  const content = contentOf(objectOf(message.content));
  if (content === undefined) return [];
  const model = filled(meta?.model_slug);
  const ts = isoTime(message.create_time);
  return [{ message: { role, content }, ...(ts && { ts }), ...(model && role === 'assistant' && { model }) }];
}

const notSaid = new Set([
  'thoughts',
  'reasoning_recap',
  'code',
  'execution_output',
  'tether_quote',
  'tether_browsing_display',
  'user_editable_context',
  'model_editable_context',
  'system_error',
]);

function contentOf(content: JsonObject | undefined): string | ContentPart[] | undefined {
  const type = filled(content?.content_type);
  if (!content || (type && notSaid.has(type))) return undefined;
  const parts = (listOf(content.parts) ?? [content.text ?? '']).flatMap((part): ContentPart[] => {
    if (typeof part === 'string') return part === '' ? [] : [{ type: 'text', text: part }];
    if (!isObject(part)) return [];
    const spoken = part.content_type === 'audio_transcription' ? textOf(part.text) : undefined;
    if (spoken !== undefined) return [{ type: 'text', text: spoken }];
    return [{ type: 'media', media: filled(part.content_type) ?? 'unknown', value: part }];
  });
  const [only] = parts;
  if (!only) return undefined;
  return parts.length === 1 && only.type === 'text' ? only.text : parts;
}

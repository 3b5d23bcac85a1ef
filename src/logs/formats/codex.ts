/** Rollout files of Codex (~/.codex/sessions): response items are the conversation; event messages repeat them. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { skip } from '../draft.ts';
import { filled, listOf, objectOf, wordOf } from '../fields.ts';
import { oneRowPerFile } from '../group/one-row-per-file.ts';
import { messageFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { repositoryName } from './repository-name.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const kinds = new Set(['session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted']);

export const codex: LogFormat = {
  name: 'codex',
  title: 'a session of Codex',
  holds: 'conversations',
  sign: (record) =>
    Array.isArray(record.codex) || (kinds.has(wordOf(record.type)) && isObject(record.payload))
      ? { score: 0.97, why: 'lines are rollout items (session_meta, response_item, event_msg)' }
      : undefined,
  // A rollout is one session, and its newer part after a resume repeats the session's head.
  arrange: (rows) => oneRowPerFile(rows, 'codex', ({ type }) => type === 'response_item'),
  map: (record) => {
    const lines = listOf(record.codex)?.filter(isObject);
    if (!lines) return skip('lines beside the conversation');
    const meta = objectOf(lines.find(({ type }) => type === 'session_meta')?.payload);
    return turnPrompts(turnsOf(lines), {
      session_id: filled(meta?.id),
      task: repositoryName(filled(meta?.cwd)),
    });
  },
};

/** Texts that the tool puts in front of what people type. */
const injected =
  /^\s*(?:<(?:environment_context|user_instructions|ENVIRONMENT_CONTEXT|turn_aborted|user_action|permissions instructions|skills?_instructions|INSTRUCTIONS)\b|# AGENTS\.md instructions)/;

function turnsOf(lines: JsonObject[]): Turn[] {
  const turns: Turn[] = [];
  let model: string | undefined;
  for (const { type, payload, timestamp } of lines) {
    const item = objectOf(payload);
    if (type === 'turn_context') model = filled(item?.model) ?? model;
    if (type !== 'response_item' || !item || isInjected(item)) continue;
    const ts = isoTime(timestamp);
    for (const message of messageFrom(plainItem(item)) ?? [])
      turns.push({ message, ...(ts && { ts }), ...(message.role === 'assistant' && model && { model }) });
  }
  return turns;
}

const isInjected = (item: JsonObject): boolean => {
  if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'developer')) return false;
  const texts = (listOf(item.content) ?? []).flatMap((part) => (isObject(part) ? (filled(part.text) ?? []) : []));
  return item.role === 'developer' || (texts.length > 0 && texts.every((text) => injected.test(text)));
};

/** Own tools and shell calls are written as kinds of their own; their results carry JSON with the output inside. */
function plainItem(item: JsonObject): JsonObject {
  if (item.type === 'custom_tool_call')
    return {
      type: 'function_call',
      call_id: item.call_id ?? null,
      name: item.name ?? null,
      arguments: item.input ?? '',
    };
  if (item.type === 'local_shell_call')
    return {
      type: 'function_call',
      call_id: item.call_id ?? item.id ?? null,
      name: 'local_shell',
      arguments: JSON.stringify(item.action ?? {}),
    };
  if (item.type === 'custom_tool_call_output') return { ...item, type: 'function_call_output' };
  return item;
}

/** Message histories of Pydantic AI: requests and responses with parts by part_kind, as rows of a file or as one list. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { usageFrom } from '../answer.ts';
import { type Row, skip } from '../draft.ts';
import { compact, decoded, filled, listOf, type Maybe, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const holders = ['messages', 'message_list', 'all_messages', 'new_messages', 'message_history', 'pydantic_messages'];
const isMessage = (value: unknown): value is JsonObject =>
  isObject(value) &&
  (value.kind === 'request' || value.kind === 'response') &&
  listOf(value.parts)?.every((part) => isObject(part) && typeof part.part_kind === 'string') === true;

function historyOf(record: JsonObject): JsonObject[] | undefined {
  for (const name of holders) {
    const list = listOf(decoded(record[name]));
    if (list?.length && list.every(isMessage)) return list;
  }
  return undefined;
}

export const pydanticAi: LogFormat = {
  name: 'pydantic-ai',
  title: 'message histories of Pydantic AI',
  holds: 'conversations',
  sign: (record) =>
    isMessage(record) || historyOf(record) ? { score: 0.97, why: 'messages have parts with part_kind' } : undefined,
  arrange: histories,
  map: (record) => {
    const list = historyOf(record);
    if (!list) return skip('rows beside a history');
    return turnPrompts(
      withInstructions(list),
      compact({
        session_id: filled(record.conversation_id) ?? filled(record.session_id),
        source_id: filled(record.id),
        ts: isoTime(record.created_at),
      }),
    );
  },
};

/** Rows that are messages are histories: one for each conversation that they name, else one for the file. */
function histories(rows: Row[]): Row[] {
  const files = new Map<string, Row[]>();
  const whole: Row[] = [];
  for (const row of rows) {
    if (!isMessage(row.value)) {
      whole.push(row);
      continue;
    }
    const key = `${row.file}\u0001${filled(row.value.conversation_id) ?? ''}`;
    files.set(key, [...(files.get(key) ?? []), row]);
  }
  const joined = [...files.values()].flatMap((group) => {
    const [first] = group;
    return first
      ? [
          {
            ...first,
            value: { messages: group.map(({ value }) => value), conversation_id: first.value.conversation_id ?? null },
          },
        ]
      : [];
  });
  return [...joined, ...whole];
}

/** Instructions go with each request; the last ones count. */
function withInstructions(list: JsonObject[]): Turn[] {
  const turns = list.flatMap(turnsOf);
  const instructions = list.map((message) => filled(message.instructions)).findLast((text) => text !== undefined);
  return instructions ? [{ message: { role: 'system', content: instructions } }, ...turns] : turns;
}

function turnsOf(message: JsonObject): Turn[] {
  const parts = (listOf(message.parts) ?? []).filter(isObject);
  if (message.kind === 'request') return parts.flatMap(requestTurn);
  const calls = parts.filter((part) => part.part_kind === 'tool-call').map(callOf);
  const text = parts.flatMap((part) => (part.part_kind === 'text' ? (textOf(part.content) ?? []) : [])).join('');
  const model = filled(message.model_name);
  const usage = usageFrom(message.usage);
  return [
    {
      message: compact({
        role: 'assistant' as const,
        content: calls.length && text === '' ? null : text,
        tool_calls: calls.length ? calls : undefined,
      }),
      ...(model && { model }),
      ...(usage && { usage }),
    },
  ];
}

function requestTurn(part: JsonObject): Turn[] {
  const ts = isoTime(part.timestamp);
  const around = ts === undefined ? {} : { ts };
  if (part.part_kind === 'system-prompt')
    return [{ message: { role: 'system', content: textOf(part.content) ?? '' }, ...around }];
  if (part.part_kind === 'user-prompt')
    return [{ message: { role: 'user', content: contentOf(part.content) }, ...around }];
  return [
    {
      message: {
        role: 'tool',
        tool_call_id: filled(part.tool_call_id) ?? '',
        content: textOf(part.content) ?? JSON.stringify(part.content ?? ''),
      },
      ...around,
    },
  ];
}

/** A text, or texts and files in a list. */
function contentOf(content: Maybe): Turn['message']['content'] {
  if (typeof content === 'string') return content;
  const parts = listOf(content) ?? [content ?? ''];
  if (parts.every((part) => typeof part === 'string')) return parts.join('\n\n');
  return parts.map((part) =>
    typeof part === 'string'
      ? { type: 'text', text: part }
      : { type: 'media', media: isObject(part) ? (filled(part.kind) ?? 'file') : 'file', value: part as Json },
  );
}

const callOf = (part: JsonObject, at: number): { id: string; name: string; arguments: string } => ({
  id: filled(part.tool_call_id) ?? `call_${at + 1}`,
  name: filled(part.tool_name) ?? 'tool',
  arguments: textOf(part.args) ?? JSON.stringify(part.args ?? {}),
});

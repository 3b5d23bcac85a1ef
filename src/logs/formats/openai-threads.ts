/** Messages of OpenAI's Assistants: one object per message, newest first, which its thread and its time put in order. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { type Row, skip } from '../draft.ts';
import { filled, listOf, numberOf, objectOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isMessage = (record: JsonObject): boolean => record.object === 'thread.message';

export const openAiThreads: LogFormat = {
  name: 'openai-threads',
  title: 'messages of OpenAI assistant threads',
  holds: 'conversations',
  sign: (record) => (isMessage(record) ? { score: 0.98, why: 'records are of the object thread.message' } : undefined),
  arrange: (rows) => {
    const threads = new Map<string, Row[]>();
    for (const row of rows) {
      if (!isMessage(row.value)) continue;
      const key = `${row.file} ${wordOf(row.value.thread_id)}`;
      threads.set(key, [...(threads.get(key) ?? []), row]);
    }
    return [...threads.values()].flatMap((group) => {
      const [first] = inOrder(group);
      return first ? [{ ...first, value: { thread: inOrder(group).map(({ value }) => value) } }] : [];
    });
  },
  map: (record) => {
    const messages = listOf(record.thread)?.filter(isObject);
    if (!messages) return skip('other objects of the API');
    const session = filled(messages[0]?.thread_id);
    return turnPrompts(messages.map(turnOf), session === undefined ? {} : { session_id: session });
  },
};

/** By time; messages of one second stay in the order of the list, which the API turns round. */
function inOrder(rows: Row[]): Row[] {
  const at = ({ value }: Row): number => numberOf(value.created_at) ?? 0;
  const turned = at(rows[0] as Row) > at(rows.at(-1) as Row) ? [...rows].reverse() : rows;
  return [...turned].sort((a, b) => at(a) - at(b));
}

function turnOf(message: JsonObject): Turn {
  const parts = (listOf(message.content) ?? []).filter(isObject).map(partOf);
  const files = (listOf(message.attachments) ?? []).filter(isObject);
  const all = [...parts, ...files.map((value): ContentPart => ({ type: 'media', media: 'file', value }))];
  const plain = all.every((part) => part.type === 'text');
  const text = all.map((part) => (part.type === 'text' ? part.text : '')).join('\n\n');
  const ts = isoTime(message.created_at);
  return {
    message: { role: message.role === 'user' ? 'user' : 'assistant', content: plain ? text : all },
    ...(ts && { ts }),
  };
}

function partOf(part: JsonObject): ContentPart {
  const text = textOf(part.text) ?? textOf(objectOf(part.text)?.value);
  return text === undefined
    ? { type: 'media', media: filled(part.type) ?? 'file', value: part }
    : { type: 'text', text };
}

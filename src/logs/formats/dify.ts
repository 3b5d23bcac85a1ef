/** Messages of Dify apps: a query and its answer in each record; those of one conversation are its history. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Row, skip } from '../draft.ts';
import { compact, filled, listOf, numberOf, objectOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isMessage = (record: JsonObject): boolean =>
  record.conversation_id !== undefined &&
  typeof record.query === 'string' &&
  record.answer !== undefined &&
  (record.inputs !== undefined || record.message_files !== undefined);

export const dify: LogFormat = {
  name: 'dify',
  title: 'messages of a Dify app',
  holds: 'conversations',
  sign: (record) =>
    isMessage(record) ? { score: 0.95, why: 'messages have a query, an answer and a conversation_id' } : undefined,
  arrange: (rows) => {
    const talks = new Map<string, Row[]>();
    for (const row of rows) {
      const key = `${row.file} ${wordOf(row.value.conversation_id)}`;
      if (isMessage(row.value)) talks.set(key, [...(talks.get(key) ?? []), row]);
    }
    return [...talks.values()].flatMap((group) => {
      const way = [...group].sort((a, b) => timeOf(a) - timeOf(b));
      return way[0] ? [{ ...way[0], value: { dify: way.map(({ value }) => value) } }] : [];
    });
  },
  map: (record) => {
    const messages = listOf(record.dify)?.filter(isObject);
    if (!messages) return skip('rows without a message');
    const session = filled(messages[0]?.conversation_id);
    return turnPrompts(messages.flatMap(turnsOf), compact({ session_id: session }));
  },
};

const timeOf = ({ value }: Row): number =>
  numberOf(value.created_at) ?? Date.parse(isoTime(value.created_at) ?? '1970-01-01');

function turnsOf(record: JsonObject): Turn[] {
  const files = (listOf(record.message_files) ?? []).filter(isObject);
  const asked = textOf(record.query) ?? '';
  const content = files.length
    ? [
        { type: 'text' as const, text: asked },
        ...files.map((value) => ({ type: 'media' as const, media: filled(value.type) ?? 'file', value })),
      ]
    : asked;
  const ts = isoTime(record.created_at);
  const said = filled(record.answer);
  const thumb = filled(objectOf(record.feedback)?.rating);
  const rating = thumb === 'like' ? 1 : thumb === 'dislike' ? -1 : undefined;
  const turns: Turn[] = [{ message: { role: 'user', content }, ...(ts && { ts }) }];
  if (said !== undefined && record.status !== 'error')
    turns.push({ message: { role: 'assistant', content: said }, rating });
  return turns;
}

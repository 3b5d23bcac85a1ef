/** Messages of Dify apps: a query and its answer in each record; those of one conversation are its history. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Row, skip } from '../draft.ts';
import { compact, decoded, filled, listOf, numberOf, objectOf, textOf, wordOf } from '../fields.ts';
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
    turns.push({ message: { role: 'assistant', content: said }, rating, ...spentOn(record) });
  return turns;
}

/** An export has the counts as fields of the message, an answer of the API in `metadata.usage`. */
function spentOn(record: JsonObject): Partial<Turn> {
  const used = objectOf(objectOf(decoded(record.metadata))?.usage);
  const usage = compact({
    in: numberOf(record.message_tokens) ?? numberOf(used?.prompt_tokens),
    out: numberOf(record.answer_tokens) ?? numberOf(used?.completion_tokens),
  });
  const isDollars = (filled(record.currency) ?? filled(used?.currency) ?? 'USD') === 'USD';
  const cost = isDollars ? (numberOf(record.total_price) ?? numberOf(used?.total_price)) : undefined;
  const model = filled(record.model_id) ?? filled(objectOf(record.model_config)?.model_id);
  return compact({ model, cost, usage: Object.keys(usage).length > 0 ? usage : undefined });
}

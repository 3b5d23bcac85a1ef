/** Open Assistant: trees of replies, or one message a row; the best-ranked reply is the conversation. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Row, skip } from '../draft.ts';
import { filled, listOf, numberOf, objectOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isRow = (record: JsonObject): boolean =>
  record.message_id !== undefined &&
  record.message_tree_id !== undefined &&
  record.text !== undefined &&
  record.role !== undefined;

export const oasst: LogFormat = {
  name: 'oasst',
  title: 'message trees of Open Assistant',
  sign: (record) =>
    (isObject(record.prompt) && record.prompt.replies !== undefined) || isRow(record)
      ? { score: 0.97, why: 'messages are a tree: message_tree_id and replies' }
      : undefined,
  arrange: trees,
  map: (record) => {
    const root = objectOf(record.prompt);
    if (!root) return skip('messages without their tree');
    return turnPrompts(bestWay(root), { session_id: filled(record.message_tree_id), tags: language(root) });
  },
};

const language = (root: JsonObject): string[] | undefined => {
  const name = filled(root.lang);
  return name ? [`lang:${name}`] : undefined;
};

/** Rows of single messages become their trees. */
function trees(rows: Row[]): Row[] {
  const flat = rows.filter(({ value }) => isRow(value));
  if (!flat.length) return rows;
  const replies = new Map<unknown, JsonObject[]>();
  for (const { value } of flat) {
    const parent = value.parent_id ?? '';
    replies.set(parent, [...(replies.get(parent) ?? []), value]);
  }
  const withReplies = (message: JsonObject, depth: number): JsonObject => ({
    ...message,
    replies: depth > 100 ? [] : (replies.get(message.message_id) ?? []).map((reply) => withReplies(reply, depth + 1)),
  });
  const roots = flat.filter(({ value }) => !filled(value.parent_id));
  return [
    ...rows.filter(({ value }) => !isRow(value)),
    ...roots.map((row) => ({
      ...row,
      value: { message_tree_id: row.value.message_tree_id ?? null, prompt: withReplies(row.value, 0) },
    })),
  ];
}

function bestWay(root: JsonObject): Turn[] {
  const turns: Turn[] = [];
  for (let at: JsonObject | undefined = root; at && turns.length < 200; at = best(at)) {
    const ts = isoTime(at.created_date);
    turns.push({
      message: { role: at.role === 'prompter' ? 'user' : 'assistant', content: textOf(at.text) ?? '' },
      ...(ts && { ts }),
    });
  }
  return turns;
}

/** The lowest rank; unranked replies come last, in their order. */
function best(message: JsonObject): JsonObject | undefined {
  const replies = (listOf(message.replies) ?? []).filter(isObject).filter((reply) => reply.deleted !== true);
  return replies.toSorted((a, b) => rank(a) - rank(b))[0];
}
const rank = (message: JsonObject): number => numberOf(message.rank) ?? 1e9;

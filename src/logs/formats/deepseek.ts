/** DeepSeek's data export: a tree of nodes as ChatGPT's, whose messages are fragments by type. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { compact, filled, listOf, objectOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const isDeepSeek = (record: JsonObject): boolean =>
  isObject(record.mapping) &&
  Object.values(record.mapping).some((node) => Array.isArray(objectOf(objectOf(node)?.message)?.fragments));

export const deepSeek: LogFormat = {
  name: 'deepseek',
  title: 'the data export of DeepSeek',
  holds: 'conversations',
  sign: (record) =>
    isDeepSeek(record) ? { score: 0.98, why: 'conversations are trees whose messages have fragments' } : undefined,
  map: (record) =>
    turnPrompts(newestWay(objectOf(record.mapping) ?? {}).flatMap(turnOf), compact({ session_id: filled(record.id) })),
};

/** From the newest leaf to the root. */
function newestWay(nodes: JsonObject): JsonObject[] {
  const time = (node: JsonObject): string => isoTime(objectOf(node.message)?.inserted_at) ?? '';
  const leaves = Object.values(nodes)
    .filter(isObject)
    .filter(({ children }) => !listOf(children)?.length);
  let at = leaves.sort((a, b) => time(b).localeCompare(time(a)))[0];
  const way: JsonObject[] = [];
  const seen = new Set<JsonObject>();
  while (at && !seen.has(at)) {
    seen.add(at);
    const message = objectOf(at.message);
    if (message) way.unshift(message);
    at = objectOf(nodes[filled(at.parent) ?? '']);
  }
  return way;
}

function turnOf(message: JsonObject): Turn[] {
  const fragments = (listOf(message.fragments) ?? []).filter(isObject);
  const textsOf = (type: string): string =>
    fragments.flatMap((each) => (each.type === type ? (textOf(each.content) ?? []) : [])).join('\n\n');
  const asked = textsOf('REQUEST');
  const files = (listOf(message.files) ?? []).filter(isObject);
  const ts = isoTime(message.inserted_at);
  if (asked !== '' || files.length) {
    const media = files.map((value) => ({ type: 'media' as const, media: 'file', value }));
    const content = media.length ? [{ type: 'text' as const, text: asked }, ...media] : asked;
    return [{ message: { role: 'user', content }, ...(ts && { ts }) }];
  }
  const model = filled(message.model);
  const said = textsOf('RESPONSE');
  return said === '' ? [] : [{ message: { role: 'assistant', content: said }, ...(model && { model }) }];
}

/** Records further inside a wrapper: the only list of them, or the only object that is one. */
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';

const deepest = 5;

/**
 * `{result: {hits: {items: […]}}}`, `{data: {calls: {edges: [{node: …}]}}}`, `{ticket: {…}}`: the records for which
 * `isRecord` holds; undefined where there are none, or two lists of them.
 */
export function recordsBelow(value: JsonObject, isRecord: (item: JsonObject) => boolean): JsonObject[] | undefined {
  const lists: JsonObject[][] = [];
  let level: JsonObject[] = [value];
  for (let depth = 0; depth < deepest && lists.length === 0 && level.length > 0; depth += 1) {
    for (const object of level)
      for (const [name, item] of Object.entries(object)) {
        const records = Array.isArray(item) && !answers.has(name) ? openedItems(item) : undefined;
        if (records?.every(isRecord)) lists.push(records);
      }
    level = level.flatMap((object) => Object.values(object).filter(isObject));
  }
  if (lists.length > 0) return lists.length === 1 ? lists[0] : undefined;
  const [only, ...others] = Object.values(value);
  return others.length === 0 && isObject(only as Json) && isRecord(only as JsonObject)
    ? [only as JsonObject]
    : undefined;
}

/** What a model gave back in several pieces or tries. */
const answers = new Set(['choices', 'candidates', 'completions', 'answers', 'replies', 'outputs', 'predictions']);

/** The objects of a list; those of a GraphQL connection stand under `node`. */
function openedItems(list: readonly Json[]): JsonObject[] | undefined {
  if (list.length === 0 || !list.every(isObject)) return undefined;
  const isEdges = list.every(
    (item) => isObject(item.node as Json) && Object.keys(item).every((name) => edge.has(name)),
  );
  return isEdges ? list.map((item) => item.node as JsonObject) : [...list];
}

const edge = new Set(['node', 'cursor', '__typename']);

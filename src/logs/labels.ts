/** Task labels and tags as logs write them. */
import type { JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import { decoded, filled, listOf, type Maybe, objectOf } from './fields.ts';

const labelKeys = [
  'task',
  'category',
  'task_type',
  'intent',
  'use_case',
  'feature',
  'function_id',
  'endpoint',
  'label',
  'Kategorie',
  'Category',
  'prompt_name',
  'promptName',
] as const;

/** The first label a record or its metadata has. */
export function labelFrom(record: JsonObject | undefined): string | undefined {
  for (const source of [record, objectOf(decoded(record?.metadata)), objectOf(decoded(record?.properties))]) {
    for (const key of labelKeys) {
      const label = filled(source?.[key]);
      if (label && label.length <= 200) return label.trim();
    }
  }
  return undefined;
}

/** A list of strings, a comma list, or an object of key → value. */
export function tagsFrom(value: Maybe): string[] | undefined {
  const at = decoded(value);
  const list = listOf(at)?.filter((tag): tag is string => typeof tag === 'string' && tag !== '');
  if (list) return list.length ? list : undefined;
  if (isObject(at)) {
    const tags = Object.entries(at).flatMap(([key, item]) =>
      typeof item === 'string' || typeof item === 'number' ? [`${key}:${item}`] : [],
    );
    return tags.length ? tags : undefined;
  }
  const tags = filled(at)
    ?.split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return tags?.length ? tags : undefined;
}

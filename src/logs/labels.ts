/** Task labels and tags as logs write them. */
import type { JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import { areFew, fieldNames, labelText } from './fields/names.ts';
import { RecordFields } from './fields/record-fields.ts';
import { decoded, filled, listOf, type Maybe } from './fields.ts';
import { besideOf } from './notes.ts';

/**
 * The first label that a record or its metadata has. `few`: names of this file that few values fill (`label`, `type`),
 * and that are tasks for that reason.
 */
export function labelFrom(record: JsonObject | undefined, few: readonly string[] = []): string | undefined {
  for (const source of [record, ...besideOf(record)]) {
    const fields = source && new RecordFields(source);
    for (const name of fields ? [...fieldNames.task, ...(source === record ? few : [])] : []) {
      const found = fields?.json(name);
      const text = found?.is === 'value' ? filled(found.value) : undefined;
      const label = text === undefined ? undefined : labelText(text);
      if (label && label.length <= 200 && typeof decoded(label) === 'string') return label;
    }
  }
  return undefined;
}

const hasAnswer = (fields: RecordFields): boolean =>
  fields.json(...fieldNames.made).is === 'value' || fields.json('messages').is === 'value';

/** Which of the doubtful task names few values fill in these records. */
export function fewValued(records: readonly JsonObject[]): string[] {
  const fields = records.map((record) => new RecordFields(record));
  return fieldNames.taskOfFew.filter((name) => {
    const values = fields.flatMap((each) => {
      const found = each.json(name);
      return found.is === 'value' ? [found.value] : [];
    });
    if (name === 'label' && !fields.some(hasAnswer)) return false;
    return (
      values.length > 0 &&
      values.every((value) => typeof value === 'string') &&
      areFew((values as string[]).map((value) => labelText(value) ?? ''))
    );
  });
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

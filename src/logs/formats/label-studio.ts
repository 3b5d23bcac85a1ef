/** Tasks exported from Label Studio: the data that was shown, and what an annotator wrote as the answer. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { note } from '../draft.ts';
import { filled, listOf, objectOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { chat } from './chat.ts';
import type { LogFormat } from './format.ts';

export const labelStudio: LogFormat = {
  name: 'label-studio',
  title: 'tasks of Label Studio',
  sign: (record) =>
    isObject(record.data) && Array.isArray(record.annotations) && chat.sign(record.data)
      ? { score: 0.97, why: 'tasks have data and annotations' }
      : undefined,
  map: (record, options) => {
    const mapped = chat.map(objectOf(record.data) ?? {}, options);
    const written = writtenIn(record);
    return (Array.isArray(mapped) ? mapped : [mapped]).map((each) => {
      if (!('draft' in each)) return each;
      const { draft } = each;
      draft.source_id ??= wordOf(record.id);
      const ts = isoTime(record.created_at);
      if (ts) draft.ts ??= ts;
      if (!draft.ref && written !== undefined) draft.ref = { text: written };
      else if (draft.ref && written !== undefined) note(draft, 'the text of the annotation is not used');
      return each;
    });
  },
};

/** The text of the first annotation that was not given up. */
function writtenIn(record: JsonObject): string | undefined {
  const annotations = (listOf(record.annotations) ?? []).filter(isObject);
  const results = listOf(annotations.find(({ was_cancelled }) => was_cancelled !== true)?.result) ?? [];
  const area = results.filter(isObject).find(({ type }) => type === 'textarea');
  const text = objectOf(area?.value)?.text;
  return filled(textOf(text) ?? textOf(listOf(text)?.[0]));
}

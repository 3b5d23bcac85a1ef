/** Annotations of Ragas: by metric, each with the sample that was scored. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { listOf, objectOf } from '../fields.ts';
import { chat } from './chat.ts';
import type { LogFormat } from './format.ts';

const isAnnotation = (value: unknown): value is JsonObject => isObject(value) && isObject(value.metric_input);

export const ragas: LogFormat = {
  name: 'ragas',
  title: 'annotations of Ragas',
  sign: (record) => (isAnnotation(record) ? { score: 0.97, why: 'annotations have a metric_input' } : undefined),
  unwrap: (value) => {
    const lists = Object.values(value).map((item) => listOf(item)?.filter(isAnnotation) ?? []);
    const all = lists.flat();
    return all.length && lists.every((list) => list.length > 0) ? all : undefined;
  },
  map: (record, options) => chat.map(objectOf(record.metric_input) ?? {}, options),
};

/** Examples of Phoenix datasets: as its REST API gives them, and its CSV with `input.NAME` and `output.NAME` as columns. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { listOf, objectOf } from '../fields.ts';
import { chat } from './chat.ts';
import type { LogFormat } from './format.ts';
import { exampleOf } from './langsmith-dataset.ts';

export const phoenixDataset: LogFormat = {
  name: 'phoenix-dataset',
  title: 'examples of a Phoenix dataset',
  sign: (record) => {
    const input = part(record, 'input');
    const isExample = record.node_id !== undefined || record.example_id !== undefined || hasColumns(record);
    return isExample && input && part(record, 'output') && chat.sign(input)
      ? { score: 0.93, why: 'examples have an input and an output' }
      : undefined;
  },
  unwrap: (value) => {
    const examples = listOf(objectOf(value.data)?.examples);
    return examples?.every(isObject) ? examples : undefined;
  },
  map: (record, options) =>
    exampleOf(
      part(record, 'input') ?? {},
      part(record, 'output'),
      { id: record.id ?? null, metadata: part(record, 'metadata') ?? null },
      options,
    ),
};

const hasColumns = (record: JsonObject): boolean => Object.keys(record).some((name) => name.startsWith('output.'));

/** An object of its own, or the columns with its name in front. */
function part(record: JsonObject, name: string): JsonObject | undefined {
  const own = objectOf(record[name]);
  if (own) return own;
  const columns = Object.keys(record).filter((column) => column.startsWith(`${name}.`));
  return columns.length
    ? Object.fromEntries(columns.map((column) => [column.slice(name.length + 1), record[column] ?? null]))
    : undefined;
}

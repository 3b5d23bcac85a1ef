/** Examples of LangSmith datasets: inputs, and the outputs that are hoped for. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Mapped } from '../draft.ts';
import { fieldNames } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { decoded, textOf } from '../fields.ts';
import { chat } from './chat.ts';
import type { LogFormat, MapOptions } from './format.ts';

const own = new Set(
  'inputs outputs metadata id dataset_id name split created_at modified_at source_run_id attachments'.split(' '),
);

const aboutIt = [...own].filter((name) => name !== 'inputs' && name !== 'outputs');

export const langsmithDataset: LogFormat = {
  name: 'langsmith-dataset',
  title: 'examples of a LangSmith dataset',
  sign: (record) => {
    const inputs = decoded(record.inputs);
    const only = Object.keys(record).every((name) => own.has(name));
    return only && isObject(inputs) && record.outputs !== undefined && chat.sign(inputs)
      ? { score: 0.9, why: 'examples have inputs and outputs' }
      : undefined;
  },
  map: (record, options) => {
    const inputs = decoded(record.inputs);
    // By name, not spread: what nobody expects is then named as unused.
    const beside = Object.fromEntries(
      aboutIt.flatMap((name) => (name in record ? [[name, record[name] ?? null]] : [])),
    );
    return exampleOf(isObject(inputs) ? inputs : {}, record.outputs, beside, options);
  },
};

/** An example whose input is in an object of its own, whatever the fields around it are called. */
export function exampleOf(
  given: JsonObject,
  outputs: JsonObject[string] | undefined,
  beside: JsonObject,
  options: MapOptions,
): Mapped | Mapped[] {
  const hoped = hopedFor(outputs);
  return chat.map({ ...beside, ...given, ...(hoped !== undefined && { reference: hoped }) }, options);
}

/** The text of the outputs; several fields are kept as JSON. */
function hopedFor(outputs: JsonObject[string] | undefined): string | undefined {
  const value = decoded(outputs);
  if (!isObject(value)) return textOf(value);
  const found = new RecordFields(value).text(...fieldNames.made, ...fieldNames.hoped);
  if (found.is === 'value') return found.value;
  const texts = Object.values(value);
  return texts.length === 1 ? textOf(texts[0]) : JSON.stringify(value);
}

/** Rows whose prompt is one message each, of either side: they are the messages of conversations, and no calls. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { fieldNames, foldedName } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { speakerNamed } from '../fields/speakers.ts';
import { decoded } from '../fields.ts';

const asked = new Set<string>([...fieldNames.prompt, ...fieldNames.body]);

/** A record with that message under the name of one; undefined where these hold prompts, or answers beside them. */
export function messageCells(records: readonly JsonObject[]): ((record: JsonObject) => JsonObject) | undefined {
  if (records.some((record) => new RecordFields(record).json(...fieldNames.made).is === 'value')) return undefined;
  const name = Object.keys(records[0] ?? {}).find((each) => {
    if (!asked.has(foldedName(each))) return false;
    const speakers = records.map((record) => speakerIn(record[each]));
    return speakers.every((one) => one !== undefined) && speakers.includes('user') && speakers.includes('assistant');
  });
  if (name === undefined) return undefined;
  return ({ [name]: message, ...others }) => (message === undefined ? others : { ...others, message });
}

function speakerIn(cell: Json | undefined): string | undefined {
  const message = decoded(cell);
  return isObject(message) && typeof message.content === 'string' ? speakerNamed(message.role) : undefined;
}

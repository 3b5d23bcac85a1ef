/** When a record, or one of the messages in it, says that it is from. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { isoTime } from '../moments.ts';
import { fieldNames, foldedName } from './names.ts';
import { RecordFields } from './record-fields.ts';

/** Names under which services put the time of a line that they carry, before all others. */
const carried = ['@timestamp', 'timestamp', 'time', 'created_at', 'ts', 'event_time', '_time', '__realtime_timestamp'];

export const timeIn = (record: JsonObject): string | undefined => timeNamed(record, fieldNames.time);
export const carriedTime = (record: JsonObject): string | undefined =>
  timeNamed(record, [...carried, ...fieldNames.time]);

/** The first time that can be read: `created: "yesterday"` does not hide `started_at`. */
function timeNamed(record: JsonObject, names: readonly string[]): string | undefined {
  const fields = new RecordFields(record);
  for (let at = 0; at < names.length; at += 1) {
    const found = fields.json(...names.slice(at));
    if (found.is !== 'value') return undefined;
    const time = isoTime(found.value);
    if (time !== undefined) return time;
    at = names.indexOf(foldedName(found.name), at);
  }
  return undefined;
}

/** Of the last question in a list of messages that have times of their own. */
export function askedTime(messages: readonly Json[]): string | undefined {
  const asked = messages.findLast((item) => isObject(item) && (item.role === 'user' || item.from === 'human'));
  return isObject(asked) ? timeIn(asked) : undefined;
}

import type { JsonObject } from '../records/plain-json.ts';
import { decoded, objectOf } from './fields.ts';

const notes = ['metadata', 'meta', 'properties'] as const;

/** What a log writes about its record in an object of its own. */
export const besideOf = (record: JsonObject | undefined): JsonObject[] =>
  notes.map((name) => objectOf(decoded(record?.[name]))).filter((each) => each !== undefined);

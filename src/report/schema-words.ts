/** JSON Schema in few words, for the schema of the report. */
import type { JsonObject } from '../records/plain-json.ts';

export const text: JsonObject = { type: 'string' };

export const number: JsonObject = { type: 'number' };

export const whole: JsonObject = { type: 'integer', minimum: 0 };

export const amount: JsonObject = { type: 'number', minimum: 0 };

export const truth: JsonObject = { type: 'boolean' };

export const share: JsonObject = { type: 'number', minimum: 0, maximum: 1 };

export const net: JsonObject = { type: 'number', minimum: -1, maximum: 1 };

export const list = (items: JsonObject): JsonObject => ({ type: 'array', items });

export const oneOf = (...values: string[]): JsonObject => ({ type: 'string', enum: values });

export const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });

export const ref = (name: string): JsonObject => ({ $ref: `#/definitions/${name}` });

/** All properties required but those named; nothing else allowed. */
export const shape = (properties: Record<string, JsonObject>, optional: string[] = []): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});

export const counted = (values: JsonObject): JsonObject => ({ type: 'object', additionalProperties: values });

export const interval = shape({ lower: number, upper: number });

export const estimate = shape({ estimate: number, lower: number, upper: number });

export const shareOf = shape({ x: whole, n: whole, interval: ref('interval') });

export const spread = shape({ n: whole, median: amount, p95: amount });

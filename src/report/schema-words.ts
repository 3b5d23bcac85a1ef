/** JSON Schema in few words, for the schema of the report. */
import type { JsonObject } from '../records/plain-json.ts';
import type { EstimateInterval, Interval } from '../stats/interval.ts';
import type { Share } from '../verdicts/retry-figures.ts';
import type { Spread } from './arm-figures.ts';

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

/** What `orNull` describes. */
export type Known<T> = NonNullable<T>;

/**
 * An object of type T. The compiler holds the two together: a property more or less than T has is an error. All are
 * required but those that T may lack; nothing else is allowed.
 */
export const shape = <T extends object>(
  properties: { [K in keyof Required<T>]: JsonObject },
  ...optional: OptionalKeys<T> extends never ? [] : [OptionalKeys<T>[]]
): JsonObject => {
  const lacking: readonly PropertyKey[] = optional[0] ?? [];
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((key) => !lacking.includes(key)),
    additionalProperties: false,
  };
};

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

export const counted = (values: JsonObject): JsonObject => ({ type: 'object', additionalProperties: values });

export const interval = shape<Interval>({ lower: number, upper: number });

export const estimate = shape<EstimateInterval>({ estimate: number, lower: number, upper: number });

export const shareOf = shape<Share>({ x: whole, n: whole, interval: ref('interval') });

export const spread = shape<Spread>({ n: whole, median: amount, p95: amount });

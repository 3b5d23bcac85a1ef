/**
 * Rules that the config is made of, with what a wrong value is told: `gates.p95Seconds must be > 0`. Each description is
 * what editors show and what `init` writes as a comment, so there is one text per key.
 */
import * as v from 'valibot';

/** The description may be left out where the key says it all. */
export const about = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description<v.InferOutput<S>, string>(description));

export const text = v.string('must be string');
export const name = v.pipe(text, v.minLength(1, 'must NOT have fewer than 1 characters'));
export const matching = (pattern: RegExp) => v.pipe(text, v.regex(pattern, `must match pattern "${pattern.source}"`));
export const truth = v.boolean('must be boolean');
export const number = v.pipe(v.number('must be number'), v.finite('must be number'));
export const whole = v.pipe(v.number('must be integer'), v.integer('must be integer'));
export const least = (value: number) => v.minValue<number, number, string>(value, `must be >= ${value}`);
export const most = (value: number) => v.maxValue<number, number, string>(value, `must be <= ${value}`);
export const above = (value: number) => v.gtValue<number, number, string>(value, `must be > ${value}`);
export const below = (value: number) => v.ltValue<number, number, string>(value, `must be < ${value}`);
export const count = (description: string) => v.pipe(whole, least(1), v.description(description));

export const oneOf = <const T extends readonly string[]>(values: T) =>
  v.picklist(values, `must be one of ${values.join(', ')}`);

/** Arrays are objects to valibot, and none here. */
function noArray<S extends v.GenericSchema>(schema: S): S {
  const run: S['~run'] = (dataset, config) =>
    schema['~run'](Array.isArray(dataset.value) ? { ...dataset, value: null } : dataset, config);
  return { ...schema, '~run': run };
}

/** Nothing but these keys. */
export const keys = <E extends v.ObjectEntries>(entries: E) =>
  noArray(
    v.strictObject(entries, ({ expected }) =>
      expected === 'Object' ? 'must be object' : `must have required property '${expected?.slice(1, -1)}'`,
    ),
  );

/** Keys of the user's own. */
export const table = <S extends v.GenericSchema>(value: S) => namedBy(text, value);
export function namedBy<K extends v.GenericSchema<string>, S extends v.GenericSchema>(key: K, value: S) {
  const schema = v.record(key, value, 'must be object');
  const run: (typeof schema)['~run'] = (dataset, config) => {
    const input = dataset.value;
    const checked = schema['~run'](dataset, config);
    return isRecord(input) ? withSkipped(checked, input, value, config) : checked;
  };
  return noArray({ ...schema, '~run': run });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** valibot passes over these; here a task or a tool may have such a name. */
const skipped = ['constructor', 'prototype', '__proto__'];

function withSkipped<T extends v.OutputDataset<object, v.BaseIssue<unknown>>>(
  checked: T,
  input: Record<string, unknown>,
  schema: v.GenericSchema,
  config: v.Config<v.BaseIssue<unknown>>,
): T {
  const wrong = skipped
    .filter((key) => Object.hasOwn(input, key))
    .flatMap((key) => {
      const value = input[key];
      Object.defineProperty(checked.value, key, { value, enumerable: true });
      const item = { type: 'object', origin: 'value', input, key, value } as const;
      const { issues = [] } = schema['~run']({ value }, config);
      return issues.map((issue) => ({ ...issue, path: [item, ...(issue.path ?? [])] }));
    });
  return wrong.length === 0 ? checked : ({ ...checked, issues: [...(checked.issues ?? []), ...wrong] } as T);
}

export const filled = <S extends v.GenericSchema>(items: S) =>
  v.pipe(v.array(items, 'must be array'), v.minLength(1, 'must NOT have fewer than 1 items'));

export const list = <S extends v.GenericSchema>(items: S) => v.array(items, 'must be array');

/** One, or a list of at least one. */
export const oneOrMore = <S extends v.GenericSchema>(items: S) => v.union([items, filled(items)]);

import type { Json, JsonObject } from './plain-json.ts';
import { isObject } from './plain-json.ts';

/** Type names that logs hold and JSON Schema does not know; null drops the keyword (anything goes). */
const typeNames: Record<string, string | null> = {
  dict: 'object',
  map: 'object',
  hashmap: 'object',
  float: 'number',
  double: 'number',
  int: 'integer',
  long: 'integer',
  tuple: 'array',
  list: 'array',
  arraylist: 'array',
  set: 'array',
  str: 'string',
  char: 'string',
  bool: 'boolean',
  none: 'null',
  nonetype: 'null',
  any: null,
};
const standard: readonly string[] = ['object', 'number', 'integer', 'array', 'string', 'boolean', 'null'];

const maps: readonly string[] = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const lists: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const singles: readonly string[] = [
  'items',
  'additionalItems',
  'additionalProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/**
 * A schema as JSON Schema means it: Python's and Java's type names translated, draft 3/4 leftovers (`required: true`,
 * `exclusiveMinimum: true`) rewritten, `$schema` dropped. Values under enum, const and default are left alone. `finish`
 * has the last word on every schema in it, innermost first.
 */
export function repairSchema(schema: JsonObject, finish: Finish = (one) => one): JsonObject {
  const repaired: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    const kept = repairKeyword(key, value, schema, finish);
    if (kept !== undefined) repaired[key] = kept;
  }
  return finish(repaired);
}

type Finish = (schema: JsonObject) => JsonObject;

function repairKeyword(key: string, value: Json, schema: JsonObject, finish: Finish): Json | undefined {
  if (key === '$schema') return undefined;
  if (key === 'type') return repairType(value);
  if (key === 'required') return Array.isArray(value) ? value : undefined;
  if (key === 'exclusiveMinimum' || key === 'exclusiveMaximum') {
    const bound = schema[key === 'exclusiveMinimum' ? 'minimum' : 'maximum'];
    return value === true ? bound : value === false ? undefined : value;
  }
  const inner = (given: Json): Json => (isObject(given) ? repairSchema(given, finish) : given);
  if (maps.includes(key) && isObject(value)) return mapValues(value, inner);
  if (lists.includes(key) && Array.isArray(value)) return value.map(inner);
  if (singles.includes(key)) return Array.isArray(value) ? value.map(inner) : inner(value);
  return value;
}

const mapValues = (from: JsonObject, change: (value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));

function repairType(value: Json): Json | undefined {
  if (typeof value === 'string') return repairName(value);
  if (!Array.isArray(value)) return undefined;
  const names = value.map((name) => (typeof name === 'string' ? repairName(name) : undefined));
  const known = names.filter((name): name is string => name !== undefined);
  return known.length === names.length && known.length > 0 ? [...new Set(known)] : undefined;
}

function repairName(name: string): string | undefined {
  const lower = name.toLowerCase();
  return standard.includes(lower) ? lower : (typeNames[lower] ?? undefined);
}

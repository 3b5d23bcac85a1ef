/**
 * Tool names and types that a provider refuses, mapped and mapped back: dots in function names, Python's
 * `dict`, `float`, `tuple`, `any` in place of JSON Schema's types.
 */
import type { Json, JsonObject, Tool } from '../records.ts';

/** What OpenAI and Anthropic accept. */
const accepted = /^[a-zA-Z0-9_-]{1,64}$/;

export interface ToolNames {
  /** The provider's name of ours; the same for names that need no change. */
  toProvider(name: string): string;
  /** Ours of the provider's; what the model made up stays as it is. */
  fromProvider(name: string): string;
  /** True when a name was changed. */
  mapped: boolean;
}

export function toolNames(names: readonly string[]): ToolNames {
  const there = new Map<string, string>();
  const back = new Map<string, string>();
  const taken = new Set(names.filter((name) => accepted.test(name)));
  for (const name of new Set(names)) {
    if (accepted.test(name)) continue;
    const base = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 60) || 'tool';
    let candidate = base;
    for (let n = 2; taken.has(candidate); n += 1) candidate = `${base}_${n}`;
    taken.add(candidate);
    there.set(name, candidate);
    back.set(candidate, name);
  }
  return {
    toProvider: (name) => there.get(name) ?? name,
    fromProvider: (name) => back.get(name) ?? name,
    mapped: there.size > 0,
  };
}

const typeNames: Record<string, string | undefined> = {
  dict: 'object',
  hashmap: 'object',
  map: 'object',
  float: 'number',
  double: 'number',
  long: 'integer',
  int: 'integer',
  tuple: 'array',
  list: 'array',
  arraylist: 'array',
  set: 'array',
  str: 'string',
  char: 'string',
  bool: 'boolean',
  nonetype: 'null',
  // No type at all accepts everything.
  any: undefined,
};

const standard = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

/** JSON Schema with standard type names; also what a check validates arguments against. */
export function standardSchema(schema: JsonObject): JsonObject {
  const mapped = mapTypes(schema) as JsonObject;
  return mapped.type === undefined && mapped.properties !== undefined ? { type: 'object', ...mapped } : mapped;
}

function mapTypes(value: Json): Json {
  if (Array.isArray(value)) return value.map(mapTypes);
  if (value === null || typeof value !== 'object') return value;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'type') setType(result, item);
    else if (key === 'properties' && isObject(item)) result[key] = mapEach(item);
    else if (['default', 'const', 'enum', 'example', 'examples', 'description'].includes(key)) result[key] = item;
    else result[key] = mapTypes(item);
  }
  // An array without items is refused by OpenAI.
  if (result.type === 'array' && result.items === undefined) result.items = {};
  return result;
}

const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A property may itself be called "type": its value is a schema, not a type name. */
const mapEach = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, mapTypes(schema)]));

function setType(result: JsonObject, type: Json): void {
  const names = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
  const mapped = names.map((name) => {
    const lower = name.toLowerCase();
    if (standard.includes(lower)) return lower;
    return lower in typeNames ? typeNames[lower] : name;
  });
  const known = mapped.filter((name) => name !== undefined);
  if (known.length < mapped.length || known.length === 0) return;
  result.type = known.length === 1 && !Array.isArray(type) ? (known[0] ?? null) : known;
}

/** A tool's parameters for the wire: always an object schema. */
export function toolParameters(tool: Tool): JsonObject {
  return tool.parameters ? standardSchema(tool.parameters) : { type: 'object', properties: {} };
}

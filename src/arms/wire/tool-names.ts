/**
 * Tool names and types that a provider refuses, mapped and mapped back: dots in function names, Python's
 * `dict`, `float`, `tuple`, `any` in place of JSON Schema's types.
 */

import type { JsonObject } from '../../records/plain-json.ts';
import type { Tool } from '../../records/prompt-record.ts';
import { repairSchema } from '../../records/schema-repair.ts';

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

/** JSON Schema as providers take it: standard type names, an array's items always said (OpenAI refuses one without). */
export function standardSchema(schema: JsonObject): JsonObject {
  const repaired = repairSchema(schema, (one) =>
    one.type === 'array' && one.items === undefined ? { ...one, items: {} } : one,
  );
  return repaired.type === undefined && repaired.properties !== undefined ? { type: 'object', ...repaired } : repaired;
}

/** A tool's parameters for the wire: always an object schema. */
export function toolParameters(tool: Tool): JsonObject {
  return tool.parameters ? standardSchema(tool.parameters) : { type: 'object', properties: {} };
}

/**
 * BFCL v4: 600 prompts with the calls that are right, 240 where every call is wrong. A ground truth lists the allowed
 * values of each argument; "" among them means that it may be left out; within an object each value is a list again.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolCall } from '../../src/checks/tool-call.ts';
import type { CheckResult } from '../../src/records/attempt-record.ts';
import type { Json, JsonObject } from '../../src/records/plain-json.ts';
import { isObject } from '../../src/records/plain-json.ts';
import type { CheckSpec, Tool } from '../../src/records/prompt-record.ts';
import { answerWith, plainTools, promptWith } from '../core/checks/sample.ts';
import { sharedData } from '../helpers/shared-data.ts';

/** Files below `../shared/data`. */
export const bfclData = 'bfcl';

interface Row {
  id: string;
  tools: Tool[];
  name: string;
  /** Allowed values per argument. */
  allowed: Record<string, Json[]>;
  args: JsonObject;
}

const readLines = <T>(name: string): T[] =>
  readFileSync(join(sharedData, bfclData, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): T => JSON.parse(line));

function readRows(name: string): Row[] {
  const truths = new Map(
    readLines<{ id: string; ground_truth: Record<string, Record<string, Json[]>>[] }>(`possible_answer/${name}`).map(
      (row) => [row.id, row.ground_truth[0] ?? {}],
    ),
  );
  return readLines<{ id: string; function: Tool[] }>(name).map(({ id, function: tools }) => {
    const [called, allowed] = Object.entries(truths.get(id) ?? {})[0] ?? ['', {}];
    const given = Object.entries(allowed).flatMap(([key, values]): [string, Json][] => {
      const first = values.find((value) => value !== '');
      return first === undefined ? [] : [[key, plainValue(first)]];
    });
    return { id, tools, name: called, allowed, args: Object.fromEntries(given) };
  });
}

/** The first allowed value all the way down. */
function plainValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, values]): [string, Json][] => {
    if (!Array.isArray(values)) return [[key, values]];
    const first = values.find((one) => one !== '');
    return first === undefined ? [] : [[key, plainValue(first)]];
  });
  return Object.fromEntries(entries);
}

const expectedValue = (values: Json[]): Json => ({
  oneOf: values.filter((value) => value !== '').map(expectedWithin),
  ...(values.includes('') ? { optional: true } : {}),
});

function expectedWithin(value: Json): Json {
  if (Array.isArray(value)) return value.map(expectedWithin);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, Array.isArray(inner) ? expectedValue(inner) : inner]),
  );
}

function judge(row: Row, call: { name: string; args: JsonObject }, spec: Omit<CheckSpec, 'check'> = {}): CheckResult {
  const toolCalls = [{ id: 'c1', name: call.name, arguments: JSON.stringify(call.args) }];
  return toolCall.run(
    { check: 'toolCall', ...spec },
    answerWith({ prompt: promptWith({ tools: row.tools }), toolCalls }),
    plainTools,
  );
}

const parametersOf = (row: Row): JsonObject => row.tools.find((tool) => tool.name === row.name)?.parameters ?? {};

const expectedCall = (row: Row): Omit<CheckSpec, 'check'> => ({
  name: row.name,
  arguments: Object.fromEntries(Object.entries(row.allowed).map(([key, values]) => [key, expectedValue(values)])),
});

/** Its ground truth is true for a string: the one call of the 600 that does not fit its own schema. */
const slipUpstream = 'simple_python_307';

/** One call, or one answer without a call, and whether the `toolCall` check said what the data set says. */
interface Judged {
  id: string;
  asExpected: boolean;
}

/** Arguments whose schema the row's function has. */
const schemasOf = (row: Row): [string, JsonObject][] => {
  const { properties } = parametersOf(row);
  return Object.entries(isObject(properties) ? properties : {}).flatMap(([key, schema]): [string, JsonObject][] =>
    isObject(schema) ? [[key, schema]] : [],
  );
};

const refusedAs = (row: Row, { pass, kind }: CheckResult, expected?: string): Judged => ({
  id: row.id,
  asExpected: !pass && (expected === undefined || kind === expected),
});

const withArgument = (row: Row, key: string, value: Json) => ({ name: row.name, args: { ...row.args, [key]: value } });

function missingRequired(row: Row): Judged[] {
  const { required } = parametersOf(row);
  return (Array.isArray(required) ? required : []).map((key) => {
    const { [String(key)]: _, ...args } = row.args;
    return refusedAs(row, judge(row, { name: row.name, args }), 'schema-mismatch');
  });
}

function wrongType(row: Row): Judged[] {
  return schemasOf(row)
    .filter(([key, { type }]) => key in row.args && type !== 'any')
    .map(([key, { type }]) => {
      const call = withArgument(row, key, type === 'string' ? 7 : 'seven');
      return refusedAs(row, judge(row, call), 'schema-mismatch');
    });
}

const outsideEnum = (row: Row): Judged[] =>
  schemasOf(row)
    .filter(([, schema]) => Array.isArray(schema.enum))
    .map(([key]) => refusedAs(row, judge(row, withArgument(row, key, 'no such value'))));

const outsideAllowed = (row: Row): Judged[] =>
  Object.entries(row.args).flatMap(([key, value]) => {
    const other = changed(value);
    if (other === undefined) return [];
    return [refusedAs(row, judge(row, withArgument(row, key, other), expectedCall(row)))];
  });

/** Another value of the same type that no list of this data set allows. */
function changed(value: Json): Json | undefined {
  if (typeof value === 'string') return `${value} (not this)`;
  if (typeof value === 'number') return value + 987_654;
  if (Array.isArray(value)) return [...value, ...value, ...value, value[0] ?? null];
  return undefined;
}

function irrelevance(): Record<'quiet' | 'called', Judged[]> {
  const none = readLines<{ id: string; function: Tool[] }>('BFCL_v4_irrelevance.json');
  const spec: CheckSpec = { check: 'toolCall', call: 'never' };
  return {
    quiet: none.map(({ id, function: tools }) => {
      const answer = answerWith({ prompt: promptWith({ tools }), text: 'I need more details.' });
      return { id, asExpected: toolCall.run(spec, answer, plainTools).pass };
    }),
    called: none.map(({ id, function: tools }) => {
      const toolCalls = [{ id: 'c1', name: tools[0]?.name ?? 'x', arguments: '{}' }];
      const answer = answerWith({ prompt: promptWith({ tools }), toolCalls });
      return { id, asExpected: toolCall.run(spec, answer, plainTools).kind === 'unwanted-call' };
    }),
  };
}

/** Every call that the ground truths give right or can be made wrong from, judged; by what is wrong with it. */
export function judgeBfcl(): Record<string, Judged[]> {
  const rows = [...readRows('BFCL_v4_simple_python.json'), ...readRows('BFCL_v4_multiple.json')];
  const sound = rows.filter((row) => row.id !== slipUpstream);
  const { quiet, called } = irrelevance();
  return {
    'right, fits its schema': rows.map((row) => ({ id: row.id, asExpected: judge(row, row).pass })),
    'right, as expected': sound.map((row) => ({ id: row.id, asExpected: judge(row, row, expectedCall(row)).pass })),
    'wrong name': rows.map((row) => {
      const found = judge(row, { name: `${row.name}_x`, args: row.args });
      return refusedAs(row, found, 'unknown-tool');
    }),
    'required argument missing': rows.flatMap(missingRequired),
    'argument of the wrong type': rows.flatMap(wrongType),
    "value outside its schema's enum": rows.flatMap(outsideEnum),
    'value outside the allowed list': sound.flatMap(outsideAllowed),
    'no call where none fits': quiet,
    'a call where none fits': called,
  };
}

import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../../src/checks/json-schema.ts';
import { runChecks } from '../../../src/checks/run-checks.ts';
import { readChecks } from '../../../src/checks/validate.ts';
import type { Json, JsonObject } from '../../../src/records/plain-json.ts';
import type { Tool } from '../../../src/records/prompt-record.ts';
import { repairSchema } from '../../../src/records/schema-repair.ts';
import { answerWith, plainTools, promptWith, runOne } from './sample.ts';

const order: JsonObject = {
  type: 'object',
  required: ['id', 'items'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^A-\\d+$' },
    when: { type: 'string', format: 'date' },
    kind: { enum: ['new', 'used'] },
    items: { type: 'array', minItems: 1, items: { $ref: '#/$defs/item' } },
  },
  $defs: { item: { type: 'object', required: ['price'], properties: { price: { type: 'number' } } } },
};

describe('jsonSchema', () => {
  it.each<[Json, string | undefined]>([
    [{ id: 'A-1', items: [{ price: 2 }] }, undefined],
    [{ items: [{ price: 2 }] }, 'id is missing.'],
    [{ id: 'A-1', items: [{ price: '2' }] }, 'items[0].price must be number, not text ("2").'],
    [{ id: 'A-1', items: [{}] }, 'items[0].price is missing.'],
    [{ id: 'A-1', items: [] }, 'items must have at least 1 item.'],
    [{ id: 'B-1', items: [{ price: 2 }] }, 'id must match pattern "^A-\\d+$".'],
    [{ id: 'A-1', kind: 'old', items: [{ price: 2 }] }, 'kind must be one of "new", "used", not "old".'],
    [{ id: 'A-1', when: 'tomorrow', items: [{ price: 2 }] }, 'when must match format "date".'],
    [{ id: 'A-1', note: 'x', items: [{ price: 2 }] }, 'note is not in the schema.'],
    [[], 'it must be object, not array.'],
  ])('%j', (answer, why) => {
    const result = runOne('jsonSchema', order, { text: JSON.stringify(answer) });
    expect(result.why).toBe(why && `The JSON does not fit the schema: ${why}`);
    expect(result.kind).toBe(why && 'schema-mismatch');
  });

  it('says so when the answer is no JSON at all', () => {
    expect(runOne('jsonSchema', order, { text: 'Sure!' })).toMatchObject({ pass: false, kind: 'json' });
  });

  it('reads draft 7 and 2020-12 by what each means', () => {
    const tuple = { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false };
    const modern = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...tuple };
    for (const schema of [tuple, modern]) {
      expect(runOne('jsonSchema', schema, { text: '["a", 1]' }).pass).toBe(true);
      expect(runOne('jsonSchema', schema, { text: '["a", "b"]' }).pass).toBe(false);
      expect(runOne('jsonSchema', schema, { text: '["a", 1, 2]' }).pass).toBe(false);
    }
    const old = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'array',
      items: [{ type: 'string' }],
      additionalItems: false,
    };
    expect(runOne('jsonSchema', old, { text: '["a"]' }).pass).toBe(true);
    expect(runOne('jsonSchema', old, { text: '["a", 1]' }).pass).toBe(false);
  });

  it('keeps two patterns of one schema apart', () => {
    const schema = { properties: { a: { pattern: '^x' }, b: { pattern: '^y' } } };
    expect(runOne('jsonSchema', schema, { text: '{"a":"x","b":"y"}' }).pass).toBe(true);
    expect(runOne('jsonSchema', schema, { text: '{"a":"x","b":"x"}' }).pass).toBe(false);
  });

  it.each([
    'file:///etc/passwd',
    'http://example.test/schema.json',
    'https://example.test/s#/a',
    'other.json',
    '/etc/passwd',
  ])('refuses $ref %s in the config before any call, and in a log aloud', (target) => {
    const schema = { type: 'object', properties: { a: { $ref: target } } };
    expect(() => readChecks({ '*': [{ jsonSchema: schema }] })).toThrow(
      `checks["*"][0].jsonSchema: cannot be used: its $ref "${target}" points out of the schema; nothing is loaded from files or the network`,
    );
    const prompt = promptWith({ response_format: { type: 'json_schema', schema } });
    const result = runChecks(prompt, answerWith({ text: '{"a":1}' }), plainTools).find(
      ({ check }) => check === 'jsonSchema',
    );
    expect(result).toMatchObject({ pass: true, judged: false, kind: 'schema-unusable' });
  });

  it('runs its patterns under the time limit that it is given', () => {
    const input = answerWith({ text: '"aaa"' });
    const spec = { check: 'jsonSchema', value: { pattern: '(a+)+$' } };
    expect(jsonSchema.run(spec, input, { matches: () => 'timeout' })).toMatchObject({
      pass: true,
      judged: false,
      kind: 'regex-timeout',
    });
  });
});

it('repairs type names and leftovers of old drafts, and leaves values alone', () => {
  expect(
    repairSchema({
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'dict',
      required: true,
      properties: {
        type: { type: 'float', minimum: 0, exclusiveMinimum: true },
        pair: { type: 'tuple', items: { type: 'any' } },
        free: { type: 'any', default: { type: 'dict' } },
        one: { enum: [{ type: 'dict' }], type: ['str', 'none'] },
        odd: { type: 'Hashmap<String>' },
      },
    }),
  ).toEqual({
    type: 'object',
    properties: {
      type: { type: 'number', minimum: 0, exclusiveMinimum: 0 },
      pair: { type: 'array', items: {} },
      free: { default: { type: 'dict' } },
      one: { enum: [{ type: 'dict' }], type: ['string', 'null'] },
      odd: {},
    },
  });
});

const tools: Tool[] = [
  {
    name: 'get_weather',
    parameters: {
      type: 'dict',
      required: ['city'],
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
    },
  },
  {
    name: 'refund',
    parameters: { type: 'object', properties: { to: { type: 'object', properties: { iban: { type: 'string' } } } } },
  },
];

describe('toolCall', () => {
  const call = (name: string, args: string) => ({ id: 'c', name, arguments: args });
  const input = (...toolCalls: ReturnType<typeof call>[]) => ({ prompt: promptWith({ tools }), toolCalls });
  it.each<[string, string, Record<string, Json>, string | undefined, string | undefined]>([
    ['get_weather', '{"city":"Rome"}', {}, undefined, undefined],
    [
      'get_wether',
      '{"city":"Rome"}',
      {},
      'unknown-tool',
      'It called "get_wether", which is not among the tools (nearest: get_weather).',
    ],
    [
      'get_weather',
      '{"city":"Rome"',
      {},
      'bad-json',
      'get_weather was called with arguments that are no JSON object: "{"city":"Rome"".',
    ],
    [
      'get_weather',
      '["Rome"]',
      {},
      'bad-json',
      'get_weather was called with arguments that are no JSON object: "["Rome"]".',
    ],
    ['get_weather', '', {}, 'schema-mismatch', 'get_weather was called with wrong arguments: city is missing.'],
    [
      'get_weather',
      '{"city":"Rome","days":"2"}',
      {},
      'schema-mismatch',
      'get_weather was called with wrong arguments: days must be integer, not text ("2").',
    ],
    ['get_weather', '{"city":"Rome","unit":"C"}', {}, undefined, undefined],
    [
      'get_weather',
      '{"city":"Rome","unit":"C"}',
      { strict: true },
      'schema-mismatch',
      'get_weather was called with "unit", which it does not take.',
    ],
    [
      'get_weather',
      '{"city":"Rome"}',
      { name: 'refund' },
      'wrong-tool',
      'It called "get_weather"; "refund" was expected.',
    ],
    [
      'get_weather',
      '{"city":"Rome"}',
      { arguments: { city: 'Oslo' } },
      'wrong-arguments',
      'get_weather was called with other arguments than expected: city is "Rome", expected "Oslo".',
    ],
    [
      'get_weather',
      '{"city":"Rome"}',
      { arguments: { city: { oneOf: ['Rome', 'Roma'] }, days: { oneOf: [1], optional: true } } },
      undefined,
      undefined,
    ],
    [
      'refund',
      '{"to":{"iban":"X"}}',
      { name: 'refund', arguments: { to: { iban: 'Y' } } },
      'wrong-arguments',
      'refund was called with other arguments than expected: to.iban is "X", expected "Y".',
    ],
    ['refund', '{}', { call: 'never' }, 'unwanted-call', 'It called "refund" where no tool should be called.'],
  ])('%s %s %j → %s', (name, args, more, kind, why) => {
    const result = runOne('toolCall', undefined, input(call(name, args)), more);
    expect([result.kind, result.why]).toEqual([kind, why]);
  });

  it('takes tool_choice as what must happen', () => {
    const kinds = (choice: 'none' | 'required' | { name: string }, ...calls: ReturnType<typeof call>[]) =>
      runChecks(
        promptWith({ tools, tool_choice: choice }),
        answerWith({ prompt: promptWith({ tools }), text: 'ok', toolCalls: calls }),
        plainTools,
      )
        .filter((result) => !result.pass)
        .map((result) => result.kind);
    expect(kinds('required')).toEqual(['missing-call']);
    expect(kinds({ name: 'refund' })).toEqual(['missing-call']);
    expect(kinds({ name: 'refund' }, call('get_weather', '{"city":"Rome"}'))).toEqual(['wrong-tool']);
    expect(kinds('none', call('refund', '{}'))).toEqual(['unwanted-call']);
    expect(kinds('none')).toEqual([]);
  });

  it('over a tool loop asks for the expected call and an end, not for a spotless way there', () => {
    const slip = call('get_weather', '{}');
    const good = call('get_weather', '{"city":"Rome"}');
    const base = { prompt: promptWith({ tools }), text: 'Sunny.', allToolCalls: [slip, good] };
    expect(runOne('toolCall', undefined, base, { name: 'get_weather', arguments: { city: 'Rome' } }).pass).toBe(true);
    expect(runOne('toolCall', undefined, { ...base, text: '', toolCalls: [good] }).kind).toBe('unfinished');
    expect(runOne('toolCall', undefined, { ...base, toolCalls: [good], allToolCalls: [good] }).pass).toBe(true);
  });
});

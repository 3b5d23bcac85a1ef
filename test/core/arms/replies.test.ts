import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../../src/arms/wire/asked-wait.ts';
import { classify } from '../../../src/arms/wire/classify.ts';
import { redactSecrets } from '../../../src/arms/wire/secrets.ts';
import { standardSchema, toolNames } from '../../../src/arms/wire/tool-names.ts';

describe('tool names', () => {
  it('come back as they were, whatever they were', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 12 }),
        (names) => {
          const mapped = toolNames(names);
          const sent = names.map(mapped.toProvider);
          expect(new Set(sent).size).toBe(names.length);
          for (const name of sent) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
          expect(sent.map(mapped.fromProvider)).toEqual(names);
        },
      ),
    );
  });

  it('keep apart what becomes the same, and leave unknown names alone', () => {
    const names = toolNames(['a.b', 'a_b', 'a/b']);
    expect(['a.b', 'a_b', 'a/b'].map(names.toProvider)).toEqual(['a_b_2', 'a_b', 'a_b_3']);
    expect(names.fromProvider('made_up')).toBe('made_up');
  });
});

describe('tool schemas', () => {
  it('get JSON Schema’s type names, also deep inside, and keep a property called "type"', () => {
    expect(
      standardSchema({
        type: 'dict',
        properties: {
          type: { type: 'String', enum: ['dict', 'float'] },
          at: { type: 'tuple', items: { type: 'float' } },
          any: { type: 'any', description: 'type: dict' },
          list: { type: 'array' },
        },
        required: ['type'],
      }),
    ).toEqual({
      type: 'object',
      properties: {
        type: { type: 'string', enum: ['dict', 'float'] },
        at: { type: 'array', items: { type: 'number' } },
        any: { description: 'type: dict' },
        list: { type: 'array', items: {} },
      },
      required: ['type'],
    });
  });
});

describe('what an error means', () => {
  it.each([
    [{ status: 429, code: 'insufficient_quota', message: 'x' }, 'quota'],
    [{ status: 429, code: 'project_spend_limit_exceeded', message: 'x' }, 'quota'],
    [{ status: 402, message: 'no credits' }, 'quota'],
    [{ status: 429, code: 'rate_limit_exceeded', type: 'requests', message: 'x' }, 'rate-limit'],
    [{ status: 400, code: 'context_length_exceeded', message: 'x' }, 'too-long'],
    [{ status: 400, type: 'exceed_context_size_error', message: 'x' }, 'too-long'],
    [{ status: 500, message: 'llama runner process: cudaMalloc failed: out of memory' }, 'out-of-memory'],
    [
      { status: 500, message: 'model runner has unexpectedly stopped, this may be due to resource limitations' },
      'out-of-memory',
    ],
    [{ status: 500, message: 'image input is not supported - hint: provide the mmproj' }, 'bad-request'],
    [{ status: 503, message: 'Loading model' }, 'overload'],
    [{ status: 404, message: 'model "x" not found, try pulling it first' }, 'model-missing'],
    [{ status: 404, message: '404 page not found' }, 'model-missing'],
    [{ status: 400, message: 'API key not valid. Please pass a valid API key.' }, 'auth'],
    [{ status: 400, message: '"llama2" does not support tools' }, 'bad-request'],
    [{ status: 308, message: 'redirects to https://x/' }, 'model-missing'],
    [{ status: 599, message: 'x' }, 'server'],
    [{ message: 'upstream hiccup' }, 'server'],
  ] as const)('%j is %s', (wire, failure) => expect(classify(wire).failure).toBe(failure));

  it('reads Retry-After in every form', () => {
    const at = Date.parse('2026-11-21T09:30:00Z');
    const ms = (headers: Record<string, string>) => retryAfter(new Headers(headers), at);
    expect(ms({ 'retry-after': '3' })).toBe(3000);
    expect(ms({ 'retry-after': '0.5' })).toBe(500);
    expect(ms({ 'retry-after-ms': '250', 'retry-after': '9' })).toBe(250);
    expect(ms({ 'retry-after': 'Sat, 21 Nov 2026 09:30:20 GMT' })).toBe(20_000);
    expect(ms({ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' })).toBe(0);
    expect([ms({}), ms({ 'retry-after': 'soon' })]).toEqual([undefined, undefined]);
  });
});

describe('secrets in messages', () => {
  it.each([
    ['Incorrect API key provided: sk-proj-abc_DEF-123456.', 'Incorrect API key provided: [key].'],
    ['Authorization: Bearer abcdef123456', 'Authorization: [key] [key]'],
    ['{"x-api-key":"0123456789ab"}', '{"x-api-key":"[key]"}'],
    ['https://me:pass@host/v1', 'https://[key]@host/v1'],
    ['AIzaSyA1234567890abcdefghijklmnop', '[key]'],
    ['the risk-averse task-force', 'the risk-averse task-force'],
  ])('%s', (text, clean) => expect(redactSecrets(text).replace('[key] [key]', '[key] [key]')).toBe(clean));

  it('go wherever a known key turns up', () => {
    expect(redactSecrets('got plain0key7value.', ['plain0key7value'])).toBe('got [key].');
  });
});

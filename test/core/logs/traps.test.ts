/** Traps that cross formats: what logs do to prompts, and what must not reach a run unseen. */
import { describe, expect, it } from 'vitest';
import { answerFrom, usageFrom } from '../../../src/logs/answer.ts';
import { type Draft, type Mapped, settle } from '../../../src/logs/draft.ts';
import { decoded } from '../../../src/logs/fields.ts';
import { chat } from '../../../src/logs/formats/chat.ts';
import { segmentPattern } from '../../../src/logs/globs.ts';
import { messagesFrom } from '../../../src/logs/messages.ts';
import { elapsedMs, isoTime } from '../../../src/logs/moments.ts';
import { nearDuplicates } from '../../../src/logs/near-duplicates.ts';
import { requestFrom } from '../../../src/logs/request.ts';
import { toolsFrom } from '../../../src/logs/tools.ts';
import type { Json, JsonObject } from '../../../src/records/plain-json.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import { leastProcessorTime } from '../../helpers/processor-time.ts';

const map = (record: unknown): Draft => {
  const mapped = chat.map(record as JsonObject, {}) as Mapped;
  if (!('draft' in mapped)) throw new Error(JSON.stringify(mapped));
  return mapped.draft;
};
const user = (content: Json): Json => ({ role: 'user', content });

describe('encodings of JSON', () => {
  it('decodes twice-encoded JSON of JSON fields, and nothing else', () => {
    expect(decoded(JSON.stringify(JSON.stringify([1])))).toEqual([1]);
    expect(decoded('{broken')).toBe('{broken');
    expect(decoded('"just a quoted sentence"')).toBe('"just a quoted sentence"');
  });
  it('arguments are text as written; objects are serialised once', () => {
    const calls = (args: unknown) =>
      map({
        messages: [
          user('x'),
          {
            role: 'assistant',
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'uber.ride', arguments: args } }],
          },
          { role: 'tool', tool_call_id: 'a', content: 'ok' },
        ],
      }).messages[1]?.tool_calls;
    expect(calls('{"a": 1 }')).toEqual([{ id: 'a', name: 'uber.ride', arguments: '{"a": 1 }' }]);
    expect(calls({ a: 1 })).toEqual([{ id: 'a', name: 'uber.ride', arguments: '{"a":1}' }]);
  });
});

describe('answers', () => {
  it('the last assistant turn is the answer, never part of the prompt', () => {
    const draft = map({
      messages: [user('a'), { role: 'assistant', content: 'b' }, user('c'), { role: 'assistant', content: 'd' }],
    });
    expect(draft.messages.map(({ content }) => content)).toEqual(['a', 'b', 'c']);
    expect(draft.ref).toEqual({ text: 'd' });
  });
  it('of several choices the first counts', () => {
    expect(
      answerFrom({
        choices: [
          { message: { role: 'assistant', content: 'one' }, finish_reason: 'length' },
          { message: { content: 'two' } },
        ],
      }),
    ).toEqual({ text: 'one', finish: 'length', choices: 2 });
  });
  it('an answer alone is no prompt', () => {
    expect(settle({ messages: [{ role: 'assistant', content: 'x' }] })).toEqual({ reject: 'holds only an answer' });
    expect(settle({ messages: [{ role: 'user', content: '  ' }] })).toEqual({ reject: 'the prompt is empty' });
  });
  it('a refusal, an error and a tool call are kept as what they are', () => {
    expect(
      answerFrom({
        choices: [{ message: { role: 'assistant', content: null, refusal: 'No.' }, finish_reason: 'stop' }],
      }),
    ).toMatchObject({ text: '', refusal: 'No.' });
    expect(answerFrom({ error: { message: 'overloaded' } })).toEqual({ text: '', error: 'overloaded' });
    expect(
      answerFrom({ content: [{ type: 'tool_use', id: 't', name: 'f', input: { a: 1 } }], stop_reason: 'tool_use' }),
    ).toEqual({ text: '', tool_calls: [{ id: 't', name: 'f', arguments: '{"a":1}' }], finish: 'tool_use' });
  });
  it('usage: unknown is absent, cached is part of in', () => {
    expect(usageFrom({ prompt_tokens: 5 })).toEqual({ in: 5 });
    expect(
      usageFrom({ input_tokens: 5, output_tokens: 1, cache_read_input_tokens: 90, cache_creation_input_tokens: 5 }),
    ).toEqual({ in: 100, out: 1, cached: 90 });
    expect(usageFrom({})).toBeUndefined();
  });
});

describe('flags', () => {
  const flags = (messages: unknown[]): unknown => map({ messages }).flags;
  it.each([
    ['truncated', [user(`start ... (litellm_truncated skipped 900 chars) ... end`)]],
    ['truncated', [user('a long text… [truncated]')]],
    ['redacted-at-source', [user('redacted-by-litellm')]],
    ['redacted-at-source', [user('[REDACTED]')]],
    ['redacted-at-source', [user('<redacted>')]],
    [
      'media',
      [
        user([
          { type: 'text', text: 'See' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
        ]),
      ],
    ],
    ['no-user-turn', [{ role: 'system', content: 'Only rules' }]],
    ['dangling-tool-call', [user('x'), { role: 'tool', tool_call_id: 'gone', content: 'y' }]],
    ['partial-history', [{ role: 'tool', tool_call_id: 'gone', content: 'y' }]],
  ])('%s', (flag, messages) => {
    expect(flags(messages)).toContain(flag);
  });
  it('an ordinary mention is no mark', () => {
    expect(flags([user('Why does my log say [REDACTED] in the middle?')])).toBeUndefined();
    expect(flags([user('Explain what "truncated" means.')])).toBeUndefined();
  });
  it('history behind previous_response_id is not in the log', () => {
    expect(requestFrom({ model: 'm', input: 'go on', previous_response_id: 'r' })?.flags).toEqual(['partial-history']);
  });
  it('tool results without a tools list are kept, with their calls', () => {
    const draft = map({
      messages: [
        user('x'),
        { role: 'assistant', content: null, tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'a', content: 'r' },
      ],
    });
    expect(draft.tools).toBeUndefined();
    expect(draft.flags).toBeUndefined();
    expect(draft.messages).toHaveLength(3);
  });
});

describe('messages', () => {
  it('one unreadable turn makes the conversation unreadable', () => {
    expect(messagesFrom([user('x'), { role: 'wizard', content: 'y' }])).toBeUndefined();
    expect(messagesFrom(["role='user' content='x'"])).toBeUndefined();
  });
  it('reasoning is dropped, parallel calls of one turn are one message', () => {
    const turns = messagesFrom([
      user('x'),
      { type: 'reasoning', summary: [] },
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
      { type: 'function_call', call_id: 'b', name: 'g', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: '1' },
    ]);
    expect(turns?.map(({ role, tool_calls }) => [role, tool_calls?.length ?? 0])).toEqual([
      ['user', 0],
      ['assistant', 2],
      ['tool', 0],
    ]);
  });
  it('tools in every provider’s shape', () => {
    const parameters = { type: 'object' };
    const same = [{ name: 'f', description: 'd', parameters }];
    expect(toolsFrom([{ type: 'function', function: { name: 'f', description: 'd', parameters } }])).toEqual(same);
    expect(toolsFrom([{ type: 'function', name: 'f', description: 'd', parameters }])).toEqual(same);
    expect(toolsFrom([{ name: 'f', description: 'd', input_schema: parameters }])).toEqual(same);
    expect(toolsFrom([{ function_declarations: [{ name: 'f', description: 'd', parameters }] }])).toEqual(same);
    expect(
      toolsFrom([JSON.stringify({ type: 'function', name: 'f', description: 'd', inputSchema: parameters })]),
    ).toEqual(same);
  });
});

describe('times', () => {
  it.each([
    [1762070400],
    [1762070400000],
    ['1762070400000000000'],
    ['1762070400'],
    [[1762070400, 0]],
    ['2025-11-02T08:00:00Z'],
    ['2025-11-02 08:00:00.000000'],
    ['2025-11-02T09:00:00+01:00'],
    ['2025-11-02T08:00:00.000000+00:00'],
  ])('%j', (value) => {
    expect(isoTime(value)).toBe('2025-11-02T08:00:00.000Z');
  });
  it('nonsense is no time, and nothing took less than no time', () => {
    expect([isoTime('soon'), isoTime(7), isoTime(null), isoTime({})]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(elapsedMs('2025-11-02T08:00:01Z', '2025-11-02T08:00:00Z')).toBeUndefined();
  });
});

describe('near duplicates', () => {
  const prompt = (content: string, line: number): PromptRecord => ({
    id: `p_${line}`,
    task: 't',
    messages: [{ role: 'user', content }],
    difficulty: 'easy',
    weight: 1,
    source: { format: 'csv', file: 'a.csv', line },
  });
  it('are shown where they are few', () => {
    const found = nearDuplicates([
      prompt('Sum up order 12!', 2),
      prompt('sum up  order 7', 3),
      prompt('Another thing', 4),
      prompt('A third', 5),
    ]);
    expect(found).toEqual({
      prompts: 1,
      groups: [
        [expect.objectContaining({ file: 'a.csv', line: 2 }), expect.objectContaining({ file: 'a.csv', line: 3 })],
      ],
      templates: [],
    });
  });
  it('a log of one template has none', () => {
    const found = nearDuplicates(Array.from({ length: 12 }, (_, at) => prompt(`Sum up order ${at}`, at)));
    expect(found).toEqual({ prompts: 0, groups: [], templates: ['t'] });
  });
  it('are found in a time that grows with their number', () => {
    const alike = Array.from({ length: 40_000 }, (_, at) => prompt(`Sum up order ${at}`, at));
    // The list was built again for each of them: 800 million steps.
    expect(leastProcessorTime(() => nearDuplicates(alike), { enough: 800 })).toBeLessThan(800);
  });
});

describe('patterns', () => {
  it.each([
    ['*.jsonl', 'a.jsonl', true],
    ['*.jsonl', 'a.json', false],
    ['log-?.csv', 'log-1.csv', true],
    ['{a,b}.csv', 'b.csv', true],
    ['[!a].csv', 'a.csv', false],
    ['a+b.csv', 'a+b.csv', true],
  ])('%s ~ %s', (pattern, name, fits) => {
    expect(segmentPattern(pattern).test(name)).toBe(fits);
  });
});

/** What stands around a call that others carry: counts, models, times, tasks and sessions, at each level down to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unusedText } from '../../../src/logs/fields/unused-text.ts';
import { type LoadedPrompts, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'around-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(...records: unknown[]): Promise<LoadedPrompts> {
  writeFileSync(join(folder, 'calls.jsonl'), records.map((record) => JSON.stringify(record)).join('\n'));
  const now = new Date('2026-11-20T00:00:00Z');
  return loadPrompts(['calls.jsonl'], { redact: false, now, seed: 1, hashing, cwd: folder });
}
const asked = { role: 'user', content: 'When do we open?' };
const said = { role: 'assistant', content: 'At six.' };

describe('a call that another record carries', () => {
  it('has the counts beside what carries it, although their names are like those of its parts', async () => {
    const { prompts } = await load({
      request_id: 'r1',
      prompt_blueprint: { prompt_template: { messages: [asked, said] } },
      model: 'gpt-4o',
      input_tokens: 16,
      output_tokens: 3,
      request_start_time: '2026-10-01T08:00:00',
    });
    expect(prompts).toMatchObject([
      {
        source_id: 'r1',
        ts: '2026-10-01T08:00:00.000Z',
        ref: { text: 'At six.', model: 'gpt-4o', usage: { in: 16, out: 3 } },
      },
    ]);
  });

  it('has the model that stands beside it, below the record', async () => {
    const sample = {
      input: [asked],
      output: [said],
      model: 'gpt-4o-mini',
      usage: { prompt_tokens: 8, completion_tokens: 2 },
    };
    const { prompts } = await load({ item: 5, sample });
    expect(prompts).toMatchObject([{ ref: { text: 'At six.', model: 'gpt-4o-mini', usage: { in: 8, out: 2 } } }]);
  });

  it('is found three levels below, with the counts beside it', async () => {
    const request = JSON.stringify({ model: 'm', messages: [asked] });
    const response = JSON.stringify({ choices: [{ index: 0, message: said }] });
    const proxy = { usage: { prompt_tokens: 8, completion_tokens: 2 }, payload: { request, response } };
    const { prompts } = await load({ started_at: 1790841600000, ai: { proxy } });
    expect(prompts).toMatchObject([
      { ts: '2026-10-01T08:00:00.000Z', ref: { text: 'At six.', usage: { in: 8, out: 2 } } },
    ]);
  });

  it.each([
    {
      preview: false,
      result: { _time: '2026-10-01T08:00:00.000+00:00', _raw: JSON.stringify({ messages: [asked, said] }) },
    },
    { MESSAGE: JSON.stringify({ messages: [asked, said] }), __REALTIME_TIMESTAMP: '1790841600000000', PRIORITY: '6' },
    { Date: '2026-10-01T08:00:00.000Z', Host: 'h', Message: JSON.stringify({ messages: [asked, said] }) },
  ])('has the time of the line that carries it: %j', async (line) => {
    const { prompts } = await load(line);
    expect(prompts).toMatchObject([{ ts: '2026-10-01T08:00:00.000Z', ref: { text: 'At six.' } }]);
  });

  it('has the task and the session that its log notes in an object of their own', async () => {
    const meta = { feature: 'hours', session_id: 's-1' };
    const payload = { request: { model: 'm', messages: [asked] }, response: { content: 'At six.' }, meta };
    const { prompts } = await load({ event: 'llm_call', payload });
    expect(prompts).toMatchObject([{ task: 'hours', session_id: 's-1', ref: { text: 'At six.' } }]);
  });
});

it('reads bodies of one provider of which some have no mark of it', async () => {
  const { prompts } = await load(
    { model: 'claude', max_tokens: 9, system: 'Be kind.', messages: [asked] },
    { model: 'claude', max_tokens: 9, messages: [{ role: 'user', content: [{ type: 'text', text: 'Where?' }] }] },
    { model: 'claude', max_tokens: 9, system: 'Be brief.', messages: [asked] },
  );
  expect(prompts.map(({ messages }) => messages.length)).toEqual([2, 1, 2]);
});

it('proposes no time and no count as an answer', () => {
  const field = (name: string) => ({ name, filled: 2, records: 2, length: 24, kind: 'text' as const });
  const said = unusedText(['response_created_at', 'responseTime', 'output_tokens'].map(field), false);
  expect(said).not.toContain('--answer-field');
  expect(unusedText([field('reply_en')], false)).toContain('--answer-field reply_en');
});

it.each([
  { model: { name: 'gpt-4o', provider: 'openai' } },
  { metadata: { model: 'gpt-4o' } },
  { prompt: { id: 'p1', model: 'gpt-4o', template: [] } },
  { config: { model_name: 'gpt-4o' } },
])('finds the model in what a log notes about the call: %j', async (more) => {
  const { prompts } = await load({ messages: [asked, said], ...more });
  expect(prompts[0]?.ref?.model).toBe('gpt-4o');
});

it('takes the session of a span from the properties of its trace', async () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.prompt.0.role': 'user',
    'gen_ai.prompt.0.content': 'When?',
    'traceloop.association.properties.session_id': 's-1',
  };
  const { prompts } = await load({ name: 'chat', context: { trace_id: 't', span_id: 's' }, attributes });
  expect(prompts[0]?.session_id).toBe('s-1');
});

describe('lines that are called responses', () => {
  const ask = (id: string, event: string, more: object) => ({
    time: '2026-10-01T08:00:00Z',
    level: 'info',
    msg: event,
    reqId: id,
    ...more,
  });

  it('are joined to the requests of their ids, each once', async () => {
    const { prompts } = await load(
      ask('a', 'prompt sent', { prompt: 'When?' }),
      ask('a', 'prompt sent', { prompt: 'Where?' }),
      ask('a', 'response received', { response: 'At six.' }),
      ask('a', 'response received', { response: 'Here.' }),
    );
    expect(prompts.map(({ messages, ref }) => [messages[0]?.content, ref?.text])).toEqual([
      ['When?', 'At six.'],
      ['Where?', 'Here.'],
    ]);
  });

  it.each([
    { id: 1, type: 'free_response', question: 'When?', answer: 'At six.' },
    { id: 1, message: 'When? A short reply', response: 'At six.' },
    { id: 1, type: 'response', message: 'When? Be quick.', response: 'At six.' },
    { id: 1, event: 'llm.response', prompt: 'When?', response: 'At six.' },
  ])('are calls where they ask something by themselves: %j', async (record) => {
    const { prompts } = await load(record);
    expect(prompts).toMatchObject([{ ref: { text: 'At six.' } }]);
    expect(prompts[0]?.messages[0]?.content).toMatch(/^When\?/);
  });
});

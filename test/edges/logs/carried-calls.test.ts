/** Calls inside the lines of log services, in the steps of a trace and in cells; verdicts, cut answers, media and vectors beside them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadedPrompts, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carried-calls-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(name: string, text: string | Buffer): Promise<LoadedPrompts> {
  writeFileSync(join(folder, name), text);
  const now = new Date('2026-11-20T00:00:00Z');
  return loadPrompts([name], { redact: false, now, seed: 1, hashing, cwd: folder });
}
const lines = (...records: unknown[]): string => records.map((record) => JSON.stringify(record)).join('\n');
const quoted = (value: unknown): string =>
  `"${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('"', '""')}"`;
const texts = (loaded: LoadedPrompts): unknown[] =>
  loaded.prompts.map(({ messages, ref }) => [...messages.map(({ role, content }) => `${role}: ${content}`), ref?.text]);
const asked = (text: string) => ({ role: 'user', content: text });
const said = (text: string) => ({ role: 'assistant', content: text });
const call = { model: 'gpt-4.1-mini', messages: [asked('When?'), said('At six.')] };
const read = [['user: When?', 'At six.']];

describe('lines of a log service', () => {
  it.each([
    [
      'journald.jsonl',
      lines(
        { MESSAGE: JSON.stringify(call), __REALTIME_TIMESTAMP: '1780000000000000', _HOSTNAME: 'a' },
        ...['Started app.', 'Listening on 80.', 'Closing.'].map((text) => ({
          MESSAGE: text,
          __REALTIME_TIMESTAMP: '1780000000000001',
          _HOSTNAME: 'a',
        })),
      ),
    ],
    [
      'datadog.json',
      JSON.stringify({ data: [{ id: '1', type: 'log', attributes: { message: 'model called', attributes: call } }] }),
    ],
    [
      'insights.csv',
      `@timestamp,@message\n2026-01-01 00:00:00.000,${quoted(call)}\n2026-01-01 00:00:01.000,REPORT RequestId: 1\n`,
    ],
    ['console.csv', `timestamp,message\n1780000000000,${quoted(call)}\n1780000000001,START RequestId: 1\n`],
  ])('reads the call, and no other line as a prompt: %s', async (name, text) => {
    expect(texts(await load(name, text))).toEqual(read);
  });

  it('reads the events of a list of results', async () => {
    const log = JSON.stringify({ prompt: 'When?', completion: 'At six.' });
    const text = JSON.stringify({ results: [{ events: [{ timestamp: 1, log }] }] });
    expect(texts(await load('events.json', text))).toEqual(read);
  });

  it('takes a text as a prompt where no line holds a request', async () => {
    const text = lines({ timestamp: 't', data: { prompt: 'When?', response: 'At six.' } });
    expect(texts(await load('text.jsonl', text))).toEqual(read);
  });

  it('leaves a table of messages with a time a table of prompts', async () => {
    expect(texts(await load('mails.csv', 'date,message,reply\n2026-01-01,When?,At six.\n'))).toEqual(read);
  });
});

describe('a trace with its steps', () => {
  const outer = { id: 't', input: 'outer', output: 'outer' };
  const model = { name: 'call', input: [asked('When?')], output: said('At six.'), model: 'gpt-4.1-mini' };
  it.each([
    [
      'steps',
      {
        ...outer,
        steps: [
          { type: 'tool', input: 'a', output: 'b' },
          { type: 'LLM', ...model },
        ],
      },
    ],
    [
      'spans',
      {
        ...outer,
        spans: [
          { kind: 'chat_model', ...model },
          { kind: 'parser', input: 'a', output: 'b' },
        ],
      },
    ],
    ['observations', { ...outer, observations: [{ type: 'Generation', ...model }] }],
    ['deeper', { ...outer, spans: [{ type: 'chain', input: 'a', children: [{ type: 'llm', ...model }] }] }],
  ])('reads its model calls only: %s', async (name, trace) => {
    const loaded = await load(`${name}.jsonl`, lines(trace));
    expect(texts(loaded)).toEqual(read);
    expect(loaded.prompts[0]?.ref?.model).toBe('gpt-4.1-mini');
  });

  it('is no trace of another tool because its spans have a kind', async () => {
    const spans = [
      { span_type: 'RETRIEVER', input: 'a', output: 'b' },
      { span_type: 'LLM', ...model },
    ];
    expect(texts(await load('kinds.json', JSON.stringify({ traces: [{ ...outer, spans }] })))).toEqual(read);
  });

  it.each([
    ['words.jsonl', { text: 'When?', answer: 'At six.', spans: [{ start: 0, end: 4, label: 'ADV' }] }],
    ['howto.jsonl', { question: 'When?', answer: 'At six.', steps: ['look', 'say'] }],
  ])('is none where the list holds no calls: %s', async (name, record) => {
    expect(texts(await load(name, lines(record)))).toEqual(read);
  });
});

describe('cells', () => {
  it('decodes lists without commas in a column of conversations, and the items of an answer', async () => {
    const numpy = "[{'from': 'human', 'value': 'When?'}\n {'from': 'gpt', 'value': 'At six.'}]";
    expect(texts(await load('numpy.csv', `id,conversations\n1,${quoted(numpy)}\n`))).toEqual(read);
    const items = [
      { type: 'reasoning', summary: [] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'At six.' }] },
    ];
    const csv = `input,output\n${quoted([asked('When?')])},${quoted(items)}\n`;
    expect(texts(await load('items.csv', csv))).toEqual(read);
  });

  it('reads blocks of an answer without their message, and tools as Python prints them', async () => {
    const blocks = `query\treply\nWhen?\t${quoted([{ type: 'text', text: 'At six.' }])}\n`;
    expect(texts(await load('blocks.tsv', blocks))).toEqual(read);
    const tools = "[{'type': 'function', 'function': {'name': 'clock', 'parameters': {'type': 'object'}}}]";
    const csv = `messages,tools,completion\n${quoted([asked('When?')])},${quoted(tools)},At six.\n`;
    const loaded = await load('tools.csv', csv);
    expect(loaded.prompts[0]?.tools?.map(({ name }) => name)).toEqual(['clock']);
  });

  it('reads the spans of a data frame without their ids', async () => {
    const csv = `name,attributes.llm.input_messages,attributes.llm.output_messages\nchat,${quoted("[{'message.role': 'user', 'message.content': 'When?'}]")},${quoted("[{'message.role': 'assistant', 'message.content': 'At six.'}]")}\n`;
    expect(texts(await load('frame.csv', csv))).toEqual(read);
  });
});

describe('what is no answer', () => {
  it('knows a bad completion of a table by its label, which is no task', async () => {
    const csv = 'prompt,completion,label\nWhen?,At six.,True\nWhere?,Nowhere.,False\nWho?,Ann.,True\n';
    const loaded = await load('verdicts.csv', csv);
    expect(texts(loaded)).toEqual([
      ['user: When?', 'At six.'],
      ['user: Where?', undefined],
      ['user: Who?', 'Ann.'],
    ]);
    expect(loaded.prompts.map(({ task }) => task)).not.toContain('True');
  });

  it('says that `llm logs -t` cut an answer', async () => {
    const row = { id: '1', conversation_id: 'c', duration_ms: 9, datetime_utc: '2026-01-01T00:00:00', prompt: 'When?' };
    const loaded = await load('cut.jsonl', lines({ ...row, response: `${'x'.repeat(97)}...` }));
    expect(texts(loaded)).toEqual([['user: When?', undefined]]);
    expect(loaded.warnings.join(' ')).toContain('llm logs -t');
    const whole = await load('whole.jsonl', lines({ ...row, response: `${'x'.repeat(96)}...` }));
    expect(texts(whole)).toEqual([['user: When?', `${'x'.repeat(96)}...`]]);
  });

  it('takes the text None of a failed call of LiteLLM for no answer', async () => {
    const row = { custom_llm_provider: 'openai', response_cost: 0, status: 'failure', messages: [asked('When?')] };
    const loaded = await load('failed.jsonl', lines({ ...row, response: 'None', error_str: 'boom' }));
    expect(loaded.prompts[0]?.ref).toMatchObject({ text: '', error: 'boom' });
  });
});

describe('preferences', () => {
  it('reads the chosen messages of a table, as JSON or as Python prints them', async () => {
    const chosen = [asked('When?'), said('At six.')];
    const python = "[{'role': 'user', 'content': 'When?'}, {'role': 'assistant', 'content': 'At six.'}]";
    for (const cell of [quoted(chosen), quoted(python)])
      expect(
        texts(await load('preferences.csv', `chosen,rejected\n${cell},${quoted([asked('When?'), said('No.')])}\n`)),
      ).toEqual(read);
  });
});

describe('what is no prompt', () => {
  it('flags a picture or a recording that is one object in a message', async () => {
    const loaded = await load(
      'sound.jsonl',
      lines(
        { messages: [{ ...asked('Who sings?'), audio: { data: 'QUJD', format: 'wav' } }, said('A lark.')] },
        { messages: [{ ...asked('When?'), image: null, audio: false }, said('At six.')] },
      ),
    );
    expect(texts(loaded)).toEqual(read);
    expect(loaded.rejected.map(({ reason }) => reason).join()).toContain('holds images, audio or files');
  });

  it('flags a picture in the result of a tool; a result that only names one is text', async () => {
    const result = (content: unknown) => ({
      messages: [
        asked('Look.'),
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'shot', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content }] },
      ],
      tools: [{ name: 'shot', input_schema: { type: 'object', properties: {} } }],
    });
    const picture = [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'QUJD' } }];
    const loaded = await load('shots.jsonl', lines(result(picture), result('[{"type":"image","title":"A pier"}]')));
    expect(loaded.prompts).toHaveLength(1);
    expect(loaded.rejected.map(({ reason }) => reason).join()).toContain('holds images, audio or files');
  });

  it('refuses answers of Anthropic without their requests', async () => {
    const message = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi.' }],
      stop_reason: 'end_turn',
    };
    await expect(load('answers.jsonl', lines(message, message))).rejects.toThrow('answers, and not the requests');
  });

  it.each([[{ input: 'When?' }], [{ input: ['When?', 'Where?'] }]])(
    'refuses requests for vectors: %j',
    async (request) => {
      const text = lines({ model: 'text-embedding-3-small', ...request });
      await expect(load('vectors.jsonl', text)).rejects.toThrow('embedding or moderation calls');
    },
  );
});

describe('UTF-16 without a mark', () => {
  const csv = '问题,答案\n灯塔在哪里?,在海边。\n谁点灯?,守塔人。\n';
  it.each([
    ['le.csv', Buffer.from(csv, 'utf16le')],
    ['be.csv', Buffer.from(csv, 'utf16le').swap16()],
  ])('is known where only commas and line ends have a zero byte: %s', async (name, bytes) => {
    expect(texts(await load(name, bytes))).toEqual([
      ['user: 灯塔在哪里?', '在海边。'],
      ['user: 谁点灯?', '守塔人。'],
    ]);
  });
});

it('takes the answer that stands beside a carried request, and no status', async () => {
  const payload = JSON.stringify(JSON.stringify({ model: 'gpt-4o', messages: [asked('When?')] }));
  const beside = await load('beside.jsonl', lines({ level: 'info', payload, reply: 'At six.' }));
  expect(texts(beside)).toEqual([['user: When?', 'At six.']]);
  const status = await load('status.jsonl', lines({ level: 'info', payload, result: 'ok' }));
  expect(texts(status)).toEqual([['user: When?', undefined]]);
});

it('reads lines of names and values, and counts the others', async () => {
  const line = (at: number) =>
    `time=2026-03-0${at}T08:00:00Z level=info path=/chat?a=b prompt="When is the \\"late\\" tour?" response="At six, day ${at}." tokens=\n`;
  const read = await load('app.log', `${line(1)}${line(2)}${line(3)}${line(4)}panic: stop\n${line(5)}`);
  expect(texts(read)).toContainEqual(['user: When is the "late" tour?', 'At six, day 1.']);
  expect(read.warnings.join('\n')).toContain('passed over 1 line without names and values');
});

it('reads the model and the counts of a chat of Cohere inside a request', async () => {
  const request = { model: 'command-r', message: 'When?', preamble: 'Be brief.', chat_history: [] };
  const response = { text: 'At six.', meta: { tokens: { input_tokens: 31, output_tokens: 12 } } };
  const { prompts } = await load('cohere.jsonl', lines({ request, response }));
  expect(prompts[0]?.ref).toMatchObject({ text: 'At six.', model: 'command-r', usage: { in: 31, out: 12 } });
});

it('reads the directions of Twilio', async () => {
  const message = (direction: string, at: number, body: string) => ({
    sid: `SM${at}`,
    date_created: `2026-03-01T08:00:0${at}Z`,
    direction,
    from: `+1555010${at}`,
    body,
  });
  const messages = [message('inbound', 1, 'When?'), message('outbound-api', 2, 'At six.')];
  const { prompts } = await load('sms.json', JSON.stringify({ messages }));
  expect(prompts).toMatchObject([
    { messages: [asked('When?')], ref: { text: 'At six.' }, ts: '2026-03-01T08:00:01.000Z' },
  ]);
});

it.each([
  ['dump.sql', "INSERT INTO chats VALUES (1, 'When?', 'At six.');\n", 'a dump of a SQL database'],
  ['posts.xml', "<?xml version='1.0'?>\n<posts><row Body='When?'/></posts>\n", 'XML'],
  ['messages.html', '<!DOCTYPE html>\n<html><body>When?</body></html>\n', 'a page made to be looked at'],
])('refuses %s by what it is', async (name, content, what) => {
  await expect(load(name, content)).rejects.toThrow(`${name} is ${what}`);
});

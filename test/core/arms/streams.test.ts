import { describe, expect, it } from 'vitest';
import { ArmError } from '../../../src/arms/arm.ts';
import { addEvent, replyOf } from '../../../src/arms/wire/accumulate.ts';
import { emptyFold } from '../../../src/arms/wire/folded.ts';
import { StreamError } from '../../../src/arms/wire/sdk-failures.ts';
import { readEvents } from '../../../src/arms/wire/stream-events.ts';

async function fold(pieces: string | string[]) {
  const folded = emptyFold();
  const bytes = [pieces].flat().map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of bytes) controller.enqueue(piece);
      controller.close();
    },
  });
  for await (const event of readEvents(body)) addEvent(folded, event);
  return folded;
}

const replyTo = async (pieces: string | string[]) => replyOf(await fold(pieces), (name) => name);
const failure = async (pieces: string | string[]) => {
  try {
    await replyTo(pieces);
  } catch (error) {
    if (error instanceof ArmError || error instanceof StreamError) return error;
    throw error;
  }
  throw new Error('it went well');
};

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const delta = (one: object, finish: string | null = null) =>
  data({ choices: [{ index: 0, delta: one, finish_reason: finish }] });
const said = delta({ content: 'Roses need ' }) + delta({ content: 'sun.' });
const stop = delta({}, 'stop');
const done = 'data: [DONE]\n\n';

describe('a stream of chat completions', () => {
  it.each([
    ['blank data', `data:\n\ndata: \n\n${said}${stop}${done}`],
    [
      'named pings, with JSON and with words',
      `event: ping\ndata: {"type":"ping"}\n\nevent: keepalive\ndata: keepalive\n\n${said}${stop}${done}`,
    ],
    ['null', `data: null\n\n${said}${stop}${done}`],
    ['comments, ids and retries', `: OPENROUTER PROCESSING\n\nid: 7\n\nretry: 3000\n\n${said}${stop}${done}`],
    ['objects that say nothing', `${data({ object: 'status', queue: 3 })}${said}${stop}${done}`],
    ['a byte order mark', `\uFEFF${said}${stop}${done}`],
    [
      'CRLF and no blank after the colon',
      `${said}${stop}${done}`.replaceAll('\n', '\r\n').replaceAll('data: ', 'data:'),
    ],
    ['CR alone', `${said}${stop}${done}`.replaceAll('\n', '\r')],
    [
      'one event on two data lines',
      `data: {"choices":\ndata: [{"index":0,"delta":{"content":"Roses need sun."},"finish_reason":"stop"}]}\n\n${done}`,
    ],
    ['events without blank lines between them', `${said}${stop}\n`.replaceAll('\n\n', '\n')],
    ['no [DONE]', `${said}${stop}`],
    ['another writing of [DONE]', `${said}${stop}data: [done]\n\ndata: {"x`],
    ['DONE alone', `${said}${stop}data: DONE\n\ndata: {"x`],
    ['no blank line at the end', `${said}${stop.trimEnd()}`],
    ['rubbish after [DONE]', `${said}${stop}${done}data: {"us`],
    [
      'Azure’s first chunk, null choices and null usage',
      `${data({ choices: [], prompt_filter_results: [] })}${data({ choices: null })}${said}${stop}${data({ choices: [], usage: null })}${done}`,
    ],
    [
      'a whole reply in place of a stream',
      JSON.stringify({ choices: [{ message: { content: 'Roses need sun.' }, finish_reason: 'stop' }] }),
    ],
    [
      'the same over many lines, after empty ones',
      `\n\n${JSON.stringify({ choices: [{ message: { content: 'Roses need sun.' }, finish_reason: 'stop' }] }, null, 2)}`,
    ],
    [
      'the whole message once more at the end',
      `${said}${data({ choices: [{ index: 0, message: { content: 'Roses need sun.' }, finish_reason: 'stop' }] })}${done}`,
    ],
  ])('is read with %s', async (_, body) => {
    const bytes = [...body].map((character) => character);
    for (const pieces of [[body], bytes])
      expect(await replyTo(pieces)).toMatchObject({ text: 'Roses need sun.', finish: 'stop' });
  });

  it('takes [DONE] after text for the end, once no finish reason is to be had', async () => {
    expect(await replyTo(said + done)).toMatchObject({ text: 'Roses need sun.', why: 'finish-absent' });
    const folded = await fold(said + done);
    expect(() => replyOf(folded, (name) => name, true)).toThrow('without a finish reason');
    expect(await failure(said)).toMatchObject({ failure: 'cut', partial: 'Roses need sun.' });
    expect(await failure(done)).toMatchObject({ failure: 'garbage' });
  });

  it('counts a thought once, whatever fields it comes in', async () => {
    const thought = { reasoning: 'Hm.', reasoning_content: 'Hm.', reasoning_details: [{ text: 'Hm.' }] };
    expect(await replyTo(delta(thought) + said + stop)).toMatchObject({ reasoning: 'Hm.', text: 'Roses need sun.' });
    const parts = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
      { type: 'text', text: 'Yes.' },
    ];
    expect(await replyTo(delta({ content: parts }) + stop)).toMatchObject({ reasoning: 'Hm.', text: 'Yes.' });
  });

  it('keeps an earlier usage, and the last one of several', async () => {
    const usage = (completion_tokens: number) => data({ choices: [], usage: { prompt_tokens: 9, completion_tokens } });
    expect((await replyTo(said + usage(1) + stop + usage(7) + data({ choices: [], usage: null }))).usage).toEqual({
      in: 9,
      out: 7,
    });
  });

  it('takes the counts that Groq puts beside', async () => {
    const last = data({
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      x_groq: { usage: { prompt_tokens: 22, completion_tokens: 9 } },
    });
    expect((await replyTo(said + last + done)).usage).toEqual({ in: 22, out: 9 });
  });

  it('believes the price of the last chunk, and no 0 of a part', async () => {
    const cost = (value: number) => data({ choices: [], usage: { cost: value } });
    expect(await replyTo(cost(0) + said + stop + cost(0.002))).toMatchObject({ costUsd: 0.002 });
  });

  it('hands on an error that comes as data, as an event, or in a choice', async () => {
    expect(await failure(data({ error: { message: 'No.', code: 502 } }))).toMatchObject({
      message: 'No.',
      body: { code: 502 },
    });
    expect(await failure('event: error\ndata: {"message":"No."}\n\n')).toMatchObject({ message: 'No.' });
    expect(await failure('event: error\ndata: it broke\n\n')).toMatchObject({ message: 'it broke' });
    expect(await failure(data({ choices: [{ error: { message: 'No.' }, finish_reason: 'error' }] }))).toMatchObject({
      message: 'No.',
    });
    expect(await failure('[{"error":{"code":429,"message":"No."}}]')).toMatchObject({ body: { code: 429 } });
    expect(await failure(said + data({ error: { message: 'died', code: 500 } }) + done)).toMatchObject({
      message: 'died',
    });
  });

  it('hands on an error that comes in a field of its own', async () => {
    const body = `error: ${JSON.stringify({ code: 500, message: 'context shift failed' })}\n\n`;
    expect(await failure(said + body)).toMatchObject({ message: 'context shift failed', body: { code: 500 } });
    expect(await replyTo(`error: none\n${said}${stop}`)).toMatchObject({ text: 'Roses need sun.' });
  });

  it.each(['error', 'abort', 'insufficient_system_resource', 'cancelled'])(
    'is no answer when it ends with %s',
    async (finish) => {
      expect(await failure(said + delta({}, finish))).toMatchObject({ failure: 'cut', why: 'gave-up' });
    },
  );

  it('is garbage when it is a web page, text, or broken', async () => {
    for (const body of ['<html><body>Sign in</body></html>', 'Internal error', 'data: {"choices": [{"del\n\n', ''])
      expect(await failure(body)).toMatchObject({ failure: 'garbage' });
  });
});

describe('tool calls', () => {
  const calls = async (...chunks: object[][]) =>
    (
      await replyTo(chunks.map((tool_calls) => delta({ tool_calls })).join('') + delta({}, 'tool_calls'))
    ).toolCalls?.map(({ name, arguments: text }) => [name, text]);
  const fn = (name: string | undefined, text: unknown) => ({ ...(name !== undefined && { name }), arguments: text });
  const rome = '{"city":"Rome"}';
  const oslo = '{"city":"Oslo"}';
  const both = [
    ['weather', rome],
    ['weather', oslo],
  ];

  it('are two where index is missing and the ids differ', async () => {
    expect(
      await calls([{ id: 'a', function: fn('weather', rome) }], [{ id: 'b', function: fn('weather', oslo) }]),
    ).toEqual(both);
  });
  it('are two where one index has two ids', async () => {
    expect(
      await calls(
        [{ index: 0, id: 'a', function: fn('weather', rome) }],
        [{ index: 0, id: 'b', function: fn('weather', oslo) }],
      ),
    ).toEqual(both);
  });
  it('are two where neither index nor id comes, and a name after finished arguments', async () => {
    expect(await calls([{ function: fn('weather', rome) }], [{ function: fn('weather', oslo) }])).toEqual(both);
  });
  it('go on with fragments that have neither index nor id', async () => {
    expect(
      await calls(
        [{ id: 'a', function: fn('weather', '') }],
        [{ function: fn(undefined, '{"city":') }],
        [{ function: fn(undefined, '"Rome"}') }],
      ),
    ).toEqual([['weather', rome]]);
  });
  it('are one where each fragment repeats the id', async () => {
    expect(
      await calls(
        [{ index: 0, id: 'a', function: fn('weather', '{"city":') }],
        [{ index: 0, id: 'a', function: fn(undefined, '"Rome"}') }],
      ),
    ).toEqual([['weather', rome]]);
  });
  it('grow side by side by index', async () => {
    expect(
      await calls(
        [
          { index: 0, id: 'a', function: fn('weather', '{"city":') },
          { index: 1, id: 'b', function: fn('weather', '{"city":') },
        ],
        [
          { index: 1, function: fn(undefined, '"Oslo"}') },
          { index: 0, function: fn(undefined, '"Rome"}') },
        ],
      ),
    ).toEqual(both);
  });
  it('serialise an object once', async () => {
    expect(
      await calls([
        { index: null, id: 'a', function: fn('weather', { city: 'Rome' }) },
        { index: null, id: 'b', function: fn('weather', { city: 'Oslo' }) },
      ]),
    ).toEqual(both);
  });
  it('are read from the old function_call', async () => {
    const body =
      delta({ function_call: fn('weather', '') }) +
      delta({ function_call: fn(undefined, rome) }) +
      delta({}, 'function_call');
    expect((await replyTo(body)).toolCalls).toEqual([{ id: '', name: 'weather', arguments: rome }]);
  });
});

describe('the other dialects', () => {
  it('reads Ollama’s lines, blank ones among them', async () => {
    const line = (value: object) => `${JSON.stringify(value)}\r\n`;
    const body = `${line({ message: { content: 'Roses ' }, done: false })}\r\n${line({ message: { content: 'need sun.' }, done: false })}`;
    const end = line({
      message: { content: '' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 3,
      eval_count: 4,
    });
    expect(await replyTo(body + end)).toMatchObject({
      text: 'Roses need sun.',
      finish: 'stop',
      usage: { in: 3, out: 4 },
    });
    expect(await failure(body)).toMatchObject({ failure: 'cut' });
    expect(await failure(line({ error: 'unexpected EOF' }))).toMatchObject({ message: 'unexpected EOF' });
    expect(await failure(line({ message: { content: '' }, done: true, done_reason: 'load' }))).toMatchObject({
      why: 'not-generated',
    });
  });

  it('reads Anthropic’s events, and takes a stop reason without message_stop for a cut', async () => {
    const event = (type: string, rest: object) => `event: ${type}\n${data({ type, ...rest })}`;
    const begin = event('message_start', {
      message: { model: 'm', usage: { input_tokens: 5, cache_read_input_tokens: 2 } },
    });
    const text =
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
      event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Sun.' } });
    const odd = `event: ping\n\n${event('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'x' } })}${event('new_kind', { index: 4 })}`;
    const end = event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } });
    const whole = begin + odd + text + end + event('message_stop', {});
    expect(await replyTo(whole)).toMatchObject({
      text: 'Sun.',
      finish: 'end_turn',
      usage: { in: 7, out: 3, cached: 2 },
    });
    expect(await failure(begin + text + end)).toMatchObject({ failure: 'cut' });
    expect(await failure(event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }))).toMatchObject(
      { message: 'Overloaded' },
    );
  });

  it('reads Responses, whole and incomplete', async () => {
    const event = (type: string, rest: object) => `event: ${type}\n${data({ type, ...rest })}`;
    const text = event('response.output_text.delta', { output_index: 0, delta: 'Sun.' });
    const ended = (type: string, response: object) =>
      event(type, { response: { model: 'm', usage: { input_tokens: 2, output_tokens: 5 }, ...response } });
    expect(await replyTo(text + ended('response.completed', { status: 'completed' }))).toMatchObject({
      text: 'Sun.',
      finish: 'completed',
    });
    const cut = ended('response.incomplete', {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
    expect(await replyTo(text + cut)).toMatchObject({ finish: 'max_output_tokens' });
    expect(await failure(text)).toMatchObject({ failure: 'cut' });
    expect(
      await failure(ended('response.failed', { status: 'failed', error: { code: 'server_error', message: 'No.' } })),
    ).toMatchObject({ message: 'No.' });
    const item = { type: 'function_call', call_id: 'c', name: 'weather', arguments: '' };
    const call =
      event('response.output_item.added', { output_index: 0, item }) +
      event('response.function_call_arguments.delta', { output_index: 0, delta: '{"a":1}' }) +
      event('response.output_item.done', { output_index: 0, item: { ...item, arguments: '{"a":1}' } });
    expect((await replyTo(call + ended('response.completed', { status: 'completed' }))).toolCalls).toEqual([
      { id: 'c', name: 'weather', arguments: '{"a":1}' },
    ]);
  });
});

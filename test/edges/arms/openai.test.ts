import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { armFromSpec } from '../../../src/arms/spec.ts';
import { configOf, failureOf, promptOf, requestOf } from '../../helpers/arm-request.ts';
import { garbage, reply, type Script, startModelServer, status } from '../../helpers/model-server.ts';

const { signal } = new AbortController();
const config = configOf('openai', 'gpt-test');
const once = async (script: Script, request = requestOf()) => {
  await using server = await startModelServer(script);
  return await createArm(config, server.env).call(request, { signal });
};

const refuse = (param: string, message: string, code = 'unsupported_parameter') =>
  status(400, { body: { error: { message, param, code, type: 'invalid_request_error' } } });

describe('parameters that a provider refuses', () => {
  it('swaps the name of the output cap once, remembers it for the arm, and records it', async () => {
    await using server = await startModelServer((call) =>
      'max_tokens' in call.body
        ? refuse('max_tokens', "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        : reply('ok'),
    );
    const arm = createArm(config, server.env);
    const first = await arm.call(requestOf(), { signal });
    const second = await arm.call(requestOf(), { signal });
    expect(first.adjusted).toEqual(['max_tokens: sent as max_completion_tokens']);
    expect(second.adjusted).toEqual(first.adjusted);
    expect(server.calls.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [256, undefined],
      [undefined, 256],
      [undefined, 256],
    ]);
  });

  it('leaves a refused temperature to the model, and says so', async () => {
    await using server = await startModelServer((call) =>
      'temperature' in call.body
        ? refuse(
            'temperature',
            "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
            'unsupported_value',
          )
        : reply('ok'),
    );
    const answer = await createArm(config, server.env).call(requestOf(), { signal });
    expect(answer.adjusted).toEqual(['temperature: model default']);
    expect(server.calls.at(-1)?.body).not.toHaveProperty('temperature');
    expect(server.calls.at(-1)?.body.seed).toBe(7);
  });

  it('understands FastAPI’s way of refusing', async () => {
    await using server = await startModelServer((call) =>
      'seed' in call.body
        ? status(422, {
            body: {
              detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }],
            },
          })
        : reply('ok'),
    );
    expect((await createArm(config, server.env).call(requestOf(), { signal })).adjusted).toEqual(['seed: not sent']);
  });

  it('gives up when both names of the cap are refused, and on any other 400', async () => {
    await using server = await startModelServer((call) => {
      const name = 'max_tokens' in call.body ? 'max_tokens' : 'max_completion_tokens';
      return refuse(name, `Unsupported parameter: '${name}'`);
    });
    const error = await failureOf(createArm(config, server.env).call(requestOf(), { signal }));
    expect(error.failure).toBe('bad-request');
    expect(server.calls.length).toBeLessThanOrEqual(3);
    await using other = await startModelServer(
      status(400, { body: { error: { message: 'messages must not be empty' } } }),
    );
    await failureOf(createArm(config, other.env).call(requestOf(), { signal }));
    expect(other.calls).toHaveLength(1);
  });

  it('drops strict before it drops a schema', async () => {
    await using server = await startModelServer((call) =>
      call.body.response_format?.json_schema?.strict
        ? refuse(
            'response_format',
            "Invalid schema for response_format 'answer': 'additionalProperties' is required",
            'x',
          )
        : reply('{}'),
    );
    const responseFormat = { type: 'json_schema' as const, schema: { type: 'object' }, strict: true };
    const answer = await createArm(config, server.env).call(requestOf('x', { responseFormat }), { signal });
    expect(answer.adjusted).toEqual(['strict: not sent']);
    expect(server.calls.at(-1)?.body.response_format.json_schema.schema).toEqual({ type: 'object' });
  });
});

describe('what servers do in the wild', () => {
  it('takes a JSON body where a stream was asked for', async () => {
    expect(await once(garbage('json-not-stream', 'whole'))).toMatchObject({ text: 'whole', finish: 'stop' });
  });

  it('reads cached and reasoning tokens, the fingerprint and OpenRouter’s own cost', async () => {
    const answer = await once(
      reply('ok', {
        usage: { in: 100, out: 20, cached: 80, reasoning: 15 },
        fingerprint: 'fp_1',
        reasoning: 'hm',
        reasoningField: 'reasoning',
      }),
    );
    expect(answer.usage).toEqual({ in: 100, out: 20, cached: 80, reasoning: 15 });
    expect(answer).toMatchObject({ fingerprint: 'fp_1', reasoning: 'hm' });
  });

  it('keeps a structured refusal apart from an empty answer', async () => {
    expect(await once(reply('', { refusal: 'I cannot help with that.' }))).toMatchObject({
      text: '',
      refusal: 'I cannot help with that.',
    });
  });

  it('takes a content filter’s 400 as an answer that was withheld, without the words of the server', async () => {
    const body = { error: { code: 'content_filter', message: 'The response was filtered', status: 400 } };
    expect(await once(status(400, { body }))).toEqual({
      text: '',
      finish: 'content_filter',
      usage: {},
      why: 'content-filter',
    });
  });

  it('hands on a tool call that was cut, with its broken JSON', async () => {
    const answer = await once(
      reply('', { toolCalls: [{ name: 'f', arguments: '{"city" :"Rome","days"' }], finish: 'length' }),
    );
    expect(answer).toMatchObject({ finish: 'length', toolCalls: [{ name: 'f', arguments: '{"city" :"Rome","days"' }] });
  });

  it('finds the status inside an error under 200', async () => {
    const error = await failureOf(once(garbage('error-in-stream')));
    expect(error).toMatchObject({ failure: 'server', status: 502, partial: 'hello' });
  });

  it('maps names with dots there and back', async () => {
    await using server = await startModelServer((call) =>
      reply('', { toolCalls: [{ name: call.body.tools[0].function.name, arguments: '{}' }] }),
    );
    const tools = [{ name: 'math.add', parameters: { type: 'dict', properties: { a: { type: 'float' } } } }];
    const prompt = promptOf('1+1', {
      messages: [
        { role: 'user', content: '1+1' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'c', name: 'math.add', arguments: '{"a":1}' }] },
        { role: 'tool', content: '2', tool_call_id: 'c' },
      ],
    });
    const answer = await createArm(config, server.env).call(requestOf('', { prompt, tools }), { signal });
    expect(answer.toolCalls?.[0]?.name).toBe('math.add');
    const { body } = server.calls[0] ?? {};
    expect(body.tools[0].function).toEqual({
      name: 'math_add',
      parameters: { type: 'object', properties: { a: { type: 'number' } } },
    });
    expect(body.messages[1].tool_calls[0].function.name).toBe('math_add');
  });

  it('streams with usage, one choice, and the log’s parameters', async () => {
    await using server = await startModelServer(reply('ok'));
    const params = { max_tokens: 9, temperature: 0, top_p: 0.5, seed: 3, stop: ['END'], presence_penalty: 0.1 };
    await createArm(config, server.env).call(requestOf('x', { params }), { signal });
    expect(server.calls[0]?.body).toEqual({
      model: 'gpt-test',
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
      stream_options: { include_usage: true },
      ...params,
    });
  });
});

describe('keys', () => {
  it('go only where they belong', async () => {
    await using server = await startModelServer(reply('ok'));
    const env = { OPENAI_API_KEY: 'sk-openai-key', OTHER_KEY: 'other-key', OPENAI_ORG_ID: 'org-1' };
    const sent = async (more: object) => {
      const arm = createArm(configOf('openai', 'm', { baseURL: `${server.url}/v1`, ...more }), env);
      await arm.call(requestOf(), { signal });
      return server.calls.at(-1)?.headers;
    };
    expect((await sent({}))?.authorization).toBeUndefined();
    expect(await sent({ apiKeyEnv: 'OTHER_KEY' })).toMatchObject({ authorization: 'Bearer other-key' });
    expect(JSON.stringify(server.calls.map(({ headers }) => headers))).not.toMatch(/sk-openai|org-1/);
  });

  it('are named when they are missing', async () => {
    const error = await failureOf(createArm(configOf('openai', 'gpt-5.6'), {}).describe(signal));
    expect(error).toMatchObject({
      failure: 'auth',
      message: /OPENAI_API_KEY is not set/,
      hint: /export OPENAI_API_KEY/,
    });
    const groq = createArm(armFromSpec('open', 'open', 'groq:llama-3.1-8b-instant'), { OPENAI_API_KEY: 'sk-x' });
    expect(await failureOf(groq.describe(signal))).toMatchObject({ message: /GROQ_API_KEY is not set/ });
  });

  it('that are refused end in auth, with the variable’s name', async () => {
    const { createServer } = await import('node:http');
    const http = createServer((_, response) =>
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"error":{"code":"invalid_api_key","message":"Incorrect API key provided: sk-wrong-key-123456"}}'),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => http.once('listening', resolve));
    const { port } = http.address() as { port: number };
    const env = { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: 'sk-wrong-key-123456' };
    // The list alone decides nothing: many keys may chat and not list.
    const { notes } = await createArm(config, env).describe(signal);
    expect(notes).toEqual([expect.stringContaining('may not list models')]);
    const error = await failureOf(createArm(config, env).call(requestOf(), { signal }));
    expect(error).toMatchObject({ failure: 'auth', status: 401, hint: expect.stringMatching(/OPENAI_API_KEY/) });
    expect(error.message).not.toContain('wrong-key');
    http.close();
  });
});

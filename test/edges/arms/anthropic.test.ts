import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, promptOf, requestOf } from '../../helpers/arm-request.ts';
import { garbage, reply, startModelServer, status } from '../../helpers/model-server.ts';

const { signal } = new AbortController();
const config = configOf('anthropic', 'claude-test');

describe('the anthropic arm', () => {
  it('takes a JSON body where a stream was asked for', async () => {
    await using server = await startModelServer(garbage('json-not-stream', 'whole'));
    expect(await createArm(config, server.env).call(requestOf(), { signal })).toMatchObject({
      text: 'whole',
      finish: 'end_turn',
    });
  });

  it('speaks the native API: system apart, tool results as user content, schema as output format', async () => {
    await using server = await startModelServer(reply('ok', { usage: { in: 100, out: 5, cached: 60 } }));
    const prompt = promptOf('', {
      messages: [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: 'weather?' },
        {
          role: 'assistant',
          content: 'Let me look.',
          tool_calls: [{ id: 't1', name: 'get.weather', arguments: '{"city":"Rome"}' }],
        },
        { role: 'tool', content: 'sunny', tool_call_id: 't1' },
        { role: 'tool', content: 'warm', tool_call_id: 't2' },
      ],
    });
    const params = { max_tokens: 50, temperature: 1.5, stop: ['END'], seed: 7 };
    const request = requestOf('', {
      prompt,
      params,
      tools: [{ name: 'get.weather' }],
      toolChoice: 'required',
      responseFormat: { type: 'json_schema', schema: { type: 'object' } },
    });
    const answer = await createArm(config, server.env).call(request, { signal });
    expect(answer.usage).toEqual({ in: 100, out: 5, cached: 60 });
    expect(answer.adjusted).toEqual(['seed: not sent', 'temperature: capped to 1']);
    expect(server.calls[0]?.headers.authorization).toBe(`Bearer ${server.env.ANTHROPIC_API_KEY}`);
    expect(server.calls[0]?.body).toEqual({
      model: 'claude-test',
      max_tokens: 50,
      temperature: 1,
      stream: true,
      stop_sequences: ['END'],
      system: [{ type: 'text', text: 'be brief' }],
      tools: [{ name: 'get_weather', input_schema: { type: 'object', properties: {} } }],
      tool_choice: { type: 'any' },
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      messages: [
        { role: 'user', content: 'weather?' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me look.' },
            { type: 'tool_use', id: 't1', name: 'get_weather', input: { city: 'Rome' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: 'sunny' },
            { type: 'tool_result', tool_use_id: 't2', content: 'warm' },
          ],
        },
      ],
    });
  });

  it('records a withheld answer with its finish, and makes up no words for it', async () => {
    await using server = await startModelServer(reply('', { finish: 'refusal' }));
    const answer = await createArm(config, server.env).call(requestOf(), { signal });
    expect(answer).toMatchObject({ text: '', finish: 'refusal' });
    expect(answer).not.toHaveProperty('refusal');
  });

  it('gives a budget to models that do not choose their own thinking', async () => {
    await using server = await startModelServer((call) =>
      call.body.thinking.type === 'adaptive'
        ? status(400, {
            body: {
              type: 'error',
              error: { type: 'invalid_request_error', message: 'adaptive thinking is not supported on this model' },
            },
          })
        : reply('ok', { reasoning: 'hm' }),
    );
    const answer = await createArm({ ...config, think: true }, server.env).call(requestOf(), { signal });
    expect(answer).toMatchObject({
      text: 'ok',
      reasoning: 'hm',
      adjusted: ['seed: not sent', 'temperature: model default'],
    });
    expect(server.calls.at(-1)?.body).toMatchObject({
      thinking: { type: 'enabled', budget_tokens: 1024 },
      max_tokens: 1280,
    });
  });

  it('names the missing key', async () => {
    const error = await failureOf(createArm(config, {}).describe(signal));
    expect(error).toMatchObject({ failure: 'auth', message: /ANTHROPIC_API_KEY is not set/ });
  });
});

import { expect, it } from 'vitest';
import { isResponsesOnly, notSent, responsesBody } from '../../../src/arms/openai/responses-request.ts';

it('says the same to the Responses API as to chat completions', () => {
  const chat = {
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Weather in Rome?' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '21 °C' },
    ],
    tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }],
    tool_choice: { type: 'function', function: { name: 'weather' } },
    response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
    max_completion_tokens: 64,
    temperature: 0,
    seed: 1,
    stop: ['END'],
    stream: true,
    stream_options: { include_usage: true },
  };
  expect(responsesBody(chat)).toEqual({
    model: 'm',
    input: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'input_text', text: 'Weather in Rome?' }] },
      { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Rome"}' },
      { type: 'function_call_output', call_id: 'c1', output: '21 °C' },
    ],
    tools: [{ type: 'function', strict: false, name: 'weather', parameters: { type: 'object' } }],
    tool_choice: { type: 'function', name: 'weather' },
    text: { format: { type: 'json_schema', strict: false, name: 'answer', schema: { type: 'object' } } },
    max_output_tokens: 64,
    temperature: 0,
    store: false,
    stream: true,
  });
  expect(notSent(chat)).toEqual(['seed: not sent', 'stop: not sent']);
});

it.each([
  ['This model is only supported in v1/responses and not in v1/chat/completions.', true],
  ['This is not a chat model and thus not supported in the v1/chat/completions endpoint.', false],
  ['The model `m2` does not exist', false],
])('%s: %s', (message, only) => {
  expect(isResponsesOnly({ message })).toBe(only);
});

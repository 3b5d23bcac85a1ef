/** Every parameter in every wording: where a refusal names what was sent, the way on is about just that. */
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/arms/wire/classify.ts';
import { adjustmentFor } from '../../../src/arms/wire/refused-parameter.ts';

const sent: Record<string, unknown> = {
  model: 'm',
  messages: [{ role: 'user', content: 'hi' }],
  tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
  max_tokens: 2_048,
  temperature: 0,
  top_p: 0.9,
  seed: 1,
  stop: ['x'],
  presence_penalty: 0.1,
  frequency_penalty: 0.2,
  reasoning_effort: 'low',
  tool_choice: 'auto',
  stream: true,
  stream_options: { include_usage: true },
  response_format: { type: 'json_object' },
  top_k: 5,
  min_p: 0.1,
  parallel_tool_calls: false,
  logit_bias: {},
};
const names = Object.keys(sent).filter((name) => !['model', 'messages', 'tools'].includes(name));
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

type Told = [status: number, message: string, body?: Record<string, unknown>];
const wordings: ((name: string) => Told)[] = [
  (name) => [400, `Unsupported parameter: '${name}' is not supported with this model.`, { param: name }],
  (name) => [
    422,
    '[{"msg":"Extra inputs are not permitted"}]',
    { detail: [{ type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs' }] },
  ],
  (name) => [400, `Unrecognized request argument supplied: ${name}`],
  (name) => [400, `Unknown parameter: '${name}'.`, { code: 'unknown_parameter' }],
  (name) => [400, `property '${name}' is unsupported`],
  (name) => [400, `Argument not supported on this model: ${camel(name)}`],
  (name) => [400, `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`],
  (name) => [400, `The parameter ${name} is not allowed for this deployment`],
  (name) => [400, `litellm.UnsupportedParamsError: openai does not support parameters: ['${name}'], for model=m.`],
  (name) => [400, `json: unknown field "${name}"`],
  (name) => [400, `"${name}" is deprecated for this model`],
  (name) => [400, `Parameter '${name}' cannot be used with reasoning models`],
  (name) => [400, `invalid parameter: ${name}`],
  (name) => [400, `The model does not accept ${name}`],
  (name) => [400, `got an unexpected keyword argument '${name}'`],
  (name) => [400, `参数 ${name} 不支持`],
];

it.each(wordings.map((wording) => [wording('NAME')[1], wording] as const))('%s', (_, wording) => {
  for (const name of names) {
    const [status, message, body = {}] = wording(name);
    expect([name, adjustmentFor({ status, message, body }, sent)?.name]).toEqual([name, name]);
  }
});

/** Names that no sentence has, or that stand between quotes: told in any words. */
describe('a refusal in words that nobody knows', () => {
  const isSentence = ['temperature', 'seed', 'stop', 'stream'];
  const underscored = names.filter((name) => name.includes('_') && !name.startsWith('max_'));
  const nameOf = (message: string, status = 400) => adjustmentFor({ status, message }, sent)?.name;

  it('is about what it names', () => {
    for (const name of underscored) expect(nameOf(`Le modèle ne connaît pas ${name} ici`)).toBe(name);
    for (const name of [...underscored, ...isSentence]) expect(nameOf(`Der Wert „${name}“ geht hier nicht`)).toBe(name);
  });

  it('is about no word of a sentence, and about nothing where something else is known', () => {
    for (const name of isSentence) expect(nameOf(`The ${name} of the garden`)).toBeUndefined();
    expect(nameOf('The prompt is too long, and top_p has nothing to do with it')).toBeUndefined();
    expect(nameOf('Your credit balance is too low for top_p')).toBeUndefined();
    expect(nameOf('what.top_p.is and my_top_p_too')).toBeUndefined();
  });

  it.each([
    ['unknown field `seed`, expected one of `model`, `temperature`, `stop`', 'seed'],
    ['unknown field `nothing`, expected one of `model`, `temperature`, `stop`', undefined],
    ['wrong temperature: only 1 is allowed', 'temperature'],
    ['JSON output is not supported by m-9', 'response_format'],
    ['The model is unsupported for streaming', 'stream'],
    ['This model cannot be streamed', 'stream'],
    ['streaming is off', 'stream'],
    ['ask again, and set stream to false', 'stream'],
    ['Let it stream', undefined],
    ['temperature (0) is out of bounds', 'temperature'],
    ['body.stop is no list', 'stop'],
    ['seed 1 is impossible here', 'seed'],
    ['a value like that for temperature is invalid', 'temperature'],
    ['This server has no seed option', 'seed'],
    ['It does not stream', 'stream'],
    ['Streaming calls are refused', 'stream'],
  ])('%s', (message, name) => expect(nameOf(message)).toBe(name));

  it('is read from the details of its body', () => {
    const details = [{ type: 'x', loc: ['body', 'seed'], msg: 'not here' }];
    expect(adjustmentFor({ status: 400, message: 'no', body: { details } }, sent)?.name).toBe('seed');
    for (const body of [{ path: '/temperature' }, { field: 'temperature' }, { instancePath: '/body/temperature' }])
      expect(adjustmentFor({ status: 422, message: 'must be > 0', body }, sent)?.name).toBe('temperature');
    expect(adjustmentFor({ status: 422, message: 'no', body: { path: '/v1/chat' } }, sent)).toBeUndefined();
  });
});

describe('the row of an error', () => {
  it.each<[number, string, string]>([
    [400, 'input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000', 'context'],
    [413, 'Prompt is too long', 'context'],
    [400, 'Conversation roles must alternate user/assistant/user/assistant/...', 'role'],
    [400, 'Developer instruction is not enabled for models/gemma-3', 'role'],
    [404, 'No endpoints found that support tool use', 'feature'],
    [403, 'You do not have permission to access this model', 'permission'],
    [451, 'Unavailable For Legal Reasons', 'permission'],
    [400, 'API key not valid. Please pass a valid API key.', 'key'],
    [404, '404 page not found', 'base-url'],
    [429, 'Rate limit reached for requests per day (RPD): Limit 200, Used 200, Requested 1.', 'rate-window'],
    [429, 'Too many concurrent requests. Please retry after 2 seconds', 'rate-minute'],
    [402, 'Insufficient Balance', 'quota'],
    [503, 'no healthy upstream', 'overloaded'],
    [503, 'Model is being loaded, please retry', 'loading'],
    [500, 'CUDA out of memory. Tried to allocate 2.00 GiB', 'memory'],
    [524, 'A timeout occurred', 'server'],
    [504, 'Gateway Timeout', 'server-timeout'],
    [413, 'Request body too large for m model. Max size: 16000 tokens.', 'request-over-limit'],
    [413, 'Request Entity Too Large', 'payload'],
    [418, "I'm a teapot", 'unknown'],
  ])('%i %s', (status, message, cause) => expect(classify({ status, message }).why).toBe(cause));
});

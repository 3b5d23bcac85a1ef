/** Sentences with which services refuse or limit, as their documentation and their users quote them. */
import { expect, it } from 'vitest';
import { httpFailure } from '../../../src/arms/wire/failures.ts';
import { adjustmentFor } from '../../../src/arms/wire/refused-parameter.ts';

const told = (status: number, message: string, code?: string) => {
  const { failure, why } = httpFailure(
    { status, message, ...(code !== undefined && { code }), headers: new Headers() },
    { host: 'api.test', keys: [], hints: {} },
  );
  return `${failure}, ${why}`;
};

it.each<[service: string, status: number, message: string, code: string | undefined, is: string]>([
  [
    'xAI',
    400,
    "This model's maximum prompt length is 131072 but the request contains 140233 tokens.",
    undefined,
    'too-long, context',
  ],
  [
    'Cohere',
    400,
    'invalid request: total number of tokens in the prompt cannot exceed 4081 - received 4500.',
    undefined,
    'too-long, context',
  ],
  ['Model Studio', 400, 'Range of input length should be [1, 30720]', 'InvalidParameter', 'too-long, context'],
  [
    'Bedrock',
    403,
    'The security token included in the request is invalid.',
    'UnrecognizedClientException',
    'auth, key',
  ],
  ['Gemini', 403, 'This API method requires billing to be enabled.', 'PERMISSION_DENIED', 'quota, quota'],
  [
    'Cohere, by month',
    429,
    'You are using a Trial key, which is limited to 1000 API calls / month.',
    undefined,
    'quota, rate-window',
  ],
  [
    'Cohere, by minute',
    429,
    'You are using a Trial key, which is limited to 10 API calls / minute.',
    undefined,
    'rate-limit, rate-minute',
  ],
  ['vLLM', 400, 'This model only supports single tool-calls at once!', undefined, 'bad-request, feature'],
  ['a gateway', 400, 'Model not supported: m-9', undefined, 'model-missing, model'],
  [
    'Ark',
    429,
    'The service is currently unable to process your request due to server overload',
    'ServerOverloaded',
    'overload, overloaded',
  ],
  [
    'Moonshot',
    429,
    'The engine is currently overloaded, please try again later',
    'engine_overloaded_error',
    'overload, overloaded',
  ],
  ['Zhipu', 429, '您的账户已欠费，请充值后重试', '1113', 'quota, quota'],
  ['Zhipu, by rate', 429, '您的账户已达到速率限制，请您控制请求频率', '1302', 'rate-limit, rate-minute'],
])('%s: %i %s', (_service, status, message, code, is) => expect(told(status, message, code)).toBe(is));

it.each(['You cannot set frequency_penalty for this model', 'frequency_penalty cannot be used with this model'])(
  'leaves out what it is told of: %s',
  (message) => {
    const sent = { model: 'm-1', messages: [], frequency_penalty: 0.2, seed: 1 };
    expect(adjustmentFor({ status: 400, message }, sent)?.name).toBe('frequency_penalty');
  },
);

import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/arms/wire/classify.ts';
import { adjust, type Learned, learn, notesFor } from '../../../src/arms/wire/parameters.ts';
import { adjustmentFor } from '../../../src/arms/wire/refused-parameter.ts';

/** As their servers word it: status, message, code or type, what it is. */
const refusals: [string, number, string, string | undefined, string, string?][] = [
  [
    'llama.cpp, too long',
    400,
    'request (9001 tokens) exceeds the available context size (4096 tokens), try increasing it',
    'exceed_context_size_error',
    'context',
  ],
  ['Ollama, too long', 400, 'the input length exceeds the context length', undefined, 'context'],
  [
    'SGLang, too long',
    400,
    "The input (9001 tokens) is longer than the model's context length (4096 tokens).",
    'BadRequestError',
    'context',
  ],
  [
    'TGI, too long',
    422,
    'Input validation error: `inputs` must have less than 4096 tokens. Given: 9001',
    'validation',
    'context',
  ],
  [
    'Anthropic, too long',
    400,
    'prompt is too long: 250000 tokens > 200000 maximum',
    'invalid_request_error',
    'context',
  ],
  [
    'Mistral, too long',
    400,
    'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    undefined,
    'context',
  ],
  [
    'Gemini, too long',
    400,
    'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
    undefined,
    'context',
  ],
  ['Bedrock, too long', 400, 'Input is too long for requested model.', undefined, 'context'],
  [
    'LM Studio, too long',
    400,
    'Trying to keep the first 9001 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
    undefined,
    'context',
  ],
  ['vLLM, no multimodal', 400, 'tiny is not a multimodal model', 'BadRequestError', 'feature', 'model'],
  [
    'vLLM, no tool parser',
    400,
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    'BadRequestError',
    'feature',
    'setup',
  ],
  [
    'llama.cpp, images',
    500,
    'image input is not supported - hint: provide the mmproj',
    'server_error',
    'feature',
    'model',
  ],
  [
    'llama-cpp-python, parts',
    500,
    'can only concatenate str (not "list") to str',
    'internal_server_error',
    'feature',
    'model',
  ],
  [
    'Ollama, tools',
    400,
    'registry.ollama.ai/library/tiny:latest does not support tools',
    undefined,
    'feature',
    'model',
  ],
  ['OpenRouter, tools', 404, 'No endpoints found that support tool use.', undefined, 'feature', 'model'],
  ['vLLM, schema', 400, 'Grammar error: Invalid type: nothing', 'BadRequestError', 'feature', 'model'],
  [
    'llama.cpp, schema',
    400,
    'Unable to generate parser: JSON schema conversion failed: Unrecognized schema',
    undefined,
    'feature',
    'model',
  ],
  [
    'Ollama, schema',
    500,
    'invalid format: expected "json" or a valid JSON Schema object',
    undefined,
    'feature',
    'model',
  ],
  ['TGI, system role', 422, 'Template error: System role not supported', 'template_error', 'role', 'setup'],
  [
    'Mistral template',
    400,
    'After the optional system message, conversation roles must alternate user/assistant/user/assistant/...',
    undefined,
    'role',
    'setup',
  ],
  [
    'Mistral, last role',
    400,
    'Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant',
    undefined,
    'role',
    'setup',
  ],
  [
    'Gemini, developer',
    400,
    'Developer instruction is not enabled for models/gemma-3-27b-it',
    undefined,
    'role',
    'setup',
  ],
  [
    'Bedrock, system',
    400,
    "This model doesn't support system messages. Try again without a system message",
    undefined,
    'role',
    'setup',
  ],
  [
    'Anthropic, prefill',
    400,
    'This model does not support assistant message prefill. The conversation must end with a user message.',
    'invalid_request_error',
    'role',
    'setup',
  ],
  [
    'Groq, too many in one',
    413,
    'Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 8123',
    'rate_limit_exceeded',
    'request-over-limit',
    'setup',
  ],
  [
    'OpenAI, TPM with room',
    429,
    'Rate limit reached for m on tokens per min (TPM): Limit 30000, Used 29000, Requested 5000. Please try again in 8s.',
    'rate_limit_exceeded',
    'rate-minute',
  ],
  ['nginx, body', 413, '413 Request Entity Too Large', undefined, 'payload', 'setup'],
  ['Anthropic, body', 413, 'Request exceeds the maximum size', 'request_too_large', 'payload', 'setup'],
  ['LiteLLM, no such key', 400, 'No connected db.', 'no_db_connection', 'key'],
  ['Gemini, key', 400, 'API key not valid. Please pass a valid API key.', 'INVALID_ARGUMENT', 'key'],
  ['any, 401', 401, 'whatever it says', undefined, 'key'],
  ['any, 403', 403, 'Project has no access', undefined, 'permission'],
  ['vLLM, model', 404, 'The model `nope` does not exist. Valid aliases: tiny.', 'NotFoundError', 'model'],
  ['LiteLLM, model', 400, 'Invalid model name passed in model=nope', undefined, 'model'],
  ['Anthropic, model', 404, 'model: claude-nope', 'not_found_error', 'model'],
  ['DeepSeek, model', 400, 'Model Not Exist', 'invalid_request_error', 'model'],
  [
    'Groq, gone',
    400,
    'The model `old` has been decommissioned and is no longer supported.',
    'model_decommissioned',
    'model',
  ],
  ['FastAPI, path', 404, 'Not Found', undefined, 'base-url'],
  ['a redirect', 307, 'redirects to https://x.example/v1', undefined, 'base-url'],
  [
    'Anthropic, credit',
    400,
    'Your credit balance is too low to access the Anthropic API.',
    'invalid_request_error',
    'quota',
  ],
  ['DeepSeek, balance', 402, 'Insufficient Balance', undefined, 'quota'],
  ['OpenAI, quota', 429, 'You exceeded your current quota, please check your plan.', 'insufficient_quota', 'quota'],
  ['OpenRouter, day', 429, 'Rate limit exceeded: free-models-per-day', undefined, 'rate-window'],
  [
    'LiteLLM, RPM',
    429,
    'litellm.RateLimitError: Model rate limit exceeded. RPM limit=2, current usage=3',
    'throttling_error',
    'rate-minute',
  ],
  ['llama.cpp, loading', 503, 'Loading model', 'unavailable_error', 'loading'],
  ['TGI, loading', 503, 'Model org/name is currently loading', undefined, 'loading'],
  [
    'Ollama, queue',
    503,
    'server busy, please try again.  maximum pending requests exceeded',
    'api_error',
    'overloaded',
  ],
  ['Anthropic, overloaded', 529, 'Overloaded', 'overloaded_error', 'overloaded'],
  ['a 504 that names a model', 504, 'model not found: upstream request timed out', undefined, 'server-timeout'],
  ['Cloudflare', 524, 'A timeout occurred', undefined, 'server'],
  [
    'LiteLLM, connection',
    500,
    'litellm.InternalServerError: InternalServerError: OpenAIException - Connection error.',
    undefined,
    'server',
  ],
  ['Ollama, runner died', 500, 'an error was encountered while running the model: unexpected EOF', undefined, 'server'],
  [
    'Ollama, memory',
    500,
    'model requires more system memory (8.0 GiB) than is available (5.1 GiB)',
    undefined,
    'memory',
  ],
  ['nobody knows', 400, 'Tenant profile mismatch (0x41).', 'invalid_request_error', 'unknown', 'setup'],
];

describe('a refusal is told by its words, its code and its status', () => {
  it.each(refusals)('%s', (_, status, message, code, why, fault) => {
    const found = classify({ status, message, ...(code !== undefined && { code }) });
    expect(found.why).toBe(why);
    if (fault !== undefined) expect(found.fault).toBe(fault);
  });

  it('counts in minutes what says so, whatever else it mentions, and in days what says that', () => {
    const details = (quotaId: string) => ({ details: [{ violations: [{ quotaId }] }] });
    const gemini = { status: 429, message: 'You exceeded your current quota, please check your plan.' };
    expect(classify({ ...gemini, body: details('RequestsPerMinutePerProject') }, 1_000).why).toBe('rate-minute');
    expect(classify({ ...gemini, body: details('RequestsPerDayPerProject') }, 1_000).why).toBe('rate-window');
    expect(classify({ status: 429, message: 'Slow down.' }, 300_000).why).toBe('rate-minute');
    expect(classify({ status: 429, message: 'Slow down.' }, 300_001).why).toBe('rate-window');
  });
});

const sent = { model: 'm', messages: [], temperature: 0, seed: 1, max_tokens: 2048, stream: true, stream_options: {} };

/** What the next body has, and what the record says. */
function next(message: string, body: Record<string, unknown> = {}, status = 400, from: Record<string, unknown> = sent) {
  const change = adjustmentFor({ status, message, body }, from);
  if (!change) return undefined;
  const learned: Learned = new Map();
  learn(learned, change);
  const after = adjust(from, learned, 100, change.now);
  return { after, notes: notesFor(from, after, learned) };
}

describe('a refused parameter', () => {
  it.each([
    ['by its name alone, in any language', 'Der Wert ist nicht vorgesehen.', { param: 'seed' }, 'seed'],
    ['by a path', '1 validation error', { param: 'body.temperature' }, 'temperature'],
    ['by loc', 'x', { detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] }, 'seed'],
    ['by a loc inside its sentence', "{'type': 'extra', 'loc': ('body', 'seed'), 'msg': 'x'}", {}, 'seed'],
    ['by a quoted name', "Unsupported value: 'temperature' does not support 0 with this model.", {}, 'temperature'],
    ['by the field of llama.cpp', "Field 'temperature': type must be number, but is string", {}, 'temperature'],
    ['by a list of LiteLLM', "openai does not support parameters: ['seed'], for model=m", {}, 'seed'],
    ['by a known sentence', 'The argument seed is not supported by this deployment.', {}, 'seed'],
  ])('is found %s', (_, message, body, name) => {
    const found = next(message, body);
    expect(found?.after).not.toHaveProperty(name);
    expect(found?.notes.join()).toContain(name);
  });

  it('is found under 500 where the body names what was sent, and nowhere else', () => {
    expect(next('option "temperature" must be of type float32', {}, 500)?.after).not.toHaveProperty('temperature');
    expect(next('temperature sensor of the host failed', {}, 500)).toBeUndefined();
    expect(next('seed', { param: 'seed' }, 503)).toBeUndefined();
  });

  it('never is the request itself', () => {
    expect(next('Invalid messages', { param: 'messages' })).toBeUndefined();
    expect(next('no such model', { param: 'model' })).toBeUndefined();
  });

  it.each([
    [
      'OpenAI',
      'max_tokens is too large: 2048. This model supports at most 1024 completion tokens, whereas you provided 2048.',
      { param: 'max_tokens' },
      1024,
    ],
    [
      'Anthropic',
      'max_tokens: 2048 > 1000, which is the maximum allowed number of output tokens for claude-x-20241022',
      {},
      1000,
    ],
    [
      'vLLM, the window',
      'max_tokens=2048 cannot be greater than max_model_len=1024. (parameter=max_tokens, value=2048)',
      { param: 'max_tokens' },
      924,
    ],
    [
      'vLLM, with the prompt',
      "'max_tokens' is too large: 2048. This model's maximum context length is 1024 tokens and your request has 38 input tokens.",
      {},
      986,
    ],
    [
      'llama-cpp-python',
      "This model's maximum context length is 1024 tokens. However, you requested 2086 tokens (38 in the messages, 2048 in the completion).",
      { param: 'messages', code: 'context_length_exceeded' },
      986,
    ],
    ['without a number', 'max_tokens is out of range', { param: 'max_tokens' }, 1024],
  ])('that is the cap becomes smaller: %s', (_, message, body, cap) => {
    const found = next(message, body);
    expect(found?.after.max_tokens).toBe(cap);
    expect(found?.notes).toEqual([`max_tokens: ${cap.toLocaleString('en')}`]);
  });

  it('that is the cap goes by its other name', () => {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    const found = next(message, { param: 'max_tokens', code: 'unsupported_parameter' });
    expect(found?.after).toMatchObject({ max_completion_tokens: 2048 });
    expect(found?.notes).toEqual(['max_tokens: sent as max_completion_tokens']);
  });

  it('is no cap where the prompt alone is too long', () => {
    const message =
      "This model's maximum context length is 1024 tokens. However, your prompt contains at least 1025 input tokens";
    expect(next(message, { param: 'input_tokens' })).toBeUndefined();
  });

  it('takes streaming with its options away, and JSON by steps', () => {
    const streamed = next('must be verified to stream this model', { param: 'stream' });
    expect(streamed?.after).not.toHaveProperty('stream_options');
    expect(streamed?.notes).toEqual(['stream: not streamed']);
    const json = { ...sent, response_format: { type: 'json_object' } };
    const schema = next("'response_format.type' must be 'json_schema' or 'text'", {}, 400, json);
    expect(schema?.after.response_format).toMatchObject({ type: 'json_schema' });
    expect(schema?.notes).toEqual(['response_format: sent as a schema']);
    const learned: Learned = new Map();
    const refusal = { status: 400, message: 'x', body: { param: 'response_format' } };
    const first = adjustmentFor(refusal, json);
    if (first) learn(learned, first);
    const second = adjustmentFor(refusal, adjust(json, learned, 0));
    expect(second && learn(learned, second)).toBe(true);
    expect(adjust(json, learned, 0)).not.toHaveProperty('response_format');
  });

  it('is tried once: the same again ends the call', () => {
    const learned: Learned = new Map();
    const change = adjustmentFor({ status: 400, message: 'x', body: { param: 'seed' } }, sent);
    expect(change && learn(learned, change)).toBe(true);
    expect(change && learn(learned, change)).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { liteLlmParams } from '../../../src/arms/litellm-params.ts';
import { providers } from '../../../src/arms/registry.ts';
import type { ArmRecord } from '../../../src/records/run-record.ts';
import { recordOf } from '../../helpers/runs.ts';

const arm = (provider: string, host: string | null, setup: ArmRecord['setup'] = {}) =>
  liteLlmParams(recordOf('open', { provider, model: 'm-1', host, setup }));

it.each([
  ['openai', 'api.openai.com', { model: 'openai/m-1' }],
  ['anthropic', 'api.anthropic.com', { model: 'anthropic/m-1' }],
  ['gemini', 'generativelanguage.googleapis.com', { model: 'gemini/m-1' }],
  ['openrouter', 'openrouter.ai', { model: 'openrouter/m-1' }],
  ['groq', 'api.groq.com', { model: 'groq/m-1' }],
  ['mistral', 'api.mistral.ai', { model: 'mistral/m-1' }],
  ['deepseek', 'api.deepseek.com', { model: 'deepseek/m-1' }],
  ['fireworks', 'api.fireworks.ai', { model: 'fireworks_ai/m-1' }],
  ['together', 'api.together.ai', { model: 'together_ai/m-1', api_key: 'os.environ/TOGETHER_API_KEY' }],
  ['ollama', '127.0.0.1:11434', { model: 'ollama_chat/m-1', api_base: 'http://127.0.0.1:11434' }],
  ['vllm', '127.0.0.1:8000', { model: 'hosted_vllm/m-1', api_base: 'http://127.0.0.1:8000/v1' }],
  ['llamacpp', '127.0.0.1:8080', { model: 'openai/m-1', api_base: 'http://127.0.0.1:8080/v1' }],
  ['lmstudio', '127.0.0.1:1234', { model: 'lm_studio/m-1', api_base: 'http://127.0.0.1:1234/v1' }],
])('an arm of %s is %s in LiteLLM’s file', (provider, host, params) => {
  expect(arm(provider, host)).toEqual(params);
});

it.each(['azure', 'bedrock', 'vertex'])('an arm of %s has its prefix and its address', (provider) => {
  const prefix = { azure: 'azure/', bedrock: 'bedrock/', vertex: 'vertex_ai/' }[provider];
  expect(arm(provider, 'x.example.com', { baseURL: 'https://x.example.com/v1' })).toMatchObject({
    model: `${prefix}m-1`,
    api_base: 'https://x.example.com/v1',
  });
});

it('names the variable of the config’s own key, never a key', () => {
  expect(arm('openai', 'gw.corp', { baseURL: 'https://gw.corp/v1', apiKeyEnv: 'CORP_KEY' })).toEqual({
    model: 'openai/m-1',
    api_base: 'https://gw.corp/v1',
    api_key: 'os.environ/CORP_KEY',
  });
});

it('has a prefix for every provider that is called over HTTP', () => {
  const called = providers.filter(({ wire }) => wire !== undefined);
  expect(called).toHaveLength(16);
  expect(called.filter(({ prefix }) => prefix === undefined)).toEqual([]);
});

import { expect, it } from 'vitest';
import { openaiProvider } from '../../../src/arms/compatible.ts';
import { liteLlmParams } from '../../../src/arms/litellm-params.ts';
import type { Provider } from '../../../src/arms/provider.ts';
import { providerOf } from '../../../src/arms/registry.ts';
import type { ArmRecord } from '../../../src/records/run-record.ts';
import { recordOf } from '../../helpers/runs.ts';

const arm = (provider: string, host: string | null, setup: ArmRecord['setup'] = {}) =>
  liteLlmParams(recordOf('open', { provider, model: 'm-1', host, setup }));
const armOf = (provider: Provider, host: string | null, setup: ArmRecord['setup'] = {}) =>
  liteLlmParams(recordOf('open', { provider: provider.name, model: 'm-1', host, setup }), provider);

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
  ['llamacpp', '127.0.0.1:8080', { model: 'openai/m-1', api_base: 'http://127.0.0.1:8080/v1', api_key: 'none' }],
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

const routed = [
  ...['openai', 'anthropic', 'ollama', 'azure', 'gemini', 'bedrock', 'vertex', 'openrouter', 'groq', 'together'],
  ...['fireworks', 'mistral', 'deepseek', 'vllm', 'llamacpp', 'lmstudio'],
];
it.each(routed)('a route leads to %s', (name) => expect(providerOf(name)?.prefix).toMatch(/^[a-z_]+\/$/));

it.each(['azure', 'bedrock', 'vertex'])('an arm of %s says where it is in the account’s own words', (provider) => {
  expect(arm(provider, 'own.example.com')?.api_base).toMatch(/^https:\/\/own\.example\.com\/\S/);
});

/** A host that LiteLLM does not know, under a prefix that belongs to somebody else's. */
const gateway: Provider = {
  ...openaiProvider,
  name: 'gateway',
  anyServer: false,
  routerKnows: undefined,
  baseURL: 'https://models.acme.example/v1',
  keyVariables: ['ACME_API_KEY'],
  headers: { 'X-Acme-Client': 'gapcheck' },
};

it('writes address, key and headers of a provider that LiteLLM does not know', () => {
  for (const host of ['models.acme.example', null])
    expect(armOf(gateway, host)).toEqual({
      model: 'openai/m-1',
      api_base: 'https://models.acme.example/v1',
      api_key: 'os.environ/ACME_API_KEY',
      extra_headers: { 'x-acme-client': 'gapcheck' },
    });
  expect(armOf(gateway, 'eu.acme.example')).toMatchObject({ api_base: 'https://eu.acme.example/v1' });
});

it('sends no key of a prefix’s owner to a host that gapcheck gives none', () => {
  expect(arm('openai', 'gw.corp', { baseURL: 'https://gw.corp/v1' })).toEqual({
    model: 'openai/m-1',
    api_base: 'https://gw.corp/v1',
    api_key: 'none',
  });
  expect(arm('anthropic', 'gw.corp', { baseURL: 'https://gw.corp' })).toMatchObject({ api_key: 'none' });
  // OPENAI_BASE_URL: gapcheck sends OPENAI_API_KEY there, and so does LiteLLM.
  expect(arm('openai', 'gw.corp')).toEqual({ model: 'openai/m-1', api_base: 'https://gw.corp/v1' });
});

it('passes on the headers of the config; values of headersEnv stay in the environment', () => {
  const setup = { headers: { 'x-acme-client': 'ours', 'X-Team': 'search' }, headersEnv: { 'api-key': 'ACME_EXTRA' } };
  expect(armOf(gateway, 'models.acme.example', setup)?.extra_headers).toEqual({
    'x-acme-client': 'ours',
    'x-team': 'search',
    'api-key': 'os.environ/ACME_EXTRA',
  });
  expect(arm('groq', 'api.groq.com')).not.toHaveProperty('extra_headers');
});

import { describe, expect, it } from 'vitest';
import { openaiProvider } from '../../../src/arms/compatible.ts';
import { providerOf } from '../../../src/arms/registry.ts';
import { armFromSpec, parseSpec } from '../../../src/arms/spec.ts';
import { keyedEndpoint } from '../../../src/arms/wire/endpoint.ts';

describe('SPEC', () => {
  it.each([
    ['openai:gpt-5.6', 'openai', 'gpt-5.6'],
    ['ollama:qwen3:8b', 'ollama', 'qwen3:8b'],
    [' Ollama:hf.co/bartowski/x:Q4_K_M ', 'ollama', 'hf.co/bartowski/x:Q4_K_M'],
    ['openrouter:qwen/qwen3-8b:free', 'openrouter', 'qwen/qwen3-8b:free'],
    ['column:closed', 'column', 'closed'],
    ['command:./a b.sh', 'command', './a b.sh'],
    ['logged', 'logged', 'logged'],
  ])('%s', (spec, provider, model) => expect(parseSpec(spec)).toEqual({ provider, model }));

  it('names the nearest provider, the known ones, and the way to any other', () => {
    expect(() => parseSpec('olama:qwen3')).toThrowError(
      expect.objectContaining({
        exitCode: 2,
        message: '"olama:qwen3": there is no provider "olama".',
        hint: expect.stringMatching(/did you mean "ollama:…"\? known are openai, anthropic, ollama, .*OPENAI_BASE_URL/),
      }),
    );
    expect(() => parseSpec('gpt-5.6')).toThrowError(/no provider "gpt-5.6"/);
  });

  it.each([
    ['gpt-5.6', 'openai:gpt-5.6'],
    ['o4-mini', 'openai:o4-mini'],
    ['claude-opus-4-5', 'anthropic:claude-opus-4-5'],
    ['qwen3:8b', 'ollama:qwen3:8b'],
    ['llama3.3:latest', 'ollama:llama3.3:latest'],
  ])('knows whose model %s is', (typed, meant) => {
    const hint = expect.stringContaining(`did you mean ${meant}? known are`);
    expect(() => parseSpec(typed)).toThrowError(expect.objectContaining({ hint }));
  });

  it('asks for the model, column or path that is missing', () => {
    expect(() => parseSpec('ollama:')).toThrowError(
      expect.objectContaining({
        message: '"ollama:" names no model.',
        hint: 'write ollama:MODEL, such as ollama:qwen3:8b; "gapcheck doctor" lists the models that are here',
      }),
    );
    expect(() => parseSpec('command')).toThrowError(/names no path/);
    expect(() => parseSpec('column')).toThrowError(/names no column/);
  });

  it('gives named endpoints their address and key, unless the config says otherwise', () => {
    const env = { GROQ_API_KEY: 'gsk-0123456789' };
    const groq = keyedEndpoint(armFromSpec('open', 'open', 'groq:m'), env, providerOf('groq') ?? openaiProvider);
    expect(groq).toMatchObject({ host: 'api.groq.com', key: 'gsk-0123456789', official: true });
    const own = armFromSpec('open', 'open', 'vllm:m', { baseURL: 'http://gpu:8000/v1', minP: 0.1 });
    expect(own).toMatchObject({ name: 'open', role: 'open', spec: 'vllm:m', baseURL: 'http://gpu:8000/v1', minP: 0.1 });
  });
});

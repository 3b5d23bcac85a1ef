import { describe, expect, it } from 'vitest';
import { sameModel } from '../../../src/arms/observed.ts';

describe('same model', () => {
  it.each([
    ['gpt-4o-mini', 'gpt-4o-mini'],
    ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18'],
    ['gpt-3.5-turbo', 'gpt-3.5-turbo-0125'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
    ['claude-3-5-haiku-latest', 'claude-3-5-haiku-20241022'],
    ['gemini-2.0-flash', 'models/gemini-2.0-flash-001'],
    ['qwen3', 'qwen3:latest'],
    ['qwen3-8b-q4_k_m', '/models/qwen3-8b-Q4_K_M.gguf'],
    ['qwen/qwen3-8b:free', 'qwen/qwen3-8b'],
    ['qwen3-8b', 'qwen/qwen3-8b'],
  ])('%s answered by %s', (asked, observed) => expect(sameModel(asked, observed)).toBe(true));

  it.each([
    ['gpt-4o', 'gpt-4o-mini'],
    ['gpt-4o-2024-05-13', 'gpt-4o-2024-08-06'],
    ['gpt-5.6', 'gpt-5.6-sol'],
    ['qwen3:8b', 'qwen3:4b'],
    ['qwen3:8b', 'qwen3:8b-q8_0'],
    ['llama3.1:8b', 'tiny-q4_0'],
    ['meta/llama-3-8b', 'mistral/llama-3-8b'],
  ])('%s is not %s', (asked, observed) => expect(sameModel(asked, observed)).toBe(false));
});

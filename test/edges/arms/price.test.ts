import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { priceOf } from '../../../src/arms/price.ts';
import { armFromSpec } from '../../../src/arms/spec.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const now = new Date('2026-11-21T09:30:00Z');
const arm = (spec: string, more = {}) => armFromSpec('closed', 'closed', spec, more);

describe('price of an arm', () => {
  it('comes from the offline table, per million tokens, with the matched id and a date', async () => {
    const price = await priceOf(arm('openai:gpt-4o-mini'), { now });
    // OpenAI's published price of gpt-4o-mini: 0.15 in, 0.075 cached, 0.60 out.
    expect(price).toMatchObject({ in: 0.15, out: 0.6, cached: 0.075, matched: 'gpt-4o-mini' });
    expect(price?.source).toMatch(/^genai-prices \d/);
    expect(price?.date).toMatch(/^2026-\d\d-\d\d$/);
  });

  it('takes the lowest tier, and says which model it matched', async () => {
    expect(await priceOf(arm('openai:gpt-5.6'), { now })).toMatchObject({ in: 4, out: 20, matched: 'gpt-5.6-sol' });
  });

  it('knows named endpoints, and nothing about hosts it does not know', async () => {
    expect(await priceOf(arm('openrouter:qwen/qwen3-8b'), { now })).toMatchObject({ in: 0.035 });
    expect(await priceOf(arm('gemini:gemini-2.5-flash'), { now })).toMatchObject({ in: 0.3, out: 2.5 });
    expect(await priceOf(arm('openai:gpt-4o-mini', { baseURL: 'https://llm.example.org/v1' }), { now })).toBeNull();
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1' };
    expect(await priceOf(arm('openai:gpt-4o-mini'), { now, env })).toBeNull();
  });

  it('is unknown, not 0, for local models, logged answers and models nobody lists', async () => {
    for (const spec of ['ollama:qwen3:8b', 'logged', 'column:closed', 'openai:no-such-model', 'vllm:gpt-4o-mini']) {
      expect([spec, await priceOf(arm(spec), { now })]).toEqual([spec, null]);
    }
  });

  it('is the config’s where it has one, then the file’s', async () => {
    using dir = tempDir();
    const file = join(dir.path, 'prices.json');
    const entry = {
      input_cost_per_token: 0.000001,
      output_cost_per_token: 0.0000025,
      cache_read_input_token_cost: 1e-7,
    };
    writeFileSync(file, JSON.stringify({ sample_spec: {}, 'gpt-4o-mini': entry, 'openai/own': entry }));
    const fromFile = { in: 1, out: 2.5, cached: 0.1, source: file };
    expect(await priceOf(arm('openai:gpt-4o-mini'), { now, file })).toMatchObject({
      ...fromFile,
      matched: 'gpt-4o-mini',
    });
    expect(await priceOf(arm('openai:own'), { now, file })).toMatchObject({ ...fromFile, matched: 'openai/own' });
    const own = arm('openai:gpt-4o-mini', { price: { in: 9, out: 9 } });
    expect(await priceOf(own, { now, file })).toMatchObject({ in: 9, source: 'config' });
    expect(await priceOf(arm('openai:gpt-4o'), { now, file })).toMatchObject({ matched: 'gpt-4o' });
  });

  it('says what is wrong with a price file', async () => {
    using dir = tempDir();
    const file = join(dir.path, 'prices.json');
    await expect(priceOf(arm('openai:x'), { now, file })).rejects.toMatchObject({
      exitCode: 2,
      message: /cannot be read/,
    });
    writeFileSync(file, '{"a":');
    await expect(priceOf(arm('openai:x'), { now, file })).rejects.toMatchObject({ message: /not valid JSON/ });
    writeFileSync(file, '[]');
    await expect(priceOf(arm('openai:x'), { now, file })).rejects.toMatchObject({ message: /no object/ });
  });
});

/** List prices under the names that resellers give to a maker's models. */
import { expect, it } from 'vitest';
import { logPrices } from '../../src/app/plan/log-prices.ts';

const now = new Date('2026-11-20T00:00:00Z');
async function priceOf(model: string): Promise<{ in: number; out: number } | undefined> {
  const audit = { models: [{ model, unpriced: true }] } as unknown as Parameters<typeof logPrices>[0];
  const found = (await logPrices(audit, {}, now)).get(model);
  return found && { in: found.in, out: found.out };
}

// The price lists of Anthropic, Amazon and Google: US dollars per million tokens.
it.each([
  ['claude-sonnet-4-5-20250929', { in: 3, out: 15 }],
  ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', { in: 3, out: 15 }],
  // Amazon takes a tenth more where the region is fixed.
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', { in: 3.3, out: 16.5 }],
  ['bedrock/anthropic.claude-3-haiku-20240307-v1:0', { in: 0.25, out: 1.25 }],
  ['models/gemini-2.5-flash', { in: 0.3, out: 2.5 }],
  ['vertex_ai/gemini-2.5-flash', { in: 0.3, out: 2.5 }],
  ['harbour.large', undefined],
  ['someone/anthropic.claude-sonnet-4-5', undefined],
])('%s', async (model, price) => {
  const found = await priceOf(model);
  expect(found && { in: +found.in.toFixed(6), out: +found.out.toFixed(6) }).toEqual(price);
});

/** How long a reply asks to wait: headers by the rules and against them, sentences, fields of the body. */
import { expect, it } from 'vitest';
import { httpFailure } from '../../../src/arms/wire/failures.ts';
import { backOff } from '../../../src/runs/again.ts';

const waitOf = (message: string, headers: Record<string, string> = {}, body: Record<string, unknown> = {}) =>
  httpFailure({ status: 429, message, headers: new Headers(headers), body }, { host: 'api.test', keys: [], hints: {} })
    .retryAfterMs;
const inSeconds = (count: number) => Date.now() + count * 1_000;

it.each([
  ['Please try again in 1m3.2s.', 63_200],
  ['Please try again in about 30 seconds.', 30_000],
  ['Try again after 2 minutes', 120_000],
  ['Please wait 5 minutes before retrying', 300_000],
  ['Rate limited. Try again in 1 hour 5 minutes', 3_900_000],
  ['Please try again in 120ms.', 120],
  ['Your limit resets in 12h', 43_200_000],
  ['Too Many Requests. Retry your request after 3s', 3_000],
  ['Retry-After: 5', 5_000],
  ['The quota will be replenished in 01:02:03.', 3_723_000],
  ['At 01:02:03 it was full.', undefined],
  ['You may try 3 times a minute.', undefined],
  ['Slow down.', undefined],
])('%s', (message, ms) => expect(waitOf(message)).toBe(ms));

it.each<[Record<string, string>, number | undefined]>([
  [{ 'retry-after': '9s' }, 9_000],
  [{ 'retry-after': '1m0s' }, 60_000],
  [{ 'retry-after': 'never' }, undefined],
  [{ ratelimit: '"default";r=0;t=12' }, 12_000],
  [{ ratelimit: '"default";r=4;t=12' }, undefined],
  [{ 'ratelimit-reset': '12' }, 12_000],
  [{ 'x-ratelimit-reset-requests': '2s', 'x-ratelimit-remaining-requests': '7' }, undefined],
])('%j', (headers, ms) => expect(waitOf('Slow down.', headers)).toBe(ms));

it('is a date, and no number of it', () => {
  const at = new Date(inSeconds(45)).toISOString();
  expect(waitOf(`Limit reached, try again after ${at}`)).toBeGreaterThan(40_000);
  expect(waitOf(`Limit reached, try again after ${at}`)).toBeLessThan(46_000);
});

it('is read from what OpenRouter repeats of the service behind it', () => {
  const body = {
    metadata: {
      headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(inSeconds(13)), 'bad name': 'x' },
    },
  };
  expect(waitOf('Slow down.', {}, body)).toBeGreaterThan(11_000);
  expect(waitOf('Slow down.', {}, body)).toBeLessThan(13_500);
});

it('is the usual wait where "at once" is asked for, so that the tries are not gone in an instant', () => {
  const usual = { baseMs: 1_000, capMs: 60_000 };
  const half = () => 0.5;
  expect([1, 2, 3].map((failures) => backOff(usual, failures, 0, half))).toEqual([750, 1_500, 3_000]);
  expect(backOff(usual, 1, 2_000, () => 0)).toBe(2_000);
});

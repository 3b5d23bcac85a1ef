import { expect, it } from 'vitest';
import { askedWith } from '../../../src/runs/asked-with.ts';
import { recordOf } from '../../helpers/runs.ts';

it('says what is asked of an arm, and what it declares for itself', () => {
  const settings = { temperature: 0, maxTokens: 2048 };
  expect(askedWith(recordOf('open', { think: false }), settings)).toEqual([
    'temperature of the log, else 0, at most 2,048 tokens or the log’s cap, think false',
  ]);
  const own = recordOf('open', {
    variant: { system: { sha256: 'x', words: 43, mode: 'replace' }, params: { temperature: 0.7, topK: 20 } },
    setup: { headersEnv: { 'api-key': 'MY_KEY' } },
    ends: { on: '2027-01-14', replacement: 'm-2' },
    notes: ['through the proxy p:1 (HTTPS_PROXY)'],
  });
  expect(askedWith(own, settings)).toEqual([
    'temperature 0.7 (config), at most 2,048 tokens or the log’s cap, topK 20 (config)',
    'open is asked with its own system prompt (43 words)',
    'with the headers api-key',
    'its provider retires it on 2027-01-14; m-2 takes its place',
    'through the proxy p:1 (HTTPS_PROXY)',
  ]);
  expect(askedWith(recordOf('closed', { provider: 'logged', where: 'nowhere' }), settings)).toEqual([]);
});

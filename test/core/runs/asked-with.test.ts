import { expect, it } from 'vitest';
import { askedWith } from '../../../src/runs/asked-with.ts';
import { recordOf } from '../../helpers/runs.ts';

it('says what is asked of an arm, and what it declares for itself', () => {
  const settings = { temperature: 0, maxTokens: 2048, seed: 1 };
  expect(askedWith(recordOf('open', { think: false, capabilities: ['thinking'] }), settings, [])).toEqual([
    'temperature 0 (your app sent none), at most 2,048 tokens, think false (unset would mean on), seed 1 and up, streamed',
  ]);
  const own = recordOf('open', {
    variant: { system: { sha256: 'x', words: 43, mode: 'replace' }, params: { temperature: 0.7, topK: 20 } },
    setup: { headersEnv: { 'api-key': 'MY_KEY' } },
    ends: { on: '2027-01-14', replacement: 'm-2' },
    notes: ['through the proxy p:1 (HTTPS_PROXY)'],
  });
  expect(askedWith(own, settings, [])).toEqual([
    'temperature 0.7 (config), at most 2,048 tokens, topK 20 (config), seed 1 and up, streamed',
    'open is asked with its own system prompt (43 words)',
    'with the headers api-key',
    'its provider retires it on 2027-01-14; m-2 takes its place',
    'through the proxy p:1 (HTTPS_PROXY)',
  ]);
  expect(askedWith(recordOf('closed', { provider: 'logged', where: 'nowhere' }), settings, [])).toEqual([]);
});

it('says what the log itself asks for', () => {
  const settings = { temperature: 0, maxTokens: 2048, seed: 1 };
  const words = (...prompts: Parameters<typeof askedWith>[2]) => askedWith(recordOf('open'), settings, prompts)[0];
  expect(words({ params: { temperature: 1 } })).toContain('temperature of the log, at most 2,048 tokens, seed 1');
  expect(words({ params: { temperature: 1, max_tokens: 9 } }, {}, {})).toContain(
    'temperature of the log, else 0 (2 of 3 prompts have none), at most 2,048 tokens or the log’s cap',
  );
  expect(words({ response_format: { type: 'json_object' } }, {})).toContain(
    'the log’s response format in 1 prompt, streamed',
  );
  expect(askedWith(recordOf('open'), { ...settings, temperature: null }, [{}])[0]).toContain(
    'temperature the model default (your app sent none)',
  );
  expect(askedWith(recordOf('open', { setup: { api: 'responses' } }), settings, [])[0]).toContain(
    'no seed, streamed, through the Responses API',
  );
});

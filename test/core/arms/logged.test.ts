import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, promptOf, requestOf } from '../../helpers/arm-request.ts';

const { signal } = new AbortController();
const ask = (provider: string, model: string, prompt: ReturnType<typeof promptOf>) =>
  createArm(configOf(provider, model), {}).call(requestOf('', { prompt }), { signal });

describe('answers that came with the prompts', () => {
  it('are given back as they were, and what was not measured stays unknown', async () => {
    const ref = { text: ' raw \r\n', model: 'gpt-4o', usage: { in: 3 }, cost_usd: 0.2 };
    const reply = await ask('logged', 'logged', promptOf('x', { ref }));
    expect(reply).toEqual({ text: ' raw \r\n', finish: 'stop', model: 'gpt-4o', usage: { in: 3 }, costUsd: 0.2 });
    const timed = await ask('logged', 'logged', promptOf('x', { ref: { ...ref, latency_ms: 900, ttft_ms: 80 } }));
    expect(timed.ms).toEqual({ total: 900, ttft: 80 });
  });

  it('come from the named column', async () => {
    const answers = { closed: { text: 'c' }, open: { text: 'o', finish: 'length' } };
    expect(await ask('column', 'open', promptOf('x', { answers }))).toMatchObject({ text: 'o', finish: 'length' });
  });

  it('are missing with file and line, and a logged failure is one', async () => {
    const none = await failureOf(ask('column', 'open', promptOf('x')));
    expect(none).toMatchObject({
      failure: 'no-answer',
      message: 'prompts.csv:2: the column "answer:open" is empty in this row',
    });
    const failed = await failureOf(ask('logged', 'logged', promptOf('x', { ref: { text: '', error: '502' } })));
    expect(failed).toMatchObject({
      failure: 'no-answer',
      why: 'failed-in-log',
      message: 'failed in the log: 502',
    });
  });
});

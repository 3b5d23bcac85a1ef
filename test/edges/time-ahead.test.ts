/** What a warm-up answer says about the time of a run, before anybody consents. */
import { describe, expect, it } from 'vitest';
import { secondsOf, spanOf, timeAhead } from '../../src/app/plan/time-ahead.ts';
import type { Arm, ArmReply } from '../../src/arms/arm.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import type { ArmRecord, RunSettings } from '../../src/records/run-record.ts';

const prompt: PromptRecord = {
  id: 'p_0000000000000001',
  task: 'reply',
  messages: [{ role: 'user', content: 'My own secret order 4711' }],
  difficulty: 'easy',
  weight: 1,
  source: { format: 'csv', file: 'a.csv', line: 2 },
};
const estimate = { arm: 'open', calls: 100, tokensIn: 8_000, tokensOutMost: 100 * 2_048 };
const record = (host: string, provider = 'ollama'): ArmRecord =>
  ({ name: 'open', provider, model: 'tiny', host, leavesMachine: host !== '127.0.0.1:11434' }) as ArmRecord;

function armThat(reply: Partial<ArmReply> | Error, seen: unknown[] = []): Arm {
  return {
    config: { name: 'open', role: 'open', spec: 'ollama:tiny', provider: 'ollama', model: 'tiny' },
    call: async (request: unknown) => {
      seen.push(request);
      if (reply instanceof Error) throw reply;
      return { text: 'The sea.', finish: 'stop', usage: { out: 40 }, ms: { total: 2_000, ttft: 0 }, ...reply };
    },
  } as unknown as Arm;
}

const ahead = (arm: Arm, records: ArmRecord[]) =>
  timeAhead({
    arms: [arm],
    records,
    estimates: [estimate],
    prompts: [prompt],
    settings: { maxTokens: 2_048, trials: 1 } as RunSettings,
  });

describe('the time of a run', () => {
  it('is a range, by the speed of one answer to a text of ours', async () => {
    const seen: unknown[] = [];
    const line = await ahead(armThat({}, seen), [record('127.0.0.1:11434')]);
    // 20 tokens per second; 8,000 tokens read at 160: 50 s, and 8,000 to 40,000 written: 400 to 2,000 s.
    expect(line).toBe(
      'Time on this machine: about 8 to 34 minutes, by one warm-up answer (open writes about 20 tokens per second).',
    );
    expect(seen).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('4711');
  });

  it('is told by the tokens that came, where the answer is stopped', async () => {
    const arm = {
      ...armThat({}),
      call: async (_: unknown, { onToken }: { onToken(): void }) => {
        for (let token = 0; token < 5; token += 1) {
          onToken();
          await new Promise((done) => setTimeout(done, 20));
        }
        throw new Error('stopped');
      },
    } as unknown as Arm;
    expect(await ahead(arm, [record('127.0.0.1:11434')])).toMatch(/^Time on this machine: about \d+ to \d+ minutes/);
  });

  it('takes the words of the server before the clock', async () => {
    const line = await ahead(armThat({ ms: { total: 60_000, tokensPerSecond: 100, readPerSecond: 1_000 } }), [
      record('127.0.0.1:11434'),
    ]);
    expect(line).toContain('about 1 to 7 minutes');
  });

  it('is not said of another machine, of a model that fails, or without a measure', async () => {
    const seen: unknown[] = [];
    expect(await ahead(armThat({}, seen), [record('api.example.com', 'openai')])).toBeUndefined();
    expect(seen).toHaveLength(0);
    expect(await ahead(armThat(new Error('no')), [record('127.0.0.1:11434')])).toBeUndefined();
    expect(await ahead(armThat({ usage: {} }), [record('127.0.0.1:11434')])).toBeUndefined();
  });

  it('goes by the answers of the log where it has some, and never above the cap', () => {
    const speed = { writes: 10, reads: 1e9 };
    const most = { ...estimate, tokensOutLikely: 10_000 };
    expect(secondsOf(most, speed)).toEqual({ least: expect.closeTo(700, 0), most: expect.closeTo(1_600, 0) });
    expect(secondsOf({ ...estimate, tokensOutMost: 100 }, speed).most).toBeCloseTo(10, 0);
  });

  it.each([
    [10, 50, 'less than a minute'],
    [50, 80, 'about 1 minute'],
    [720, 2_400, 'about 12 to 40 minutes'],
    [7_200, 20_000, 'about 2 to 6 hours'],
  ])('from %d to %d s: %s', (least, most, words) => expect(spanOf(least, most)).toBe(words));
});

/** What a plan says of conversations with tools, and what it counts. */
import { expect, test } from 'vitest';
import { replayedPrompts, replayWords } from '../../../src/app/plan/replayed-prompts.ts';
import { samplePlan } from '../../../src/logs/sample.ts';
import { promptId } from '../../../src/records/ids.ts';
import type { Message } from '../../../src/records/prompt-record.ts';
import { estimateArm } from '../../../src/runs/token-estimate.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { promptWith } from '../checks/sample.ts';

const tools = [{ name: 'search' }];
const conversation = (at: number): Message[] => [
  { role: 'user', content: `Soup number ${at}?` },
  { role: 'assistant', content: null, tool_calls: [{ id: 'c', name: 'search', arguments: '{"query":"soup"}' }] },
  { role: 'tool', tool_call_id: 'c', content: '["Miso soup"]' },
];
const steps = [0, 1, 2, 3].flatMap((at) =>
  [1, 3].map((end) => {
    const prompt = promptWith({ messages: conversation(at).slice(0, end), tools });
    return { ...prompt, id: promptId(prompt, hashing) };
  }),
);
const strata = [{ task: steps[0]?.task ?? '', difficulty: 'easy' as const, traffic: 8, prompts: 8 }];

test('the steps of one conversation are one prompt, and none is said to be left behind', () => {
  const replayed = replayedPrompts({ prompts: steps, strata });
  expect(replayed.prompts).toHaveLength(4);
  expect(replayed.counts).toEqual({ conversations: 4, records: 8 });
  const plan = samplePlan(replayed.prompts, { n: 36, checkN: 36, seed: 1, hashing, strata: replayed.strata });
  expect(plan.beyond).toBe(0);
  expect(plan.ballots).toHaveLength(4);
});

test('of a log of which a part was kept, the rest shrinks alike', () => {
  const many = [{ ...(strata[0] as (typeof strata)[0]), traffic: 800, prompts: 800 }];
  expect(replayedPrompts({ prompts: steps, strata: many }).strata[0]?.prompts).toBe(400);
});

test('it is said in one sentence', () => {
  expect(replayWords({ conversations: 4, records: 8 })).toBe(
    '4 conversations with tools (8 records, one a step) are asked from the user’s turn; the log’s tool results are played back',
  );
  expect(replayWords({ conversations: 1, records: 1 })).toMatch(/^1 conversation with tools is asked/);
  expect(replayedPrompts({ prompts: steps.slice(0, 1), strata }).counts).toBeUndefined();
});

test('a loop is expected to take as many calls as the log did, and at most the most steps', () => {
  const { prompts } = replayedPrompts({ prompts: steps, strata });
  const arm = { name: 'open', provider: 'openai', leavesMachine: true, price: { in: 0, out: 1 } };
  const settings = { maxTokens: 100, trials: 1, maxSteps: 5 };
  const estimate = estimateArm(arm, prompts, settings);
  expect(estimate).toMatchObject({ calls: 8, loops: true, tokensOutMost: 4 * 5 * 100 });
  expect(estimate.usdMost).toBeCloseTo(0.002, 6);
  const single = estimateArm(arm, steps.slice(0, 1), settings);
  expect(single).toMatchObject({ calls: 1, tokensOutMost: 100 });
  expect(single).not.toHaveProperty('loops');
});

/** Conversations with tools on a ballot: both sides see what the tools gave back, and no side is told by its calls. */
import { expect, test } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import { createScreen, frameText } from '../../../src/blind/screen/screen.ts';
import { reduce, startSession } from '../../../src/blind/session/reduce.ts';
import { answerBlocks, promptBlocks } from '../../../src/blind/shown-text.ts';
import { asReplay } from '../../../src/logs/trajectory.ts';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { oddPacketField } from '../../../src/records/packet-shape.ts';
import type { Message, PromptRecord } from '../../../src/records/prompt-record.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { answerOf, judgedAnswer, settledAs, toBallot } from '../../../src/voting/ballots.ts';
import { promptWith } from '../checks/sample.ts';

const call = (id: string, query: string) => ({
  id,
  name: 'get_recipes',
  arguments: JSON.stringify({ query }),
});
const asked: Message[] = [
  { role: 'system', content: 'You help in the kitchen.' },
  { role: 'user', content: 'A dessert without an oven?' },
];
const way: Message[] = [
  ...asked,
  { role: 'assistant', content: null, tool_calls: [call('1', 'no-bake dessert')] },
  { role: 'tool', tool_call_id: '1', content: '[]' },
];
const logged = 'You have saved no such dessert.';
const prompt: PromptRecord = asReplay(
  promptWith({ messages: way, tools: [{ name: 'get_recipes' }], ref: { text: logged } }),
  hashing,
);
const at = '2026-11-28T12:00:00.000Z';
const answered = { prompt: prompt.id, trial: 1, attempt: 1, outcome: 'answered', finish: 'stop', at } as const;
const replayed: StepRecord = {
  ...answered,
  step: 1,
  text: logged,
  ...(prompt.ref?.earlier_calls && { earlier_calls: prompt.ref.earlier_calls }),
  last: true,
};
const looped = (query: string, text: string): StepRecord[] => [
  { ...answered, step: 1, text: 'Let me look.', tool_calls: [call('9', query)], last: false },
  { ...answered, step: 2, text, last: true },
];

const trialOf = (steps: StepRecord[]) => foldTrials(steps, 0).values().next().value;
const ballotOf = (open: StepRecord[], closed: StepRecord[]) => {
  const known = { prompt, templateEnds: undefined };
  const answers = new Map(
    [['open', open] as const, ['closed', closed] as const].map(([arm, steps]) => [
      arm,
      judgedAnswer(trialOf(steps), known) ?? { text: '' },
    ]),
  );
  const dealt = { id: 'b_1' as const, prompt: prompt.id, pair: 'open:closed', rater: 'ann', copy: 1, aSide: 'left' };
  const pair = { a: 'open', b: 'closed' };
  return toBallot({ ...dealt, aSide: 'left' }, prompt, pair, answers, createMask({ promptText: 'Dessert?' }));
};
const kinds = (side: Parameters<typeof answerBlocks>[0]) =>
  answerBlocks(side, 'plain').map(({ text }) => text.split('\n')[0]);

test('the logged side shows its calls where the side that was asked shows its own: before the text', () => {
  const ballot = ballotOf(looped('dessert', 'I recommend your tiramisu.'), [replayed]);
  expect(kinds(ballot.left)).toEqual(['→ calls get_recipes', '{', 'then says', 'I recommend your tiramisu.']);
  expect(kinds(ballot.right)).toEqual(['→ calls get_recipes', '{', 'then says', logged]);
});

test('a call that ends an answer stands behind its text, on both sides', () => {
  const ending: StepRecord = { ...answered, step: 1, text: 'I look.', tool_calls: [call('3', 'soup')], last: true };
  expect(kinds(ballotOf([ending], [ending]).left)).toEqual(['I look.', '→ calls get_recipes', '{']);
});

test('both sides stand beside what the tools gave back in the log, which tells no arguments', () => {
  const ballot = ballotOf(looped('dessert', 'Tiramisu.'), [replayed]);
  expect(ballot.prompt.messages).toEqual(asked);
  expect(ballot.prompt.recorded).toEqual([{ name: 'get_recipes', result: '[]' }]);
  expect(JSON.stringify(ballot.prompt)).not.toContain('no-bake');
  const words = promptBlocks(ballot.prompt).map(({ text }) => text);
  const at = words.findIndex((word) => word.startsWith('RECORDED RESULT of get_recipes'));
  expect(words[at + 1]).toBe('[]');
  const state = reduce(startSession('maria', 0).state, {
    type: 'ballot',
    at: 0,
    ballot,
    progress: { number: 7, atMost: 17, voted: 6 },
  }).state;
  const frame = (columns: number, rows: number) => frameText(createScreen().draw(state, { columns, rows })).join('\n');
  expect(frame(80, 24)).toMatch(/\n recorded +get_recipes → \[\]\n rules /);
  expect(frame(50, 20)).toContain('← get_recipes → []');
  expect(frame(80, 12)).not.toContain('recorded');
});

test('a packet holds them', () => {
  const ballot = ballotOf(looped('dessert', 'Tiramisu.'), [replayed]);
  const head = { run: `r_${'0'.repeat(16)}`, rater: 'ann', keyCommitment: '0'.repeat(64), token: '0'.repeat(64) };
  const packet = { ...head, ballots: [{ ...ballot, id: `b_${'0'.repeat(16)}` }] };
  expect(oddPacketField(packet)).toBeUndefined();
  const odd = { ...ballot.prompt, recorded: [{ name: 'get_recipes' }] };
  expect(oddPacketField({ ...packet, ballots: [{ ...packet.ballots[0], prompt: odd }] })).toContain('recorded');
});

test('the same call and the same text are the same answer; a call before and a call behind the text are not', () => {
  const two = (steps: StepRecord[]) => {
    const trial = trialOf(steps);
    return { recorded: answerOf(trial), judged: judgedAnswer(trial, { prompt, templateEnds: undefined }) };
  };
  expect(settledAs(two(looped('no-bake dessert', logged)), two([replayed]))).toBe('identical');
  expect(settledAs(two(looped('dessert', logged)), two([replayed]))).toBeUndefined();
  const { earlier_calls: calls, ...rest } = replayed;
  const behind: StepRecord = { ...rest, ...(calls && { tool_calls: calls }) };
  expect(settledAs(two([behind]), two([replayed]))).toBeUndefined();
});

test('a frozen line of an earlier run keeps its recorded results', () => {
  expect(asReplay(prompt, hashing)).toBe(prompt);
  const later: Message[] = [...way, { role: 'assistant', content: 'None.' }, { role: 'user', content: 'And a cake?' }];
  const two = asReplay(
    promptWith({
      messages: [
        ...later,
        { role: 'assistant', content: null, tool_calls: [call('4', 'cake')] },
        { role: 'tool', tool_call_id: '4', content: '["Cheesecake"]' },
      ],
      tools: [{ name: 'get_recipes' }],
      ref: { text: 'Cheesecake.' },
    }),
    hashing,
  );
  expect(two.tool_log).toHaveLength(2);
  expect(two.ref?.earlier_calls).toEqual([call('4', 'cake')]);
  expect(asReplay(two, hashing)).toBe(two);
});

test('a prompt of three rows is whole on a usual terminal', () => {
  const { recorded: _, ...plain } = ballotOf(looped('dessert', 'Tiramisu. '.repeat(900)), [replayed]).prompt;
  const frameOf = (rows: number) => {
    const content = '200 g flour\n2 eggs\na pinch of salt';
    const ballot = {
      ...ballotOf(looped('dessert', 'Tiramisu. '.repeat(900)), [replayed]),
      prompt: { ...plain, messages: [asked[0] as Message, { role: 'user' as const, content }] },
    };
    const progress = { number: 7, atMost: 17, voted: 6 };
    const { state } = reduce(startSession('maria', 0).state, { type: 'ballot', at: 0, ballot, progress });
    return frameText(createScreen().draw(state, { columns: 80, rows })).join('\n');
  };
  expect(frameOf(24)).toContain('a pinch of salt');
  expect(frameOf(24)).toContain('2 eggs');
  expect(frameOf(20)).not.toContain('a pinch of salt');
});

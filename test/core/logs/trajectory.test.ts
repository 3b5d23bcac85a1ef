import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/logs/redact/redact.ts';
import { asReplay, asReplays } from '../../../src/logs/trajectory.ts';
import { promptId } from '../../../src/records/ids.ts';
import type { Message, PromptRecord } from '../../../src/records/prompt-record.ts';
import { createToolbox } from '../../../src/runs/toolbox.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { toolLogOf } from '../../../src/text/recorded-results.ts';
import { plainTools, promptWith } from '../checks/sample.ts';

const tools = [{ name: 'weather' }];
const asked: Message[] = [
  { role: 'system', content: 'Help.' },
  { role: 'user', content: 'Rome and Oslo?' },
];
const calls = (id: string, city: string): Message => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, name: 'weather', arguments: JSON.stringify({ city }) }],
});
const told = (id: string, content: string): Message => ({ role: 'tool', tool_call_id: id, content });
const way = [...asked, calls('1', 'Rome'), told('1', 'sunny'), calls('2', 'Oslo'), told('2', 'snow')];

describe('asReplay', () => {
  it('ends with the last user turn and keeps what the tools said', () => {
    const replay = asReplay(promptWith({ messages: way, tools, ref: { text: 'Sun and snow.' } }), hashing);
    expect(replay.messages).toEqual(asked);
    expect(replay.ref?.text).toBe('Sun and snow.');
    expect(replay.tool_log).toEqual([
      { name: 'weather', arguments: '{"city":"Rome"}', result: 'sunny' },
      { name: 'weather', arguments: '{"city":"Oslo"}', result: 'snow' },
    ]);
  });

  it('makes one prompt of the records of one way, with what the furthest knows', () => {
    const other = promptWith({ id: 'p_00000000000000ff', messages: [{ role: 'user', content: 'Hi' }] });
    const steps = [way.slice(0, 2), way.slice(0, 4), way].map((messages, index) => {
      const prompt = promptWith({ messages, tools, ref: { text: `answer ${index}` }, count: index + 1 });
      return { ...prompt, id: promptId(prompt, hashing) };
    });
    const [first, second, third] = steps as [PromptRecord, PromptRecord, PromptRecord];
    for (const order of [
      [first, other, second, third],
      [third, second, other, first],
    ]) {
      const replays = asReplays(order, hashing);
      expect(replays).toHaveLength(2);
      expect(replays[0]).toMatchObject({ id: first.id, ref: { text: 'answer 2' }, count: order[0]?.count });
      expect(replays[0]?.tool_log).toHaveLength(2);
      expect(replays[1]).toBe(other);
    }
  });

  it('keeps an earlier turn as history, with its results for who asks again', () => {
    const messages: Message[] = [
      ...way.slice(0, 4),
      { role: 'assistant', content: 'Sunny.' },
      { role: 'user', content: 'Oslo?' },
    ];
    const replay = asReplay(promptWith({ messages, tools }), hashing);
    expect(replay.messages).toEqual(messages);
    expect(replay.tool_log).toHaveLength(1);
  });

  it('leaves everything else as it is', () => {
    for (const prompt of [
      promptWith({ messages: asked, tools }),
      promptWith({ messages: way }),
      promptWith({ messages: way.slice(2), tools }),
    ]) {
      expect(asReplay(prompt, hashing)).toBe(prompt);
    }
    expect(toolLogOf([told('9', 'nobody asked')])).toEqual([]);
  });
});

it('is redacted with the prompt: the same value has the same fake in messages, tool log and checks', () => {
  const text = 'Mail maria.lopez@acme-corp.com';
  const draft = createRedactor().redact({
    messages: [{ role: 'user', content: text }],
    tool_log: [{ name: 'mail', arguments: JSON.stringify({ to: 'maria.lopez@acme-corp.com' }), result: text }],
    checks: [{ check: 'contains', value: ['maria.lopez@acme-corp.com'] }],
  });
  expect(JSON.stringify(draft)).not.toContain('acme-corp');
  const fake = String(draft.messages[0]?.content).replace('Mail ', '');
  expect(draft.tool_log).toEqual([{ name: 'mail', arguments: JSON.stringify({ to: fake }), result: `Mail ${fake}` }]);
  expect(draft.checks).toEqual([{ check: 'contains', value: [fake] }]);
});

const file = join(import.meta.dirname, '../../../../shared/data/tau_bench/gpt-4o-airline.json.gz');
const present = existsSync(file);

interface Wire extends Omit<Message, 'tool_calls'> {
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

describe.skipIf(!present)(
  `τ-bench, 200 logged trajectories${present ? '' : ' (skipped: ../shared/data/tau_bench is not here)'}`,
  () => {
    it('all 1,164 calls, asked again in order, get what the log says, from the log', async () => {
      const rows: { traj: Wire[] }[] = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
      let [asked, same] = [0, 0];
      for (const { traj } of rows) {
        const messages = traj.map(
          ({ tool_calls, ...message }): Message => ({
            ...message,
            ...(tool_calls && { tool_calls: tool_calls.map(({ id, function: called }) => ({ id, ...called })) }),
          }),
        );
        const names = new Set(messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ name }) => name)));
        const prompt = promptWith({ tools: [...names].map((name) => ({ name })), tool_log: toolLogOf(messages) });
        const box = createToolbox(
          { prompt, trial: 1, attempt: 1 },
          { seed: 1 },
          { checkTools: plainTools, program: { cwd: '.', env: {} } },
        );
        // Paired by place: 73 of the ids occur twice within a trajectory.
        const said = messages.filter(({ role }) => role === 'tool');
        for (const [nth, call] of messages.flatMap(({ tool_calls = [] }) => tool_calls).entries()) {
          const got = await box.answer(call, new AbortController().signal);
          asked += 1;
          if (got.from === 'log' && got.content === said[nth]?.content) same += 1;
        }
      }
      expect([asked, same]).toEqual([1164, 1164]);
    });
  },
);

/** A tool loop over real SDKs and HTTP: what goes over the wire at each step, and what is recorded. */
import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { runChecks } from '../../../src/checks/run-checks.ts';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import { checkTools } from '../../../src/runs/regex-guard.ts';
import { createToolLoop } from '../../../src/runs/tool-loop.ts';
import { configOf } from '../../helpers/arm-request.ts';
import { reply, startModelServer } from '../../helpers/model-server.ts';
import { promptAt, settings } from '../../helpers/runs.ts';

const prompt: PromptRecord = promptAt(1, {
  messages: [{ role: 'user', content: 'A ride in Rome?' }],
  tools: [
    {
      name: 'uber.ride',
      parameters: {
        type: 'dict',
        required: ['city'],
        properties: { city: { type: 'string' }, fare: { type: 'float' } },
      },
    },
  ],
  tool_log: [{ name: 'uber.ride', arguments: '{"city": "Rome"}', result: '{"car":"Fiat"}' }],
});

describe.each([
  { provider: 'openai', model: 'gpt-test', wireName: 'uber_ride' },
  { provider: 'ollama', model: 'qwen3:8b', wireName: 'uber.ride' },
])('$provider', ({ provider, model, wireName }) => {
  it('sends call and result back, under the names the provider takes, and records ours', async () => {
    const said = ['{"town":"Rome"}', '{"city":"Rome"}'];
    await using server = await startModelServer(({ nth, body }) => {
      const args = said[nth];
      const { name } = body.tools[0].function;
      return args === undefined
        ? reply('A Fiat is on its way.')
        : reply('', { toolCalls: [{ id: `c${nth}`, name, arguments: args }], finish: 'tool_calls' });
    });
    const steps: StepRecord[] = [];
    const loop = createToolLoop({ checkTools, program: { cwd: '.', env: {} } })({
      arm: createArm(configOf(provider, model), server.env),
      cell: { prompt, trial: 1, attempt: 1, answers: 0, steps: [] },
      settings: settings(),
      checkAnswer: (asked, answer) => runChecks(asked, { prompt: asked, ...answer }, checkTools),
      waited: 0,
      signal: new AbortController().signal,
      now: () => new Date(),
    });
    for await (const { step } of loop) steps.push(step);

    expect(steps.map(({ outcome, last }) => [outcome, last])).toEqual([
      ['answered', false],
      ['answered', false],
      ['answered', true],
    ]);
    expect(
      steps.flatMap(({ tool_results = [] }) => tool_results.map(({ name, from, content }) => [name, from, content])),
    ).toEqual([
      ['uber.ride', 'error', '{"error":"uber.ride was called with wrong arguments: city is missing."}'],
      ['uber.ride', 'log', '{"car":"Fiat"}'],
    ]);
    expect(steps.at(-1)?.checks?.every(({ pass }) => pass)).toBe(true);

    expect(server.calls).toHaveLength(3);
    const [first, , third] = server.calls.map(({ body }) => body);
    expect(first.messages).toHaveLength(1);
    expect(first.tools[0].function).toMatchObject({ name: wireName, parameters: { type: 'object' } });
    expect(third.messages.map(({ role }: { role: string }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
    ]);
    expect(third.messages[3].tool_calls[0].function.name).toBe(wireName);
    expect(third.messages[4].content).toBe('{"car":"Fiat"}');
  });
});

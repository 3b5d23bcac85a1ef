import { describe, expect, it } from 'vitest';
import type { ArmReply } from '../../../src/arms/arm.ts';
import { runChecks } from '../../../src/checks/run-checks.ts';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import type { PromptRecord, Tool, ToolCall } from '../../../src/records/prompt-record.ts';
import type { RunSettings } from '../../../src/records/run-record.ts';
import type { AttemptContext, CheckAnswer } from '../../../src/runs/attempt.ts';
import { runAll } from '../../../src/runs/runner.ts';
import { countTools } from '../../../src/runs/tool-counts.ts';
import { createToolLoop } from '../../../src/runs/tool-loop.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { memorySink, promptAt, type Script, scriptedArm, settings } from '../../helpers/runs.ts';
import { virtualClock } from '../../helpers/virtual-clock.ts';
import { plainTools } from '../checks/sample.ts';

const city = { type: 'object', required: ['city'], properties: { city: { type: 'string' } } } as const;
const tools: Tool[] = [
  { name: 'weather', parameters: { ...city, required: ['city'] } },
  { name: 'hotels', parameters: { ...city, required: ['city'] } },
];
const prompt = (changes: Partial<PromptRecord> = {}): PromptRecord =>
  promptAt(1, {
    tools,
    tool_log: [
      { name: 'weather', arguments: '{"city": "Rome"}', result: 'sunny' },
      { name: 'weather', arguments: '{"city": "Oslo"}', result: 'snow' },
      { name: 'hotels', arguments: '{"city": "Oslo"}', result: '["Fjord"]' },
    ],
    ...changes,
  });

const call = (name: string, args: unknown, id = `${name}-1`): ToolCall => ({
  id,
  name,
  arguments: typeof args === 'string' ? args : JSON.stringify(args),
});
const asks = (...toolCalls: ToolCall[]): Partial<ArmReply> => ({ toolCalls, finish: 'tool_calls' });

const checkAnswer: CheckAnswer = (asked, answer) => runChecks(asked, { prompt: asked, ...answer }, plainTools);
const attempt = createToolLoop({ checkTools: plainTools, program: { cwd: '.', env: {} } });

/** One prompt, arms that say these replies one after the other, and what was recorded. */
async function run(
  replies: Record<string, Partial<ArmReply>[]>,
  changes: Partial<RunSettings> = {},
  asked = prompt(),
  loop = attempt,
) {
  const clock = virtualClock();
  const sink = memorySink();
  const arms = Object.entries(replies).map(([name, list]) => {
    let nth = 0;
    const script: Script = () => {
      const reply = list[Math.min(nth, list.length - 1)] ?? {};
      nth += 1;
      return reply;
    };
    return scriptedArm(name, script, { clock });
  });
  const used = settings({ retries: 0, ...changes });
  await clock.run(
    runAll({
      run: { settings: used },
      prompts: [asked],
      arms,
      existing: {},
      sink,
      checkAnswer,
      sameModel: () => true,
      attempt: loop,
      now: clock.now,
      sleep: clock.sleep,
      rng: () => 0.5,
    }),
  );
  const of = (name: string) => {
    const steps = sink.steps[name] ?? [];
    const trials = foldTrials(steps, used.retries);
    return {
      steps,
      trials,
      counts: countTools(trials.values()),
      calls: arms.find((arm) => arm.record.name === name)?.calls ?? [],
    };
  };
  return { of, open: of('open') };
}

const results = (steps: readonly StepRecord[]) =>
  steps.flatMap(({ tool_results = [] }) => tool_results.map(({ from, content }) => [from, content]));

describe('a result that holds a key', () => {
  it('is recorded and sent back without it, also in Base64', async () => {
    const key = 'zq81-private-4711-token';
    const coded = Buffer.from(key).toString('base64');
    const guarded = createToolLoop({ checkTools: plainTools, program: { cwd: '.', env: { WEATHER_API_KEY: key } } });
    const log = [
      { name: 'weather', arguments: '{"city": "Rome"}', result: `sunny (${key}, ${coded}, sk-live1234567890)` },
    ];
    const { steps, calls } = await run(
      { open: [asks(call('weather', { city: 'Rome' })), { text: 'Sunny.' }] },
      {},
      prompt({ tool_log: log }),
      guarded,
    ).then(({ of }) => of('open'));
    const seen = JSON.stringify([steps, calls.map(({ messages }) => messages)]);
    expect(seen).toContain('sunny ([key], [key]');
    for (const secret of [key, coded.slice(0, 20), 'sk-live1234567890']) expect(seen).not.toContain(secret);
  });
});

describe('a loop of steps', () => {
  it('gives the logged results back, by name and arguments whatever the spacing, and ends with the answer', async () => {
    const { open } = await run({
      open: [
        asks(call('weather', '{"city":"Oslo"}', 'a'), call('weather', { city: 'Rome' }, 'b')),
        { text: 'Snow in Oslo, sun in Rome.' },
      ],
    });
    expect(results(open.steps)).toEqual([
      ['log', 'snow'],
      ['log', 'sunny'],
    ]);
    expect(open.steps.map(({ step, last }) => [step, last])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(open.calls[1]?.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [call('weather', '{"city":"Oslo"}', 'a'), call('weather', { city: 'Rome' }, 'b')],
      },
      { role: 'tool', tool_call_id: 'a', name: 'weather', content: 'snow' },
      { role: 'tool', tool_call_id: 'b', name: 'weather', content: 'sunny' },
    ]);
    expect(open.counts).toMatchObject({
      trials: 1,
      steps: 2,
      calls: 2,
      finished: 1,
      recovered: 0,
      notRecovered: 0,
      tokensPerFinished: 60,
      msPerFinished: 400,
    });
  });

  it('falls back to the next result of the same tool, then to an error a service would give', async () => {
    const { open } = await run({
      open: [
        asks(call('hotels', { city: 'Bergen' })),
        asks(call('hotels', { city: 'Paris' })),
        { text: 'Only the Fjord.' },
      ],
    });
    expect(results(open.steps)).toEqual([
      ['log-order', '["Fjord"]'],
      ['error', '{"error":"hotels found nothing for these arguments."}'],
    ]);
    expect(open.counts).toMatchObject({
      noResult: 1,
      recovered: 0,
      recoveryUnknown: 1,
      results: { 'log-order': 1, error: 1 },
    });
  });

  it('names every slip of the model, and counts it by kind', async () => {
    const { open } = await run({
      open: [
        asks(call('wether', { city: 'Rome' })),
        asks(call('weather', '{"city":')),
        asks(call('weather', { town: 'Rome' })),
        asks(call('weather', { city: 'Rome' })),
        asks(call('weather', { city: 'Rome' })),
        { text: 'Sunny.' },
      ],
    });
    expect(results(open.steps).map(([, content]) => content)).toEqual([
      '{"error":"It called \\"wether\\", which is not among the tools (nearest: weather)."}',
      '{"error":"weather was called with arguments that are no JSON object: \\"{\\"city\\":\\"."}',
      '{"error":"weather was called with wrong arguments: city is missing."}',
      'sunny',
      'sunny',
    ]);
    expect(open.counts.invalid).toEqual({ 'unknown-tool': 1, 'bad-json': 1, 'schema-mismatch': 1, repeated: 1 });
    expect(open.counts).toMatchObject({
      calls: 5,
      // The unknown tool and the repeated call were followed by a text alone.
      recovered: 2,
      notRecovered: 0,
      recoveryUnknown: 2,
      finished: 1,
    });
  });

  it.each([
    ['a polite text alone', [], { recovered: 0, notRecovered: 0, recoveryUnknown: 1 }],
    ['the right end', [{ check: 'contains', value: 'Sunny' }], { recovered: 1, notRecovered: 0, recoveryUnknown: 0 }],
    ['the wrong end', [{ check: 'contains', value: 'Rain' }], { recovered: 0, notRecovered: 1, recoveryUnknown: 0 }],
  ])('reads an invalid call before %s as what it is', async (_, checks, counts) => {
    const { open } = await run(
      { open: [asks(call('wether', { city: 'Rome' })), { text: 'Sunny, I should think.' }] },
      {},
      prompt({ checks }),
    );
    expect(open.counts).toMatchObject(counts);
  });

  it('ends at maxSteps; still calling tools then is no answer', async () => {
    const { open } = await run({ open: [asks(call('nope', {}))] }, { maxSteps: 3 });
    expect(open.steps).toHaveLength(3);
    expect(open.steps.at(-1)?.checks?.find(({ pass }) => !pass)).toMatchObject({
      check: 'toolCall',
      kind: 'unfinished',
    });
    expect(open.counts).toMatchObject({ finished: 0, notRecovered: 3, tokensPerFinished: null });
    expect(open.counts.invalid).toMatchObject({ 'unknown-tool': 2, repeated: 1 });
  });

  it('does not execute a call that the token limit cut', async () => {
    const { open } = await run({ open: [{ ...asks(call('weather', '{"city":"Ro')), finish: 'length' }] });
    expect(open.steps).toHaveLength(1);
    expect(open.steps[0]?.checks?.find(({ pass }) => !pass)?.kind).toBe('truncated');
  });

  it('forces a tool only once', async () => {
    const { open } = await run(
      { open: [asks(call('weather', { city: 'Rome' })), { text: 'Sunny.' }] },
      {},
      prompt({ tool_choice: 'required' }),
    );
    expect(open.calls.map(({ toolChoice }) => toolChoice)).toEqual(['required', 'auto']);
  });

  it('answers with stubs where the log has nothing', async () => {
    const { open } = await run(
      { open: [asks(call('hotels', { city: 'Bergen' })), { text: 'Fjord View.' }] },
      { tools: { stubs: { hotels: { name: 'Fjord View' } } } },
    );
    expect(results(open.steps)).toEqual([['stub', '{"name":"Fjord View"}']]);
  });

  it('is one step where nothing could answer: the call is the answer', async () => {
    const { tool_log: _, ...bare } = prompt();
    const { open } = await run({ open: [asks(call('weather', { city: 'Rome' }))] }, {}, bare);
    expect(open.steps).toHaveLength(1);
    expect(open.steps[0]).toMatchObject({ last: true, tool_calls: [{ name: 'weather' }] });
    expect(open.counts).toMatchObject({ finished: 1, calls: 1 });
  });

  it('gives a call without an id one, so that its result can name it', async () => {
    const { open } = await run({ open: [asks(call('weather', { city: 'Rome' }, '')), { text: 'Sunny.' }] });
    expect(open.steps[0]?.tool_calls?.[0]?.id).toBe('call_1_1_1');
    expect(open.calls[1]?.messages.at(-1)).toMatchObject({ role: 'tool', tool_call_id: 'call_1_1_1' });
  });
});

describe('faults', () => {
  const rome = asks(call('weather', { city: 'Rome' }));
  const oslo = asks(call('hotels', { city: 'Oslo' }));

  it('fall on the same calls of every arm, by the seed, and on about the share that was asked for', async () => {
    const long = { maxSteps: 201, faults: { toolError: 0.1 } };
    const first = await run({ open: Array(200).fill(rome), closed: Array(200).fill(oslo) }, long);
    const faults = (steps: readonly StepRecord[]) =>
      steps.flatMap(({ step, tool_results }) => (tool_results?.[0]?.from === 'fault' ? [step] : []));
    expect(faults(first.of('open').steps)).toEqual(faults(first.of('closed').steps));
    expect(faults(first.open.steps).length).toBeGreaterThan(8);
    expect(faults(first.open.steps).length).toBeLessThan(35);
    const again = await run({ open: Array(200).fill(rome) }, long);
    expect(faults(again.open.steps)).toEqual(faults(first.open.steps));
    const other = await run({ open: Array(200).fill(rome) }, { ...long, seed: 2 });
    expect(faults(other.open.steps)).not.toEqual(faults(first.open.steps));
  });

  it('are errors that trying again gets over, and trying again is no slip', async () => {
    const always = await run({ open: [rome, { text: 'No idea.' }] }, { faults: { toolError: 1 } });
    expect(results(always.open.steps)).toEqual([
      ['fault', '{"error":"503 Service Unavailable: the upstream did not respond in time."}'],
    ]);
    const seeded = await run(
      { open: [rome, rome, rome, rome, { text: 'Sunny.' }] },
      { faults: { toolError: 0.5 }, seed: 5 },
    );
    const { counts } = seeded.open;
    expect(counts.results.fault + counts.results.log).toBe(4);
    expect(counts.results.fault).toBeGreaterThan(0);
    expect(counts.invalid.repeated).toBe(counts.results.log - 1);
  });
});

it('goes on after a kill in the middle as if nothing had happened', async () => {
  const replies = [
    asks(call('weather', { city: 'Bergen' }, 'a')),
    asks(call('weather', { city: 'Turin' }, 'b')),
    asks(call('weather', { city: 'Bonn' }, 'c')),
    { text: 'Done.' },
  ];
  const whole = await run({ open: replies }, { faults: { toolError: 0.3 }, seed: 3 });
  const paid = whole.open.steps.slice(0, 1);
  const clock = virtualClock();
  const rest: StepRecord[] = [];
  const arm = scriptedArm('open', ({ before }) => replies[before + 1] ?? {}, { clock });
  const context: AttemptContext = {
    arm: arm.arm,
    cell: { prompt: prompt(), trial: 1, attempt: 1, answers: 0, steps: paid },
    settings: settings({ retries: 0, faults: { toolError: 0.3 }, seed: 3 }),
    checkAnswer,
    waited: 0,
    signal: new AbortController().signal,
    now: clock.now,
  };
  await clock.run(
    (async () => {
      for await (const { step } of attempt(context)) rest.push(step);
    })(),
  );
  const essence = (steps: readonly StepRecord[]) =>
    steps.map(({ step, tool_results, text, last }) => ({ step, tool_results, text, last }));
  expect(essence([...paid, ...rest])).toEqual(essence(whole.open.steps));
});

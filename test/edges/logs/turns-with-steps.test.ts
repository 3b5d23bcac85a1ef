/** Turns whose steps, settings and speakers stand around them: lists of an agent's steps, wrapped messages, professions. */
import { describe, expect, it } from 'vitest';
import { load } from '../../helpers/loaded-text.ts';

const lines = (records: unknown[]): string => records.map((record) => JSON.stringify(record)).join('\n');

const system = { role: 'system', content: 'You book tables.' };
const asked = { role: 'user', content: 'Is a table free at eight?' };
const tool = { name: 'free_tables', description: 'Tables by hour', parameters: { type: 'object' } };
const steps = [
  {
    role: 'assistant',
    content: [{ type: 'tool_call', tool_call_id: 'c1', name: 'free_tables', arguments: { hour: 20 } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: [{ type: 'tool_result', tool_result: { tables: 2 } }] },
  { role: 'assistant', content: [{ type: 'text', text: 'Yes, two tables are free.' }] },
];

describe('an answer that is a list of steps', () => {
  const whole = [
    { role: 'system', content: 'You book tables.' },
    { role: 'user', content: 'Is a table free at eight?' },
    { role: 'assistant', tool_calls: [{ id: 'c1', name: 'free_tables', arguments: '{"hour":20}' }] },
    { role: 'tool', tool_call_id: 'c1', content: '{"tables":2}' },
  ];

  it.each([
    ['query', 'response'],
    ['question', 'answer'],
    ['prompt', 'completion'],
    ['input', 'output'],
  ])(
    'under %s and %s has its last message for the answer, and the steps before it in the turn',
    async (ask, answer) => {
      const { prompts } = await load(
        'steps.jsonl',
        lines([{ [ask]: [system, asked], [answer]: steps, tool_definitions: [tool] }]),
      );
      expect(prompts).toMatchObject([{ messages: whole, ref: { text: 'Yes, two tables are free.' }, tools: [tool] }]);
      expect(prompts[0]?.ref?.tool_calls).toBeUndefined();
    },
  );

  it('does not say the question twice where the list begins with it', async () => {
    const { prompts } = await load(
      'again.jsonl',
      lines([{ input: [system, asked], output: { messages: [asked, ...steps] } }]),
    );
    expect(prompts).toMatchObject([{ messages: whole, ref: { text: 'Yes, two tables are free.' } }]);
  });
});

describe('messages of a list', () => {
  const wrapped = (role: string, content: string, at: number): object => ({
    chatMessage: { role, content },
    functions: null,
    sentAt: `2026-11-0${at}T10:00:00Z`,
  });

  it('are found in the one object of an item, beside which its time stands', async () => {
    const chat = [wrapped('user', asked.content, 1), wrapped('assistant', 'Yes.', 2)];
    const { prompts } = await load('wrapped.json', JSON.stringify([{ conversationId: 'a', conversation: chat }]));
    expect(prompts).toMatchObject([
      {
        messages: [{ role: 'user', content: asked.content }],
        ref: { text: 'Yes.' },
        session_id: 'a',
        ts: '2026-11-01T10:00:00.000Z',
      },
    ]);
  });

  it('keep calls and results of functions, also one message a row', async () => {
    const rows = [
      { session_id: 's', ...asked },
      { session_id: 's', role: 'assistant', content: null, function_call: { name: 'free_tables', arguments: '{}' } },
      { session_id: 's', role: 'function', name: 'free_tables', content: '2' },
      { session_id: 's', role: 'assistant', content: 'Two.' },
    ];
    const { prompts } = await load('rows.jsonl', lines(rows));
    expect(prompts).toMatchObject([
      {
        messages: [
          { role: 'user' },
          { role: 'assistant', tool_calls: [{ name: 'free_tables' }] },
          { role: 'tool', content: '2' },
        ],
        ref: { text: 'Two.' },
      },
    ]);
  });

  it('are told apart by professions: who asks for help, and who gives it', async () => {
    const turns = [
      { role: 'patient', content: 'I have a headache since Monday.' },
      { role: 'doctor', content: 'Do you drink enough water?' },
    ];
    const { prompts } = await load(
      'talks.json',
      JSON.stringify({ conversations: [{ session_id: 'a', start_time: '2026-11-01T10:00:00Z', turns }] }),
    );
    expect(prompts).toMatchObject([
      {
        messages: [{ role: 'user', content: turns[0]?.content }],
        ref: { text: turns[1]?.content },
        ts: '2026-11-01T10:00:00.000Z',
      },
    ]);
  });
});

it("knows the tools that LangChain's handler of DeepEval writes among the messages", async () => {
  const span = {
    uuid: 's1',
    input: [
      { role: 'system', content: 'You book tables.' },
      { role: 'human', content: asked.content },
      { role: 'Tool Input', content: `{'type': 'function', 'function': {'name': 'free_tables', 'parameters': {}}}` },
    ],
    output: { role: 'AI', content: 'Yes.', tool_calls: [] },
    model: 'gpt-4o-mini',
  };
  const { prompts } = await load('trace.json', JSON.stringify({ uuid: 't1', llmSpans: [span] }));
  expect(prompts).toMatchObject([
    { messages: [system, asked], tools: [{ name: 'free_tables' }], ref: { text: 'Yes.', model: 'gpt-4o-mini' } },
  ]);
});

it('finds the tools of a sample of Inspect with the calls of its model', async () => {
  const sample = {
    id: 1,
    epoch: 1,
    input: asked.content,
    target: 'Yes',
    messages: [asked, { role: 'assistant', content: 'Yes.' }],
    output: { model: 'm', choices: [{ message: { role: 'assistant', content: 'Yes.' } }] },
    events: [{ event: 'model', tools: [tool] }, { event: 'model', tools: [] }, { event: 'score' }],
  };
  const { prompts } = await load('sample.json', JSON.stringify(sample));
  expect(prompts).toMatchObject([{ messages: [asked], tools: [tool], ref: { text: 'Yes.' } }]);
});

describe('rows of a table of spans', () => {
  const head =
    'attributes.openinference.span.kind,attributes.llm.model_name,attributes.llm.input_messages,attributes.input.value';
  const row = (role: string, model: string): string =>
    `LLM,${model},"[{'message.role': '${role}', 'message.content': 'Is a table free?'}]",None`;

  it('have no model None, and no prompt None where a speaker is unknown', async () => {
    const loaded = await load('spans.csv', [head, row('user', 'None'), row('complete', 'gpt-4o')].join('\n'));
    expect(loaded.prompts.map(({ messages, ref }) => [messages[0]?.content, ref?.model])).toEqual([
      ['Is a table free?', undefined],
    ]);
    expect(loaded.rejected).toMatchObject([{ reason: 'a message of an unknown role: complete', count: 1 }]);
  });
});

it('puts the chunks that were retrieved for a question before it', async () => {
  const record = {
    query: 'Is parking free?',
    retrieved_chunks: [{ content: 'Parking is free.', score: 0.9 }],
    answer: 'Yes.',
  };
  const { prompts } = await load('rag.jsonl', lines([record]));
  expect(prompts).toMatchObject([
    {
      messages: [
        { role: 'system', content: 'Parking is free.' },
        { role: 'user', content: 'Is parking free?' },
      ],
    },
  ]);
});

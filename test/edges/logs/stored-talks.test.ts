/** Conversations of messengers and stores: what the service says, what the system says late, and when each turn was said. */
import { expect, it } from 'vitest';
import { said as asked, load } from '../../helpers/loaded-text.ts';

it('reads no word of Slack about a channel as a question', async () => {
  const message = (ts: number, text: string, more: object) => ({
    type: 'message',
    text,
    ts: `179084160${ts}.000100`,
    ...more,
  });
  const day = [
    message(0, 'When?', { user: 'U1' }),
    message(1, 'At six.', { subtype: 'bot_message', bot_id: 'B1' }),
    message(2, '<@U2> has joined the channel', { subtype: 'channel_join', user: 'U2' }),
  ];
  expect(asked(await load('day.json', JSON.stringify(day)))).toEqual([['user: When?', 'At six.']]);
});

it('opens a conversation with what the system says first, keeps its later words in place, and drops its last', async () => {
  const rows = [
    'chat_id,role,content',
    'a,system,Be kind.',
    'a,user,When?',
    'a,assistant,At six.',
    'a,system,It is Sunday.',
    'a,user,And now?',
    'a,assistant,At nine.',
    'b,user,Hello?',
    'b,system,Ana left the chat',
  ];
  expect(asked(await load('late.csv', rows.join('\n')))).toEqual([
    ['system: Be kind.', 'user: When?', 'At six.'],
    ['system: Be kind.', 'user: When?', 'assistant: At six.', 'system: It is Sunday.', 'user: And now?', 'At nine.'],
    ['user: Hello?', undefined],
  ]);
});

it('dates the turns of conversations that a database keeps as maps', async () => {
  const at = (seconds: number, role: string, text: string) => ({
    role,
    text,
    timestamp: 1_790_841_600_000 + seconds * 1000,
  });
  const one = {
    messages: { m1: at(0, 'user', 'When?'), m2: at(4, 'assistant', 'At six.'), m3: at(60, 'user', 'Where?') },
  };
  const two = { messages: { m4: at(90, 'user', 'Who?'), m5: at(95, 'assistant', 'Ana.') } };
  const loaded = await load('map.json', JSON.stringify({ chats: { c1: one, c2: two } }));
  expect(loaded.prompts.map(({ ts }) => ts)).toEqual([
    '2026-10-01T08:00:00.000Z',
    '2026-10-01T08:01:00.000Z',
    '2026-10-01T08:01:30.000Z',
  ]);
  expect(loaded.unused).toEqual([]);
});

it('dates a call by its last question where only its messages have times', async () => {
  const messages = [
    { role: 'user', content: 'When?', timestamp: '2026-10-01T08:00:00Z' },
    { role: 'assistant', content: 'At six.', timestamp: '2026-10-01T08:00:05Z' },
  ];
  const { prompts } = await load('call.jsonl', JSON.stringify({ messages }));
  expect(prompts[0]?.ts).toBe('2026-10-01T08:00:00.000Z');
});

it.each(['USER', 'user'])(
  'reads who speaks from the type of a row, as memories of chats write it: %s',
  async (user) => {
    const rows = `conversation_id,content,type\na,Be kind.,SYSTEM\na,When?,${user}\na,At six.,ASSISTANT\n`;
    expect(asked(await load('memory.csv', rows))).toEqual([['system: Be kind.', 'user: When?', 'At six.']]);
  },
);

it("reads rows of Django's dumpdata, and names what is no message", async () => {
  const message = (pk: number, role: string, text: string) => ({
    model: 'chat.message',
    pk,
    fields: { conversation: 3, role, text, created: `2026-10-01T08:00:0${pk}Z` },
  });
  const talk = { model: 'chat.conversation', pk: 3, fields: { title: 'Hours' } };
  const dump = [talk, message(1, 'user', 'When?'), message(2, 'assistant', 'At six.')];
  const loaded = await load('dump.json', JSON.stringify(dump));
  expect(asked(loaded)).toEqual([['user: When?', 'At six.']]);
  expect(loaded.prompts[0]).toMatchObject({ session_id: '3', ts: '2026-10-01T08:00:01.000Z' });
  expect(loaded.warnings.join(' ')).toContain('Left out 1 row');
});

it.each([
  {
    records: [
      {
        id: 'r1',
        createdTime: '2026-10-01T08:00:00.000Z',
        fields: { Question: 'When?', Answer: 'At six.', Topic: 'Hours' },
      },
    ],
  },
  {
    documents: [
      {
        name: 'projects/p/databases/d/documents/chats/r1',
        fields: {
          question: { stringValue: 'When?' },
          answer: { stringValue: 'At six.' },
          topic: { stringValue: 'Hours' },
        },
        createTime: '2026-10-01T08:00:00.000Z',
      },
    ],
  },
])('reads records whose columns stand in an object of their own: %j', async (page) => {
  const loaded = await load('page.json', JSON.stringify(page));
  expect(asked(loaded)).toEqual([['user: When?', 'At six.']]);
  expect(loaded.prompts[0]).toMatchObject({ task: 'Hours', ts: '2026-10-01T08:00:00.000Z' });
});

it('keeps the system prompt beside the turns of a dialogue', async () => {
  const record = { system: 'Be kind.', conversation: [{ user: 'When?', assistant: 'At six.' }] };
  expect(asked(await load('pairs.jsonl', JSON.stringify(record)))).toEqual([
    ['system: Be kind.', 'user: When?', 'At six.'],
  ]);
});

it.each([
  { item: { question: 'When?', ground_truth: 'At six.' } },
  { inputs: { question: 'When?' }, outputs: 'At six.', expectations: { expected_response: 'Six.' } },
  { inputs: 'When?', targets: 'At six.' },
])('reads a record of an evaluation with its answer: %j', async (record) => {
  expect(asked(await load('eval.jsonl', JSON.stringify(record)))).toEqual([['user: When?', 'At six.']]);
});

it('lets a bot answer where the sender of a row is a name', async () => {
  const rows = ['chat,sender_name,text', 'a,Ana,When?', 'a,ShopBot,At six.', 'b,Bo,Where?', 'b,ShopBot,Here.'];
  expect(asked(await load('names.csv', rows.join('\n')))).toEqual([
    ['user: When?', 'At six.'],
    ['user: Where?', 'Here.'],
  ]);
  const lines = rows.slice(1).map((row) => {
    const [chat, author, text] = row.split(',');
    return JSON.stringify({ chat_id: chat, author, text });
  });
  expect(asked(await load('names.jsonl', lines.join('\n')))).toHaveLength(2);
});

it('leaves rows alone whose names are all of people', async () => {
  const rows = 'chat,sender_name,text\na,Ana,When?\na,Bo,At six.\n';
  const loaded = await load('people.csv', rows);
  expect(loaded.prompts).toHaveLength(2);
  expect(loaded.unused.map(({ name }) => name)).toContain('sender_name');
});

it('reads marks as Postgres writes them', async () => {
  const rows = 'conversation_id,is_bot,body\n5,f,When?\n5,t,At six.\n';
  expect(asked(await load('marks.csv', rows))).toEqual([['user: When?', 'At six.']]);
});

it.each([
  ['prompt', 'completion'],
  ['question', 'answer'],
])('reads lines whose type is what was said: %s and %s', async (question, answer) => {
  const rows = [
    { session: 'k', type: question, text: 'When?' },
    { session: 'k', type: answer, text: 'At six.' },
  ];
  expect(asked(await load('types.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')))).toEqual([
    ['user: When?', 'At six.'],
  ]);
});

it('reads turns with speakers as a dialogue, and none of them as questions', async () => {
  const turns = [
    { speaker: 'customer', text: 'When?' },
    { speaker: 'bot', text: 'At six.' },
  ];
  expect(asked(await load('turns.jsonl', JSON.stringify({ turns })))).toEqual([['user: When?', 'At six.']]);
});

it('reads counts, model, time and thread beside a request and its completion', async () => {
  const input = { messages: [{ role: 'user', content: 'When?' }] };
  const output = { choices: [{ index: 0, message: { role: 'assistant', content: 'At six.' } }] };
  const usage = { prompt_tokens: 8, completion_tokens: 2 };
  const span = { input, output, usage, model: 'm', thread_id: 't', start_time: '2026-10-01T08:00:00Z' };
  const { prompts } = await load('span.json', JSON.stringify([span]));
  expect(prompts).toMatchObject([
    { session_id: 't', ts: '2026-10-01T08:00:00.000Z', ref: { model: 'm', usage: { in: 8, out: 2 } } },
  ]);
});

it('reads lists of exchanges under the names of those who speak, beside lists of messages', async () => {
  const file = {
    anna: [
      { user: 'When do you open?', ai: 'At six.', timestamp: '2026-11-01T10:00:00Z' },
      { user: 'And on Sunday?', ai: 'At eight.', timestamp: '2026-11-01T10:01:00Z' },
    ],
    bert: {
      messages: [
        { role: 'user', content: 'Where are you?' },
        { role: 'assistant', content: 'At the port.' },
      ],
    },
  };
  const loaded = await load('memory.json', JSON.stringify(file));
  expect(asked(loaded)).toEqual([
    ['user: When do you open?', 'At six.'],
    ['user: When do you open?', 'assistant: At six.', 'user: And on Sunday?', 'At eight.'],
    ['user: Where are you?', 'At the port.'],
  ]);
  expect(loaded.prompts[1]?.ts).toBe('2026-11-01T10:01:00.000Z');
});

it('follows the parent of each message in a tree, and takes no first message of a thread for one', async () => {
  const row = (id: string, parent: string | null, role: string, text: string): object => ({
    message_id: id,
    parent_message_id: parent,
    role,
    text,
  });
  const trees = [
    row('1', null, 'user', 'When?'),
    row('2', '1', 'assistant', 'At six.'),
    row('3', null, 'user', 'Where?'),
    row('4', '3', 'assistant', 'Here.'),
    row('5', '2', 'user', 'And on Sunday?'),
    row('6', '5', 'assistant', 'At eight.'),
  ];
  expect(asked(await load('trees.json', JSON.stringify(trees)))).toEqual([
    ['user: When?', 'At six.'],
    ['user: Where?', 'Here.'],
    ['user: When?', 'assistant: At six.', 'user: And on Sunday?', 'At eight.'],
  ]);
  const thread = [
    row('1', null, 'user', 'When?'),
    row('2', '1', 'assistant', 'At six.'),
    row('3', '1', 'user', 'On Sunday?'),
    row('4', '1', 'assistant', 'At eight.'),
  ];
  expect(asked(await load('thread.json', JSON.stringify(thread)))).toEqual([
    ['user: When?', 'At six.'],
    ['user: When?', 'assistant: At six.', 'user: On Sunday?', 'At eight.'],
  ]);
});

/** Files with words of loggers, talks and tables that mean something else in them: each record is a prompt of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, text: string): Promise<unknown[]> {
  writeFileSync(join(folder, name), text);
  const now = new Date('2026-11-20T00:00:00Z');
  const { prompts } = await loadPrompts([name], { redact: false, now, seed: 1, hashing, cwd: folder });
  return prompts.map(({ messages, ref }) => [...messages.map(({ role, content }) => `${role}: ${content}`), ref?.text]);
}
const lines = (records: readonly object[]): string => records.map((record) => JSON.stringify(record)).join('\n');

it('reads requests whose answers stand in the same line, and requests without any', async () => {
  const logged = { level: 'info', message: 'request' };
  const whole = [
    { ...logged, request_id: 'r1', prompt: 'Who are you?', completion: 'A bot.' },
    { ...logged, request_id: 'r2', prompt: 'Tell a joke', completion: 'Knock knock.' },
  ];
  expect(await read('whole.jsonl', lines(whole))).toEqual([
    ['user: Who are you?', 'A bot.'],
    ['user: Tell a joke', 'Knock knock.'],
  ]);
  const alone = [
    { id: 1, event: 'request', prompt: 'Say hi' },
    { id: 2, event: 'request', prompt: 'Say bye' },
  ];
  expect(await read('alone.jsonl', lines(alone))).toEqual([
    ['user: Say hi', undefined],
    ['user: Say bye', undefined],
  ]);
});

it('takes replies of other ids than the requests for texts of a kind', async () => {
  const texts = [
    { id: 1, action: 'reply', text: 'Please send me the invoice' },
    { id: 2, action: 'query', text: 'How many seats do we have?' },
  ];
  expect(await read('kinds.jsonl', lines(texts))).toEqual([
    ['user: Please send me the invoice', undefined],
    ['user: How many seats do we have?', undefined],
  ]);
});

it.each([
  ['beside other kinds', ['question', 'response', 'summary']],
  ['without a question', ['email', 'reply', 'email']],
])('takes a kind of turn for one of tasks %s', async (_, kinds) => {
  const records = kinds.map((type, at) => ({ type, text: `Write the text number ${at}` }));
  expect(await read('types.jsonl', lines(records))).toEqual(
    kinds.map((_kind, at) => [`user: Write the text number ${at}`, undefined]),
  );
});

it('takes replies of a ticket in which nobody asks for texts of a kind', async () => {
  const row = (type: string, text: string) => ({ ticket_id: 't1', conversation_id: 't1', type, text });
  const texts = [row('email', 'Write to Ana'), row('reply', 'Write back to Bo')];
  expect(await read('tickets.jsonl', lines(texts))).toEqual(texts.map(({ text }) => [`user: ${text}`, undefined]));
});

it('reads kinds of turns in a named conversation beside other kinds', async () => {
  const row = (type: string, text: string) => ({ chat_id: 'c1', type, text });
  const talk = [row('question', 'When?'), row('answer', 'At six.'), row('feedback', 'Thumbs up')];
  expect(await read('talk.jsonl', lines(talk))).toEqual([['user: When?', 'At six.']]);
});

it('takes q and a beside a prompt for figures about it', async () => {
  expect(await read('figures.csv', 'prompt,q,a\nWrite a haiku,4,2\n')).toEqual([['user: Write a haiku', undefined]]);
  expect(await read('figures.jsonl', lines([{ prompt: 'Write a haiku', q: '4', a: '2' }]))).toEqual([
    ['user: Write a haiku', undefined],
  ]);
  expect(await read('faq.csv', 'q,a\nDo you ship abroad?,Yes\n')).toEqual([['user: Do you ship abroad?', 'Yes']]);
});

it.each(['Bot Smith', 'Claude Monet', 'Assistant Manager'])(
  'takes %s, who asks and is answered, for a person',
  async (name) => {
    const row = (chat: number, sender: string, text: string) => ({ chat_id: chat, sender, text });
    const talks = [
      row(1, name, 'Where is it?'),
      row(1, 'Ana', 'In row 5.'),
      row(2, name, 'And now?'),
      row(2, 'Ana', 'No.'),
    ];
    expect(await read('persons.jsonl', lines(talks))).toEqual(talks.map(({ text }) => [`user: ${text}`, undefined]));
  },
);

it('takes a bot that greets first for one that answers', async () => {
  const row = (sender: string, text: string) => ({ chat_id: 1, sender, text });
  const talk = [row('ShopBot', 'Hello!'), row('Ana', 'Where is it?'), row('ShopBot', 'In row 5.')];
  expect(await read('greeting.jsonl', lines(talk))).toEqual([['assistant: Hello!', 'user: Where is it?', 'In row 5.']]);
});

it('gives a request the answer of the model, and not that of a tool with the same id', async () => {
  const line = (event: string, more: object) => ({ request_id: 'r1', event, ...more });
  const log = [
    line('llm.request', { prompt: 'Will it rain?' }),
    line('tool.response', { content: 'rain: 80' }),
    line('llm.response', { content: 'Yes.' }),
  ];
  expect(await read('agent.jsonl', lines(log))).toEqual([['user: Will it rain?', 'Yes.']]);
});

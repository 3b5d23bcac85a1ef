/** Conversations in rows and lists: which field is their id, who speaks, and what came first. */
import { describe, expect, it } from 'vitest';
import { csvOf as csv, jsonLines as lines, load, said } from '../../helpers/loaded-text.ts';

it('puts the result of a call behind it, and what was said because of it last', async () => {
  const bridge = { state: 'result', toolCallId: 't1', toolName: 'bridge', args: { n: 2 }, result: { up: true } };
  const messages = [
    { role: 'user', content: 'Is it up?' },
    { role: 'assistant', content: 'Yes, up.', toolInvocations: [bridge] },
  ];
  const [prompt] = (await load('chat.jsonl', lines({ messages }))).prompts;
  expect(prompt?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
  expect(prompt?.messages.at(-1)?.content).toBe('{"up":true}');
  expect(prompt?.ref?.text).toBe('Yes, up.');
});

it('takes no instruction of the system for an answer', async () => {
  const rows = ['a', 'b'].flatMap((chat_id) => [
    { chat_id, role: 'system', content: `Be kind, ${chat_id}.` },
    { chat_id, role: 'user', content: `When, ${chat_id}?` },
  ]);
  expect(said(await load('rows.jsonl', lines(...rows)))).toEqual([
    ['user: When, a?', undefined],
    ['user: When, b?', undefined],
  ]);
});

it('keeps the time of rows whose dates only the column tells, and the id of a dialogue', async () => {
  const text = csv(
    ['chat_id', 'role', 'content', 'time'],
    ['c', 'user', 'When?', '10/14/2026 12:59 PM'],
    ['c', 'assistant', 'At six.', '10/14/2026 1:05 PM'],
  );
  expect((await load('rows.csv', text)).prompts.map(({ ts }) => ts)).toEqual(['2026-10-14T12:59:00.000Z']);
  const dialogue = [
    { speaker: 'user', text: 'When?' },
    { speaker: 'assistant', text: 'At six.' },
  ];
  const { prompts } = await load('corpus.jsonl', lines({ dialogue_id: 'd', dialogue }));
  expect(prompts.map(({ session_id }) => session_id)).toEqual(['d']);
});

it('takes the id beside a chat for that of its conversation', async () => {
  const turns = [
    { role: 'user', content: 'When?' },
    { role: 'assistant', content: 'At six.' },
  ];
  const { prompts } = await load('chats.json', JSON.stringify([{ id: 'w1', user_id: 'u', chat: { messages: turns } }]));
  expect(prompts.map(({ session_id }) => session_id)).toEqual(['w1']);
});

it('keeps the ids of conversations that stand under them, whatever a speaker is called', async () => {
  const talk = [
    { sender: 'user', text: 'When?' },
    { sender: 'bot', text: 'At six.' },
  ];
  const { prompts } = await load('talks.json', JSON.stringify({ '9f1': { messages: talk }, '9f2': { messages: [] } }));
  expect(prompts.map(({ session_id }) => session_id)).toEqual(['9f1']);
});

it.each(['Ann', 'user'])('reads the turns of %s with Claude, also without an id of the conversation', async (who) => {
  const rows = [who, 'Claude', who, 'Claude'].map((sender, at) => ({ sender, message: `Turn ${at}.` }));
  expect(said(await load('talk.jsonl', lines(...rows)))).toEqual([
    ['user: Turn 0.', 'Turn 1.'],
    ['user: Turn 0.', 'assistant: Turn 1.', 'user: Turn 2.', 'Turn 3.'],
  ]);
});

it('takes no letters of several people for a talk, though one of them is called Claude', async () => {
  const rows = ['Ann', 'Claude', 'Bo', 'Cy'].map((author, at) => ({ author, body: `Letter ${at}.` }));
  await expect(load('letters.jsonl', lines(...rows))).rejects.toThrow();
});

describe('the column of the conversation', () => {
  const rows = (owner: string, key: string): string =>
    csv(
      [owner, key, 'role', 'content'],
      ['7', 'A', 'user', 'When?'],
      ['7', 'B', 'user', 'Where?'],
      ['7', 'A', 'assistant', 'At six.'],
      ['7', 'B', 'assistant', 'Here.'],
    );

  it.each(['shop_id', 'user_id', 'build_no'])('is not the one of whoever has many: %s', async (owner) => {
    expect(said(await load('rows.csv', rows(owner, 'case_no')))).toEqual([
      ['user: When?', 'At six.'],
      ['user: Where?', 'Here.'],
    ]);
  });

  it('is the id of a user where there is no other', async () => {
    const loaded = await load(
      'rows.csv',
      csv(['user_id', 'role', 'content'], ['7', 'user', 'When?'], ['7', 'assistant', 'At six.']),
    );
    expect(loaded.prompts.map(({ session_id }) => session_id)).toEqual(['7']);
  });
});

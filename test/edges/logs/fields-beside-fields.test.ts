/** Fields that could serve the same end, side by side: which of them counts, and which is named as not used. */
import { describe, expect, it } from 'vitest';
import type { LoadedPrompts } from '../../../src/logs/load.ts';
import { jsonLines as lines, load, said } from '../../helpers/loaded-text.ts';

const unused = (loaded: LoadedPrompts): string[] => loaded.unused.map(({ name }) => name);

describe('times', () => {
  it.each([
    ['csv', 'prompt,response,created,started_at\nWhen?,At six.,yesterday,2026-10-01T08:00:00Z\n'],
    ['jsonl', lines({ prompt: 'When?', response: 'At six.', created: 'today', started_at: '2026-10-01T08:00:00Z' })],
  ])('reads the first that is one, and names the others: %s', async (kind, text) => {
    const loaded = await load(`log.${kind}`, text);
    expect(loaded.prompts.map(({ ts }) => ts)).toEqual(['2026-10-01T08:00:00.000Z']);
    expect(unused(loaded)).toEqual(['created']);
  });

  it('names dates in records whose order nothing tells', async () => {
    const loaded = await load('log.jsonl', lines({ prompt: 'When?', response: 'At six.', date: '3/4/2026' }));
    expect(loaded.prompts.map(({ ts }) => ts)).toEqual([undefined]);
    expect(unused(loaded)).toEqual(['date']);
  });
});

describe('prompts', () => {
  const rows = (made: (question: string, at: number) => object): string =>
    lines(...['Where is it?', 'When was it?'].map((question, at) => ({ ...made(question, at), response: `R${at}.` })));
  const csv = (header: string, made: (question: string) => string): string =>
    `${header},response\n${['Where is it?', 'When was it?'].map((question, at) => `${made(question)},R${at}.`).join('\n')}\n`;

  it.each([
    ['jsonl', rows((customer_message) => ({ prompt: 'Be kind.', customer_message }))],
    ['csv', csv('prompt,customer_message', (question) => `Be kind.,${question}`)],
    ['csv', csv('prompt,question', (question) => `Be kind.,${question}`)],
    ['jsonl', rows((text) => ({ instruction: 'Be kind.', text }))],
  ])('joins a prompt that is the same everywhere with what each user wrote: %s', async (kind, text) => {
    const loaded = await load(`log.${kind}`, text);
    expect(said(loaded)).toEqual([
      ['user: Be kind.\n\nWhere is it?', 'R0.'],
      ['user: Be kind.\n\nWhen was it?', 'R1.'],
    ]);
    expect(unused(loaded)).toEqual([]);
  });

  it('fills it in where it has a place for it', async () => {
    const text = rows((question) => ({ prompt: 'Say kindly: {{question}}', question }));
    expect(said(await load('log.jsonl', text))).toEqual([
      ['user: Say kindly: Where is it?', 'R0.'],
      ['user: Say kindly: When was it?', 'R1.'],
    ]);
  });

  it('takes no text for an input that may be the answer', async () => {
    const loaded = await load('log.jsonl', lines({ prompt: 'Sing.', text: 'La.' }, { prompt: 'Sing.', text: 'Lo.' }));
    expect(said(loaded)).toEqual([['user: Sing.', undefined]]);
    expect(unused(loaded)).toEqual(['text']);
  });

  it.each([
    ['jsonl', rows((user_input) => ({ user_input, full_prompt: `Notes: none.\n${user_input}` }))],
    ['csv', csv('user_input,full_prompt', (question) => `${question},"Notes: none.\n${question}"`)],
  ])('reads the whole that was sent, where it holds what the user wrote: %s', async (kind, text) => {
    expect(said(await load(`log.${kind}`, text))).toEqual([
      ['user: Notes: none.\nWhere is it?', 'R0.'],
      ['user: Notes: none.\nWhen was it?', 'R1.'],
    ]);
  });

  it.each([
    ['its parts stand apart', (user_input: string) => ({ system: 'Be kind.', full_prompt: `Be kind.\n${user_input}` })],
    ['it is another text', () => ({ full_prompt: 'Notes: none.' })],
  ])('keeps what the user wrote, where %s', async (_, made) => {
    const loaded = await load(
      'log.jsonl',
      rows((user_input) => ({ user_input, ...made(user_input) })),
    );
    expect(loaded.prompts.map(({ messages }) => messages.at(-1)?.content)).toEqual(['Where is it?', 'When was it?']);
    expect(unused(loaded)).toEqual(['full_prompt']);
  });
});

describe('a history', () => {
  const talk = [
    { role: 'user', content: 'Is it open?' },
    { role: 'assistant', content: 'Yes.' },
  ];
  const asked = { role: 'user', content: 'Till when?' };
  const whole = [['user: Is it open?', 'assistant: Yes.', 'user: Till when?', 'At six.']];
  const call = { question: 'Till when?', response: 'At six.' };

  it.each([
    ['without the question', { ...call, history: talk }],
    ['with the question', { ...call, history: [...talk, asked] }],
    ['with its answer', { ...call, history: [...talk, asked, { role: 'assistant', content: 'At six.' }] }],
    ['in what the log notes', { ...call, metadata: { history: talk } }],
  ])('stands before the question once: %s', async (_, record) => {
    expect(said(await load('log.jsonl', lines(record)))).toEqual(whole);
  });

  it('keeps a turn that only says the same', async () => {
    const history = [
      { role: 'user', content: 'Yes.' },
      { role: 'assistant', content: 'Are you sure?' },
    ];
    const record = { question: 'Yes.', response: 'Done.', history };
    expect(said(await load('log.jsonl', lines(record)))).toEqual([
      ['user: Yes.', 'assistant: Are you sure?', 'user: Yes.', 'Done.'],
    ]);
  });

  it('of another kind is none of a talk', async () => {
    const record = { ...call, metadata: { history: [{ status: 'open', at: '2026-10-01' }] } };
    expect(said(await load('log.jsonl', lines(record)))).toEqual([['user: Till when?', 'At six.']]);
  });

  it('is not read in the place of a question that nobody can read', async () => {
    const record = { user: 'hours', response: 'At six.', metadata: { history: talk } };
    await expect(load('log.jsonl', lines(record))).rejects.toThrow('no prompt found');
  });
});

describe('answers', () => {
  it.each([
    ['csv', 'prompt,reply,response_text\nWhen?,sent,At six.\n'],
    ['jsonl', lines({ prompt: 'When?', reply: 'sent', response_text: 'At six.' })],
  ])('prefers the text of a response to a field `reply`: %s', async (kind, text) => {
    const loaded = await load(`log.${kind}`, text);
    expect(said(loaded)).toEqual([['user: When?', 'At six.']]);
    expect(unused(loaded)).toEqual(['reply']);
  });

  it('knows the text that was to be reached', async () => {
    expect(said(await load('log.csv', 'input_text,target_text\nsay: When?,Hvornår?\n'))).toEqual([
      ['user: say: When?', 'Hvornår?'],
    ]);
  });

  it.each([
    ['csv', 'prompt,label\nWhen?,0.93\nWhere?,.5\n'],
    ['jsonl', lines({ prompt: 'When?', label: 0.93 }, { prompt: 'Where?', label: 0.5 })],
  ])('takes no score under `label` for an answer or a task: %s', async (kind, text) => {
    const loaded = await load(`log.${kind}`, text);
    expect(said(loaded)).toEqual([
      ['user: When?', undefined],
      ['user: Where?', undefined],
    ]);
    expect(loaded.prompts.some(({ task }) => task.includes('.'))).toBe(false);
    expect(unused(loaded)).toEqual(['label']);
  });

  it('keeps the number of a class under `label`', async () => {
    expect(said(await load('log.csv', 'text,label\nThe soup was cold.,3\n'))).toEqual([
      ['user: The soup was cold.', '3'],
    ]);
  });
});

describe('what a tool said', () => {
  it.each(['tool_response', 'tool_result', 'function_call_output'])('is the message of a tool: %s', async (role) => {
    const rows = [
      { session_id: 's', role: 'user', content: 'Is it hot?' },
      { session_id: 's', role, content: '{"hot":true}' },
      { session_id: 's', role: 'assistant', content: 'Yes.' },
    ];
    expect(said(await load('log.jsonl', lines(...rows)))).toEqual([['user: Is it hot?', 'tool: {"hot":true}', 'Yes.']]);
  });

  it('is no prompt where nobody answers', async () => {
    const rows = [1, 2].map((at) => ({ type: 'tool_response', tool_call_id: `c${at}`, content: `{"ok":${at}}` }));
    await expect(load('log.jsonl', lines(...rows))).rejects.toThrow('a message of the tool');
  });
});

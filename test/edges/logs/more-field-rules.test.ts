/** Names in other languages, empty columns, histories as pairs, streams, keys without a name, and media beside a prompt. */
import { describe, expect, it } from 'vitest';
import type { LoadedPrompts } from '../../../src/logs/load.ts';
import { jsonLines as lines, load } from '../../helpers/loaded-text.ts';

const texts = (loaded: LoadedPrompts): unknown[] =>
  loaded.prompts.map(({ messages, ref }) => [...messages.map(({ role, content }) => `${role}: ${content}`), ref?.text]);
const asked = (text: string) => ({ role: 'user', content: text });

describe('names', () => {
  it.each([
    ['pt.csv', 'Pergunta,Resposta\nWhen?,At six.\n', 'Resposta'],
    ['it.jsonl', lines({ domanda: 'When?', risposta: 'At six.' }), 'risposta'],
    ['zh.csv', '问题,答案\nWhen?,At six.\n', '答案'],
    ['fr.jsonl', lines({ Question: 'When?', Réponse: 'At six.' }), 'Réponse'],
  ])('reads a question and its answer in another language, and says the name: %s', async (name, text, answer) => {
    const loaded = await load(name, text);
    expect(texts(loaded)).toEqual([['user: When?', 'At six.']]);
    expect(loaded.warnings.join(' ')).toContain(`Read as answers: ${answer} (1 of 1 records).`);
  });

  it.each([
    ['Question posée;Réponse du bot', 'Réponse du bot'],
    ['Frage des Kunden;Antwort der KI', 'Antwort der KI'],
    ['Kundenanfrage;Bot-Antwort', 'Bot-Antwort'],
    ['Pregunta del usuario;Respuesta del asistente', 'Respuesta del asistente'],
    ['ユーザーの質問;AIの回答', 'AIの回答'],
    ['用户问题;机器人回复', '机器人回复'],
  ])('reads names of what was said and by whom: %s', async (header, answer) => {
    const loaded = await load('spoken.csv', `${header}\nWhen?;At six.\n`);
    expect(texts(loaded)).toEqual([['user: When?', 'At six.']]);
    expect(loaded.warnings.join(' ')).toContain(`Read as answers: ${answer} (1 of 1 records).`);
  });

  it.each(['Customer question,Bot reply', 'visitor_message,model_answer', 'studentQuestion,agentMessage'])(
    'reads such names in English, too: %s',
    async (header) => {
      expect(texts(await load('spoken.csv', `${header}\nWhen?,At six.\n`))).toEqual([['user: When?', 'At six.']]);
    },
  );

  it.each(['topic', 'Thema', 'トピック', 'Department'])(
    'takes a %s that few values fill for the task',
    async (name) => {
      const rows = [1, 2, 3, 4].map((at) => `Question ${at}?,Yes.,${at % 2 ? 'Rooms' : 'Meals'}`);
      const loaded = await load('topics.csv', `prompt,response,${name}\n${rows.join('\n')}\n`);
      expect(loaded.prompts.map(({ task }) => task)).toEqual(['Rooms', 'Meals', 'Rooms', 'Meals']);
    },
  );

  it('takes no topic of which each record has its own', async () => {
    const rows = [1, 2, 3, 4].map((at) => `Question ${at}?,Yes.,topic ${at}`);
    const loaded = await load('topics.csv', `prompt,response,topic\n${rows.join('\n')}\n`);
    expect(loaded.unused.map(({ name }) => name)).toEqual(['topic']);
  });

  it('takes the next known column where the first one is empty', async () => {
    const csv = 'prompt,question,answer,response\nWhen?,,,At six.\n,Where?,Here.,\n';
    expect(texts(await load('gaps.csv', csv))).toEqual([
      ['user: When?', 'At six.'],
      ['user: Where?', 'Here.'],
    ]);
  });

  it.each([[{ user: 'Hi', bot: 'Hello.' }], [{ question: 'Hi', answer: 'Hello.' }], [{ human: 'Hi', ai: 'Hello.' }]])(
    'reads a pair of a history by its names: %j',
    async (pair) => {
      const record = { message: 'When?', history: [pair], reply: 'At six.' };
      expect(texts(await load('pairs.jsonl', lines(record)))).toEqual([
        ['user: Hi', 'assistant: Hello.', 'user: When?', 'At six.'],
      ]);
    },
  );
});

describe('streams', () => {
  const ollama = [
    { model: 'm', message: { role: 'assistant', content: 'At ' }, done: false },
    { model: 'm', message: { role: 'assistant', content: 'six.' }, done: false },
    { model: 'm', message: { content: '' }, done: true, prompt_eval_count: 8, eval_count: 4 },
  ];
  const anthropic = [
    {
      type: 'message_start',
      message: { role: 'assistant', content: [], usage: { input_tokens: 8, output_tokens: 1 } },
    },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'At six.' } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } },
  ];
  const gemini = [
    { candidates: [{ content: { parts: [{ text: 'At ' }] } }] },
    {
      candidates: [{ content: { parts: [{ text: 'six.' }] } }],
      usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 4 },
    },
  ];
  const output = [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'At six.' }] }];
  const responses = [
    { type: 'response.created', response: { object: 'response', output: [] } },
    { type: 'response.output_text.delta', delta: 'At six.' },
    {
      type: 'response.completed',
      response: { object: 'response', output, usage: { input_tokens: 8, output_tokens: 4 } },
    },
  ];
  const sse = (chunks: unknown[]): string => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  it.each([
    ['lines of Ollama', lines(...ollama)],
    ['events of Anthropic', anthropic],
    ['server-sent events of Gemini', sse(gemini)],
    ['events of the Responses API', responses],
  ])('puts %s together, with what they counted', async (_, response) => {
    const loaded = await load('stream.jsonl', lines({ request: { model: 'm', messages: [asked('When?')] }, response }));
    expect(loaded.prompts[0]?.ref).toMatchObject({ text: 'At six.', usage: { in: 8, out: 4 } });
  });

  it('puts the events of a call of a tool together', async () => {
    const response = [
      { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't', name: 'hours', input: {} } },
      { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"day"' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: ':2}' } },
    ];
    const loaded = await load('call.jsonl', lines({ request: { model: 'm', messages: [asked('When?')] }, response }));
    expect(loaded.prompts[0]?.ref?.tool_calls).toEqual([{ id: 't', name: 'hours', arguments: '{"day":2}' }]);
  });

  it('joins the text of a Responses stream that broke off', async () => {
    const record = { request: { model: 'm', input: 'When?' }, response: responses.slice(0, 2) };
    expect((await load('broken.jsonl', lines(record))).prompts[0]?.ref?.text).toBe('At six.');
  });
});

describe('conversations', () => {
  const rows = [
    { visit: 'v-77', speaker: 'Kunde', text: 'When?' },
    { visit: 'v-77', speaker: 'Bot', text: 'At six.' },
    { visit: 'v-81', speaker: 'Kunde', text: 'Where?' },
    { visit: 'v-81', speaker: 'Bot', text: 'Here.' },
  ];
  it('finds the key by its values, and speakers in another language', async () => {
    expect(texts(await load('visits.jsonl', lines(...rows)))).toEqual([
      ['user: When?', 'At six.'],
      ['user: Where?', 'Here.'],
    ]);
  });

  it('takes no model for a conversation', async () => {
    const same = rows.map(({ speaker, text, visit }) => ({ speaker, text, model: visit === 'v-77' ? 'm-1' : 'm-2' }));
    expect(texts(await load('models.jsonl', lines(...same)))[1]).toEqual([
      'user: When?',
      'assistant: At six.',
      'user: Where?',
      'Here.',
    ]);
  });

  it('takes a talk of marked lines apart', async () => {
    const chat = 'Customer: When?\nAgent: At six.\nCustomer: Where?\nAgent: Here.';
    expect(texts(await load('talk.jsonl', lines({ chat })))).toEqual([
      ['user: When?', 'assistant: At six.', 'user: Where?', 'Here.'],
    ]);
  });
});

describe('parts that are missing', () => {
  it('asks the body of a letter without a subject', async () => {
    const csv = 'subject,body,reply\n,When?,At six.\nHours,Where?,Here.\n';
    expect(texts(await load('letters.csv', csv))).toEqual([
      ['user: When?', 'At six.'],
      ['user: Hours\n\nWhere?', 'Here.'],
    ]);
  });

  it('reads documents that a cell holds as JSON objects', async () => {
    const documents = JSON.stringify([{ content: 'It closes at six.', score: 0.9 }]).replaceAll('"', '""');
    const csv = `question,documents,answer\nWhen?,"${documents}",At six.\n`;
    expect(texts(await load('documents.csv', csv))).toEqual([['system: It closes at six.', 'user: When?', 'At six.']]);
  });

  it('takes the reply beside a talk that ends with the customer', async () => {
    const record = { transcript: 'Customer: When?\nAgent: At six.\nCustomer: Where?', reply: 'Here.' };
    expect(texts(await load('open-talk.jsonl', lines(record)))).toEqual([
      ['user: When?', 'assistant: At six.', 'user: Where?', 'Here.'],
    ]);
  });

  it('asks a task about a talk that has ended as it stands', async () => {
    const dialogue = 'Customer: When?\nAgent: At six.';
    expect(texts(await load('about.jsonl', lines({ prompt: 'Sum up.', dialogue, response: 'Hours.' })))[0]).toContain(
      'Hours.',
    );
  });
});

describe('media', () => {
  const plain = { prompt: 'Where?', answer: 'Here.' };
  it.each([
    [{ image_url: 'https://shop.example/1' }],
    [{ image_path: 'shots/1.png' }],
    [{ image: { bytes: 'iVBORw0K', path: 'x.png' } }],
    [{ attachments: '[{"type":"image/png"}]' }],
    [{ prompt: '<image>\nWhat is it?' }],
    [{ prompt: 'What is it? ![a](data:image/png;base64,iVBORw0KGgoAAAANSUhEUg)' }],
  ])('leaves a prompt out that has %j', async (more) => {
    const loaded = await load('media.jsonl', lines({ prompt: 'What is it?', answer: 'A pier.', ...more }, plain));
    expect(texts(loaded)).toEqual([['user: Where?', 'Here.']]);
  });

  it.each([
    [{ image: 'python:3.12' }],
    [{ screenshot: 'a page with two red buttons' }],
    [{ attachments: '[]' }],
    [{ images: [] }],
    [{ prompt: 'Fix it:\n<image>\n<src>a</src>\n</image>' }],
    [{ prompt: 'What does <audio> do?' }],
  ])('keeps a prompt that has %j', async (more) => {
    const loaded = await load('none.jsonl', lines({ prompt: 'What is it?', answer: 'A pier.', ...more }, plain));
    expect(loaded.prompts).toHaveLength(2);
  });

  it('reads the text that was taken out of an attachment', async () => {
    const attachments = [{ file_name: 'n.txt', extracted_content: 'It closes at six.' }];
    const loaded = await load('file.jsonl', lines({ messages: [{ ...asked('When?'), attachments }] }));
    expect(loaded.prompts[0]?.flags).toBeUndefined();
    expect(JSON.stringify(loaded.prompts[0]?.messages)).toContain('It closes at six.');
  });
});

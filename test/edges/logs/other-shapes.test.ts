/** Shapes of teams' files that were misread or misreported once. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const questions = ['How do I export all invoices?', 'Where is my last invoice?', 'Why is the dashboard slow?'];
const answers = ['Open Billing and press Export.', 'Under account, invoices.', 'We fixed a slow query today.'];

async function preview(name: string, content: string): Promise<string> {
  using dir = tempDir();
  writeFileSync(dir.at(name), content);
  const { code, out, err } = await runVerb(['import', name, '--preview'], { cwd: dir.path });
  expect({ code, err }).toMatchObject({ code: 0 });
  return out;
}
const lines = (make: (question: string, answer: string, at: number) => object): string =>
  questions.map((question, at) => `${JSON.stringify(make(question, answers[at] ?? '', at))}\n`).join('');

it('knows time and model of a table whose columns are Spanish', async () => {
  const rows = questions.map((question, at) => `2026-11-0${at + 1};${question};${answers[at]};gpt-4o-mini`);
  const out = await preview('log.csv', ['Fecha;Pregunta;Respuesta;Modelo', ...rows].join('\n'));
  expect(out).not.toContain('Not used');
  expect(out).toContain('gpt-4o-mini 3');
  expect(out).toContain('2026-11-01 to 2026-11-03');
});

it('reads what the model said before what was hoped for, also in French', async () => {
  const rows = questions.map(
    (question, at) =>
      `${question};Les factures sont sous Compte.;The reference for question number ${at + 1};${answers[at]}`,
  );
  const out = await preview('log.csv', ['question;contexte;réponse_attendue;réponse_modèle', ...rows].join('\n'));
  expect(out).toContain('system: Les factures sont sous Compte.');
  expect(out).toContain(`logged answer: ${answers[0]}\n`);
  expect(out).toContain('Not used: réponse_attendue');
});

it('does not call a tool result in JSON unused, whose whole text is in the prompt', async () => {
  const call = { id: 'c1', type: 'function', function: { name: 'lookup', arguments: '{"q":"x"}' } };
  const out = await preview(
    'log.jsonl',
    lines((question, answer) => ({
      messages: [
        { role: 'user', content: question },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: '{"ok": true}' },
        { role: 'assistant', content: answer },
      ],
    })),
  );
  expect(out).toContain('tool: {"ok": true}');
  expect(out).not.toContain('Not used');
});

it('does not call a text in a chat template unused that it took apart', async () => {
  const out = await preview(
    'log.jsonl',
    lines((question, answer) => ({
      text: `<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n${question}<|im_end|>\n<|im_start|>assistant\n${answer}<|im_end|>`,
    })),
  );
  expect(out).toContain(`logged answer: ${answers[0]}`);
  expect(out).not.toContain('Not used');
});

it("reads Slack's export of a channel as talks by thread", async () => {
  const messages = questions.flatMap((question, at) => [
    { type: 'message', user: 'U1', text: question, ts: `170000000${at}.000100`, thread_ts: `170000000${at}.000100` },
    {
      type: 'message',
      bot_id: 'B1',
      text: answers[at],
      ts: `170000000${at}.000900`,
      thread_ts: `170000000${at}.000100`,
    },
  ]);
  const out = await preview('channel.json', JSON.stringify(messages));
  expect(out).toContain('6 rows are 3 conversations: 3 prompts');
  expect(out).toContain(`user: ${questions[0]}\n  logged answer: ${answers[0]}`);
});

it('keeps chats apart that have no id, each a list of messages in its record', async () => {
  const chats = questions.map((question, at) => ({
    title: 'Chat',
    messages: [
      { author: { role: 'user' }, content: { content_type: 'text', parts: [question] } },
      { author: { role: 'assistant' }, content: { content_type: 'text', parts: [answers[at]] } },
    ],
  }));
  const out = await preview('chats.json', JSON.stringify(chats));
  expect(out).toContain('6 rows are 3 conversations: 3 prompts');
  expect(out).not.toContain('assistant:');
});

it("reads log lines behind whose time stands Python's print of a dict", async () => {
  const rows = questions.map(
    (question, at) =>
      `2026-11-01 10:00:0${at},123 INFO llm: {'model': 'm-1', 'prompt': '${question}', 'response': "${answers[at]}", 'cached': False}`,
  );
  const out = await preview('app.log', rows.join('\n'));
  expect(out).toContain(`user: ${questions[0]}\n  logged answer: ${answers[0]}`);
  expect(out).toContain('m-1 3');
});

it("takes Ollama's context for its tokens, and its counts for usage", async () => {
  const out = await preview(
    'ollama.jsonl',
    lines((prompt, response) => ({
      model: 'llama3.1',
      prompt,
      response,
      done: true,
      context: [128006, 9125, 128007],
      prompt_eval_count: 9,
      eval_count: 7,
    })),
  );
  expect(out).toContain(`logged answer: ${answers[0]}`);
  expect(out).toContain('27 in, 21 out');
});

it("reads Intercom's HTML as text", async () => {
  const conversation = (question: string, at: number) => ({
    id: String(at),
    source: { author: { type: 'user' }, body: `<p>${question}</p>` },
    conversation_parts: {
      conversation_parts: [
        { part_type: 'comment', author: { type: 'bot' }, body: `<p>${answers[at]}</p><p>Bye&nbsp;!</p>` },
      ],
    },
  });
  const out = await preview('intercom.json', JSON.stringify({ conversations: questions.map(conversation) }));
  expect(out).toContain(`user: ${questions[0]}\n  logged answer: ${answers[0]}`);
  expect(out).not.toContain('<p>');
});

it('finds the prompt in an object under its name, and the only text of such an answer', async () => {
  const out = await preview(
    'traces.jsonl',
    lines((question, answer) => ({
      input: { question, context: 'Invoices are under Account.', lang: 'en' },
      output: { answer, confidence: 0.9 },
    })),
  );
  expect(out).toContain('system: Invoices are under Account.');
  expect(out).toContain(`user: ${questions[0]}\n  logged answer: ${answers[0]}`);
  expect(out).toContain('input.lang');
});

it('reads a table that is written as its columns and rows', async () => {
  const data = questions.map((question, at) => [at, question, answers[at]]);
  const out = await preview('table.json', JSON.stringify({ columns: ['step', 'prompt', 'completion'], data }));
  expect(out).toContain(`user: ${questions[0]}\n  logged answer: ${answers[0]}`);
});

it('reads the items of n8n, each in its `json`', async () => {
  const items = questions.map((chatInput, at) => ({
    json: { chatInput, output: answers[at] },
    pairedItem: { item: at },
  }));
  const out = await preview('n8n.json', JSON.stringify(items));
  expect(out).toContain(`user: ${questions[2]}\n  logged answer: ${answers[2]}`);
});

it('takes the last message of an output that is a list of messages', async () => {
  const out = await preview(
    'spans.jsonl',
    lines((question, answer) => ({
      type: 'span',
      attributes: {
        input: { messages: [{ role: 'user', content: question }] },
        output: { messages: [{ role: 'assistant', content: answer }] },
      },
    })),
  );
  expect(out).toContain(`user: ${questions[0]}\n  logged answer: ${answers[0]}`);
});

it.each([
  ['Data i godzina,Pytanie użytkownika,Odpowiedź bota', 'Polish'],
  ['Дата и время,Вопрос пользователя,Ответ бота', 'Russian'],
])('reads the columns %s of a bot that speaks %s', async (head) => {
  const rows = questions.map((question, at) => `2026-11-0${at + 1} 10:00:00,${question},${answers[at]}`);
  const out = await preview('log.csv', [head, ...rows].join('\n'));
  expect(out).toContain(`user: ${questions[0]}\n  logged answer: ${answers[0]}`);
  expect(out).toContain('2026-11-01 to 2026-11-03');
});

it('claims that a log holds only what was asked where no record was left out', async () => {
  const plain = questions.map((message) => JSON.stringify({ message }));
  const call = JSON.stringify({ function_calls: [{ name: 'look_up', arguments: '{}' }] });
  expect(await preview('asked.jsonl', plain.join('\n'))).toContain('none: each record holds only what was asked');
  const mixed = await preview('mixed.jsonl', [...plain, call].join('\n'));
  expect(mixed).toContain('none was read; the records that were left out are named above');
});

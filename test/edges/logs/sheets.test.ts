/** Sheets and tables as people put them together: headers that come again, signs for nothing, cells encoded once more. */
import { expect, it } from 'vitest';
import { said as asked, load } from '../../helpers/loaded-text.ts';

it('passes over a header that comes again, and counts it', async () => {
  const loaded = await load('months.csv', 'id,prompt,response\n1,When?,At six.\nid,prompt,response\n2,Where?,Here.\n');
  expect(asked(loaded)).toEqual([
    ['user: When?', 'At six.'],
    ['user: Where?', 'Here.'],
  ]);
  expect(loaded.skipped).toEqual([{ reason: 'lines of the header that come again', count: 1 }]);
});

it('keeps a row that only begins as the header does', async () => {
  expect(asked(await load('like.csv', 'prompt,response\nprompt,A text that asks.\n'))).toEqual([
    ['user: prompt', 'A text that asks.'],
  ]);
});

it("reads Excel's code of a carriage return as the end of a line", async () => {
  const text = 'prompt,response\n"Two lines:_x000D_\nrain, lane","One,_x000D_two"\n';
  expect(asked(await load('codes.csv', text))).toEqual([['user: Two lines:\nrain, lane', 'One,\ntwo']]);
});

it('takes the only item of a list for a task, and neither several nor a sign for nothing', async () => {
  const rows = [`When?,At six.,"[""hours""]"`, `Where?,Here.,"[""hours""]"`, 'Who?,Ana.,-', 'Why?,So.,n/a'];
  const { prompts } = await load('tags.csv', `prompt,response,tags\n${rows.join('\n')}\n`);
  expect(prompts.map(({ task }) => task === 'hours')).toEqual([true, true, false, false]);
  expect(prompts.map(({ task }) => task)).not.toContain('-');
  const several = await load('more.csv', `prompt,response,tags\nWhen?,At six.,"[""hours"", ""shop""]"\n`);
  expect(several.unused.map(({ name }) => name)).toEqual(['tags']);
});

it('decodes prompts and answers that are both strings of JSON', async () => {
  const loaded = await load('records.csv', 'input,output,ts\n"""When?""","""At \\""six\\"".""",2026-10-01\n');
  expect(asked(loaded)).toEqual([['user: When?', 'At "six".']]);
});

it('keeps prompts in quotes whose answers have none', async () => {
  const loaded = await load('quotes.csv', 'prompt,response\n"""Havn""",The harbour.\n"""Sø""",The lake.\n');
  expect(asked(loaded)[0]).toEqual(['user: "Havn"', 'The harbour.']);
});

it('knows the questions of a form for its header, and takes the one that asks for a question', async () => {
  const form = 'Timestamp,Your question,Which product is it about?\n10/13/2026 14:05:22,When?,Kettle\n';
  const loaded = await load('form.csv', form);
  expect(asked(loaded)).toEqual([['user: When?', undefined]]);
  expect(loaded.prompts[0]?.ts).toBe('2026-10-13T14:05:22.000Z');
  const other = 'Timestamp,What is your question?,Which product?\n10/13/2026 14:05:22,When does it close?,Kettle\n';
  await expect(load('other.csv', other)).rejects.toThrow(/^(?!.*does not look like a header)/);
});

it('reads the values of a range of Google Sheets, short rows as well', async () => {
  const values = [['Question', 'Answer', 'Topic'], ['When?', 'At six.', 'hours'], ['Where?']];
  const loaded = await load('range.json', JSON.stringify({ range: 'Log!A1:C3', majorDimension: 'ROWS', values }));
  expect(asked(loaded)).toEqual([
    ['user: When?', 'At six.'],
    ['user: Where?', undefined],
  ]);
});

it('reads Q beside A, and no choice a beside b for an answer', async () => {
  expect(asked(await load('qa.csv', 'Q,A\nWhen?,At six.\n'))).toEqual([['user: When?', 'At six.']]);
  expect(asked(await load('qa.jsonl', JSON.stringify({ q: 'When?', a: 'At six.' })))).toEqual([
    ['user: When?', 'At six.'],
  ]);
  const choice = await load('choice.csv', 'question,q,a,b\nWhen?,1,At six.,At nine.\n');
  expect(asked(choice)).toEqual([['user: When?', undefined]]);
});

it.each([
  'model_input,model_output',
  'full_prompt,completion_text',
  'Query Text,Final Answer',
  'rendered_prompt,llm_output',
])('reads names of loggers: %s', async (header) => {
  expect(asked(await load('loggers.csv', `${header}\nWhen?,At six.\n`))).toEqual([['user: When?', 'At six.']]);
});

it('takes the marks of databases for missing values, and keeps the word null as an answer', async () => {
  const rows = ['1,When?,[NULL]', '2,[NULL],[NULL]', '3,Where?,\\N', '4,Which word?,null'];
  const loaded = await load('nulls.csv', `id,prompt,response\n${rows.join('\n')}\n`);
  expect(asked(loaded)).toEqual([
    ['user: When?', undefined],
    ['user: Where?', undefined],
    ['user: Which word?', 'null'],
  ]);
});

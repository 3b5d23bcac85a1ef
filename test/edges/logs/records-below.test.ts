/** Records inside what wraps them, and values as databases write them. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const pairs = [
  ['Which tea has no caffeine?', 'Rooibos.'],
  ['How long does it steep?', 'Seven minutes.'],
  ['Where does it grow?', 'In South Africa.'],
] as const;
const records = pairs.map(([prompt, response]) => ({ prompt, response }));

async function preview(name: string, content: string): Promise<{ code: number | null; out: string }> {
  using dir = tempDir();
  writeFileSync(dir.at(name), content);
  const { code, out, err } = await runVerb(['import', name, '--preview', '-n', '10'], { cwd: dir.path });
  return { code, out: `${out}${err}` };
}

async function reads(name: string, content: string): Promise<string> {
  const { code, out } = await preview(name, content);
  expect(code, out).toBe(0);
  for (const [prompt, response] of pairs) {
    expect(out).toContain(`user: ${prompt}`);
    expect(out).toContain(`logged answer: ${response}`);
  }
  return out;
}

const typed = (record: Record<string, string>) => ({
  Item: Object.fromEntries(Object.entries(record).map(([name, value]) => [name, { S: value }])),
});
const column = (at: 0 | 1) => Object.fromEntries(pairs.map((pair, row) => [row, pair[at]]));
const lines = (values: readonly object[]): string => values.map((value) => JSON.stringify(value)).join('\n');

it.each([
  ['the only list some levels down', JSON.stringify({ ok: true, result: { page: 1, hits: { items: records } } })],
  [
    'a connection of GraphQL',
    JSON.stringify({ data: { calls: { edges: records.map((node) => ({ cursor: 'x', node })) } } }),
  ],
  ['columns of pandas', JSON.stringify({ prompt: column(0), response: column(1) })],
  ['items of DynamoDB', lines(records.map(typed))],
  ['a scan of DynamoDB', JSON.stringify({ Count: 3, Items: records.map((record) => typed(record).Item) })],
  ['one object around each record', lines(records.map((call) => ({ call })))],
  ['notes above and below the lines', `# exported today\n${lines(records)}\n// the end\n`],
  ['dicts of Python', pairs.map(([q, a]) => `{'prompt': '${q}', 'response': '${a}', 'score': None}`).join('\n')],
])('reads %s', async (_what, content) => {
  await reads('log.json', content);
});

it('reads the time of an export of MongoDB', async () => {
  const out = await reads(
    'log.json',
    lines(
      records.map((record, at) => ({
        _id: { $oid: `65f${at}` },
        createdAt: { $date: `2026-03-0${at + 1}T08:00:00Z` },
        ...record,
      })),
    ),
  );
  expect(out).toContain('2026-03-01 to 2026-03-03');
});

it('takes neither the tries of an answer nor messages of somebody for records', async () => {
  const answers = await preview(
    'answers.jsonl',
    lines(pairs.map(([turn]) => ({ id: 1, choices: [{ turns: [turn] }] }))),
  );
  expect(answers.code).toBe(2);
  const talk = { topic: 'tea', posts: pairs.map(([text]) => ({ from: 'Mira', text })) };
  expect((await preview('talk.json', JSON.stringify(talk))).code).toBe(2);
});

it('leaves two lists of records alone', async () => {
  const two = await preview('two.json', JSON.stringify({ day: { a: records, b: records } }));
  expect(two.code).toBe(2);
});

it('reads tokens and price of Dify from the message, and from the usage of an answer of the API', async () => {
  const message = (at: number, spent: object) => ({
    conversation_id: `c${at}`,
    inputs: {},
    query: pairs[at]?.[0],
    answer: pairs[at]?.[1],
    created_at: 1_772_438_400 + at,
    ...spent,
  });
  const usage = { prompt_tokens: 300, completion_tokens: 20, total_price: '0.25', currency: 'USD' };
  const out = await reads(
    'log.json',
    JSON.stringify({
      data: [
        message(0, { message_tokens: 100, answer_tokens: 10, total_price: '0.50', currency: 'USD' }),
        message(1, { metadata: { usage } }),
        message(2, { message_tokens: 7, answer_tokens: 3, total_price: '9', currency: 'RMB' }),
      ],
    }),
  );
  expect(out).toContain('407 in, 33 out');
  expect(out).toContain('$0.75');
});

it('reads model, tokens and task of a row of Braintrust that has no spans', async () => {
  const out = await reads(
    'log.jsonl',
    lines(
      pairs.map(([input, output]) => ({
        id: input,
        input: [{ role: 'user', content: input }],
        output,
        scores: {},
        metadata: { model: 'gpt-4o-mini', feature: 'tea' },
        metrics: { prompt_tokens: 100, completion_tokens: 10 },
      })),
    ),
  );
  expect(out).toContain('300 in, 30 out');
  expect(out).toContain('gpt-4o-mini 3');
  expect(out).toContain('tea 3 of 3');
});

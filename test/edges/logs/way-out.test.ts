/** Refusals: the command that a hint names was tried on the file and works, or the hint says that nothing is a prompt. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GapcheckError } from '../../../src/errors.ts';
import { type LoadOptions, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'way-out-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asked = [
  'How do I reset the password of my account?',
  'Please cancel the order that I placed on Monday.',
  'What does the premium plan cost per year?',
];
const lines = (records: unknown[]): string => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
const options = (more: Partial<LoadOptions> = {}): LoadOptions => ({
  redact: true,
  now: new Date('2026-11-20T00:00:00Z'),
  seed: 1,
  hashing,
  cwd: folder,
  ...more,
});
const nothing = 'nothing in it is a prompt: export the requests themselves, with their texts';

async function hintFor(name: string, text: string, more: Partial<LoadOptions> = {}): Promise<string> {
  writeFileSync(join(folder, name), text);
  const error = await loadPrompts([name], options(more)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GapcheckError);
  return (error as GapcheckError).hint ?? '';
}

describe('the way out of a refusal', () => {
  it('names a field inside the records', async () => {
    const records = asked.map((text) => ({ day: '2026-11-01', payload: { customer_says: text }, bot_says: 'Sure.' }));
    expect(await hintFor('a.jsonl', lines(records))).toBe(
      'gapcheck import a.jsonl --prompt-field payload.customer_says -o prompts.jsonl',
    );
    const loaded = await loadPrompts(['a.jsonl'], options({ promptField: 'payload.customer_says' }));
    expect(loaded.prompts.map(({ messages }) => messages[0]?.content)).toEqual(asked);
  });

  it('names a list of messages, also as text and in a wrapper', async () => {
    const turns = asked.map((text) => ({ chat: JSON.stringify([{ role: 'user', content: text }]), n: 1 }));
    expect(await hintFor('b.json', JSON.stringify({ version: 2, entries: turns }))).toBe(
      'gapcheck import b.json --messages-field chat -o prompts.jsonl',
    );
    const loaded = await loadPrompts(['b.json'], options({ messagesField: 'chat' }));
    expect(loaded.prompts).toHaveLength(3);
  });

  it('names a column, quoted for every shell, and no other', async () => {
    const rows = asked.map((text, at) => `${at},Anna Berg,"12 Mill Street, Leeds",2026-11-0${at + 1},"${text}"`);
    const without = rows.map((row) => row.split(',"').slice(0, 2).join(',"'));
    expect(await hintFor('c.csv', `no,Customer,Place,Day\n${without.join('\n')}\n`)).toBe(nothing);
    expect(await hintFor('d.csv', `no,Customer,Place,Day,Customer comment\n${rows.join('\n')}\n`)).toBe(
      'gapcheck import d.csv --prompt-field "Customer comment" -o prompts.jsonl',
    );
  });

  it('names a ticket beside the steps of its trace, and a column in which the same sentences come again', async () => {
    const traces = asked.map((ticket, at) => ({ trace_id: `t${at}`, ticket, spans: [{ name: 'a' }, { name: 'b' }] }));
    expect(await hintFor('h.jsonl', lines(traces))).toBe(
      'gapcheck import h.jsonl --prompt-field ticket -o prompts.jsonl',
    );
    const issues = [
      'The app is slow today.',
      'My login fails again.',
      'I cannot pay for it.',
      'The export is empty.',
      'The page stays blank.',
    ];
    const rows = Array.from({ length: 20 }, (_, at) => `${at},${issues[at % 5]},done`);
    expect(await hintFor('i.csv', `no,issue_description,resolution\n${rows.join('\n')}\n`)).toBe(
      'gapcheck import i.csv --prompt-field issue_description -o prompts.jsonl',
    );
    const labels = rows.map((row) => row.replace(/\.,/, ','));
    expect(await hintFor('j.csv', `no,issue_kind,resolution\n${labels.join('\n')}\n`)).toBe(nothing);
  });

  it('proposes the text of an e-mail, and not its address', async () => {
    const mails = asked.map((email) => ({
      request: { email, audience: 'client' },
      response: { rewritten: 'Dear all' },
    }));
    expect(await hintFor('n.jsonl', lines(mails))).toBe(
      'gapcheck import n.jsonl --prompt-field request.email -o prompts.jsonl',
    );
    const rows = asked.map((text, at) => `guest${at}@example.com,${text},billing`);
    expect(await hintFor('m.csv', `email,email_text,true_intent\n${rows.join('\n')}\n`)).toBe(
      'gapcheck import m.csv --prompt-field email_text -o prompts.jsonl',
    );
  });

  it('takes no passage that was found for a question for one', async () => {
    const found = (text: string, at: number): object => ({
      id: `q${at}`,
      model_answer: 'Yes.',
      retrieved: [{ text }, { text: `${text} Why?` }],
    });
    expect(await hintFor('k.jsonl', lines(asked.map(found)))).toBe(nothing);
    const only = asked.map((text, at) => ({ id: `q${at}`, model_answer: 'Yes.', retrieved_ids: [{ rank: 1, text }] }));
    expect(await hintFor('l.jsonl', lines(only))).toBe(nothing);
  });

  it('puts the right field in the place of one that is not there', async () => {
    const records = asked.map((text) => ({ said: text }));
    expect(await hintFor('e.jsonl', lines(records), { promptField: 'sayd' })).toBe(
      'gapcheck import e.jsonl --prompt-field said -o prompts.jsonl',
    );
  });

  it('says that nothing is a prompt, rather than name answers, ids, dates, people or places', async () => {
    const files = {
      answers: asked.map((text) => ({ reply_text: `Thank you for asking: ${text}`, at: '2026-11-01' })),
      'answers-by-their-words': asked.map((text) => ({ body_of_it: `Sure, here is what you asked: ${text}` })),
      ids: asked.map((_, at) => ({ question_id: `q-${at}-7f3a`, message_ref: `msg ${at} of 3` })),
      dates: asked.map((_, at) => ({ question_time: `2026-11-0${at + 1} 10:00`, n: at })),
      people: ['Anna Maria Berg', 'Jo van Dyk', 'Li Wei Chen'].map((name) => ({ commenter: name })),
      places: ['12 Mill Street, Leeds', '4 High Road, York', '9 Park Lane, Bath'].map((at) => ({ text_at: at })),
      errors: asked.map((text) => ({ error_message: `cannot answer the question ${text}` })),
      'one-template': asked.map((_, at) => ({ prompt_text_used: 'Answer the question of the customer.', n: at })),
    };
    for (const [name, records] of Object.entries(files))
      expect(await hintFor(`${name}.jsonl`, lines(records)), name).toBe(nothing);
  });

  it('never takes turns of a conversation for prompts, because half of them are answers', async () => {
    const turns = asked.flatMap((text) => [
      { who: 'guest', words_text: text },
      { who: 'clerk', words_text: `We will look at what you wrote: ${text}` },
    ]);
    expect(await hintFor('turns.jsonl', lines([{ chat_no: 1, parts_of_it: turns }]))).toBe(nothing);
  });

  it('takes what programs log about themselves for no prompt', async () => {
    const said = [
      'Server started on port 3000',
      'connection refused to the database host',
      'request finished in 21 ms',
    ];
    const records = said.map((message) => ({ level: 'info', message, timestamp: '2026-11-01T00:00:00Z' }));
    expect(await hintFor('app.jsonl', lines(records))).toBe(nothing);
    const rows = said.map((message) => `INFO,${message}`).join('\n');
    expect(await hintFor('app.csv', `level,message\n${rows}\n`)).toBe(nothing);
    const calls = ['GET /a?id=1 HTTP/1.1', 'POST /api/chat HTTP/1.1'].map((request) => ({ request, status: 200 }));
    expect(await hintFor('access.jsonl', lines(calls))).toBe(nothing);
    // Beside an answer it is a call, whatever its level.
    writeFileSync(join(folder, 'call.jsonl'), lines([{ level: 'info', message: asked[0], response: 'Press it.' }]));
    expect((await loadPrompts(['call.jsonl'], options())).prompts).toHaveLength(1);
  });

  it('repeats the flags that were given', async () => {
    const picture = {
      role: 'user',
      content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }],
    };
    const hint = await hintFor('f.jsonl', lines([{ messages: [picture] }]), { format: 'chat' });
    expect(hint).toBe('gapcheck import f.jsonl --format chat --include-flagged -o prompts.jsonl');
    expect((await loadPrompts(['f.jsonl'], options({ format: 'chat', includeFlagged: true }))).prompts).toHaveLength(1);
  });
});

describe('--prompt-field on JSON', () => {
  const tool = { type: 'function', function: { name: 'find', description: 'Finds.', parameters: { type: 'object' } } };

  it('keeps the system text, the tools and the parameters around the field', async () => {
    const record = {
      call: { system: 'Be brief.', ask: asked[0], tools: [tool], temperature: 0.2, max_tokens: 90 },
      reply: 'Press it.',
      task: 'help',
    };
    writeFileSync(join(folder, 'g.jsonl'), lines([record]));
    const { prompts } = await loadPrompts(['g.jsonl'], options({ promptField: 'call.ask' }));
    expect(prompts[0]).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: asked[0] },
      ],
      tools: [{ name: 'find' }],
      params: { temperature: 0.2, max_tokens: 90 },
      ref: { text: 'Press it.' },
      task: 'help',
    });
  });

  it('keeps what a known format says beside the messages', async () => {
    const record = {
      model: 'gpt-x',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'context and all' },
      ],
      tools: [tool],
      temperature: 0,
      raw_question: asked[0],
      response: { choices: [{ message: { role: 'assistant', content: 'Press it.' } }] },
    };
    writeFileSync(join(folder, 'h.jsonl'), lines([record]));
    const { prompts, understood } = await loadPrompts(['h.jsonl'], options({ promptField: 'raw_question' }));
    expect(understood[0]).toMatchObject({ format: 'fields', why: 'as the field flags say, the rest as chat' });
    expect(prompts[0]).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: asked[0] },
      ],
      tools: [{ name: 'find' }],
      params: { temperature: 0 },
      ref: { text: 'Press it.', model: 'gpt-x' },
    });
  });

  it('keeps the tools beside a list of messages', async () => {
    const turn = { talk: [{ role: 'user', content: asked[0] }], tools: [tool], system: 'Be brief.' };
    writeFileSync(join(folder, 'i.jsonl'), lines([{ turn }]));
    const { prompts } = await loadPrompts(['i.jsonl'], options({ messagesField: 'turn.talk' }));
    expect(prompts[0]).toMatchObject({ messages: [{ role: 'system' }, { role: 'user' }], tools: [{ name: 'find' }] });
  });

  it('proposes no field that leads to a reply, to one record of many, or to what is said once about all', async () => {
    const replies = asked.map((text) => ({
      heard: text.length,
      messages: [{ content: 'Sure, at once.', kind: 'plain' }],
    }));
    expect(await hintFor('replies.jsonl', lines(replies))).toBe(nothing);
    const states = asked.map((text) => ({ score: text.length, right: true }));
    const run = { setup: { instructions: 'Answer the question in one sentence.' }, states };
    expect(await hintFor('run.json', JSON.stringify(run))).toBe(nothing);
    const byId = Object.fromEntries(asked.map((text, at) => [`n${at}`, { wording_of_the_message: text, day: 3 }]));
    expect(await hintFor('by-id.json', JSON.stringify(byId))).toBe(nothing);
  });

  it('writes the variables of promptfoo tests into its sentence', async () => {
    const tests = [{ vars: { city: 'Oslo', day: 'Monday' } }, { vars: { city: 'Bergen', day: 'Friday' } }];
    const hint = await hintFor('tests.jsonl', lines(tests));
    expect(hint).toContain('{{city}} and {{day}}');
    expect(hint).toMatch(/gapcheck import tests\.jsonl --template template\.txt -o prompts\.jsonl$/);
    const loaded = await loadPrompts(['tests.jsonl'], options({ template: 'How is {{city}} on {{day}}?' }));
    expect(loaded.prompts.map(({ messages }) => messages[0]?.content)).toContain('How is Oslo on Monday?');
  });

  it('leaves out an --encoding that does not fit', async () => {
    const table = `question\n"Wie öffne ich das Konto?"\n"Was kostet das Abo im Jahr? 🙂"\n`;
    expect(await hintFor('utf8.csv', table, { encoding: 'euc-kr' })).toBe(
      'gapcheck import utf8.csv --encoding utf-8 -o prompts.jsonl',
    );
    const read = await loadPrompts(['utf8.csv'], options({ encoding: 'utf-8' }));
    expect(read.prompts).toHaveLength(2);
  });
});

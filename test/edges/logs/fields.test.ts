/** What fields of a record mean: combinations, answers, conversations in rows, decoded cells, and what was not used. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadedPrompts, type LoadOptions, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fields-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(name: string, text: string, more: Partial<LoadOptions> = {}): Promise<LoadedPrompts> {
  writeFileSync(join(folder, name), text);
  const now = new Date('2026-11-20T00:00:00Z');
  return loadPrompts([name], { redact: false, now, seed: 1, hashing, cwd: folder, ...more });
}
const lines = (...records: unknown[]): string => records.map((record) => JSON.stringify(record)).join('\n');
const texts = (loaded: LoadedPrompts): unknown[] =>
  loaded.prompts.map(({ messages, ref }) => [...messages.map(({ role, content }) => `${role}: ${content}`), ref?.text]);

describe('fields that belong together', () => {
  it('puts the input below its instruction, in a table and in JSON', async () => {
    const row = { instruction: 'Sort the numbers.', input: '41, 7', output: '7, 41' };
    const expected = [['user: Sort the numbers.\n\n41, 7', '7, 41']];
    expect(texts(await load('a.jsonl', lines(row)))).toEqual(expected);
    expect(texts(await load('a.csv', 'instruction,input,output\nSort the numbers.,"41, 7","7, 41"\n'))).toEqual(
      expected,
    );
  });

  it('puts what was said before in front, oldest first', async () => {
    const record = { message: 'And for two?', history: [['What is a ticket?', 'Eight.']], reply: 'Fifteen.' };
    expect(texts(await load('b.jsonl', lines(record)))).toEqual([
      ['user: What is a ticket?', 'assistant: Eight.', 'user: And for two?', 'Fifteen.'],
    ]);
  });

  it('reads contexts that a table holds as a Python list', async () => {
    const csv = `user_input,retrieved_contexts,response\nHow long?,"['Three nights.', ""The master's consent.""]",Three.\n`;
    expect(texts(await load('c.csv', csv))).toEqual([
      ["system: Three nights.\n\nThe master's consent.", 'user: How long?', 'Three.'],
    ]);
  });

  it('takes what production said before what was hoped for', async () => {
    const loaded = await load('d.csv', 'Question,Ideal_Answer,Chatbot_Answer\nIs it free?,On Sundays.,Only Sundays.\n');
    expect(texts(loaded)).toEqual([['user: Is it free?', 'Only Sundays.']]);
    expect(loaded.unused).toEqual([{ name: 'Ideal_Answer', filled: 1, records: 1, length: 11, kind: 'text' }]);
  });
});

describe('answers', () => {
  it.each(['{"colour":"red"}', '["red"]', '{"content":"red"}'])(
    'keeps an answer that is JSON text: %s',
    async (answer) => {
      const loaded = await load('e.jsonl', lines({ messages: [{ role: 'user', content: 'Colour?' }], answer }));
      expect(loaded.prompts[0]?.ref?.text).toBe(answer);
    },
  );

  it.each([
    ['{"message":"red"}'],
    ['{"text":"red"}'],
    ['{"answer":"red"}'],
    ['{"role":"x"}'],
    ['{"role":"admin","content":"x"}'],
    ['{"output":"red","usage":3}'],
    ['[{"type":"colour"},{"type":"size"}]'],
    ['[{"message":"red"},{"message":"blue"}]'],
    ['{"choices":["red","blue"]}'],
    ['"red"'],
    ['[]'],
  ])('keeps extracted JSON in JSON lines and in a table, byte for byte: %s', async (answer) => {
    const loaded = await load('e2.jsonl', lines({ prompt: 'Colour?', response: answer }));
    expect(loaded.prompts[0]?.ref?.text).toBe(answer);
    const table = await load('e2.csv', `prompt,response\nColour?,"${answer.replaceAll('"', '""')}"\n`);
    expect(table.prompts[0]?.ref?.text).toBe(answer);
  });

  it('opens a column of completions, in JSON lines and in a table, unless cells are to stay text', async () => {
    const said = (text: string): string =>
      JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] });
    const record = { prompt: 'Herb?', response: said('Dill.') };
    expect(texts(await load('e3.jsonl', lines(record)))).toEqual([['user: Herb?', 'Dill.']]);
    const csv = `prompt,response\nHerb?,"${record.response.replaceAll('"', '""')}"\n`;
    expect(texts(await load('e3.csv', csv))).toEqual([['user: Herb?', 'Dill.']]);
    expect(texts(await load('e3.csv', csv, { textCells: true }))).toEqual([['user: Herb?', record.response]]);
  });

  it('keeps one completion among other answers as text', async () => {
    const one = JSON.stringify({ role: 'assistant', content: 'Dill.' });
    const loaded = await load(
      'e4.jsonl',
      lines({ prompt: 'Herb?', response: one }, { prompt: 'Root?', response: 'Beet.' }),
    );
    expect(texts(loaded)).toEqual([
      ['user: Herb?', one],
      ['user: Root?', 'Beet.'],
    ]);
  });

  it('says that a call gave several choices, and that a turn of weight 0 is no answer', async () => {
    const messages = [{ role: 'user', content: 'Herb?' }];
    const choices = ['Dill.', 'Mint.'].map((content) => ({ message: { role: 'assistant', content } }));
    const several = await load('e5.jsonl', lines({ messages, response: { choices } }));
    expect(texts(several)).toEqual([['user: Herb?', 'Dill.']]);
    expect(several.warnings).toContain('1 record: the call gave 2 choices; the first is the logged answer.');
    const weighed = { messages: [...messages, { role: 'assistant', content: 'Salt.', weight: 0 }] };
    const without = await load('e6.jsonl', lines(weighed));
    expect(texts(without)).toEqual([['user: Herb?', undefined]]);
    expect(without.warnings.join(' ')).toContain('weight 0');
  });

  it('takes a label for the task beside an answer where few values fill it, in every container', async () => {
    const row = (at: number): Record<string, string> => ({
      prompt: `Shorten note ${at}.`,
      response: `Note ${at}.`,
      label: at % 2 ? 'shorten' : 'translate',
    });
    const records = [1, 2, 3, 4, 5, 6].map(row);
    const csv = ['prompt,response,label', ...records.map((each) => Object.values(each).join(','))].join('\n');
    for (const loaded of [await load('e7.jsonl', lines(...records)), await load('e7.csv', csv)])
      expect(loaded.prompts.map(({ task }) => task).slice(0, 2)).toEqual(['shorten', 'translate']);
    const different = records.map((each, at) => ({ ...each, label: `remark ${at} of somebody` }));
    const unlike = ['prompt,response,label', ...different.map((each) => Object.values(each).join(','))].join('\n');
    for (const loaded of [await load('e8.jsonl', lines(...different)), await load('e8.csv', unlike)]) {
      expect(loaded.unused.map(({ name }) => name)).toEqual(['label']);
      expect(loaded.prompts[0]?.task).not.toContain('remark');
    }
  });

  it('knows the same names in a table and in JSON lines', async () => {
    const record = {
      'User Query': 'Which herb?',
      llmResponse: 'Dill.',
      Kategorie: 'food',
      SessionId: 's1',
      Model: 'm1',
      prompt_tokens: '7',
      completion_tokens: '2',
      latency_ms: '40',
      cost: '0.5',
      Timestamp: '2026-09-01T08:00:00Z',
    };
    const csv = `${Object.keys(record).join(',')}\n${Object.values(record).join(',')}\n`;
    for (const loaded of [await load('e9.jsonl', lines(record)), await load('e9.csv', csv)]) {
      const [{ task, session_id, ts, ref } = {}] = loaded.prompts as Partial<(typeof loaded.prompts)[0]>[];
      expect({ task, session_id, ts, ref }).toEqual({
        task: 'food',
        session_id: 's1',
        ts: '2026-09-01T08:00:00.000Z',
        ref: { text: 'Dill.', model: 'm1', usage: { in: 7, out: 2 }, latency_ms: 40, cost_usd: 0.5 },
      });
      expect(loaded.unused).toEqual([]);
    }
  });

  it('puts a streamed answer together', async () => {
    const chunk = (content: string): string =>
      `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ delta: { content } }] })}\n\n`;
    const response = `${chunk('Dill')}${chunk(', of course.')}data: [DONE]\n\n`;
    const loaded = await load('f.jsonl', lines({ messages: [{ role: 'user', content: 'Herb?' }], response }));
    expect(loaded.prompts[0]?.ref?.text).toBe('Dill, of course.');
  });
});

describe('one message a row', () => {
  it('gives one prompt for each human turn that was answered, with the reply as its answer', async () => {
    const loaded = await load(
      'g.csv',
      'trip_id,seq,role,content\n31,2,assistant,The mill.\n31,1,user,Which museum?\n31,10,user,Is it open?\n31,11,assistant,On Mondays.\n32,1,user,A beach?\n32,2,assistant,Skarvik.\n',
    );
    expect(texts(loaded)).toEqual([
      ['user: Which museum?', 'The mill.'],
      ['user: Which museum?', 'assistant: The mill.', 'user: Is it open?', 'On Mondays.'],
      ['user: A beach?', 'Skarvik.'],
    ]);
    expect(loaded.warnings).toContain('6 rows are 2 conversations: 3 prompts (conversation = "trip_id").');
    expect(loaded.prompts.map(({ session_id }) => session_id)).toEqual(['31', '31', '32']);
  });

  it('leaves a table alone in which nobody answers', async () => {
    const loaded = await load('h.csv', 'role,content\nuser,Which museum?\nuser,A beach?\n');
    expect(texts(loaded)).toEqual([
      ['user: Which museum?', undefined],
      ['user: A beach?', undefined],
    ]);
  });
});

describe('cells', () => {
  it('decodes a column whose cells are messages, as JSON and as Python text', async () => {
    const csv = `input,output\n"[{'role': 'user', 'content': ""What's kefir?"", 'name': None}]",Milk.\n`;
    const loaded = await load('i.csv', csv);
    expect(texts(loaded)).toEqual([["user: What's kefir?", 'Milk.']]);
    expect(loaded.understood[0]?.why).toContain('the cells of "input" are messages');
  });

  it('reads lines that are JSON strings of records', async () => {
    const record = {
      messages: [
        { role: 'user', content: 'Herb?' },
        { role: 'assistant', content: 'Dill.' },
      ],
    };
    const text = [record, record].map((each) => JSON.stringify(JSON.stringify(each))).join('\n');
    expect(texts(await load('i2.jsonl', text))).toEqual([['user: Herb?', 'Dill.']]);
  });

  it('reads a header of a megabyte with quotes and line ends in it', async () => {
    const long = `"${'Say ""no"", and\nsay why. '.repeat(45_000)}"`;
    const loaded = await load('i3.csv', `prompt,response,${long}\nHerb?,Dill.,x\nRoot?,Beet.,y\n`);
    expect(texts(loaded)).toEqual([
      ['user: Herb?', 'Dill.'],
      ['user: Root?', 'Beet.'],
    ]);
  });

  it('keeps a column of other JSON as text', async () => {
    const loaded = await load('j.csv', 'prompt,response\n"{""table"":4}",Soup.\n');
    expect(texts(loaded)).toEqual([['user: {"table":4}', 'Soup.']]);
  });
});

describe('what was not used', () => {
  it('is named with how often it is filled', async () => {
    const loaded = await load(
      'k.jsonl',
      lines(
        { prompt: 'Rain?', response: 'Yes.', region: 'north', weather: { rain: 1 } },
        { prompt: 'Wind?', response: 'No.', region: 'south', weather: null },
      ),
    );
    expect(loaded.unused).toEqual([
      { name: 'region', filled: 2, records: 2, length: 5, kind: 'text' },
      { name: 'weather', filled: 1, records: 2, length: 10 },
    ]);
    expect(loaded.warnings.join(' ')).toContain(
      'Not used: region (2 of 2 records, about 5 characters), weather (1 of 2 records',
    );
  });
});

describe('a turn that cannot be read', () => {
  it('rejects its record instead of making it empty', async () => {
    const loaded = await load(
      'l.jsonl',
      lines(
        { messages: [{ role: 'user', content: 'Where?' }] },
        {
          messages: [
            { role: 'user', markup: '<p>Is it free?</p>' },
            { role: 'assistant', markup: '<p>Yes.</p>' },
          ],
        },
      ),
    );
    expect(texts(loaded)).toEqual([['user: Where?', undefined]]);
    expect(loaded.rejected).toHaveLength(1);
  });
});

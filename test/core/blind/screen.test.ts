import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ballot } from '../../../src/blind/ballot.ts';
import { findDifferences } from '../../../src/blind/differences.ts';
import { lineWidth } from '../../../src/blind/lines.ts';
import type { Size } from '../../../src/blind/screen/drawn-frame.ts';
import { layOut } from '../../../src/blind/screen/panes.ts';
import { createScreen, frameText } from '../../../src/blind/screen/screen.ts';
import { reduce, startSession } from '../../../src/blind/session/reduce.ts';
import { answerBlocks } from '../../../src/blind/shown-text.ts';
import { indentJson } from '../../../src/text/json-lines.ts';
import { leastProcessorTime, processorTime } from '../../helpers/processor-time.ts';
import { jsonBallot, longText, ticketBallot, toolBallot } from '../../helpers/sample-ballots.ts';

const stateWith = (ballot: Ballot) =>
  reduce(startSession('maria', 0).state, {
    type: 'ballot',
    at: 0,
    ballot,
    progress: { number: 7, atMost: 17, voted: 6 },
  }).state;
const draw = (ballot: Ballot, columns: number, rows: number) =>
  createScreen().draw(stateWith(ballot), { columns, rows });

describe('a conversation', () => {
  const turns = [
    { role: 'system' as const, content: 'You help customers. Be brief.' },
    { role: 'user' as const, content: 'My invoice has the wrong address.' },
    { role: 'assistant' as const, content: 'Which address should be on it?' },
    { role: 'user' as const, content: '12 Mill Lane, York.' },
    { role: 'assistant' as const, content: 'I have changed it.' },
    { role: 'user' as const, content: 'And the one from March?' },
  ];
  const ballot = (messages: typeof turns): Ballot => ({ ...ticketBallot, prompt: { messages } });

  test('shows its earlier turns in rows that nothing else needs', () => {
    const lines = frameText(draw(ballot(turns), 80, 24));
    const text = lines.join('\n');
    expect(lines[1]).toMatch(/^ summarise-ticket {2}And the one from March\?/);
    expect(text).toMatch(
      / earlier +USER: My invoice has the wrong address\.\n +ASSISTANT: Which address should be on it\?/,
    );
    expect(text).toContain('ASSISTANT: I have changed it.');
    expect(text).toContain('rules             You help customers. Be brief.');
    expect(text).not.toContain('p more');
  });

  test('says how many there are where they do not fit, and shows the end of them', () => {
    const long = turns.map((turn) => (turn.role === 'assistant' ? { ...turn, content: longText(3000) } : turn));
    const text = frameText(
      draw({ ...ballot(long), left: { kind: 'text', text: longText(4000), toolCalls: [] } }, 80, 24),
    ).join('\n');
    expect(text).toContain('earlier           4 earlier messages: p');
    expect(text).toContain('  p more');
    const low = frameText(draw(ballot(turns), 80, 12)).join('\n');
    expect(low).not.toContain('earlier');
    expect(low).toContain('p more');
  });
});

describe('a prompt below a template', () => {
  const template = 'Answer this customer mail in a friendly way. Sign every answer with "The team in Bath".\n\nMail:\n';
  const mail = `Long story: I ordered the dinner set in January. ${longText(900)}`;
  const messages = [{ role: 'user' as const, content: template + mail }];
  const left = { kind: 'text' as const, text: longText(4_000) };
  const ballot: Ballot = { ...ticketBallot, prompt: { messages }, left, shared: template.length };
  const promptOf = (rows: number, shown: Ballot = ballot): string =>
    frameText(draw(shown, 80, rows))
      .slice(1, 5)
      .join('\n');

  test('folds to what it has to itself, below two rows of the template', () => {
    expect(promptOf(24)).toMatch(
      /^ summarise-ticket {2}Answer this customer mail in a friendly way\. Sign every\n +answer with "The team in Bath"\. Mail:\n +Long story: I ordered the dinner set/,
    );
    const rule = 'Reply in at most three sentences. '.repeat(6);
    const long = {
      ...ballot,
      shared: rule.length,
      prompt: { messages: [{ role: 'user' as const, content: rule + mail }] },
    };
    expect(promptOf(24, long)).toMatch(/^ summarise-ticket {2}Reply.*\n +sentences.* …\n +Long story/);
    expect(promptOf(23, long)).toMatch(/^ summarise-ticket {2}Reply.* …\n +Long story/);
    expect(promptOf(24)).toContain('p more');
    expect(promptOf(18)).toMatch(/^ summarise-ticket {2}Long story: I ordered/);
  });

  test('has a long name of its task in two rows, if it has two', () => {
    const named = { ...ballot, task: 'answer-customer-mail-friendly' };
    expect(promptOf(24, named)).toMatch(
      /^ answer-customer-mail- {2}Answer.*\n friendly {15}answer with.*\n +Long story/,
    );
    expect(promptOf(18, named)).toMatch(/^ answer-customer-mail… {2}Long story/);
    expect(promptOf(24, { ...ballot, task: 'x'.repeat(40) })).toMatch(/^ x{23}… {2}Answer/);
  });

  test('is shown from its beginning where it has none, and where all of it fits', () => {
    const { shared: _, ...without } = ballot;
    expect(promptOf(24, without)).not.toContain('Long story');
    const short = { ...ballot, prompt: { messages: [{ role: 'user' as const, content: `${template}Where is it?` }] } };
    expect(promptOf(24, { ...short, left: { kind: 'text', text: 'Here.' } })).toMatch(
      /Sign every\n +answer with "The team in Bath"\.\n +Mail:\n +Where is it\?$/,
    );
    const content = 'Answer this customer mail: Where is it?';
    const line = { ...short, shared: 27, prompt: { messages: [{ role: 'user' as const, content }] } };
    expect(promptOf(24, line)).toContain(content);
  });
});

describe('a question about the ballot', () => {
  const asked = (phase: 'note' | 'skip' | 'recognise' | 'cause' | 'reason', columns: number, rows: number) =>
    createScreen().draw({ ...stateWith(ticketBallot), phase }, { columns, rows });

  test.each([
    ['note', 'A note on this ballot'],
    ['skip', 'Skip this ballot: why?'],
    ['reason', 'Skip this ballot: why?'],
    ['recognise', 'You recognise the models. Which answer came from the closed one?'],
    ['cause', 'How did you recognise it?'],
  ] as const)('%s: stands below both answers', (phase, words) => {
    const text = frameText(asked(phase, 80, 24)).join('\n');
    expect(text.indexOf(words)).toBeGreaterThan(text.indexOf('Export stopped working'));
    expect(text).toContain('- Tried Chrome, Edge; Safari works');
    expect(text).not.toContain('LEFT better');
  });

  test('takes the page where the terminal is low', () => {
    const text = frameText(asked('note', 80, 12)).join('\n');
    expect(text).toContain('A note on this ballot');
    expect(text).not.toContain('Export stopped working');
  });
});

describe('frames', () => {
  test('beside, at 110 columns', () => {
    expect(frameText(draw(ticketBallot, 110, 20)).join('\n')).toMatchInlineSnapshot(`
      " ballot 7  ━━━━━━━╺───────────────────  at most 17 to go · about 13 min                           rater maria
       summarise-ticket  Summarise this ticket in three bullets.
                         Customer: "The export button does nothing since the update to 3.2. I tried Chrome and
                         Edge, Safari still works. We need the quarterly report before the board meeting on Friday.
                         Please call me, I have written twice already."
       rules             You are a support assistant. Be brief.
       ─ LEFT ───────────────────────────────────────────────┬─ RIGHT ─────────────────────────────────────────────
       Summary                                               │ - The customer cannot export since version 3.2
                                                             │ - Tried Chrome, Edge; Safari works
       - Export stopped working after the 3.2 update         │ - Asks for a fix. They are frustrated and would like
       - Happens in Chrome and Edge, not in Safari           │   to be contacted as soon as possible, because the
       - Needs the report before Friday's board meeting      │   quarterly report is due before the board meeting on
                                                             │   Friday, and this is the third message
       ─ end ────────────────────────────────────────────────┴─ end ───────────────────────────────────────────────
       f LEFT better   space both fine                       │ j RIGHT better   b both unusable
       d LEFT better, RIGHT unusable                         │ k RIGHT better, LEFT unusable
       PgDn scroll down   x next difference   s skip   n note   p prompt   m unformatted   v full width   ? all keys


      "
    `);
  });
  test('side by side, at 80', () => {
    expect(frameText(draw(ticketBallot, 80, 24)).join('\n')).toMatchInlineSnapshot(`
      " ballot 7  ━━━━━╺──────────────  at most 17 to go · about 13 min    rater maria
       summarise-ticket  Summarise this ticket in three bullets.
                         Customer: "The export button does nothing since the update
                         to 3.2. I tried Chrome and Edge, Safari still works. We need
                         the quarterly report before the board meeting on Friday.
                         Please call me, I have written twice already."
       rules             You are a support assistant. Be brief.
       ─ LEFT ────────────────────────────────┬─ RIGHT ──────────────────────────────
       Summary                                │ - The customer cannot export since
                                              │   version 3.2
       - Export stopped working after the 3.2 │ - Tried Chrome, Edge; Safari works
         update                               │ - Asks for a fix. They are frustrated
       - Happens in Chrome and Edge, not in   │   and would like to be contacted as
         Safari                               │   soon as possible, because the
       - Needs the report before Friday's     │   quarterly report is due before the
         board meeting                        │   board meeting on Friday, and this is
                                              │   the third message
       ─ end ─────────────────────────────────┴─ end ────────────────────────────────
       f LEFT better                          │ j RIGHT better
       d LEFT better, RIGHT unusable          │ k RIGHT better, LEFT unusable
       PgDn scroll   space both fine   b both unusable   s skip   ? all keys   q stop


      "
    `);
  });
  test('one at a time, at 40×12', () => {
    expect(frameText(draw(ticketBallot, 40, 12)).join('\n')).toMatchInlineSnapshot(`
      " ballot 7          ≤ 17 to go · ~13 min
       ▸ Summarise this ticket in three …
       · You are a support assistant…  p more
       ─ LEFT ── Tab: RIGHT ── ▾ more ───────
       Summary

       - Export stopped working after the 3.2
         update
       - Happens in Chrome and Edge, not in
       f LEFT              j RIGHT
       d LEFT, R unusable  k RIGHT, L unusable
       PgDn more   space fine   b unusable"
    `);
  });
  test.each([
    [40, 12],
    [80, 20],
    [80, 24],
    [130, 24],
  ])('the help says every meaning to its end, at %i×%i', (columns, rows) => {
    const shown = new Set<string>();
    let { state } = reduce(stateWith(ticketBallot), { type: 'key', at: 1, key: '?' });
    for (let at = 0; at < 40; at += 1) {
      const frame = createScreen().draw(state, { columns, rows });
      for (const line of frameText(frame)) shown.add(line);
      if (frame.viewed) state = reduce(state, frame.viewed).state;
      state = reduce(state, { type: 'key', at: 1, key: 'down' }).state;
    }
    const words = [...shown].join(' ').replace(/\s+/g, ' ');
    expect(words).not.toContain('…');
    for (const end of ['unusable', 'fine', 'judge,', 'away', 'tools', 'there']) expect(words.split(' ')).toContain(end);
    // Scrolled past its end, the first key up moves it at once.
    const last = createScreen().draw(state, { columns, rows });
    if (last.viewed) state = reduce(state, last.viewed).state;
    expect(state.top.prompt).toBeLessThan(30);
  });
  test('tool calls, code and JSON are laid out; a failed answer is one neutral sentence', () => {
    const tools = frameText(draw(toolBallot, 110, 30)).join('\n');
    expect(tools).toContain('→ calls find_room');
    expect(tools).toContain('"seats": 6,');
    const json = frameText(draw(jsonBallot, 110, 30)).join('\n');
    expect(json).toContain('No usable answer.');
    expect(json).toContain('"amount": 1299.00,');
  });
  test('right-to-left answers never share a row', () => {
    const hebrew: Ballot = { ...ticketBallot, left: { kind: 'text', text: 'שלום עולם' } };
    const rows = frameText(draw(hebrew, 120, 30));
    expect(rows.find((row) => row.includes('שלום'))?.trim()).toBe('שלום עולם');
    expect(rows.join('\n')).not.toContain(' │ ');
  });
  test('every line fits, whatever the text and the size', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 400 }),
    );
    const size: fc.Arbitrary<Size> = fc.record({
      columns: fc.integer({ min: 1, max: 220 }),
      rows: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(text, text, size, (left, right, window) => {
        const ballot: Ballot = {
          ...ticketBallot,
          task: left,
          left: { kind: 'text', text: left },
          right: { kind: 'text', text: right },
        };
        const { lines } = createScreen().draw(stateWith(ballot), window);
        expect(lines).toHaveLength(Math.max(1, window.rows));
        for (const line of lines) {
          expect(lineWidth(line)).toBeLessThanOrEqual(window.columns);
          for (const part of line)
            expect(part.text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('nothing says how long an answer is', () => {
    const long: Ballot = { ...ticketBallot, right: { kind: 'text', text: longText(50_000) } };
    const longer: Ballot = { ...ticketBallot, right: { kind: 'text', text: longText(90_000) } };
    expect(frameText(draw(long, 110, 30))).toEqual(frameText(draw(longer, 110, 30)));
  });
  test('lays out no more than is looked at', () => {
    const layout = layOut([{ kind: 'prose', text: '東京 wide '.repeat(125_000) }], 50);
    expect(layout.lines(0, 30)).toHaveLength(30);
    expect(layout.ensure(0)).toBe(30);
    expect(layout.complete()).toBe(false);
  });
});

describe('JSON', () => {
  test('is indented without changing a token', () => {
    const text = '{"a":12345678901234567890,"a":1.0,"s":"\\u00e9, {x}","e":[],"o":{},"n":[1,[2]]}';
    const indented = indentJson(text) ?? '';
    expect(indented.split('\n').length).toBeGreaterThan(8);
    expect(indented.replace(/\n\s*/g, '').replaceAll(': ', ':')).toBe(text);
    fc.assert(
      fc.property(fc.json(), (json) => {
        const pretty = indentJson(json);
        if (pretty !== undefined) expect(JSON.parse(pretty)).toEqual(JSON.parse(json));
      }),
    );
    expect(indentJson('{not json}')).toBeUndefined();
    expect(indentJson('{"a":[],"b":{ },"c":[[1]]}')).toBe(
      '{\n  "a": [],\n  "b": {},\n  "c": [\n    [\n      1\n    ]\n  ]\n}',
    );
  });
  test('stays as written where it nests too deep or would grow too long, at once', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(indentJson(nested(3))).toBe('[\n  [\n    []\n  ]\n]');
    expect(indentJson(nested(65))).toBeUndefined();
    expect(indentJson('['.repeat(60) + '1,'.repeat(5_000) + 1 + ']'.repeat(60))).toBeUndefined();
    const spent = processorTime();
    const text = nested(100_000);
    expect(answerBlocks({ kind: 'text', text }, 'plain').map(({ text }) => text)).toEqual([text]);
    expect(spent()).toBeLessThan(500);
    const wide = `[${'{"a":[]},'.repeat(25_000)}1]`;
    expect(JSON.parse(indentJson(wide) ?? '')).toHaveLength(25_001);
    expect(spent()).toBeLessThan(3_000);
  });
});

describe('differences', () => {
  test('of prose are found word by word, and where both go on alike', () => {
    const one = 'alpha beta gamma delta epsilon zeta eta theta iota kappa';
    const two = 'alpha beta GAMMA delta epsilon zeta ETA theta iota kappa';
    const found = findDifferences(one, two);
    expect(found.places).toEqual([
      { left: 11, right: 11 },
      { left: 36, right: 36 },
    ]);
    expect(found.left.map(([from, to]) => one.slice(from, to))).toEqual(['gamma', 'eta']);
    expect(found.right.map(([from, to]) => two.slice(from, to))).toEqual(['GAMMA', 'ETA']);
    expect(found.alike).toBe(true);
    expect(findDifferences(one, one).places).toEqual([]);
    expect(findDifferences('one two three', 'four five six seven').alike).toBe(false);
  });
  test('of JSON are found by path, whatever the order of its keys', () => {
    const one = indentJson('{"a":1,"list":[1,2],"o":{"x":"y"}}') ?? '';
    const two = indentJson('{"o":{"x":"z"},"a":1,"list":[1,3],"b":null}') ?? '';
    const { left, right, places, alike } = findDifferences(one, two);
    expect(left.map(([from, to]) => one.slice(from, to))).toEqual(['2', '"y"']);
    expect(right.map(([from, to]) => two.slice(from, to))).toEqual(['"z"', '3', '"b": null']);
    expect([places.length, alike]).toEqual([3, true]);
    const turned = indentJson('{"o":{"x":"y"},"list":[1,2],"a":1}') ?? '';
    expect(findDifferences(one, turned).places).toEqual([]);
  });
  test('of two long texts are looked for quickly, and only so many', () => {
    const words = (step: number): string =>
      Array.from({ length: 17_000 }, (_, at) => (at % step === 0 ? `w${at}-${step}` : `w${at}`)).join(' ');
    const [one, two] = [words(7), words(11)];
    expect(leastProcessorTime(() => findDifferences(one, two), { enough: 199 })).toBeLessThan(200);
    expect(findDifferences(one, two)).toMatchObject({ more: true, alike: false });
  });
  test('are marked in the rows that are shown, under the word itself', () => {
    const ballot: Ballot = {
      ...ticketBallot,
      left: {
        kind: 'text',
        text: 'The **refund** of 49 EUR reaches you within five days, and we are sorry for the trouble.',
      },
      right: {
        kind: 'text',
        text: 'The **refund** of 94 EUR reaches you within five days, and we are sorry for the trouble.',
      },
    };
    const { lines } = draw(ballot, 80, 24);
    const marked = lines.filter((line) => line.some(({ text }) => text === '▌'));
    expect(marked).toHaveLength(1);
    expect(marked[0]?.filter(({ differs }) => differs).map(({ text }) => text)).toEqual(['49', '94']);
  });
});

describe('the parts around the answers', () => {
  test.each([
    [80, 24],
    [110, 32],
    [60, 20],
    [200, 60],
    [40, 12],
  ])('the prompt and its rules are always there, at %i×%i', (columns, rows) => {
    const text = frameText(draw(ticketBallot, columns, rows)).join('\n');
    expect(text).toContain('Summarise');
    expect(text).toContain('You are a');
  });
  test('vote keys stand right below the text on a tall terminal', () => {
    const rows = frameText(draw(ticketBallot, 200, 60));
    const last = rows.findIndex((row) => row.includes('third message'));
    const keys = rows.findIndex((row) => row.includes('f LEFT better'));
    expect(last).toBeGreaterThan(0);
    expect(keys - last).toBeLessThanOrEqual(4);
  });
  test('v shows one answer at the full width, Tab the other', () => {
    const opened = reduce(stateWith(ticketBallot), { type: 'key', at: 1, key: 'v' }).state;
    const one = frameText(createScreen().draw(opened, { columns: 80, rows: 24 })).join('\n');
    expect(one).toContain('─ LEFT ─');
    expect(one).not.toContain('Tried Chrome, Edge; Safari works');
    const other = { ...opened, focus: 'right' as const };
    expect(frameText(createScreen().draw(other, { columns: 80, rows: 24 })).join('\n')).toContain(
      'Tried Chrome, Edge; Safari works',
    );
  });
});

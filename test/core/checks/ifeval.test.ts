import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCheck } from '../../../src/checks/registry.ts';
import type { CheckSpec, Json, JsonObject } from '../../../src/records.ts';
import { answerWith, plainTools, promptWith } from './sample.ts';

/**
 * IFEval: 540 prompts, GPT-4's answers, and the strict verdicts of Google's evaluator per instruction. Each kind is
 * written here as the checks a user would configure for it.
 */
const folder = join(import.meta.dirname, '../../../../shared/data/ifeval');
const present = existsSync(folder);

const readLines = <T>(name: string): T[] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): T => JSON.parse(line));

type Kwargs = Record<string, Json>;
const spec = (check: string, value: Json | undefined, more: JsonObject = {}): CheckSpec => ({
  check,
  ...(value === undefined ? {} : { value }),
  ...more,
});
const range = (relation: Json | undefined, count: Json | undefined): JsonObject =>
  relation === 'at least' ? { atLeast: Number(count) } : { atMost: Number(count) - 1 };

const asChecks: Record<string, (kwargs: Kwargs) => CheckSpec[]> = {
  'change_case:capital_word_frequency': (k) => [spec('capitalWords', range(k.capital_relation, k.capital_frequency))],
  'change_case:english_capital': () => [spec('letterCase', 'upper'), spec('language', 'en')],
  'change_case:english_lowercase': () => [spec('letterCase', 'lower'), spec('language', 'en')],
  'combination:repeat_prompt': (k) => [spec('startsWith', k.prompt_to_repeat)],
  'combination:two_responses': () => [spec('paragraphs', 2, { divider: '******', different: true })],
  'detectable_content:number_placeholders': (k) => [spec('placeholders', { atLeast: Number(k.num_placeholders) })],
  'detectable_content:postscript': (k) => [spec('postscript', k.postscript_marker)],
  'detectable_format:constrained_response': () => [
    spec('containsAny', ['My answer is yes.', 'My answer is no.', 'My answer is maybe.'], { caseSensitive: true }),
  ],
  'detectable_format:json_format': () => [spec('json', undefined)],
  'detectable_format:multiple_sections': (k) => [
    spec('sections', { atLeast: Number(k.num_sections) }, { marker: String(k.section_spliter) }),
  ],
  'detectable_format:number_bullet_lists': (k) => [spec('bullets', k.num_bullets)],
  'detectable_format:number_highlighted_sections': (k) => [spec('highlights', { atLeast: Number(k.num_highlights) })],
  'detectable_format:title': () => [spec('title', undefined)],
  'keywords:existence': (k) => [spec('contains', k.keywords)],
  'keywords:forbidden_words': (k) => [spec('notContains', k.forbidden_words, { wholeWords: true })],
  'keywords:frequency': (k) => [spec('mentions', range(k.relation, k.frequency), { of: String(k.keyword) })],
  'keywords:letter_frequency': (k) => [
    spec('mentions', range(k.let_relation, k.let_frequency), { of: String(k.letter) }),
  ],
  'language:response_language': (k) => [spec('language', k.language)],
  'length_constraints:nth_paragraph_first_word': (k) => [
    spec('paragraphs', k.num_paragraphs),
    spec('paragraphStart', k.first_word, { paragraph: Number(k.nth_paragraph) }),
  ],
  'length_constraints:number_paragraphs': (k) => [spec('paragraphs', k.num_paragraphs, { divider: '***' })],
  'length_constraints:number_sentences': (k) => [spec('sentences', range(k.relation, k.num_sentences))],
  'length_constraints:number_words': (k) => [
    k.relation === 'at least' ? spec('minWords', k.num_words) : spec('maxWords', Number(k.num_words) - 1),
  ],
  'punctuation:no_comma': () => [spec('notContains', ',')],
  'startend:end_checker': (k) => [spec('endsWith', k.end_phrase)],
  'startend:quotation': () => [spec('quoted', undefined)],
};

interface Row {
  kind: string;
  agreed: boolean;
  what: string;
}

function judgeAll(): Row[] {
  const inputs = readLines<{ prompt: string; instruction_id_list: string[]; kwargs: Kwargs[] }>('input_data.jsonl');
  const answers = new Map(
    readLines<{ prompt: string; response: string }>('input_response_data_gpt4_20231107_145030.jsonl').map((row) => [
      row.prompt,
      row.response,
    ]),
  );
  const verdicts = readLines<{ follow_instruction_list: boolean[] }>('expected_strict.jsonl');
  return inputs.flatMap((input, line) =>
    input.instruction_id_list.flatMap((kind, index): Row[] => {
      const specs = asChecks[kind]?.(input.kwargs[index] ?? {});
      const text = answers.get(input.prompt);
      if (!specs || text === undefined) return [];
      const ours = specs.every((one) => judge(one, input.prompt, text)) && text.trim() !== '';
      const theirs = verdicts[line]?.follow_instruction_list[index];
      return [{ kind, agreed: ours === theirs, what: `${kind} line ${line + 1}: ours ${ours}, theirs ${theirs}` }];
    }),
  );
}

function judge(one: CheckSpec, content: string, text: string): boolean {
  const check = findCheck(one.check);
  if (!check) throw new Error(`no check ${one.check}`);
  check.validate(one, 'checks.ifeval[0]');
  return check.run(one, answerWith({ text, prompt: promptWith({ messages: [{ role: 'user', content }] }) }), plainTools)
    .pass;
}

/** Where we differ, line of input_data.jsonl: five are langdetect's slips on a word or a list of names, one is "Summary:". */
const knownDifferences = [
  'change_case:english_capital line 251: ours true, theirs false',
  'change_case:english_capital line 300: ours true, theirs false',
  'change_case:english_capital line 476: ours true, theirs false',
  'change_case:english_lowercase line 158: ours true, theirs false',
  'change_case:english_lowercase line 189: ours true, theirs false',
  'length_constraints:nth_paragraph_first_word line 180: ours true, theirs false',
];

describe.skipIf(!present)(
  `IFEval, strict verdicts${present ? '' : ' (skipped: ../shared/data/ifeval is not here)'}`,
  () => {
    const rows = present ? judgeAll() : [];
    const agreed = rows.filter((row) => row.agreed).length;

    it(`${agreed} of ${rows.length} instructions agree, over ${Object.keys(asChecks).length} kinds`, () => {
      expect(rows).toHaveLength(832);
      expect(agreed / rows.length).toBeGreaterThanOrEqual(0.99);
      expect(
        rows
          .filter((row) => !row.agreed)
          .map((row) => row.what)
          .sort(),
      ).toEqual(knownDifferences);
    });

    it('covers every kind; all but three of them agree without exception', () => {
      const table = Object.keys(asChecks).map((kind) => {
        const own = rows.filter((row) => row.kind === kind);
        return `${kind} ${own.filter((row) => row.agreed).length}/${own.length}`;
      });
      expect(table).toMatchInlineSnapshot(`
        [
          "change_case:capital_word_frequency 25/25",
          "change_case:english_capital 22/25",
          "change_case:english_lowercase 37/39",
          "combination:repeat_prompt 41/41",
          "combination:two_responses 24/24",
          "detectable_content:number_placeholders 26/26",
          "detectable_content:postscript 26/26",
          "detectable_format:constrained_response 10/10",
          "detectable_format:json_format 17/17",
          "detectable_format:multiple_sections 14/14",
          "detectable_format:number_bullet_lists 31/31",
          "detectable_format:number_highlighted_sections 47/47",
          "detectable_format:title 37/37",
          "keywords:existence 39/39",
          "keywords:forbidden_words 49/49",
          "keywords:frequency 42/42",
          "keywords:letter_frequency 33/33",
          "language:response_language 31/31",
          "length_constraints:nth_paragraph_first_word 11/12",
          "length_constraints:number_paragraphs 27/27",
          "length_constraints:number_sentences 52/52",
          "length_constraints:number_words 52/52",
          "punctuation:no_comma 66/66",
          "startend:end_checker 26/26",
          "startend:quotation 41/41",
        ]
      `);
    });
  },
);

describe.skipIf(!present)('false alarms of the default checks on 540 ordinary answers of GPT-4', () => {
  const texts = present
    ? readLines<{ response: string; prompt: string }>('input_response_data_gpt4_20231107_145030.jsonl')
    : [];
  it('language: 28 of the 31 answers asked for in another language are surely not English; no English one is called foreign', () => {
    const asked = new Set(
      (present ? readLines<{ prompt: string; instruction_id_list: string[] }>('input_data.jsonl') : [])
        .filter(({ instruction_id_list: kinds }) => kinds.includes('language:response_language'))
        .map(({ prompt }) => prompt),
    );
    const foreign = texts.filter(({ response, prompt }) => !judge(spec('language', 'en'), prompt, response));
    const unasked = foreign.filter(({ prompt }) => !asked.has(prompt)).map(({ prompt }) => prompt.slice(0, 80));
    expect(foreign.length - unasked.length).toBe(28);
    expect(unasked).toMatchInlineSnapshot(`
      [
        "Explain in French why it is important to eat healthy foods to heal the body, wit",
        "Translate the following sentence into German and then criticize it: Werner was a",
      ]
    `);
  });

  it.each(['refusal', 'repetition'])('%s', (name) => {
    const fired = texts.filter(({ response, prompt }) => !judge(spec(name, undefined), prompt, response));
    const shown = fired.map(({ response, prompt }) => {
      const why = findCheck(name)?.run(spec(name, undefined), answerWith({ text: response }), plainTools).why;
      return `${prompt.slice(0, 60)} → ${why}`;
    });
    expect(shown).toMatchInlineSnapshot(`[]`);
  });
});

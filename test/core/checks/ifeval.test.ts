import { describe, expect, it } from 'vitest';
import { findCheck } from '../../../src/checks/registry.ts';
import { isAbsent } from '../../helpers/shared-data.ts';
import { ifevalData, instructionChecks, judgeAnswer, judgeInstructions, readIfeval, spec } from '../../proof/ifeval.ts';
import { answerWith, plainTools } from './sample.ts';

const present = !isAbsent(ifevalData);

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
    const rows = present ? judgeInstructions() : [];
    const agreed = rows.filter((row) => row.agreed).length;

    it(`${agreed} of ${rows.length} instructions agree, over ${Object.keys(instructionChecks).length} kinds`, () => {
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
      const table = Object.keys(instructionChecks).map((kind) => {
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
    ? readIfeval<{ response: string; prompt: string }>('input_response_data_gpt4_20231107_145030.jsonl')
    : [];
  it('language: 28 of the 31 answers asked for in another language are surely not English; no English one is called foreign', () => {
    const asked = new Set(
      (present ? readIfeval<{ prompt: string; instruction_id_list: string[] }>('input_data.jsonl') : [])
        .filter(({ instruction_id_list: kinds }) => kinds.includes('language:response_language'))
        .map(({ prompt }) => prompt),
    );
    const foreign = texts.filter(({ response, prompt }) => !judgeAnswer(spec('language', 'en'), prompt, response));
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
    const fired = texts.filter(({ response, prompt }) => !judgeAnswer(spec(name, undefined), prompt, response));
    const shown = fired.map(({ response, prompt }) => {
      const why = findCheck(name)?.run(spec(name, undefined), answerWith({ text: response }), plainTools).why;
      return `${prompt.slice(0, 60)} → ${why}`;
    });
    expect(shown).toMatchInlineSnapshot(`[]`);
  });
});

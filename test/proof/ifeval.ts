/**
 * IFEval: 540 prompts, GPT-4's answers, and the strict verdicts of Google's evaluator per instruction. Each kind is
 * written here as the checks a user would configure for it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCheck } from '../../src/checks/registry.ts';
import type { Json, JsonObject } from '../../src/records/plain-json.ts';
import type { CheckSpec } from '../../src/records/prompt-record.ts';
import { answerWith, plainTools, promptWith } from '../core/checks/sample.ts';
import { sharedData } from '../helpers/shared-data.ts';

/** Files below `../shared/data`. */
export const ifevalData = 'ifeval';

export const readIfeval = <T>(name: string): T[] =>
  readFileSync(join(sharedData, ifevalData, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): T => JSON.parse(line));

type Kwargs = Record<string, Json>;
/** A check as a config has it. */
export const spec = (check: string, value: Json | undefined, more: JsonObject = {}): CheckSpec => ({
  check,
  ...(value === undefined ? {} : { value }),
  ...more,
});
const range = (relation: Json | undefined, count: Json | undefined): JsonObject =>
  relation === 'at least' ? { atLeast: Number(count) } : { atMost: Number(count) - 1 };

/** Kind of instruction → the checks for it. */
export const instructionChecks: Record<string, (kwargs: Kwargs) => CheckSpec[]> = {
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

export interface JudgedInstruction {
  kind: string;
  agreed: boolean;
  what: string;
}

/** Every instruction, ours beside Google's strict verdict. */
export function judgeInstructions(): JudgedInstruction[] {
  const inputs = readIfeval<{ prompt: string; instruction_id_list: string[]; kwargs: Kwargs[] }>('input_data.jsonl');
  const answers = new Map(
    readIfeval<{ prompt: string; response: string }>('input_response_data_gpt4_20231107_145030.jsonl').map((row) => [
      row.prompt,
      row.response,
    ]),
  );
  const verdicts = readIfeval<{ follow_instruction_list: boolean[] }>('expected_strict.jsonl');
  return inputs.flatMap((input, line) =>
    input.instruction_id_list.flatMap((kind, index): JudgedInstruction[] => {
      const specs = instructionChecks[kind]?.(input.kwargs[index] ?? {});
      const text = answers.get(input.prompt);
      if (!specs || text === undefined) return [];
      const ours = specs.every((one) => judgeAnswer(one, input.prompt, text)) && text.trim() !== '';
      const theirs = verdicts[line]?.follow_instruction_list[index];
      return [{ kind, agreed: ours === theirs, what: `${kind} line ${line + 1}: ours ${ours}, theirs ${theirs}` }];
    }),
  );
}

/** Whether an answer passes one check. */
export function judgeAnswer(one: CheckSpec, content: string, text: string): boolean {
  const check = findCheck(one.check);
  if (!check) throw new Error(`no check ${one.check}`);
  check.validate(one, 'checks.ifeval[0]');
  return check.run(one, answerWith({ text, prompt: promptWith({ messages: [{ role: 'user', content }] }) }), plainTools)
    .pass;
}

/** Texts of our own for the mask: answers that tell their writer, and answers that only come near. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createMask } from '../../src/blind/mask.ts';
import { nameList } from '../../src/blind/name-list.ts';
import { judgedText } from '../../src/text/judged.ts';
import { ballotCases } from './ballot-cases.ts';
import { sharedData } from './shared-data.ts';

export interface MaskText {
  kind: string;
  text: string;
  /** The usual prompt names nobody. */
  prompt?: string;
  /** Models of the run. */
  arms?: string[];
  /** Names that must go, letter case folded, and a part that must stay. Absent in a harmless text. */
  gone?: string[];
  keep?: string;
}

const folder = resolve(import.meta.dirname, '../fixtures/mask');

/** `forms` and `frames`: one sentence per turn of phrase and language; the others as answers have them. */
export const maskSets: readonly string[] = [
  'first',
  'second',
  'third',
  'fourth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
  'twenty-first',
  'twenty-second',
  'twenty-third',
  'twenty-fourth',
  'twenty-fifth',
  'frames',
  'forms',
];

/** The rows of one file of `test/fixtures/mask`. */
export const maskTexts = (file: string): MaskText[] =>
  readFileSync(resolve(folder, `${file}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MaskText);

const publicNames = nameList({});

export function shownText({ text, prompt = 'Please answer.', arms = [] }: MaskText): string {
  const names = arms.length === 0 ? publicNames : nameList({ assistants: arms });
  const { view } = createMask({ promptText: prompt, names })({ text });
  return view.kind === 'text' ? view.text : '';
}

/** Texts whose names are still there, or whose rest is not. */
export const leaksOf = (texts: readonly MaskText[]): string[] =>
  texts
    .filter((one) => {
      const shown = shownText(one);
      const names = (one.gone ?? []).filter((name) => shown.toLowerCase().includes(name.toLowerCase()));
      return names.length > 0 || !shown.includes(one.keep ?? '');
    })
    .map(({ text }) => text);

/** Harmless texts that the mask changes. */
export const damageOf = (texts: readonly MaskText[]): string[] =>
  texts.filter((one) => shownText(one) !== one.text).map(({ text }) => text);

interface MaskCase {
  text: string;
  kind: string;
  prompt?: string;
  arms?: string[];
  shown?: string;
  mustNotContain?: string[];
  mustContain?: string[];
}

/** The shared cases in the same form: those whose names must go, or those that must stay as they are. */
export const maskCasesAsTexts = (which: 'leaks' | 'harmless'): MaskText[] =>
  ballotCases<MaskCase>('mask').flatMap(({ mustNotContain, mustContain, shown, ...rest }): MaskText[] => {
    const text = judgedText({ text: rest.text }, { prompt: { messages: [] } }).text;
    if (mustNotContain && which === 'leaks') return [{ ...rest, text, gone: mustNotContain, keep: mustContain?.[0] }];
    return shown === text && which === 'harmless' ? [{ ...rest, text }] : [];
  });

/** Published answers, none of which names its writer. */
export function harmlessData(): MaskText[] {
  const read = (path: string): string => readFileSync(resolve(sharedData, path), 'utf8');
  const ifeval = read('ifeval/input_response_data_gpt4_20231107_145030.jsonl').trim().split('\n');
  const pairs = JSON.parse(read('pandalm/data/testset-v1.json')) as Record<string, string>[];
  return [
    ...ifeval.map((row) => JSON.parse(row)).map(({ prompt, response }) => ({ kind: 'ifeval', prompt, text: response })),
    ...pairs.flatMap(({ instruction, input, response1 = '', response2 = '' }) =>
      [response1, response2].map((text) => ({ kind: 'pandalm', prompt: `${instruction}\n${input}`, text })),
    ),
  ].filter(({ text }) => typeof text === 'string' && text.trim() !== '');
}

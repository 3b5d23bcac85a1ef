/** Answers that refuse, refuse in part or do the work: ours, in the habits of models and of ordinary business mail. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { judgedText } from '../../src/text/judged.ts';
import { readRefusal } from '../../src/text/refusals/read-refusal.ts';
import { ballotCases } from './ballot-cases.ts';

export interface RefusalText {
  id: string;
  label: 'full' | 'partial' | 'comply';
  /** Whose way of speaking it is. */
  style: 'closed' | 'open' | 'either';
  prompt: string;
  text: string;
}

export function ownRefusalTexts(): RefusalText[] {
  const file = resolve(import.meta.dirname, '../fixtures/refusals/texts.jsonl');
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

interface RefusalCase extends Omit<RefusalText, 'label' | 'style'> {
  label: 'full-refusal' | 'partial' | 'comply';
  origin: 'closed-like' | 'open-like' | 'either';
}

/** None, said once on the console, where the folder is absent. */
export const refusalCases = (): RefusalText[] =>
  ballotCases<RefusalCase>('refusal').map(({ label, origin, ...one }) => ({
    ...one,
    label: label === 'full-refusal' ? 'full' : label,
    style: origin === 'either' ? origin : origin === 'open-like' ? 'open' : 'closed',
  }));

/** What the check reads: the judged text and the last request. */
export function readingOf({ text, prompt }: Pick<RefusalText, 'text' | 'prompt'>): string {
  const judged = judgedText({ text }, { prompt: { messages: [{ role: 'user', content: prompt }] } });
  return readRefusal(judged.text, prompt).is;
}

export interface Rate {
  found: number;
  of: number;
  share: number;
  /** Those that are read wrongly, as `id: text`. */
  wrong: string[];
}

/** How many of these texts are called refusals; `wanted` says whether they should be. */
export function refusedOf(texts: readonly RefusalText[], wanted: boolean): Rate {
  const isRefused = (one: RefusalText): boolean => readingOf(one) === 'refused';
  const found = texts.filter(isRefused).length;
  const wrong = texts.filter((one) => isRefused(one) !== wanted).map(({ id, text }) => `${id}: ${text.slice(0, 120)}`);
  return { found, of: texts.length, share: found / texts.length, wrong };
}

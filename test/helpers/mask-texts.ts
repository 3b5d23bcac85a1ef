/** Texts of our own for the mask: answers that tell their writer, and answers that only come near. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createMask } from '../../src/blind/mask.ts';

interface MaskText {
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

/** The rows of one file of `test/fixtures/mask`. */
export const maskTexts = (file: string): MaskText[] =>
  readFileSync(resolve(folder, `${file}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MaskText);

export function shownText({ text, prompt = 'Please answer.', arms = [] }: MaskText): string {
  const { view } = createMask({ promptText: prompt, names: { assistants: arms } })({ text });
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

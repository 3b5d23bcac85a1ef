import type { Json } from '../records/plain-json.ts';
import type { Check } from './check.ts';
import { checkOptions, numberOption, type OptionRule, optional, wholeNumber } from './options.ts';
import { counted, fail, pass, quote } from './outcome.ts';

const isFact = (fact: Json): boolean => {
  const wordings = Array.isArray(fact) ? fact : [fact];
  return wordings.length > 0 && wordings.every((wording) => typeof wording === 'string' && wording.trim() !== '');
};

const factList: OptionRule = (value) =>
  Array.isArray(value) && value.length > 0 && value.every(isFact)
    ? undefined
    : 'must be a list of facts, each a text or a list of wordings: ["Friday", ["1,200", "twelve hundred"]]';

/** Case, spacing, quotes, dashes and thousands separators do not decide whether a fact was recalled. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d)[,  '’](?=\d{3}(?!\d))/g, '')
    .replace(/[‐-―−]/g, '-')
    .replace(/["'“”‘’*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where a fact starts or ends with a digit it must not continue in the text: 12 is not in 2012. */
function isIn(text: string, fact: string): boolean {
  const isDigit = (character: string | undefined): boolean => character !== undefined && /\d/.test(character);
  for (let at = text.indexOf(fact); at >= 0; at = text.indexOf(fact, at + 1)) {
    const cut = isDigit(fact[0]) && isDigit(text[at - 1]);
    if (!cut && !(isDigit(fact.at(-1)) && isDigit(text[at + fact.length]))) return true;
  }
  return false;
}

/** `recall: [Friday, [1.200 EUR, "1200 euros"]]`: facts of a long prompt that must be in the answer; `atLeast: 4` of them. */
export const recall = {
  name: 'recall',
  validate: (spec, path) => checkOptions(spec, path, { value: factList, atLeast: optional(wholeNumber(1)) }),
  run: (spec, input) => {
    const facts = (Array.isArray(spec.value) ? spec.value : []).map((fact) =>
      (Array.isArray(fact) ? fact : [fact]).map(String),
    );
    const text = plain(input.text);
    const missing = facts.filter((wordings) => !wordings.some((wording) => isIn(text, plain(wording))));
    const wanted = Math.min(numberOption(spec, 'atLeast') ?? facts.length, facts.length);
    if (facts.length - missing.length >= wanted) return pass(spec);
    const shown = missing.slice(0, 3).map(([wording]) => quote(wording ?? '', 40));
    const named = `${shown.join(', ')}${missing.length > shown.length ? ', …' : ''}`;
    return fail(
      spec,
      'not-recalled',
      `The answer misses ${missing.length} of ${counted(facts.length, 'fact')}: ${named}.`,
    );
  },
} satisfies Check;

/** Checks that count something in the answer and compare it with `3` or `{atLeast: 2, atMost: 5}`. */
import type { CheckResult } from '../records/attempt-record.ts';
import type { CheckSpec } from '../records/prompt-record.ts';
import type { Check } from './check.ts';
import {
  type Amount,
  amount,
  checkOptions,
  numberOption,
  type OptionRule,
  onOrOff,
  optional,
  readAmount,
  someText,
  textOption,
  wholeNumber,
} from './options.ts';
import { counted, fail, pass, quote } from './outcome.ts';

/** Pass, or `The answer has 4 bullet points; exactly 3 were asked for.` `after` follows the noun. */
export function judgeAmount(spec: CheckSpec, found: number, wanted: Amount, noun: string, after = ''): CheckResult {
  if (found >= wanted.least && found <= wanted.most) return pass(spec);
  return fail(spec, 'wrong-amount', `The answer has ${counted(found, noun)}${after}; ${asked(found, wanted)}.`);
}

function asked(found: number, { least, most }: Amount): string {
  if (least === most) return `exactly ${least} ${least === 1 ? 'was' : 'were'} asked for`;
  const bound = found < least ? `at least ${least}` : `at most ${most}`;
  return `${bound} ${(found < least ? least : most) === 1 ? 'was' : 'were'} asked for`;
}

const counting = (
  name: string,
  noun: string,
  count: (text: string, spec: CheckSpec) => number,
  more: Record<string, OptionRule> = {},
): Check => ({
  name,
  validate: (spec, path) => checkOptions(spec, path, { value: amount, ...more }),
  run: (spec, { text }) => judgeAmount(spec, count(text, spec), readAmount(spec.value), noun),
});

const lines = (text: string): string[] => text.split(/\r?\n/);

/** A line that starts with a list sign and says something: `- x`, `* x`, `• x`, `+ x`. Not a rule (`---`), not bold text. */
const bulletLine = /^\s*(?:[-•‣◦]|\*(?!\*)|[–+](?=\s))/;
const countBullets = (text: string): number =>
  lines(text).filter((line) => bulletLine.test(line) && /[\p{L}\p{N}]/u.test(line)).length;

/** `bullets: 3`: lines that begin with a list sign. */
export const bullets = counting('bullets', 'bullet point', countBullets);

/** `numbered: 5`: lines `1.` or `1)`. */
export const numbered = counting(
  'numbered',
  'numbered item',
  (text) => lines(text).filter((line) => /^\s*\d{1,3}[.)]\s+\S/.test(line)).length,
);

/** Paragraphs stand between blank lines, or between whatever `divider` says, e.g. `***` on a line of its own. */
function paragraphsOf(text: string, divider?: string): string[] {
  const parts = divider === undefined ? text.split(/\n\s*\n/) : text.split(divider);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** `paragraphs: 4`; `divider: "***"` where something else than a blank line divides; `different: true`: no two alike. */
export const paragraphs = {
  name: 'paragraphs',
  validate: (spec, path) =>
    checkOptions(spec, path, { value: amount, divider: optional(someText), different: onOrOff }),
  run: (spec, { text }) => {
    const parts = paragraphsOf(text, textOption(spec, 'divider'));
    const repeated = spec.different === true ? parts.find((part, index) => parts.indexOf(part) < index) : undefined;
    if (repeated !== undefined)
      return fail(spec, 'repeated-part', `The answer gives the same part twice: ${quote(repeated)}.`);
    return judgeAmount(spec, parts.length, readAmount(spec.value), 'paragraph');
  },
} satisfies Check;

/** The first word without quotes and what follows punctuation: `"Weekend, ...` is weekend. */
const firstWord = (paragraph: string): string =>
  /^["'“‘*_#\s]*([^\s.,?!'"”’*_:;]*)/.exec(paragraph)?.[1]?.toLowerCase() ?? '';

/** `paragraphStart: Weekend` with `paragraph: 2` (default 1): the word that paragraph starts with. */
export const paragraphStart = {
  name: 'paragraphStart',
  validate: (spec, path) => checkOptions(spec, path, { value: someText, paragraph: optional(wholeNumber(1)) }),
  run: (spec, { text }) => {
    const [wanted, nth] = [textOption(spec) ?? '', numberOption(spec, 'paragraph') ?? 1];
    const paragraph = paragraphsOf(text)[nth - 1];
    if (paragraph === undefined) return fail(spec, 'wrong-amount', `The answer has no paragraph ${nth}.`);
    const start = firstWord(paragraph);
    if (start === wanted.toLowerCase()) return pass(spec);
    return fail(spec, 'wrong-start', `Paragraph ${nth} starts with ${quote(start)}, not with ${quote(wanted)}.`);
  },
} satisfies Check;

/** Text between single or double asterisks on one line. */
function countHighlights(text: string): number {
  const italic = text.match(/\*[^\n*]*\*/g) ?? [];
  const bold = text.match(/\*\*[^\n*]*\*\*/g) ?? [];
  return [...italic, ...bold].filter((part) => part.replaceAll('*', '').trim() !== '').length;
}

/** `highlights: {atLeast: 3}`: *this* or **this**. */
export const highlights = counting('highlights', 'highlighted part', countHighlights);

/** `placeholders: {atLeast: 2}`: [name], [address]. */
export const placeholders = counting(
  'placeholders',
  'placeholder',
  (text) => text.match(/\[[^[\]\n]*\]/g)?.length ?? 0,
);

/** `sections: {atLeast: 2}` with `marker: SECTION`: "SECTION 1", "SECTION 2", ... */
export const sections = {
  name: 'sections',
  validate: (spec, path) => checkOptions(spec, path, { value: amount, marker: someText }),
  run: (spec, { text }) => {
    const marker = textOption(spec, 'marker') ?? '';
    const found = text
      .split(marker)
      .slice(1)
      .filter((rest) => /^\s?\d+/.test(rest)).length;
    return judgeAmount(spec, found, readAmount(spec.value), 'section', ` marked ${quote(marker)} and a number`);
  },
} satisfies Check;

/** `mentions: {atLeast: 2}` with `of: story`: how often a text occurs, upper and lower case alike. */
export const mentions = {
  name: 'mentions',
  validate: (spec, path) => checkOptions(spec, path, { value: amount, of: someText }),
  run: (spec, { text }) => {
    const of = textOption(spec, 'of') ?? '';
    const found = text.toLowerCase().split(of.toLowerCase()).length - 1;
    return judgeAmount(spec, found, readAmount(spec.value), 'mention', ` of ${quote(of)}`);
  },
} satisfies Check;

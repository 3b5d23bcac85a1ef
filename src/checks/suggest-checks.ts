/** Checks that the prompts themselves ask for: named in plan and report with the flag that sets them, never set in silence. */

import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';
import { messageText } from '../text/message-text.ts';
import { languageName } from './language.ts';

export interface Suggestion {
  task: string;
  /** "JSON", "3 bullet points". */
  asks: string;
  /** As `--check TASK=…` takes it. */
  check: string;
}

const numbers: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  ten: 10,
};
const numberOf = (word: string): number => numbers[word.toLowerCase()] ?? Number(word);
const count = `(\\d{1,4}|${Object.keys(numbers).join('|')})`;
const most = '(?:at most|no more than|up to|under|fewer than|less than|max(?:imum)?(?: of)?|within)';
const codes = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'tr', 'ru', 'uk', 'ja', 'zh', 'ko'];
/** ISO 639-1 codes by English name. */
const languages = new Map(codes.map((code) => [languageName(code).toLowerCase(), code]));

interface Asked {
  asks: string;
  check: string;
}

/** Words that ask for a form, and what they ask for; `said` is what their group found. */
const forms: { words: RegExp; limits?: true; asked(said: string): Asked }[] = [
  {
    words:
      /\b(?:answer|return|reply|respond|output|give|write|only|valid|with|as|in|one)\b[^.\n]{0,60}\bJSON\b|\bJSON\b[^.\n]{0,40}\b(?:only|object|array|nothing else)\b/i,
    asked: () => ({ asks: 'JSON', check: 'json' }),
  },
  {
    words: new RegExp(
      `\\b(?:exactly )?${count} (?:short )?(?:bullets?(?: points?)?|bullet-points?|list items)\\b`,
      'i',
    ),
    asked: (said) => ({ asks: `${numberOf(said)} bullet points`, check: `bullets:${numberOf(said)}` }),
  },
  {
    words: new RegExp(`\\b${most} ${count} words\\b`, 'i'),
    limits: true,
    asked: (said) => ({ asks: `at most ${numberOf(said)} words`, check: `maxWords:${numberOf(said)}` }),
  },
  {
    words: new RegExp(`\\b${most} ${count} characters\\b`, 'i'),
    limits: true,
    asked: (said) => ({ asks: `at most ${numberOf(said)} characters`, check: `maxCharacters:${numberOf(said)}` }),
  },
  {
    words: new RegExp(
      `\\b(?:answer|reply|respond|write|translate)\\b[^.\\n]{0,50}\\b(?:in|into|to) (${[...languages.keys()].join('|')})\\b`,
      'i',
    ),
    asked: (said) => {
      const code = languages.get(said.toLowerCase()) ?? '';
      return { asks: `an answer in ${languageName(code)}`, check: `language:${code}` };
    },
  },
];

/**
 * What a text asks of an answer's form, in the words that say so. A limit of a part ("a reason of at most eight words",
 * "each item in no more than 10 words") is none of the whole answer.
 */
export const askedForm = (text: string): Asked[] =>
  forms.flatMap(({ words, limits, asked }) => {
    const found = words.exec(text);
    return found && !(limits && isOfPart(text, found)) ? [asked(found[1] ?? '')] : [];
  });

/** Parts of an answer. Any other noun ("a summary of at most") is the answer itself. */
const parts = new Set(
  `reason title sentence subject line heading headline label name caption field item key value tag comment note rationale
  justification quote step section slogan intro introduction conclusion greeting question hint topic entry entries column
  cell row example keyword phrase bullet point paragraph explanation`.split(/\s+/),
);
// Looked up, and not one pattern of all parts: that takes longer to compile than a whole table to read.
const isPart = (word = ''): boolean => parts.has(word.toLowerCase()) || parts.has(word.toLowerCase().replace(/s$/, ''));

/** "a reason of", "the subject line with", "a title (", "reason:": right before the limit. */
const nounBefore = /\b([a-z]+)\s{0,3}(?:of|with|in|using|containing|that (?:is|has)|[(,:])?\s{0,3}$/i;
const eachBefore = /\b(?:each|every)\b(?! (?:answer|reply|response|message)\b)[^.;\n]{0,40}$/i;
/** "per title", "for the summary", "in each field": right behind it. */
const nounBehind = /^\s*(?:(each|apiece)|per ([a-z]+)|(?:for|in|as) (?:(each|every)|(?:the |a )?([a-z]+)))\b/i;

/** Characters before a limit in which its noun stands. */
const nearBefore = 120;

function isOfPart(text: string, found: RegExpExecArray): boolean {
  const before =
    text
      .slice(Math.max(0, found.index - nearBefore), found.index)
      .split(/[.!?;\n]/)
      .at(-1) ?? '';
  if (isPart(nounBefore.exec(before)?.[1]) || eachBefore.test(before)) return true;
  const behind = nounBehind.exec(text.slice(found.index + found[0].length));
  return behind !== null && Boolean(behind[1] ?? behind[3] ?? isPart(behind[2] ?? behind[4]));
}

/** For each task the forms that at least half of its prompts ask for and no check measures. */
export function suggestChecks(
  prompts: readonly PromptRecord[],
  { checks = {} }: Pick<RunSettings, 'checks'>,
): Suggestion[] {
  const tasks = [...new Set(prompts.map(({ task }) => task))];
  return tasks.flatMap((task) => {
    const own = prompts.filter((prompt) => prompt.task === task && !prompt.checks?.length && !prompt.response_format);
    // A task may be called `valueOf`.
    const named = Object.hasOwn(checks, task) ? (checks[task] ?? []) : [];
    const measured = new Set([...(checks['*'] ?? []), ...named].map(({ check }) => check));
    const counts = new Map<string, { asked: Asked; times: number }>();
    for (const { messages } of own)
      for (const asked of askedForm(messages.map(messageText).join('\n'))) {
        const known = counts.get(asked.check) ?? { asked, times: 0 };
        counts.set(asked.check, { asked, times: known.times + 1 });
      }
    return [...counts.values()]
      .filter(({ asked, times }) => times * 2 >= own.length && !measured.has(asked.check.split(':')[0] ?? ''))
      .map(({ asked }) => ({ task, ...asked }));
  });
}

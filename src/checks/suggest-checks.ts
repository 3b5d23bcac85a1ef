/** Checks that the prompts themselves ask for: named in plan and report with the flag that sets them, never set in silence. */

import type { Message, PromptRecord } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';

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
const numberOf = (word = ''): number => numbers[word.toLowerCase()] ?? Number(word);
const count = `(\\d{1,4}|${Object.keys(numbers).join('|')})`;
const most = '(?:at most|no more than|up to|under|fewer than|less than|max(?:imum)?(?: of)?|within)';
const languages: Record<string, string> = {
  English: 'en',
  German: 'de',
  French: 'fr',
  Spanish: 'es',
  Italian: 'it',
  Portuguese: 'pt',
  Dutch: 'nl',
  Polish: 'pl',
  Swedish: 'sv',
  Danish: 'da',
  Turkish: 'tr',
  Russian: 'ru',
  Ukrainian: 'uk',
  Japanese: 'ja',
  Chinese: 'zh',
  Korean: 'ko',
};

interface Asked {
  asks: string;
  check: string;
}

/** What a text asks of an answer's form, in the words that say so. */
export function askedForm(text: string): Asked[] {
  const found: Asked[] = [];
  if (
    /\b(?:answer|return|reply|respond|output|give|write|only|valid|with|as|in|one)\b[^.\n]{0,60}\bJSON\b|\bJSON\b[^.\n]{0,40}\b(?:only|object|array|nothing else)\b/i.test(
      text,
    )
  )
    found.push({ asks: 'JSON', check: 'json' });
  const bullets = new RegExp(
    `\\b(?:exactly )?${count} (?:short )?(?:bullets?(?: points?)?|bullet-points?|list items)\\b`,
    'i',
  ).exec(text);
  if (bullets) found.push({ asks: `${numberOf(bullets[1])} bullet points`, check: `bullets:${numberOf(bullets[1])}` });
  const words = new RegExp(`\\b${most} ${count} words\\b`, 'i').exec(text);
  if (words) found.push({ asks: `at most ${numberOf(words[1])} words`, check: `maxWords:${numberOf(words[1])}` });
  const letters = new RegExp(`\\b${most} ${count} characters\\b`, 'i').exec(text);
  if (letters)
    found.push({ asks: `at most ${numberOf(letters[1])} characters`, check: `maxCharacters:${numberOf(letters[1])}` });
  const language = new RegExp(
    `\\b(?:answer|reply|respond|write|translate)\\b[^.\\n]{0,50}\\b(?:in|into|to) (${Object.keys(languages).join('|')})\\b`,
    'i',
  ).exec(text);
  const name = Object.keys(languages).find((one) => one.toLowerCase() === language?.[1]?.toLowerCase());
  if (name) found.push({ asks: `an answer in ${name}`, check: `language:${languages[name]}` });
  return found;
}

const textOf = ({ content }: Message): string =>
  typeof content === 'string'
    ? content
    : (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('\n');

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
      for (const asked of askedForm(messages.map(textOf).join('\n'))) {
        const known = counts.get(asked.check) ?? { asked, times: 0 };
        counts.set(asked.check, { asked, times: known.times + 1 });
      }
    return [...counts.values()]
      .filter(({ asked, times }) => times * 2 >= own.length && !measured.has(asked.check.split(':')[0] ?? ''))
      .map(({ asked }) => ({ task, ...asked }));
  });
}

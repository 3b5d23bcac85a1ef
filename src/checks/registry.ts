/** All checks by the name people write in the config. A check = one file (or one theme) and one line here. */
import {
  bullets,
  highlights,
  mentions,
  numbered,
  paragraphStart,
  paragraphs,
  placeholders,
  sections,
} from './amounts.ts';
import type { Check } from './check.ts';
import { contains, containsAny, notContains } from './contains.ts';
import { empty } from './empty.ts';
import { exec } from './exec.ts';
import { json } from './json.ts';
import { jsonSchema } from './json-schema.ts';
import { language } from './language.ts';
import { capitalWords, letterCase } from './letter-case.ts';
import { recall } from './recall.ts';
import { refusal } from './refusal.ts';
import { notRegex, regex } from './regex.ts';
import { repetition } from './repetition.ts';
import { sentences } from './sentences.ts';
import { endsWith, postscript, quoted, startsWith, title } from './starts-and-ends.ts';
import { toolCall } from './tool-call.ts';
import { truncated } from './truncated.ts';
import { maxCharacters, maxWords, minCharacters, minWords } from './words.ts';

export const checks = {
  // The order in which a failure names its cause: what ended the answer comes before what is in it.
  refusal,
  repetition,
  truncated,
  empty,
  language,
  toolCall,
  json,
  jsonSchema,
  contains,
  containsAny,
  notContains,
  regex,
  notRegex,
  recall,
  maxWords,
  minWords,
  maxCharacters,
  minCharacters,
  sentences,
  paragraphs,
  paragraphStart,
  bullets,
  numbered,
  sections,
  highlights,
  placeholders,
  mentions,
  letterCase,
  capitalWords,
  startsWith,
  endsWith,
  quoted,
  postscript,
  title,
  exec,
} satisfies Record<string, Check>;

/** Two of one of these would contradict or repeat each other: once in a list, and the nearest source counts. */
export const onlyOnce: readonly string[] = [
  'refusal',
  'repetition',
  'truncated',
  'empty',
  'language',
  'toolCall',
  'json',
  'jsonSchema',
  'exec',
] satisfies (keyof typeof checks)[];

/** As plan and report call it: `truncated` is the name in files. */
export const checkInWords = (check: string): string => (check === 'truncated' ? 'cut off' : check);

export type CheckName = keyof typeof checks;
export const checkNames: readonly string[] = Object.keys(checks);

/** Undefined for a name that is no check: `validate` has the words for that. */
export const findCheck = (name: string): Check | undefined =>
  Object.hasOwn(checks, name) ? checks[name as CheckName] : undefined;

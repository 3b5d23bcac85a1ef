/** All checks by the name people write in the config. A check = one file (or one theme) and one line here. */
import type { Check } from './check.ts';
import { contains, notContains } from './contains.ts';
import { empty } from './empty.ts';
import { json } from './json.ts';
import { refusal } from './refusal.ts';
import { notRegex, regex } from './regex.ts';
import { truncated } from './truncated.ts';
import { maxWords, minWords } from './words.ts';

export const checks = {
  // The order in which a failure names its cause: what ended the answer comes before what is in it.
  refusal,
  truncated,
  empty,
  json,
  contains,
  notContains,
  regex,
  notRegex,
  maxWords,
  minWords,
} satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;
export const checkNames: readonly string[] = Object.keys(checks);

/** Undefined for a name that is no check: `validate` has the words for that. */
export const findCheck = (name: string): Check | undefined =>
  Object.hasOwn(checks, name) ? checks[name as CheckName] : undefined;

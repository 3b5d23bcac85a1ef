/** What redaction replaced, in words: plan, first page and report say the same. */
import { capital, listed, plural } from './numbers.ts';

/** Kinds that gapcheck knows; another one has its name from the config. */
const kinds: Readonly<Record<string, string>> = {
  email: 'e-mail addresses',
  phone: 'phone numbers',
  card: 'card numbers',
  iban: 'bank account numbers',
  ip: 'IP addresses',
  ssn: 'social security numbers',
  secret: 'keys and passwords',
};

/** `phone numbers in 3 places and e-mail addresses in 1 place`; undefined where nothing was replaced. */
export function replacedValues(redacted: Readonly<Record<string, number>>): string | undefined {
  const found = Object.entries(redacted).filter(([, places]) => places > 0);
  if (found.length === 0) return undefined;
  return listed(found.map(([kind, places]) => `${kinds[kind] ?? kind} in ${plural(places, 'place')}`));
}

/** Why a number on a ballot is not the one of the log: `tense` says when. */
export function fakeValuesLine(redacted: Readonly<Record<string, number>>, tense: 'are' | 'were'): string[] {
  const values = replacedValues(redacted);
  if (values === undefined) return [];
  return [`${capital(values)} ${tense} replaced with fake values${fakeValuesEnd}`];
}

export const fakeValuesEnd = ', the same in a prompt and in its answers.';

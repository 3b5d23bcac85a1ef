/**
 * Secrets in sentences, with words between them and their name: "das Passwort für den Server lautet …", "… is my
 * password", "login: ann / …". Nothing but the value's own look tells it there, so it has to look like nothing else.
 */
import type { Detector } from './detector.ts';
import { isPlaceholder } from './placeholder.ts';
import { namesHint, passwords } from './secret-names.ts';
import { isSecretValue } from './secret-value.ts';

/** A name of a secret, and no end of a sentence between it and the value. */
const nameBefore = new RegExp(
  `(?:^|[^a-z])(?:${passwords}|log[ -]?in|sign[ -]?in|zugangsdaten|identifiants?|логин)[^a-z](?:[^.!?。！？\\n]|[.!?](?=\\S))*$`,
  'i',
);
/** The same behind it: "… as the password", "from … to …, the password of the shop". */
const nameBehind = new RegExp(`^(?:[^.!?。！？\\n]|[.!?](?=\\S)){0,60}?[^a-z](?:${passwords})(?![a-z])`, 'i');

/** "Password of the network = …": behind a sign more values can be meant. */
const behindSign = /[:=][ \t]{0,3}["'`]?$/;

/** Small and capital letters, a digit, and a sign between them that stands in no word, number, path or address. */
function looksLikePassword(value: string, afterSign: boolean): boolean {
  if (!/\p{Ll}/u.test(value) || !/\p{Lu}/u.test(value) || !/\d/.test(value)) return false;
  if (!(afterSign ? /[^\s][_!#$%&*^~?@+=]/ : /[^\s][!#$%&*^~?@+=][^\s]/).test(value)) return false;
  if (/^[a-z]{2,}=[A-Za-z]+\d{0,3}[.,;]?$|^[A-Za-z-]+#\d{1,2}$/.test(value)) return false;
  return !/^(?:https?:|[/.~\\$])|:\/\/|@[\w-]+\.\w|\w\(|=>|[{}[\]<>]|&[a-z]+=|%[0-9A-F]{2}|^&|#L\d/.test(value);
}

/** Random letters and digits behind "auth token", "API key" without a sign: 20 or more of them. */
const keyBefore =
  /(?:api|access|secret|auth|bearer|private|bot|deploy|encryption|signing|master|admin|refresh|webhook|wallet)[ _-]?(?:key|token)s?[ \t]{1,3}["'`]?$/i;
const looksLikeKey = (value: string): boolean => /\d/.test(value) && /[a-z]/i.test(value);

export const spokenSecrets: readonly Detector[] = [
  {
    kind: 'secret',
    hint: namesHint,
    pattern: /(?<![^\s"'`(:„“«「|])[^\s"'`„“”«»「」<>，。、]{6,64}(?![^\s"'`“”«»「」<>，。、])/g,
    group: 0,
    valid: (value, before, behind) =>
      looksLikePassword(value, behindSign.test(before)) &&
      isSecretValue(value, before) &&
      (nameBefore.test(before) || nameBehind.test(behind)),
    trim: true,
  },
  {
    kind: 'secret',
    hint: /key|token/i,
    pattern: /(?<![\w/+=-])[\w/+=-]{20,200}(?![\w/+=-])/g,
    group: 0,
    valid: (value, before) => looksLikeKey(value) && !isPlaceholder(value) && keyBefore.test(before),
  },
];

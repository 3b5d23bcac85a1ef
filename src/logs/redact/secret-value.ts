/** Whether a value behind `password:`, `key =` or the like is a secret: random enough, and no id, hash or number. */
import { isPlaceholder } from './placeholder.ts';
import { isStructure } from './program-text.ts';

/** A sign, a short verb and the marks of the value, between a name and the end. */
const toTheValue = '[^\\p{L}\\p{N}\\n]{0,48}(?:\\p{L}{1,6}:?[ \\t]{1,3})?[^\\p{L}\\p{N}\\n]{0,4}$';
/** The name in front of the value: `key` and `token` alone name many things. */
const weakName = new RegExp(`(?<![a-z0-9])([a-z0-9]{0,20}?)[ _-]?(key|token)${toTheValue}`, 'iu');
const secretKinds =
  /^(?:api|access|private|secret|auth|encryption|signing|master|admin|bearer|refresh|session|bot|deploy|personal|licen[sc]e|client)$/i;
/** `cache key`, `page token`: never secrets. */
const otherKinds =
  /^(?:cache|primary|foreign|partition|sort|public|idempotency|object|row|page|next|continuation|translation|lookup|routing|message|event|order|group|dedup|range|index|json|map|hash|registry|storage|s3|blob|i18n|locale|composite|unique)$|[a-z](?:public|primary|foreign|partition)$/i;

const ids = [
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  /^(?:sha\d{1,3}|md5)[:-]/i,
  // Numbers, dates, amounts, places, order numbers: 123-4567890-1234567, ORD-2026-004711.
  /^[\d.,:/TZ+-]+$/,
  /^[A-Z]{2,6}(?:-\d+)+$/,
  /^\d{4}-(?:Q\d|W\d\d|H\d)$/,
  /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i,
  /^data:[\w.+-]+\/[\w.+-]+[;,]/,
];
/** Hashes and commit ids; behind `token` they may as well be one. */
const hashes = /^[0-9a-f]{7,128}$/i;

/** Words and numbers behind a bare `key`, `token` or `secret`: user_id_2024, projects/12/secrets/db. */
const bareName = new RegExp(`(?<![a-z0-9_-]|[a-z0-9] )(?:key|token|secret)${toTheValue}`, 'iu');
const words = /^[A-Za-z]+\d*(?:[-_./:][A-Za-z]*\d*)+$/;

/** `Ab1-Cd2-Ef3`: three chunks or more that mix letters of both cases and digits are a key in groups. */
const isGrouped = (value: string): boolean =>
  isRandom(value) && value.split(/[-_./:]/).filter((chunk) => /[a-z]\d|\d[a-z]/i.test(chunk)).length >= 3;

/** Words that only end as the name of a secret does. */
const otherWord = new RegExp(
  `(?<![a-z])(?:(?:mon|don|tur|hoc|joc|whis|lac|flun|malar)key|(?:com|encom|by|sur|tres|under|over|tow)pass)${toTheValue}`,
  'iu',
);
/** `PASS: TestRotateKey256`, as programs of tests print it. */
const isTestResult = (value: string, before: string): boolean =>
  /(?<![A-Za-z_])PASS:[ \t]{1,3}$/.test(before) && /test/i.test(value) && /^[\w./:-]+$/.test(value);
/** "We pass to utf8_encode what came": a verb. */
const passTo = /(?<![a-z])pass(?:es)?[ \t]{1,3}to[ \t]{1,3}$/i;
/** A value of fewer characters is none that a pattern finds. */
const shortest = 6;

/** Behind a bare `key` or `token` words with one number behind them are no secret: 'Enter2', "Hello2!", "Lösung 2b". */
const bareKey = new RegExp(`(?<![\\p{L}\\p{N}_-]|[\\p{L}\\p{N}] )(?:key|token)${toTheValue}`, 'iu');
const numberedWord =
  /^[^\p{L}\p{N}]*\p{L}{3,}(?:[^\p{L}\p{N}]+\p{L}{3,}){0,3}[^\p{L}\p{N}]*\d{1,4}\p{L}?[^\p{L}\p{N}]*$/u;
/** `i18n.button2.label`. */
const keyPath = /^[a-z][A-Za-z_]*(?:\d{1,3}[A-Za-z_]*)?(?:[.:/][a-z][A-Za-z_]*(?:\d{1,3}[A-Za-z_]*)?){1,8}$/;

/** `before`: the text in front of the value. */
export function isSecretValue(value: string, before: string): boolean {
  return (
    highEntropy(value) &&
    !isPlaceholder(value, before.trimEnd()) &&
    !isStructure(value, before, (leaf) => leaf.length >= shortest && highEntropy(leaf)) &&
    !otherWord.test(before) &&
    !isTestResult(value, before) &&
    !passTo.test(before) &&
    !isIdentifier(value, before)
  );
}

function isIdentifier(value: string, before: string): boolean {
  if (bareKey.test(before) && (keyPath.test(value) || (value.length < 16 && numberedWord.test(value)))) return true;
  if (words.test(value) && !isGrouped(value) && bareName.test(before)) return true;
  const [, kind = '', name = ''] = weakName.exec(before) ?? [];
  if (name === '' || secretKinds.test(kind)) return false;
  if (otherKinds.test(kind)) return true;
  return ids.some((id) => id.test(value)) || (name.toLowerCase() === 'key' && hashes.test(value));
}

/** Secrets look random: three kinds of characters or much entropy; words, variables and placeholders do not. */
export function highEntropy(value: string): boolean {
  // First what is cheap: most words hold no digit.
  if (!/\d/.test(value) || isPlaceholder(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  return kinds >= 3 || entropy(value) >= 3;
}

/** Long, or with a sign within it: no word, name of a type or number is written so. */
export const isUnmistakable = (value: string): boolean =>
  isRandom(value) && ((value.length >= 20 && /\d.*\d.*\d/.test(value)) || /\w[!#$%&*^~?@+=]\w/.test(value));

/** Letters of both cases and digits. */
const isRandom = (value: string): boolean => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);

/** Shannon entropy, bits per character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

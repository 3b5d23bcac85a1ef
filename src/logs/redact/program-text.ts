/** What a program or a tool writes behind the name of a secret without telling one: expressions, structures, names of things. */

/** A word of a program: `randomBytes`, `split_header`, `b64decode`, `Ed25519PrivateKey`. `R4in` is none. */
const part = '_{0,2}(?:[A-Za-z]+\\d{0,5}|[A-Za-z]{1,3}\\d{2,5}[A-Za-z]{1,20}|[A-Z]{1,20}\\d[A-Z]{1,20}|\\d{1,4}(?=_))';
const name = `${part}(?:_${part})*_?`;
const head = `(?:(?:await|new|not|typeof) |[!&*(]{1,2})?${name}(?:(?:\\??\\.|::|->)${name})*`;

/** What stands in brackets of a call: no sign that only a password holds. */
const inside = '[\\w\\s.,:[\\]{}*+&|>$-]*';
const group = `\\(${inside}(?:\\(${inside}\\)${inside})*\\)`;
const index = '\\[[\\w.:+*-]*\\]';
const more = `(?:\\.${name}|${group}|${index}|\\))*[)\\]},;:.!?]{0,4}`;
/** `itemgetter(1)`, `base64.b64decode(row).hex()`; cut off at a blank or a quotation mark: `Column(String(255),`. */
const cutOff = `\\(${inside}(?:\\(${inside}\\)${inside})*(?:\\(${inside})?`;
const call = new RegExp(`^${head}(?:${group}${more})?(?:${cutOff})?$`);
/** `fields[4]`, `token[:-1]`, `certs[0][2],`, `headers.authorization[1]`. */
const slice = new RegExp(`^${head}${index}${more}$`);
/** `Rain(2024)` may be a password, `itemgetter(1)` and `Vec3(x, y)` are none. */
const wordAndNumber = /^[A-Z][a-z]+\(\d+\)[.,;]?$/;
/** `(0, utils_1.readEnv)(…)`, as compilers write a call; what stands in its brackets alone. */
const commaCall = /^\(?0, ?[\w$.]+\)?\(?$|^\(0,$/;
/** A member that is called as the secret itself: `win32api.RegEnumKey`, `ed25519.PrivateKey`, `_pep_440_key`. */
const ownName = new RegExp(
  `^(?:${name}(?:\\.|::|->))+\\w{0,40}(?:key|token|secret|pass(?:word|wd)?|pwd|credentials?)s?[;,)]{0,2}$|^_?[a-z]+(?:_[a-z\\d]+)+_(?:key|token|secret)s?[;,)]{0,2}$`,
  'i',
);
/** `hexTestKey2Key`, `utf8Token`: a variable. */
const ownVariable = /^[a-z]{2,}[A-Z\d]\w{0,60}(?:Key|Token)s?[;,)]{0,2}$/;
const constants = /^0x[\da-f]{1,8}[;,]?$|^[a-z]\w{0,40}=(?:true|false|none|null|nil|self|\d{1,9})[;,)]{0,3}$/i;

export const isExpression = (value: string): boolean =>
  (value.includes('(') && call.test(value) && !wordAndNumber.test(value)) ||
  slice.test(value) ||
  commaCall.test(value) ||
  ownName.test(value) ||
  ownVariable.test(value) ||
  constants.test(value);

/** A variable within a text: `user:${id}:v2`, `user_%d_v2`, `page-{n}-2`. */
const variable = /\$\{[^{}]{1,60}\}|\{\{[^{}]{1,60}\}\}|\{[a-z_][\w.]{0,40}\}|%\(?[a-z_]{0,30}\)?[sdif](?![a-z])/g;
const plainWords = /^[\s:/._|-]*(?:[a-z]+\d{0,3}[\s:/._|-]+)*(?:[a-z]+\d{0,3})?$/i;

/** Nothing but variables and words: what it holds at last stands elsewhere. */
export const isTemplate = (value: string): boolean =>
  /^\{\{-?\s[^\n]*\s-?\}\}$/.test(value) ||
  (/[{%]/.test(value) && value.search(variable) !== -1 && plainWords.test(value.replace(variable, ' ')));

/** `Ctrl+Shift+F5`. */
const keystrokes =
  /^(?:ctrl|control|strg|alt|shift|cmd|command|meta|option|opt|win|super|fn|maj|umschalt|altgr)(?:[+-][^\s+-]{1,9}){1,4}[.,;]?$/i;
/** `AES-256-GCM`, `RSA-4096`, `ssh-ed25519`. */
const algorithms =
  /^(?:aes|rsa|dsa|ec|ecdsa|ecdh|hmac|sha|md|chacha|x?chacha20|des|3des|ed25519|ed448|x25519|p|pbkdf2|scrypt|argon2id?|bcrypt|ssh|hs|rs|es|ps)\d{0,5}(?:[-_/](?:\d{1,5}|[a-z]{2,12}\d{0,6}))*[.,;:]?$/i;

export const isNameOfThing = (value: string): boolean => keystrokes.test(value) || algorithms.test(value);

/** Between two values of a list or an object, or between two terms. */
const between = /[,;:]\s|\s=>\s|\s[*+|/-]\s|^\s*["'][^"']{0,80}["']\s*:/;

/** What a bracket holds is a list or an object, and none of its values is a secret. */
export const isStructure = (value: string, before: string, isSecret: (leaf: string) => boolean): boolean =>
  /[{[(]$/.test(before) && between.test(value) && !value.split(/[\s,;:{}[\]()"'`]+/).some(isSecret);

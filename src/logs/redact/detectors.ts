/**
 * Personal data and secrets by exact shape, checked by rule where there is one (Luhn, mod 97, valid areas). Names are
 * never touched: that wrecks prompts. Every pattern is linear: bounded repeats, no nested ones.
 */
import type { Detector } from './detector.ts';
import { isMixed, keyShapes } from './key-shapes.ts';
import { namedSecrets } from './named-secrets.ts';
import { isPlaceholderLogin } from './placeholder.ts';
import { isSecretValue } from './secret-value.ts';
import { spokenSecrets } from './spoken-secrets.ts';

/** In this order: what is inside a secret is not looked at again. */
export const detectors: readonly Detector[] = [
  ...keyShapes,
  {
    kind: 'secret',
    hint: /bearer|basic/i,
    pattern: /\b(?:Bearer|Basic)[ \t]{1,4}([A-Za-z0-9._~+/=-]{16,4000})/gi,
    group: 1,
    valid: isMixed,
  },
  // Other words than Bearer, or none: Authorization: Token …
  {
    kind: 'secret',
    hint: /uthorization|UTHORIZATION/,
    pattern:
      /authorization\\{0,4}["']?[ \t]{0,3}[:=,][ \t]{0,3}\\{0,4}["'`]?(?:[a-z][\w-]{1,20}[ \t]{1,4})?([\w.~+/=-]{16,4000})/gi,
    group: 1,
    valid: isMixed,
  },
  {
    kind: 'secret',
    hint: /:\/\//,
    pattern: /:\/\/([^\s:/@?#"'<>]{0,100}:[^\s/?#"'<>]{1,200})@/g,
    group: 1,
    valid: (value) => !isPlaceholderLogin(value),
  },
  // A key alone in front of the host: https://0a1b…@host/12.
  { kind: 'secret', hint: /:\/\/[^\s:/@]{16}/, pattern: /:\/\/([A-Za-z0-9_-]{16,200})@/g, group: 1, valid: isMixed },
  {
    kind: 'secret',
    hint: /[?&][\w-]{0,20}(?:token|key|sig|secret|auth|code|pass|pwd)/i,
    pattern: /[?&](?:[a-z_-]{0,20}(?:token|key|sig|signature|secret|auth|password|passwd|pwd))=([^\s&#;"'<>]{8,500})/gi,
    group: 1,
    valid: isSecretValue,
  },
  // Cookies of sessions and logins, in a header or alone: sessionid=…; PHPSESSID=…
  {
    kind: 'secret',
    hint: /sess|sid|auth|token|jwt|remember/i,
    pattern:
      /(?<![\w.-])[\w.-]{0,40}(?:sess(?:ion)?(?:[_-]?id)?|[_.-]sid|ssid|auth|jwt|csrf|xsrf|remember)=([^\s;,&"'<>]{12,500})/gi,
    group: 1,
    valid: isSecretValue,
  },
  ...namedSecrets,
  ...spokenSecrets,
  {
    kind: 'email',
    hint: /@/,
    pattern: /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9-])/g,
    group: 0,
    valid: (value) => !/^[.-]/.test(value),
  },
  {
    kind: 'iban',
    hint: /[A-Z]{2}\d{2}/,
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g,
    group: 0,
    valid: isIban,
    shrink: true,
  },
  {
    kind: 'card',
    hint: /\d{4}[ -]?\d/,
    // In one run, or in groups as on the card: a number beside it is no part of it.
    pattern: /(?<![\w.,-])[2-6]\d{3}(?:\d{9,15}|(?:[ -]\d{3,6}){2,4})(?![\w-])/g,
    group: 0,
    valid: isCard,
    shrink: true,
  },
  { kind: 'ssn', hint: /\d-\d\d-\d/, pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g, group: 0, valid: isSsn },
  { kind: 'ip', hint: /\d\.\d/, pattern: /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g, group: 0, valid: isIpv4 },
  {
    kind: 'ip',
    hint: /[0-9a-f]:[0-9a-f:]/i,
    pattern: /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:.])/gi,
    group: 0,
    valid: isIpv6,
  },
  {
    kind: 'phone',
    hint: /\d[-. )]\d|\+\d/,
    pattern:
      /(?<![\w.+/=-])(?:\+\d{1,3}(?:[ .-]?(?:\(\d{1,4}\)|\d{1,4})){2,6}|(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4})(?![\w-])/g,
    group: 0,
    valid: isPhone,
    shrink: true,
  },
];

const digitsOf = (value: string): string => value.replace(/\D/g, '');

export function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Issuer ranges: Visa, Mastercard, Amex, Diners, Discover, JCB, UnionPay, Maestro. */
const issuers =
  /^(?:4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[689])|6(?:011|4[4-9]|5)|35|62|5[068]|6)/;

export function isCard(value: string): boolean {
  const digits = digitsOf(value);
  return (
    digits.length >= 13 && digits.length <= 19 && issuers.test(digits) && luhn(digits) && !/^(\d)\1+$/.test(digits)
  );
}

export function mod97(text: string): number {
  let rest = 0;
  for (const char of text) {
    const value = char >= 'A' ? String(char.charCodeAt(0) - 55) : char;
    for (const digit of value) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest;
}

function isIban(value: string): boolean {
  const text = value.replaceAll(' ', '');
  return text.length >= 15 && text.length <= 34 && mod97(text.slice(4) + text.slice(0, 4)) === 1;
}

function isSsn(value: string): boolean {
  const [area = '', group, serial] = value.split('-');
  return area !== '000' && area !== '666' && area < '900' && group !== '00' && serial !== '0000';
}

function isIpv4(value: string, before: string): boolean {
  const parts = value.split('.').map(Number);
  if (parts.some((part) => part > 255) || value.startsWith('127.') || parts[0] === 0 || value === '255.255.255.255')
    return false;
  // 10.15.7.1 behind "version", "v" or a package name is a version.
  return !/(?:version|release|build|firmware|v|==|>=|<=|~|\^)[ :=]{0,2}$/i.test(before);
}

function isIpv6(value: string): boolean {
  const groups = value.split(':');
  const short = value.includes('::');
  if (!short && groups.length !== 8) return false;
  if (short && (value.indexOf('::') !== value.lastIndexOf('::') || groups.filter((group) => group !== '').length < 2))
    return false;
  return groups.length <= 9 && /\d/.test(value) && groups.some((group) => group.length >= 3);
}

function isPhone(value: string): boolean {
  const digits = digitsOf(value);
  if (value.startsWith('+')) return digits.length >= 8 && digits.length <= 13;
  const national = digits.length === 11 ? digits.slice(1) : digits;
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(national);
}

/**
 * Personal data and secrets by exact shape, checked by rule where there is one (Luhn, mod 97, valid areas). Names are
 * never touched: that wrecks prompts. Every pattern is linear: bounded repeats, no nested ones.
 */
import type { Detector } from './detector.ts';
import { namedSecrets } from './named-secrets.ts';

const keyPrefixes = [
  'sk-ant-[A-Za-z0-9_-]{20,200}',
  'sk-proj-[A-Za-z0-9_-]{20,200}',
  'sk-[A-Za-z0-9_-]{20,200}',
  'gsk_[A-Za-z0-9]{20,100}',
  'hf_[A-Za-z0-9]{20,100}',
  'gh[posur]_[A-Za-z0-9]{30,100}',
  'github_pat_[A-Za-z0-9_]{30,150}',
  'glpat-[A-Za-z0-9_-]{20,60}',
  '(?:AKIA|ASIA)[A-Z0-9]{16}',
  'AIza[A-Za-z0-9_-]{35}',
  'ya29\\.[A-Za-z0-9_-]{20,300}',
  'xox[abeprs]-[A-Za-z0-9-]{10,200}',
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,120}',
  'whsec_[A-Za-z0-9+/=]{16,100}',
  'SG\\.[A-Za-z0-9_-]{16,40}\\.[A-Za-z0-9_-]{16,80}',
  'npm_[A-Za-z0-9]{30,60}',
  'pypi-[A-Za-z0-9_-]{30,300}',
  'dop_v1_[a-f0-9]{40,80}',
];

/** In this order: what is inside a secret is not looked at again. */
export const detectors: readonly Detector[] = [
  {
    kind: 'secret',
    hint: /-----BEGIN/,
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
    group: 0,
  },
  {
    kind: 'secret',
    hint: /eyJ/,
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,2000}/g,
    group: 0,
  },
  {
    kind: 'secret',
    hint: /hooks\.slack|discord(?:app)?\.com\/api/,
    pattern: /https:\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks)\/([A-Za-z0-9/_-]{20,200})/g,
    group: 1,
  },
  {
    kind: 'secret',
    hint: /sk[-_]|rk_|gsk_|hf_|gh[posur]_|github_pat|glpat|AKIA|ASIA|AIza|ya29|xox|whsec|SG\.|npm_|pypi-|dop_v1/,
    pattern: new RegExp(`(?<![A-Za-z0-9_-])(?:${keyPrefixes.join('|')})`, 'g'),
    group: 0,
    valid: mixed,
  },
  {
    kind: 'secret',
    hint: /bearer|basic/i,
    pattern: /\b(?:Bearer|Basic)[ \t]{1,4}([A-Za-z0-9._~+/=-]{16,4000})/gi,
    group: 1,
    valid: mixed,
  },
  { kind: 'secret', hint: /:\/\//, pattern: /:\/\/([^\s:/@?#"'<>]{0,100}:[^\s/?#"'<>]{1,200})@/g, group: 1 },
  {
    kind: 'secret',
    hint: /[?&][\w-]{0,20}(?:token|key|sig)/i,
    pattern: /[?&](?:[a-z_-]{0,20}(?:token|key|sig|signature))=([^\s&#"'<>]{8,500})/gi,
    group: 1,
  },
  ...namedSecrets,
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
      /(?<![\w.+/=-])(?:\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}|(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4})(?![\w-])/g,
    group: 0,
    valid: isPhone,
    shrink: true,
  },
];

const digitsOf = (value: string): string => value.replace(/\D/g, '');

/** A key has letters and digits or both cases; `sk-this-is-a-long-slug-of-words` has not. */
function mixed(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value);
}

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

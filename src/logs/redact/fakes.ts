/**
 * What replaces a value: the same shape, from ranges reserved for examples, so that "extract the e-mail" stays a
 * fair task and a schema still passes. A fake is recognised as one: redacting twice changes nothing.
 */
import type { RedactKind } from './detector.ts';
import { luhn, mod97 } from './detectors.ts';

const names = [
  'ana',
  'ben',
  'chloe',
  'dmitri',
  'elif',
  'farid',
  'greta',
  'hugo',
  'ines',
  'jun',
  'kofi',
  'lena',
  'mei',
  'noor',
  'oleg',
  'pia',
];
const email = (index: number): string =>
  `${names[index % names.length]}${index < names.length ? '' : Math.floor(index / names.length) + 1}@example.com`;

/** Puts `digits` where `shape` has digits, from the right; the rest of the shape stays. */
function fill(shape: string, digits: string): string {
  let at = digits.length;
  return [...shape]
    .reverse()
    .map((char) => (/\d/.test(char) ? (digits[--at] ?? char) : char))
    .reverse()
    .join('');
}

const count = (text: string): number => text.replace(/\D/g, '').length;
const pad = (index: number, width: number): string => String(index).padStart(width, '0').slice(-width);

function phone(value: string, index: number): string {
  // The country code stays: +1 and +7 are one digit, most others two.
  const code = value.startsWith('+') ? (/^\+[17]/.test(value) ? 1 : 2) : 0;
  const national = Math.max(7, Math.min(10, count(value) - code));
  return fill(value, `2${'0'.repeat(Math.max(0, national - 9))}2555${`01${pad(index % 100, 2)}`}`.slice(-national));
}

const testCards: Record<string, string[]> = {
  4: ['4111111111111111', '4012888888881881'],
  5: ['5555555555554444', '5105105105105100'],
  3: ['378282246310005', '371449635398431'],
  6: ['6011111111111117', '6011000990139424'],
};

function card(value: string, index: number): string {
  const digits = value.replace(/\D/g, '');
  const known = testCards[digits[0] ?? '']?.filter((number) => number.length === digits.length)[index];
  return fill(value, known ?? withCheckDigit(`${digits[0]}${pad(index, digits.length - 2)}`));
}

function withCheckDigit(body: string): string {
  for (let digit = 0; digit < 10; digit += 1) if (luhn(`${body}${digit}`)) return `${body}${digit}`;
  return `${body}0`;
}

/** Country and length kept; the account is zeros and a number; the check digits are right. */
function iban(value: string, index: number): string {
  const text = value.replaceAll(' ', '');
  const account = [...text.slice(4, -2)].map((char) => (/\d/.test(char) ? '0' : 'X')).join('') + pad(index + 1, 2);
  const check = pad(98 - mod97(`${account}${text.slice(0, 2)}00`), 2);
  const fake = `${text.slice(0, 2)}${check}${account}`;
  let at = 0;
  return [...value].map((char) => (char === ' ' ? ' ' : fake[at++])).join('');
}

function ip(value: string, index: number): string {
  if (value.includes(':')) return `2001:db8::${(index + 1).toString(16)}`;
  return index < 254 ? `192.0.2.${index + 1}` : `198.51.100.${(index % 254) + 1}`;
}

/** 987-65-4320 to 4329 are reserved for advertising; beyond them area 900 was never given out. */
const ssn = (index: number): string => (index < 10 ? `987-65-432${index}` : `900-00-${pad(index, 4)}`);

export function fakeFor(kind: RedactKind, value: string, index: number): string {
  if (kind === 'email') return email(index);
  if (kind === 'phone') return phone(value, index);
  if (kind === 'card') return card(value, index);
  if (kind === 'iban') return iban(value, index);
  if (kind === 'ip') return ip(value, index);
  return kind === 'ssn' ? ssn(index) : `[secret-${index + 1}]`;
}

/** From the reserved ranges: an earlier fake, or an example that names nobody. */
export function isReserved(kind: RedactKind, value: string): boolean {
  const digits = value.replace(/\D/g, '');
  if (kind === 'email') return /@(?:[\w-]+\.)*example\.(?:com|org|net)$|\.(?:example|invalid|test)$/i.test(value);
  if (kind === 'phone') return /55501\d\d$/.test(digits);
  if (kind === 'card') return Object.values(testCards).flat().includes(digits) || /^\d0{8}/.test(digits);
  if (kind === 'iban') return /^[0X]+\d\d$/.test(value.replaceAll(' ', '').slice(4));
  if (kind === 'ip') return /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:0?db8:/i.test(value);
  return kind === 'ssn' ? /^(?:987-65-432|9)/.test(value) : /^\[secret-\d+\]$/.test(value);
}

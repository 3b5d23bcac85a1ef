/** One number in several ways of writing it: its fakes are one number, too, each in its own way. */
import { fakeFor } from './fakes.ts';

/** What two ways of writing a value have in common. */
export function canonical(kind: string, value: string): string {
  // "+44 (0)20 …" is "+44 20 …", and "+1 415 …" is "(415) …".
  if (kind === 'phone')
    return value
      .replace('(0)', '')
      .replace(/\D/g, '')
      .replace(/^1(?=\d{10}$)/, '');
  if (kind === 'card' || kind === 'ssn') return value.replace(/\D/g, '');
  if (kind === 'iban') return value.replaceAll(' ', '');
  return kind === 'email' || kind === 'ip' ? value.toLowerCase() : value;
}

/** Fewer digits behind the country's are too few to be found without it. */
const fewestDigits = 7;

/** Digits of "+49 171 5551234" without those of the country; undefined where they are few, or no country is named. */
export function nationalDigits(phone: string): string | undefined {
  const [, country = ''] = /^\+(1|7|\d{1,3}(?=[ .()-])|\d\d)/.exec(phone) ?? [];
  const rest = phone
    .replace('(0)', '')
    .slice(country.length + 1)
    .replace(/\D/g, '');
  return country !== '' && rest.length >= fewestDigits ? rest : undefined;
}

/** The same number without its country, as its own people write it: "0171 5551234", "171-555 12 34". */
export function replaceNational(text: string, digits: string, index: number, count: () => void): string {
  const pattern = new RegExp(`(?<![\\d+])(\\(?0)?(${[...digits].join('[ ./()-]{0,2}')})(?!\\d)`, 'g');
  return text.replace(pattern, (_, zero: string = '', national: string) => {
    count();
    return `${zero}${fakeFor('phone', national, index)}`;
  });
}

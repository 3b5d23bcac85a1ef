/** Secrets in the columns of tables: their name stands at the head, and not beside them. */
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/logs/redact/redact.ts';

function redacted(content: string): string {
  const [message] = createRedactor().redact({ messages: [{ role: 'user', content }] }).messages;
  return String(message?.content);
}

describe('a column of secrets', () => {
  it.each([
    [
      '| user | Password | role |\n|---|---|---|\n| eva | Wald7See&Berg | admin |\n| ole | Fjord5&Wind | user |\n\nThanks',
      '| user | Password | role |\n|---|---|---|\n| eva | [secret-1] | admin |\n| ole | [secret-2] | user |\n\nThanks',
    ],
    ['user;passwort\neva;Wald7See&Berg\nole;Fjord5&Wind', 'user;passwort\neva;[secret-1]\nole;[secret-2]'],
    ['"name","api_key"\r\n"shop","q7Wd9Kx2Lm4Np6Rt"\r\n', '"name","api_key"\r\n"shop","[secret-1]"\r\n'],
    ['host\tpwd\nh1\tWald7See&Berg', 'host\tpwd\nh1\t[secret-1]'],
    [
      'See:\n| **contraseña** | n |\n|:-:|--:|\n| `Luz7&Sombra` | 1 |',
      'See:\n| **contraseña** | n |\n|:-:|--:|\n| `[secret-1]` | 1 |',
    ],
  ])('%s', (text, expected) => {
    expect(redacted(text)).toBe(expected);
    expect(redacted(expected)).toBe(expected);
  });

  it.each([
    'name,password,mail\neva,********,yes\nole,<unset>,no',
    'token,count\nHello2!,5\n##ing2,7',
    'field;password\nmin;8 characters\nrule;required',
    'We list user, password, role.\nThe rows, Wald7See&Berg, follow.',
    '| check | password |\n|---|---|\n\n| river | Rhein7&Main8 |',
  ])('has none here: %s', (text) => expect(redacted(text)).toBe(text));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/logs/draft.ts';
import { isCard, luhn, mod97 } from '../../../src/logs/redact/detectors.ts';
import { createRedactor } from '../../../src/logs/redact/redact.ts';
import { ballotCases } from '../../helpers/ballot-cases.ts';
import { leastProcessorTime } from '../../helpers/processor-time.ts';

const draftOf = (text: string): Draft => ({ messages: [{ role: 'user', content: text }] });
function redacted(
  text: string,
  own?: { name: string; pattern: string }[],
): { text: string; counts: Record<string, number> } {
  const redactor = createRedactor(own);
  const { messages } = redactor.redact(draftOf(text));
  return { text: String(messages[0]?.content), counts: redactor.counts };
}

// Built from parts, so that no scanner takes this file for a leak.
const key = (prefix: string, length: number): string => prefix + 'a1B2c3D4e5F6g7H8i9J0'.repeat(8).slice(0, length);

describe('one number that is written in several ways', () => {
  const fakes = (...texts: string[]): string[] => {
    const { messages } = createRedactor().redact({ messages: texts.map((content) => ({ role: 'user', content })) });
    return messages.map(({ content }) => String(content));
  };
  const digits = (text: string): string => text.replace('(0)', '').replace(/\D/g, '');

  it.each([
    ['+44 7700 900123', 'Call us (+44 7700 900123).', 'Ring +44 7700-900123, or +447700900123!'],
    ['+44 20 7946 0958', '(phone +44 (0)20 7946 0958)', '+44-20-7946-0958'],
    ['+49 171 5551234', 'Nummer (+49 171 5551234)', '+49171 5551234'],
  ])('%s is the same number in prompt and answers, with its signs', (...texts) => {
    const shown = fakes(...texts);
    expect(shown.join(' ')).not.toMatch(/900123|0958|5551234/);
    const [one, ...others] = shown.map(digits);
    for (const other of others) expect(other.replaceAll(one as string, '')).toBe('');
    expect(shown.map((text) => text.replace(/\d/g, '#'))).toEqual(texts.map((text) => text.replace(/\d/g, '#')));
  });

  it('keeps one card, one account and one American number what they are', () => {
    const cards = fakes('none', 'card 5425 2334 3010 9903', 'card 5425233430109903');
    expect(digits(cards[1] ?? '')).toBe(digits(cards[2] ?? ''));
    const [spaced, plain] = fakes('DE89 3704 0044 0532 0130 00', 'DE89370400440532013000');
    expect(spaced?.replaceAll(' ', '')).toBe(plain);
    const [long, short] = fakes('+1 415-267-2671', '(415) 267-2671');
    expect(digits(long ?? '')).toBe(`1${digits(short ?? '')}`);
    expect(fakes('a@corp.io', 'A@Corp.io')[0]).toBe(fakes('a@corp.io', 'A@Corp.io')[1]);
  });

  it.each([
    ['+49 171 5551234', 'Ring 0171 5551234 or (0171) 555-12-34.', 'Ring 0202 5550100 or (0202) 555-01-00.'],
    ['+33 6 12 34 56 78', 'Appelez le 06 12 34 56 78', 'Appelez le 02 25 55 01 00'],
    ['+447700900123', 'Call 07700 900123', 'Call 02025 550100'],
    ['+44 7700 900123', 'Ticket 477009001234, item 7700-90', 'Ticket 477009001234, item 7700-90'],
  ])('%s is known without its country, too: %s', (first, second, expected) => {
    expect(fakes(first, second)[1]).toBe(expected);
  });

  it('keeps two numbers two', () => {
    const [one, other] = fakes('+44 7700 900123', '+44 7700 900124');
    expect(one).not.toBe(other);
  });
});

describe('a text that comes again', () => {
  it('is treated as it was before, and counts again', () => {
    const short = fc.constantFrom(
      'Nothing is in this text.',
      'Write to anna@corp.io and bob@corp.io.',
      'See ana@example.com for a form.',
      'Ticket AB-12 is late.',
      `use ${key('ghp_', 36)} please`,
    );
    // V8 optimises no pattern that is compiled after 16 MB of code: then a long text takes twelve times as long.
    const texts = fc.oneof(
      { arbitrary: short, weight: 11 },
      { arbitrary: fc.constant('x'.repeat(1_500_000)), weight: 1 },
    );
    const own = [{ name: 'ticket', pattern: 'AB-\\d+' }];
    fc.assert(
      fc.property(fc.array(fc.array(texts, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), (drafts) => {
        const draft = (contents: string[]): Draft => ({
          messages: contents.map((content) => ({ role: 'user', content })),
        });
        const one = createRedactor(own);
        const sums: Record<string, number> = {};
        for (const contents of drafts) {
          const fresh = createRedactor(own);
          expect(one.redact(draft(contents))).toEqual(fresh.redact(draft(contents)));
          for (const [name, count] of [...Object.entries(fresh.counts), ...Object.entries(fresh.examples)])
            sums[name] = (sums[name] ?? 0) + count;
        }
        const all: Record<string, number> = {};
        for (const [name, count] of [...Object.entries(one.counts), ...Object.entries(one.examples)])
          all[name] = (all[name] ?? 0) + count;
        expect(all).toEqual(sums);
      }),
      { numRuns: 80 },
    );
  }, 120_000);

  it('is not looked through again', () => {
    const text = 'Your order is on its way, and the invoice follows by post. '.repeat(2_000);
    const redactor = createRedactor();
    const once = leastProcessorTime(() => createRedactor().redact(draftOf(text)), { tries: 5 });
    redactor.redact(draftOf(text));
    const again = leastProcessorTime(() => redactor.redact(draftOf(text)), { tries: 5 });
    expect(again).toBeLessThan(once / 3);
  });
});

describe('what is found', () => {
  it.each([
    ['email', 'Write to Bob.Smith+x@mail.acme.co.uk now', 'Write to ana@example.com now'],
    ['phone', 'Call +1 415-555-2671.', undefined],
    ['phone', 'Tel. +61 2 9374 4000 Sydney', 'Tel. +61 2 2555 0100 Sydney'],
    ['phone', 'Call (415) 867-5309 today', 'Call (202) 555-0100 today'],
    ['card', 'Visa 4539 1488 0343 6467 exp', 'Visa 4111 1111 1111 1111 exp'],
    ['card', 'paid 4539148803436467 2 times', 'paid 4111111111111111 2 times'],
    ['card', 'Visa 4539 1488 0343 6467 12 2027', 'Visa 4111 1111 1111 1111 12 2027'],
    ['iban', 'DE89 3704 0044 0532 0130 00 EUR5 NOW1', 'DE09 0000 0000 0000 0000 01 EUR5 NOW1'],
    ['iban', 'IBAN DE89 3704 0044 0532 0130 00.', undefined],
    ['ip', 'from 84.17.32.9 port 80', 'from 192.0.2.1 port 80'],
    ['ip', 'from 2a02:8109:9c40:1::42 ok', 'from 2001:db8::1 ok'],
    ['ssn', 'SSN 536-90-4399.', 'SSN 987-65-4320.'],
    ['secret', `use ${key('sk-proj-', 48)} please`, 'use [secret-1] please'],
    ['secret', `use ${key('ghp_', 36)} please`, 'use [secret-1] please'],
    ['secret', `id ${'AKIA'}IOSFODNN7EXAMPLE here`, 'id [secret-1] here'],
    ['secret', `Authorization: Bearer ${key('', 40)}`, 'Authorization: Bearer [secret-1]'],
    ['secret', 'postgres://admin:hunter2x@db.acme.io/x', 'postgres://[secret-1]@db.acme.io/x'],
    ['secret', 'https://x.io/a?token=9f8e7d6c5b4a&b=1', 'https://x.io/a?token=[secret-1]&b=1'],
    ['secret', 'DB_PASSWORD="Tr0ub4dor&3x!9"', undefined],
    ['secret', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY-----', '[secret-1]'],
    ['secret', `jwt eyJ${key('', 30)}.eyJ${key('', 30)}.${key('', 30)} end`, 'jwt [secret-1] end'],
  ])('%s: %s', (kind, text, expected) => {
    const found = redacted(text);
    if (expected !== undefined) expect(found.text).toBe(expected);
    expect(found.text).not.toBe(text);
    expect(found.counts).toEqual({ [kind]: 1 });
  });

  it.each([
    'version 10.15.7.1 and v1.2.3.4, bound to 127.0.0.1 and 0.0.0.0',
    'Order 1234567890123 of 2026-11-01 12:30:45',
    'The card 1234 5678 9012 3456 fails Luhn',
    'password: <your-password>, token = %TOKEN%, api_key=process.env.KEY',
    'a 3-2-4 split, 12-34-5678-9, ISBN 978-3-16-148410-0',
    'Name: Maria Garcia, Bonn. C++::std and a::b',
    'sk-this-is-a-slug-of-many-plain-words',
    'https://example.com/path?page=2&sort=key',
    'ana@example.com, +1 202-555-0100, 4111 1111 1111 1111, [secret-1]',
  ])('leaves alone: %s', (text) => {
    expect(redacted(text)).toEqual({ text, counts: {} });
  });
});

interface SecretCase {
  id: string;
  text: string;
  secret: string[];
  keep: string[];
  why: string;
}
const cases = ballotCases<SecretCase>('secrets');

describe.skipIf(cases.length === 0)('the cases of secrets in quotes, in brackets and behind one another', () => {
  it.each(cases.map((one) => [one.id, one] as const))('%s', (_, { text, secret, keep, why }) => {
    const found = redacted(text).text;
    for (const part of secret) expect(found, why).not.toContain(part);
    for (const part of keep) expect(found, why).toContain(part);
  });
});

describe('what only looks like a secret', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
  const bytes = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array).toString('base64'));
  const lookAlikes = {
    'a commit id': hex.map((text) => text.slice(0, 40)),
    'a short commit id': hex.map((text) => text.slice(0, 7)),
    'a SHA-256': hex,
    'an MD5': hex.map((text) => text.slice(0, 32)),
    'a UUID': fc.uuid(),
    'a digest': hex.map((text) => `sha256:${text}`),
    'an integrity hash': bytes(64).map((text) => `sha512-${text}`),
    'an order number': fc.tuple(digits(3), digits(7), digits(7)).map((parts) => parts.join('-')),
    'a numbered order': digits(6).map((text) => `ORD-2026-${text}`),
    'a picture': bytes(2000).map((text) => `data:image/png;base64,${text}`),
    'a time in milliseconds': fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }).map(String),
  };
  const places = [
    (value: string) => value,
    (value: string) => `commit ${value} fixed it`,
    (value: string) => `{"id":"${value}"}`,
    (value: string) => `Order number: ${value}, please`,
    (value: string) => `cache key: ${value}`,
    (value: string) => `idempotency-key: ${value}`,
    (value: string) => `partition_key=${value}`,
    (value: string) => `next page token: ${value}`,
    (value: string) => `https://shop.example/orders/${value}?ref=1`,
  ];

  it.each(Object.entries(lookAlikes))('%s stays', (_, values) => {
    fc.assert(
      fc.property(values, fc.constantFrom(...places), (value, place) => {
        expect(redacted(place(value))).toEqual({ text: place(value), counts: {} });
      }),
      { numRuns: 300 },
    );
  });

  it('goes where the name leaves no doubt', () => {
    for (const name of ['api_key', 'access key', 'secret', 'password', 'auth token'])
      expect(redacted(`${name}: 3f786850e387550fdab836ed7e6dc881de23001b`).text).toBe(`${name}: [secret-1]`);
    expect(redacted('token: 9f8e7d6c5b4a39281706f5e4d3c2b1a0').text).toBe('token: [secret-1]');
  });
});

describe('what stands in', () => {
  it('the same value has the same fake everywhere in a prompt: messages, calls, tools, schema, answers', () => {
    const mail = 'joe.doe@acme.io';
    const draft: Draft = {
      messages: [
        { role: 'system', content: `Serve ${mail}` },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: '1', name: 'send', arguments: JSON.stringify({ to: mail }) }],
        },
        { role: 'tool', tool_call_id: '1', content: [{ type: 'text', text: `sent to ${mail}, cc zoe@acme.io` }] },
      ],
      tools: [{ name: 'send', description: `as ${mail}`, parameters: { properties: { to: { default: mail } } } }],
      response_format: { type: 'json_schema', schema: { enum: [mail] } },
      ref: { text: `Done: ${mail}`, tool_calls: [{ id: '2', name: 'send', arguments: mail }] },
      answers: { open: { text: mail } },
    };
    const { redact, counts } = createRedactor();
    const text = JSON.stringify(redact(draft));
    expect(text).not.toContain('acme.io');
    expect(text.match(/ana@example\.com/g)).toHaveLength(9);
    expect(text.match(/ben@example\.com/g)).toHaveLength(1);
    expect(counts).toEqual({ email: 10 });
  });

  it('keeps the shape: lengths, separators, Luhn, mod 97', () => {
    const card = redacted('3782-822463-10005 and 6011 0009 9013 9424 and 30569309025904 and 5425233430109903').text;
    for (const number of card.split(' and ')) expect(isCard(number)).toBe(true);
    const iban = redacted('GB29 NWBK 6016 1331 9268 19').text;
    expect(iban).toMatch(/^GB\d\d X{4} 0000 0000 0000 01$/);
    const plain = iban.replaceAll(' ', '');
    expect(mod97(plain.slice(4) + plain.slice(0, 4))).toBe(1);
    expect(luhn('4111111111111111')).toBe(true);
  });

  it('own patterns become [name-1]; a broken one is refused', () => {
    expect(redacted('ticket ACME-123 and ACME-9', [{ name: 'ticket', pattern: 'ACME-\\d+' }])).toEqual({
      text: 'ticket [ticket-1] and [ticket-2]',
      counts: { ticket: 2 },
    });
    expect(() => createRedactor([{ name: 'x', pattern: '(' }])).toThrow('no regular expression');
  });

  it('twice is as good as once, on text full of every kind', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        'bob@acme.io',
        'eve@corp.example.org',
        '+44 20 7946 0958',
        '415-867-5309',
        '4539148803436467',
        'DE89370400440532013000',
        '84.17.32.9',
        '2a02:8109::42',
        '536-90-4399',
        key('sk-ant-', 40),
        `token: ${key('', 24)}`,
        'a:b@c',
        '://u:p@h',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = redacted(pieces.join(' ')).text;
        expect(redacted(once).text).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('speed', () => {
  it.each([
    ['a'.repeat(200_000)],
    ['1'.repeat(200_000)],
    ['1 '.repeat(100_000)],
    ['a@'.repeat(100_000)],
    ['a.'.repeat(100_000)],
    ['1.'.repeat(100_000)],
    [':'.repeat(200_000)],
    ['a:'.repeat(100_000)],
    ['AB12 '.repeat(40_000)],
    ['eyJ'.repeat(60_000)],
    ['password='.repeat(20_000)],
    ['://a:'.repeat(40_000)],
    ['-----BEGIN PRIVATE KEY-----'.repeat(8_000)],
    ['+1 '.repeat(60_000)],
    ['(415) '.repeat(30_000)],
    ['sk-'.repeat(60_000)],
    ['Bearer '.repeat(30_000)],
    ['x?token'.repeat(30_000)],
  ])('stays linear on %.12s…', (text) => {
    const time = (length: number): number => {
      const started = process.cpuUsage();
      redacted(text.slice(0, length));
      const { user } = process.cpuUsage(started);
      return user / 1000;
    };
    time(5_000);
    const quarter = time(text.length / 4);
    const whole = time(text.length);
    // Four times the text may take six times as long, never sixteen; short times are all noise.
    expect(whole).toBeLessThan(Math.max(400, 8 * quarter));
  });
});

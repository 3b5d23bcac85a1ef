import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { printable } from '../../../src/text/printable.ts';
import { plainText } from '../../../src/text/typography.ts';
import { ballotCases } from '../../helpers/ballot-cases.ts';
import { bare, type PlainCase, plainView } from '../../helpers/plain-view.ts';
import { leastProcessorTime } from '../../helpers/processor-time.ts';

test.each(ballotCases<PlainCase>('plain').map((one) => [one.id, one.why, one] as const))(
  '%s: %s',
  (_id, _why, { text, keep }) => {
    for (const kept of keep) expect(bare(plainView(text))).toContain(bare(kept));
  },
);

describe('the plain view keeps', () => {
  it.each([
    ['Rolled out: 🟢 yes, 🔴 no'],
    ['| plan | 💶 | ✔ |'],
    ['🏴󠁧󠁢󠁳󠁣󠁴󠁿 beat 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['👨‍👩‍👧‍👦 and 👩🏽‍🚒'],
    ['- 12 % against last year'],
    ['+ 3 seats\n- 2 seats'],
    ['−7 °C and − 7 °C'],
    ['profit – 5 EUR'],
    ['pages 10–20, ±3'],
    ['> 250 EUR is refunded'],
    ['a * b * c, a**b**c, 5 ** 2 ** 3'],
    ['f(*args, **kwargs)'],
    ['__init__ and __main__'],
    ['x_1 and snake_case'],
    ['کتاب‌ها را می‌خوانم'],
    ['क्‍ष and क्‌ष'],
    ['5 × 10⁻³ µm'],
    ['Say `“no” — now`.'],
    ['| “a” | 1 |'.replace(/[“”]/g, '"')],
    ['<i>x</i> &amp; <br>'],
    ['¿Qué? ¡Ya! № 5'],
    ['~~old~~ new'],
  ])('%j', (text) => {
    for (const line of text.split('\n')) expect(plainView(text)).toContain(line);
  });

  it('a fence in a fence that a mark without width takes apart, and sees one behind such a mark', () => {
    expect(plainText('```\n\u200b```\n* “a”\n```\n* b')).toBe('```\n\u200b```\n* “a”\n```\n- b');
    expect(plainText('\u200b```\n* “a”\n```')).toBe('```\n* “a”\n```');
  });

  it('everything behind a fence that never ends', () => {
    const code = '+ a\n* b\n\n\n“c” — d';
    expect(plainText(`~~~ text\n${code}`)).toBe(`~~~ text\n${code}`);
    expect(plainText(`> ~~~\n> * b — c\n> ~~~`)).toBe('> ~~~\n> * b — c\n> ~~~');
    expect(plainText('> ```\n> a — b\n\nc — d')).toBe('> ```\n> a — b\n\nc - d');
    expect(plainText('- ```js\n  s = ‘x’ — y\n  ```\n‘z’')).toBe("- ```js\n  s = ‘x’ — y\n  ```\n'z'");
    expect(plainText(`\`\`\`\`md\n\`\`\`\n* b\n\`\`\`\n${code}`)).toContain(code);
  });
});

describe('code that no fence marks', () => {
  it.each([
    ['Run this:\n\n    * “a” — b\n\n    • ‘c’'],
    ['\t* “a”'],
    ['/**\n * Adds “two” — or three.\n * @returns a sum\n */\nadd();'],
    ['    /*\n     * one\n     */'],
  ])('keeps every character: %j', (code) => expect(plainText(code)).toBe(code));

  it.each([
    ['- a\n\n    * b', '- a\n\n    - b'],
    ['1. a\n\n    “b”', '1. a\n\n    "b"'],
    ['a\n    “b”', 'a\n    "b"'],
    ['- a\n\nb\n\n    “c”\nd “e”', '- a\n\nb\n\n    “c”\nd "e"'],
    ['/* a */\n* b', '/* a */\n- b'],
    ['* a\n* b', '- a\n- b'],
  ])('is no list: %j', (text, plain) => expect(plainText(text)).toBe(plain));
});

describe('the plain view takes no word away', () => {
  it.each([
    ['``` The answer is 7', 'The answer is 7'],
    ['~~~{"a": 1}\nx', '{"a": 1}'],
    ['```js title="a b.js"\nx\n```', 'title="a b.js"'],
    ['# About C#', 'About C#'],
    ['## F# and C#\ntext', 'F# and C#'],
    ['```\n> quoted in code\nb — “c”\n```', 'b — “c”'],
    ['> ```\n> s = **kw — “x”\n> ```', 's = **kw — “x”'],
    ['1. ```\n   a — **b**\n   ```', 'a — **b**'],
  ])('%j', (text, kept) => expect(plainView(text)).toContain(kept));

  it('but the signs that close a heading', () => expect(plainView('## Plan ##')).toBe('Plan'));

  it('of any text: letters, digits, emoji, money, plus signs and joiners stay, in order', () => {
    const part = fc.constantFrom(
      ...[
        'a',
        'word ',
        'Ω',
        '中文',
        'می\u200cخواهم',
        '👩\u200d💻',
        '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
        '\u001b[31m',
        '\ud800',
        '\u202e',
        '\t',
        '\r\n',
        '\n',
      ],
      ...[
        '+ 5',
        '- 5',
        '−3',
        '–',
        '“',
        '* ',
        '1. ',
        '# ',
        '> ',
        '`',
        '```',
        '```js\n',
        '~~~',
        '| a | b |\n',
        '**',
        '_',
        '<b>',
        '{"a": 1}',
        '✅',
      ],
    );
    const text = fc.oneof(
      fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 300 }),
    );
    const carrying = (shown: string): string =>
      Array.from(shown.replace(/<U\+[0-9A-F]+>/g, ''))
        .filter((point) => /[\p{L}\p{N}\p{So}\p{Sc}+−\u200c\u200d]/u.test(point) && !/[┌│└─▏╴␀-␡\ufffd]/u.test(point))
        .join('');
    fc.assert(
      fc.property(text, (any) => {
        expect(carrying(plainView(any))).toBe(carrying(printable(any)));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the plain view evens out', () => {
  it.each([
    ['“Yes”, she said, ‘of course’', '"Yes", she said, \'of course\''],
    ['Paris — the capital — is big', 'Paris - the capital - is big'],
    ['Paris – the capital – is big', 'Paris - the capital - is big'],
    ['word—word', 'word - word'],
    ['* one\n• two', '- one\n- two'],
    ['* 5\n• 3', '* 5\n• 3'],
    ['a\n\n\n\nb  ', 'a\n\nb'],
    ['in\u00advisible\u200b', 'invisible'],
  ])('%j', (text, plain) => expect(plainText(text)).toBe(plain));
});

test('is idempotent', () => {
  const part = fc.constantFrom(
    ' ',
    '—',
    '–',
    '-',
    '* ',
    '“',
    '’',
    '\n',
    '```',
    '`',
    'a',
    '5',
    '•',
    '+',
    '\u200b',
    '🟢',
    '    ',
    '\n\n',
    '/*',
    '*/',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const once = plainText(parts.join(''));
      expect(plainText(once)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['`', '*', '* ', '**a', '__a ', '— ', ' –', '“', '\n', '\n```', '> ', '- ', '#', '|a', '~~~\n'])(
  '100 KB of %j takes at most 200 ms',
  (unit) => {
    for (const text of [unit.repeat(100_000 / unit.length), `a${unit.repeat(100_000 / unit.length)}b`]) {
      expect(leastProcessorTime(() => plainView(text), { enough: 299 })).toBeLessThan(300);
    }
  },
);

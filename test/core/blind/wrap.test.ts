import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from '../../../src/text/printable.ts';
import { graphemes, textWidth } from '../../../src/text/width.ts';
import { clip, wrap } from '../../../src/text/wrap.ts';

const lines = (text: string, columns: number, mode: 'words' | 'code' = 'words', hang = 0): string[] =>
  [...wrap(text, columns, mode, hang)].map(([from, to]) => text.slice(from, to));
const line = fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => printable(text).replaceAll('\n', ' '));
const mixed = fc
  .array(fc.constantFrom('word', ' ', 'länger', '東京都', '👩‍👩‍👧', 'é', 'שלום', '🇨🇭', 'aaaaaaaaaaaaaaaaaaaa'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

describe('width', () => {
  test.each([
    ['abc', 3],
    ['東京', 4],
    ['é', 1],
    ['👩‍👩‍👧', 2],
    ['🇨🇭', 2],
    ['한글', 4],
    ['שָׁלוֹם', 4],
    ['a\u200bb', 2],
    ['✔️', 2],
    ['ก็', 1],
    ['｡', 1],
    ['，', 2],
  ])('%s is %i columns', (text, columns) => expect(textWidth(text)).toBe(columns));
});

describe('wrap', () => {
  test('keeps every character but spaces at breaks, in order, within the width', () => {
    fc.assert(
      fc.property(
        fc.oneof(line, mixed),
        fc.integer({ min: 4, max: 60 }),
        fc.integer({ min: 0, max: 2 }),
        (text, columns, hang) => {
          const out = lines(text, columns, 'words', hang);
          expect(out.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          for (const [at, piece] of out.entries())
            expect(textWidth(piece)).toBeLessThanOrEqual(at === 0 ? columns : Math.max(2, columns - hang));
        },
      ),
    );
  });
  test('code breaks behind a blank of the second half of its row, so that a word stays whole', () => {
    expect(lines('SELECT a FROM t WHERE d WITHIN 3 DAYS', 25, 'code')).toEqual([
      'SELECT a FROM t WHERE d ',
      'WITHIN 3 DAYS',
    ]);
    expect(lines('x = aVeryLongNameWithoutAnyBlank', 12, 'code')).toEqual(['x = aVeryLon', 'gNameWithout', 'AnyBlank']);
    expect(lines('abcd e \u0308fgh', 8, 'code').join('|')).toBe('abcd e \u0308f|gh');
    expect(lines('ab cd ef', 5, 'code')).toEqual(['ab cd', ' ef']);
  });

  test('code keeps every space too', () => {
    fc.assert(
      fc.property(fc.oneof(line, mixed), fc.integer({ min: 4, max: 60 }), (text, columns) => {
        expect(lines(text, columns, 'code').join('')).toBe(text);
      }),
    );
  });
  test('never cuts a grapheme', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 4, max: 30 }), (text, columns) => {
        const pieces = lines(text, columns, 'code').flatMap((piece) => [...graphemes(piece)]);
        expect(pieces).toEqual([...graphemes(text)]);
      }),
    );
  });
  test('breaks at words, and where there are none at the edge', () => {
    expect(lines('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
    expect(lines('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(lines('日本語の文章です', 6)).toEqual(['日本語', 'の文章', 'です']);
    expect(lines('- a long bullet item', 10, 'words', 2)).toEqual(['- a long', 'bullet', 'item']);
  });
  test('clips with an ellipsis', () => {
    expect(clip('short', 10)).toBe('short');
    expect(clip('a long sentence', 8)).toBe('a long…');
    expect(clip('東京都庁', 5)).toBe('東京…');
    fc.assert(
      fc.property(mixed, fc.integer({ min: 0, max: 30 }), (text, columns) => {
        expect(textWidth(clip(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('printable', () => {
  test('leaves nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        expect(printable(text)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
        );
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
  test('shows what was there', () => {
    expect(printable('\u001b[31mred\u0007')).toBe('␛[31mred␇');
    expect(printable('\u001b]8;;http://x\u001b\\link')).toBe('␛]8;;http://x␛\\link');
    expect(printable('a\u202eb\u009bc\r\nd\re')).toBe('a<U+202E>b<U+009B>c\nd\ne');
    expect(printable('👩‍👩‍👧 می‌خواهم')).toBe('👩‍👩‍👧 می‌خواهم');
  });
});

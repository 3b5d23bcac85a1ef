/** Rows of code on a narrow screen: which of them begin a line. */
import { expect, it } from 'vitest';
import { layOut } from '../../../src/blind/screen/panes.ts';

const rows = (text: string, columns: number): string[] =>
  layOut([{ kind: 'prose', text }], columns)
    .lines(0, 20)
    .map((line) => line.map((part) => part.text).join(''));

it('a line of code that goes on has a dotted bar, and no letter of it is lost', () => {
  expect(rows('```py\nvalue = headers.get("Retry-After")\nreturn value\n```', 20)).toEqual([
    '┌╴py',
    '│ value = headers.',
    '┊ get("Retry-After")',
    '│ return value',
    '└╴',
  ]);
});

it('without a sign to break behind, a row is filled', () => {
  expect(rows('```\nabcdefghijklmnopqrstuvwxyz\n```', 12)).toEqual([
    '┌╴',
    '│ abcdefghij',
    '┊ klmnopqrst',
    '┊ uvwxyz',
    '└╴',
  ]);
});

it('a quotation keeps its bar', () => {
  expect(rows('> one two three four five', 16)).toEqual(['▏ one two three', '▏ four five']);
});

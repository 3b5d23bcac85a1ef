/** Stars that mean something in an answer are on the ballot; stars that are emphasis alone are drawn. */
import { expect, it } from 'vitest';
import { createMarkdown } from '../../../src/blind/markdown-lines.ts';

const drawn = (line: string): string =>
  createMarkdown()(line)
    .spans.map(({ text }) => text)
    .join('');

it.each([
  'round(100.0 * count(*) FILTER (WHERE refunded) / count(*), 1)',
  'SELECT count(*), sum(*) FROM a',
  'Match *.js,*.ts and (*.md|*.txt) with a glob.',
  'def f(*args, **kwargs): return g(*args, **kwargs)',
  'call(**a)(**b)',
  'a*b*c is the product, and 2**3**4 a power',
  '/*comment*/ int *p, *q; /*more*/',
  'int x = *p + *q;',
  "LIKE '%_y_%' and snake_case_name and __init__",
])('shows %s as it is', (line) => expect(drawn(line)).toBe(line));

it.each([
  ['This is **very important** and *new*.', 'This is very important and new.'],
  ['**Note:** read *"the manual"* first.', 'Note: read "the manual" first.'],
  ['(*see below*), **(a) first**', '(see below), (a) first'],
  ['*¿Cómo?* **50 %**', '¿Cómo? 50 %'],
])('draws the emphasis of %s', (line, expected) => expect(drawn(line)).toBe(expected));

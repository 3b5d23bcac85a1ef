import { expect, it } from 'vitest';
import { validatorFor } from '../../../src/checks/schema.ts';
import { checkTools, guardedMatch } from '../../../src/runs/regex-guard.ts';

it('bounds a catastrophic pattern on 1 MB of text', () => {
  const text = `${'a'.repeat(1_000_000)}!`;
  const started = performance.now();
  expect(guardedMatch('^(a+)+$', '', text)).toBe('timeout');
  expect(guardedMatch('(x+x+)+y', '', 'x'.repeat(1_000_000))).toBe('timeout');
  expect(performance.now() - started).toBeLessThan(3_000);
});

it('answers ordinary patterns, on 1 MB too', () => {
  const text = `${'lorem ipsum '.repeat(90_000)}END`;
  expect(guardedMatch('end$', 'i', text)).toBe(true);
  expect(guardedMatch('end$', '', text)).toBe(false);
});

it('gives the text no way out of the sandbox', () => {
  expect(guardedMatch('constructor', '', 'pattern.constructor.constructor("return process")()')).toBe(true);
  expect(() => guardedMatch('(', '', 'x')).toThrow(/Invalid regular expression/);
});

it('bounds the patterns of JSON Schema formats too: 100 kB of colons as a url', () => {
  const validate = validatorFor({ type: 'string', format: 'url' }, checkTools);
  const started = performance.now();
  expect(validate(`http://${':'.repeat(100_000)}`)).toBe('timeout');
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(validate('http://example.test/a')).toBe('valid');
  expect(validate(`http://example.test/${'a'.repeat(5_000)}`)).toBe('valid');
});

it('is quick enough for a pattern per item', () => {
  const validate = validatorFor({ items: { pattern: '^[a-z]+-[0-9]+$' } }, checkTools);
  const started = performance.now();
  expect(validate(Array.from({ length: 2_000 }, (_, index) => `item-${index}`))).toBe('valid');
  expect(performance.now() - started).toBeLessThan(1_500);
});

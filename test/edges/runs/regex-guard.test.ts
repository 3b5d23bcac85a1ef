import { expect, it } from 'vitest';
import { guardedMatch } from '../../../src/runs/regex-guard.ts';

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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted } from '../../../src/text/fitted.ts';
import { wrapLines } from '../../../src/text/wrap.ts';

describe('wrapLines, whole words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', '…'), minLength: 1, maxLength: 30 });
  it('keeps every word whole and in order, and every line within the width unless it is one long word', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.integer({ min: 10, max: 80 }), (words, width) => {
        const lines = wrapLines(words.join(' '), width, '  ', 'whole-words');
        expect(lines.join(' ').split(/ +/)).toEqual(words);
        for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true);
      }),
    );
  });
});

describe('fitted', () => {
  const sentence = 'one two three four five six seven eight nine ten eleven twelve thirteen';
  it('leaves a file or a pipe alone', () => expect(fitted(sentence, undefined)).toBe(sentence));
  it('breaks sentences between words', () =>
    expect(fitted(sentence, 40)).toBe('one two three four five six seven eight\n  nine ten eleven twelve thirteen'));
  it('never breaks a command that is there to be copied', () => {
    const command = `Next: gapcheck run prompts.csv --closed openai:gpt-5.6 --open ollama:qwen3:8b --raters 3`;
    expect(fitted(command, 40)).toBe(command);
    expect(fitted(command.replace('gapcheck', 'npx gapcheck'), 40)).toContain(
      'prompts.csv --closed openai:gpt-5.6 --open',
    );
  });
});

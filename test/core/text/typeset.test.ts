import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allVerbs } from '../../../src/cli/all-verbs.ts';
import { typeset } from '../../../src/text/typeset.ts';
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

const fitted = (text: string, columns: number | undefined): string => typeset(text, { npx: false, columns });

it('gives npx to every command there is', async () => {
  for (const { name } of await allVerbs())
    expect(typeset(`Next: gapcheck ${name}`, { npx: true, columns: undefined })).toBe(`Next: npx gapcheck ${name}`);
});

describe('typeset', () => {
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
  it.each([
    [
      'Note: 42 answers are missing. To ask for them again: gapcheck run --resume 2026-11-27T0715Z-prog',
      '--resume 2026-11-27T0715Z-prog',
    ],
    [
      '36 prompts stay unused for now, and you can add them later on: gapcheck more 15 --task extract-json',
      'npx gapcheck more 15 --task extract-json',
    ],
    [
      'To look at it in the browser, open the page; then run gapcheck merge maria.votes.jsonl, and report.',
      'npx gapcheck merge maria.votes.jsonl',
    ],
    [
      'Not named as answers. Rename the two columns to answer:closed and answer:open, then gapcheck run my.csv.',
      'npx gapcheck run my.csv',
    ],
    [
      'A NO is about this open model alone: look again at the next release (gapcheck outdated).',
      'npx gapcheck outdated',
    ],
    ['The run and the votes of those who have begun, in a list of them all: gapcheck list.', 'npx gapcheck list'],
  ])('adds npx, then wraps, and never inside a command: %s', (text, command) => {
    for (const columns of [40, 60, 80]) {
      const lines = typeset(text, { npx: true, columns }).split('\n');
      expect(
        lines.some((line) => line.includes(command)),
        lines.join('\n'),
      ).toBe(true);
      for (const line of lines) expect(line.length <= columns || line.trim().startsWith('npx gapcheck')).toBe(true);
    }
  });
  it('keeps an option and what is to be filled in together', () => {
    for (let columns = 24; columns <= 60; columns += 1)
      expect(typeset('Let somebody else vote (--rater NAME), not you.', { npx: false, columns })).not.toMatch(
        /--rater$/m,
      );
  });
  it('colours what is already wrapped and typed', () => {
    const paint = (line: string): string => `\u001b[36m${line}\u001b[0m`;
    expect(typeset('gapcheck report', { npx: true, columns: 80, paint })).toBe(
      '\u001b[36mnpx gapcheck report\u001b[0m',
    );
  });
  it('puts what is in brackets behind a command below it', () => {
    const line =
      'Next: gapcheck run logs.jsonl --closed logged --open ollama:qwen3:8b   (your own logged answers are the closed side)';
    expect(typeset(line, { npx: false, columns: 80 })).toBe(
      'Next: gapcheck run logs.jsonl --closed logged --open ollama:qwen3:8b\n  (your own logged answers are the closed side)',
    );
  });
});

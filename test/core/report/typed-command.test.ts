/** What we tell people to type reaches the program as we meant it: a real shell takes it apart again. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWord, typedCommand } from '../../../src/text/shell.ts';

const takenApart = (line: string): string[] =>
  execFileSync('sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

// Control characters and runs of spaces are made visible on purpose: what is left must come back as it was.
const word = fc.string({ unit: fc.constantFrom(...'ab \'"$`\\-=*?~#!;&|(){}<>äß日'), minLength: 1, maxLength: 12 });

it('a typed command is read by a shell as the words it was made of', () => {
  fc.assert(
    fc.property(
      fc.array(
        word.filter((text) => !/^\s|\s$|\s\s/.test(text)),
        { minLength: 1, maxLength: 5 },
      ),
      (words) => {
        expect(takenApart(typedCommand(words))).toEqual(words);
        expect(takenApart(words.map(shellWord).join(' '))).toEqual(words);
      },
    ),
    { numRuns: 60 },
  );
});

it('leaves options readable', () => {
  expect(typedCommand(['gapcheck', 'run', 'my log.csv', '--closed', 'openai:gpt-5.6', '-n', '24', '--name=a b'])).toBe(
    "gapcheck run 'my log.csv' --closed openai:gpt-5.6 -n 24 --'name=a b'",
  );
});

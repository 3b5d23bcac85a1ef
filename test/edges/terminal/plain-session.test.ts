import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { SessionPort } from '../../../src/blind/session/engine.ts';
import { runPlainSession } from '../../../src/terminal/plain-session.ts';
import { textWidth } from '../../../src/text/width.ts';
import { ticketBallot } from '../../helpers/sample-ballots.ts';

/** Types the lines, each once the one before is answered; what was said after each, the start first. */
async function hear(lines: readonly string[], columns?: number, voted = 1): Promise<string[]> {
  const port: SessionPort = {
    next: async () => ({ ballot: ticketBallot, progress: { number: 1, atMost: 2, voted } }),
    append: async () => ({ n: 1 }),
    guesses: async () => [],
    close: async () => ({ votes: 0, fingerprint: '' }),
  };
  const said: string[] = [''];
  const input = new PassThrough();
  const left = [...lines];
  const output = {
    isTTY: columns !== undefined,
    columns,
    write(text: string) {
      said[said.length - 1] += text;
      if (!text.includes('Your answer')) return true;
      const next = left.shift();
      said.push('');
      if (next === undefined) input.end();
      else input.write(`${next}\n`);
      return true;
    },
  };
  let at = 0;
  await runPlainSession({
    rater: 'maria',
    port,
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    env: {},
    now: () => (at += 2_000),
  });
  return said.slice(0, -1);
}

it('breaks lines between words at the edge of a terminal, and nowhere in a pipe', async () => {
  const [narrow = ''] = await hear([], 30);
  const [piped = ''] = await hear([]);
  expect(narrow.split('\n').filter((line) => textWidth(line) > 30)).toEqual([]);
  const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
  expect(words(narrow)).toEqual(words(piped));
  expect(piped).toContain('3  LEFT better, RIGHT unusable\n');
});

it('says why an input does nothing, reads the choices on ?, and promises no single keys', async () => {
  const [first = '', thirteen, letter, empty, help = ''] = await hear(['13', 'w', '', '?']);
  expect(first).toContain('1  LEFT better\n');
  expect(first).not.toContain('one key votes');
  expect(thirteen).toBe('"13" is not one of 1–12; ? reads them again.\nYour answer, then Enter:\n');
  expect(letter).toContain('"w" is not one of 1–12');
  expect(empty).toContain('An empty line is not one of 1–12');
  expect(help).toMatch(/^1 {2}LEFT better\n[\s\S]*\n12 {2}stop; "gapcheck score" continues from there\nYour answer/);
  expect(help).not.toContain('Task:');
});

it('does not read the ballot again after a note or a question', async () => {
  const [, asked, noted, skip, back] = await hear(['9', 'too long', '7', '5']);
  expect(asked).toBe('Type the note.\nYour answer, then Enter:\n');
  expect(noted).toBe('The note will be kept with your vote.\nYour answer, then Enter:\n');
  expect(skip).toContain('5  go back');
  expect(back).toBe('Ballot 1 again.\nYour answer, then Enter:\n');
});

it('asks nothing once the votes are final, and leaves the thanks to whoever began the session', async () => {
  const said: string[] = [];
  const input = new PassThrough();
  input.end('\n\n');
  const end = await runPlainSession({
    rater: 'maria',
    port: {
      next: async () => ({ votes: 6 }),
      append: async () => ({ n: 1 }),
      guesses: async () => [],
      close: async () => ({ votes: 6, fingerprint: 'f' }),
    },
    input: input as unknown as NodeJS.ReadStream,
    output: { write: (text: string) => said.push(text) > 0 } as unknown as NodeJS.WriteStream,
    env: {},
    now: () => 2_000,
  });
  expect(end).toBe('done');
  expect(said.join('')).not.toMatch(/Thank you|then Enter:\n$/);
});

it('is introduced before the first ballot of a run', async () => {
  const [start = '', ballot = ''] = await hear(['1'], undefined, 0);
  expect(start).toMatch(
    /^Each ballot shows one prompt[^\n]*\n"Unusable" means[^\n]*\nA number, then Enter, saves one vote\.\n1 {2}begin\n2 {2}leave\n/,
  );
  expect(ballot).toContain('Ballot 1.');
});

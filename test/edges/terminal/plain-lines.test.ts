/** The session read aloud, fed with any lines: it never breaks, every vote is one that the rater typed, nothing hostile is spoken. */
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ballot } from '../../../src/blind/ballot.ts';
import { minimumMs } from '../../../src/blind/session/ballot-keys.ts';
import type { SessionLine, SessionPort } from '../../../src/blind/session/engine.ts';
import type { VoteEntry } from '../../../src/blind/session/state.ts';
import { runPlainSession } from '../../../src/terminal/plain-session.ts';
import { hostileTexts } from '../../helpers/damage.ts';
import { ticketBallot } from '../../helpers/sample-ballots.ts';

const hostile = '\u001b[2J\u001b]0;title\u0007\u0000\u202eLEFT is gpt\u001b[31m';

const ballots: Ballot[] = Array.from({ length: 3 }, (_, at) => ({
  ...ticketBallot,
  id: `b_${at}` as const,
  left: { kind: 'text', text: `left ${at} ${hostile}` },
  right: { kind: 'text', text: `right ${at} ${hostile}` },
}));

/** Lines in, all that was said and written down out. */
async function listen(lines: readonly string[]) {
  const written: SessionLine[] = [];
  const undone = new Set<number>();
  const left = (): Ballot[] => {
    const voted = written.flatMap((line, at) =>
      line.kind === 'vote' && !undone.has(at + 1) ? [line.vote.ballot] : [],
    );
    return ballots.filter(({ id }) => !voted.includes(id));
  };
  const port: SessionPort = {
    next: async () => {
      const [ballot] = left();
      const voted = ballots.length - left().length;
      return ballot ? { ballot, progress: { number: voted + 1, atMost: left().length, voted } } : { votes: voted };
    },
    append: async (line) => {
      written.push(line);
      if (line.kind === 'undo') undone.add(line.undo);
      return { n: written.length };
    },
    guesses: async () => [],
    close: async () => ({ votes: ballots.length - left().length, fingerprint: 'f'.repeat(64) }),
  };
  const input = new PassThrough();
  const output = new PassThrough();
  let said = '';
  output.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  let clock = 0;
  const now = (): number => {
    clock += minimumMs;
    return clock;
  };
  const options = { rater: 'maria', port, input, output, env: {}, now } as unknown as Parameters<
    typeof runPlainSession
  >[0];
  const ending = runPlainSession(options);
  for (const line of lines) input.write(`${line}\n`);
  input.end();
  return { end: await ending, said, written };
}

const votesIn = (written: readonly SessionLine[]): VoteEntry[] =>
  written.flatMap((line) => (line.kind === 'vote' ? [line.vote] : []));

const line = fc.oneof(
  fc.constantFrom(
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
    '12',
    '0',
    '99',
    '',
    'd',
    'f',
    ' space',
    'q',
    'Q',
  ),
  fc.constantFrom(...hostileTexts),
  fc.string({ maxLength: 8 }),
);

describe('a session read aloud', () => {
  it('takes any lines', async () => {
    let voted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 25 }), async (typed) => {
        const { end, said, written } = await listen(['1', ...typed].map((text) => text.replace(/[\r\n]/g, '')));
        expect(['saved', 'done']).toContain(end);
        expect(said).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        const known = new Set(ballots.map(({ id }) => id));
        for (const { ballot, choice } of votesIn(written)) {
          expect(known).toContain(ballot);
          expect(['left', 'right', 'tie', 'both-bad', 'skip']).toContain(choice);
        }
        voted += votesIn(written).length;
      }),
      { numRuns: 150 },
    );
    expect(voted).toBeGreaterThan(50);
  });

  it('writes what was typed, by number or by letter, and asks nothing after the last choice', async () => {
    const { end, said, written } = await listen(['1', '1', 'f', '5', '1', '2', '']);
    expect(votesIn(written).map(({ choice }) => choice)).toEqual(['left', 'left', 'tie']);
    // Whoever began the session says the thanks, once.
    expect(said).toMatch(/make the votes final\n(?:.+\n)*Your answer, then Enter:\s*$/);
    expect(end).toBe('done');
  });
});

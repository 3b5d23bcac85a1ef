/** Times and sizes of a session, on both sides of each border. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Ballot } from '../../../src/blind/ballot.ts';
import { type DealPrompt, dealSides } from '../../../src/blind/deal.ts';
import { createPacketPort } from '../../../src/blind/packet-port.ts';
import { createScreen, frameText } from '../../../src/blind/screen/screen.ts';
import { reduce, startSession } from '../../../src/blind/session/reduce.ts';
import type { SessionState, Step } from '../../../src/blind/session/state.ts';
import type { ChainedLine } from '../../../src/records/vote-lines.ts';
import { ticketBallot } from '../../helpers/sample-ballots.ts';

/** A ballot that has been on screen, wholly read, since 0 ms. */
function shown(): SessionState {
  const screen = createScreen();
  const progress = { number: 1, atMost: 9, voted: 0 };
  const { state } = reduce(startSession('maria', 0).state, { type: 'ballot', at: 0, ballot: ticketBallot, progress });
  const { viewed } = screen.draw(state, { columns: 110, rows: 40 });
  return viewed ? reduce(state, viewed).state : state;
}
const press = (state: SessionState, at: number): Step => reduce(state, { type: 'key', at, key: 'f', text: 'f' });
const votes = ({ effects }: Step): number => effects.filter(({ type }) => type === 'vote').length;

describe('a vote', () => {
  it('counts after 1.5 seconds on screen, and not a moment sooner', () => {
    expect(votes(press(shown(), 1_499))).toBe(0);
    expect(votes(press(shown(), 1_500))).toBe(1);
  });

  it('does not count while its key is held: the same key within 0.4 seconds', () => {
    const early = press(shown(), 1_200).state;
    expect(votes(press(early, 1_599))).toBe(0);
    expect(votes(press(early, 1_600))).toBe(1);
  });
});

describe('a guess', () => {
  const offered = reduce(shown(), { type: 'guesses', at: 4_000, guesses: [{ ballot: ticketBallot, of: 1 }] }).state;
  const guessing = reduce(offered, { type: 'key', at: 5_000, key: 'enter', text: '' }).state;
  it('counts after 0.4 seconds', () => {
    const guess = (at: number) => reduce(guessing, { type: 'key', at, key: 'left', text: '' }).effects;
    expect(guess(5_399).filter(({ type }) => type === 'guess')).toEqual([]);
    expect(guess(5_400)).toContainEqual({ type: 'guess', guess: 'left', of: 1 });
  });

  it('is asked about 20 ballots at most', async () => {
    const ballots = Array.from({ length: 25 }, (_, at): Ballot => ({ ...ticketBallot, id: `b_${100 + at}` }));
    const lines = ballots.map(
      ({ id }, at): ChainedLine => ({
        n: at + 1,
        ballot: id as `b_${string}`,
        choice: 'tie',
        retry: [],
        view: 'plain',
        ms: 9_000,
        at: '2026-11-21T10:00:00.000Z',
        prev: '',
      }),
    );
    const port = createPacketPort(
      { ballots },
      { file: { lines }, append: () => ({ n: 0 }) } as never,
      () => new Date(0),
    );
    expect(await port.guesses()).toHaveLength(20);
  });
});

it('two answers stand beside each other from 76 columns on', () => {
  const between = (columns: number) => frameText(createScreen().draw(shown(), { columns, rows: 30 })).join('\n');
  expect(between(75)).not.toContain('┬─ RIGHT');
  expect(between(76)).toContain('┬─ RIGHT');
});

describe('the sides of a task', () => {
  const hashing = {
    sha256: (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex'),
    hmac: (key: Uint8Array, message: string) => createHmac('sha256', key).update(message).digest('hex'),
  };
  /** How often open is on the left in a task of `size`, dealt beside another one, under 40 seeds. */
  const leftsOf = (size: number): number[] =>
    Array.from({ length: 40 }, (_, seed) => {
      const task = (name: string): DealPrompt[] =>
        Array.from({ length: size }, (_prompt, at) => ({ id: `p_${name}${at}`, task: name }));
      const batches = [[...task('x'), ...task('y')]];
      const pairs = [{ a: 'open', b: 'closed' }];
      const sides = dealSides({
        version: 2,
        run: 'r_1',
        rater: 'ann',
        seed: new Uint8Array(32).fill(seed),
        batches,
        pairs,
        hashing,
      });
      return sides.filter(({ prompt, aSide }) => prompt.startsWith('p_x') && aSide === 'left').length;
    });

  it('are halved from 16 ballots on, and left to the whole below', () => {
    expect(new Set(leftsOf(16))).toEqual(new Set([8]));
    expect(new Set(leftsOf(15)).size).toBeGreaterThan(2);
  });
});

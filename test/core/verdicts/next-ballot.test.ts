import { describe, expect, it } from 'vitest';
import type { BallotId } from '../../../src/records/ids.ts';
import { ballotsToCome, type NextBallotInput, packetOrder } from '../../../src/verdicts/next-ballot.ts';
import type { DealtBallot } from '../../../src/voting/ballots.ts';
import { promptIdOf, votedRun } from '../../helpers/voted-run.ts';

const tasks = ['a', 'b', 'c', 'd'];

/** Ballots of one rater, both copies; ids scrambled, as an HMAC would. */
function dealtFor(count: number): DealtBallot[] {
  return Array.from({ length: count }, (_, index) =>
    [1, 2].map(
      (copy): DealtBallot => ({
        id: `b_${((index * 7919 + copy * 104729) % 65521).toString(16).padStart(4, '0')}-${copy}`,
        prompt: promptIdOf(index),
        pair: 'open:closed',
        rater: 'maria',
        copy,
        aSide: (index + copy) % 2 === 0 ? 'left' : 'right',
      }),
    ),
  ).flat();
}

type Vote = 'win' | 'tie' | 'loss';

/** Plays a whole session with `vote` as the rater; returns the ballots in the order they came. */
function play(count: number, vote: (task: string, index: number) => Vote) {
  const run = votedRun({ prompts: Array.from({ length: count }, (_, at) => ({ task: tasks[at % 4] ?? 'a' })) });
  const dealt = dealtFor(count);
  for (const ballot of dealt) run.ballots.set(ballot.id, ballot);
  const came: DealtBallot[] = [];
  const lefts: number[] = [];
  const taskOf = ({ prompt }: DealtBallot): string => tasks[indexOf(prompt) % 4] ?? 'a';
  for (;;) {
    const voted = new Set(came.map(({ id }) => id));
    const input: NextBallotInput = {
      open: dealt.filter(({ id, copy }) => copy === 1 && !voted.has(id)),
      voted: came,
      repeatable: voted as Set<BallotId>,
      dealt,
      share: count,
    };
    const { ballots, atMost } = ballotsToCome(input);
    const next = ballots[0];
    lefts.push(atMost);
    if (!next) return { came, lefts };
    came.push(next);
    const index = indexOf(next.prompt);
    run.cast(index, { vote: vote(taskOf(next), index), copy: next.copy, aSide: next.aSide });
  }
}

const indexOf = (prompt: string): number => Number.parseInt(prompt.slice(2), 16);

describe('next ballot', () => {
  it('keeps the frozen order and reads everything, at every size', () => {
    for (const size of [24, 90]) {
      const first = play(size, () => 'loss').came.filter(({ copy }) => copy === 1);
      expect(first.map(({ prompt }) => indexOf(prompt))).toEqual(Array.from({ length: size }, (_, at) => at));
    }
  });

  it('never says that more is left than before', () => {
    const { lefts } = play(60, (_, index) => (['win', 'tie', 'loss'] as const)[index % 3] ?? 'tie');
    for (const [at, left] of lefts.entries()) if (at > 0) expect(left).toBeLessThan(lefts[at - 1] ?? 0);
    expect(lefts.at(-1)).toBe(0);
  });

  it('brings back 6 of 60 ballots, sides swapped, 10 ballots later or more, not at the start', () => {
    const { came } = play(60, (_, index) => (['win', 'tie', 'loss'] as const)[index % 3] ?? 'tie');
    const repeats = came.flatMap((ballot, at) => (ballot.copy === 2 ? [{ ballot, at }] : []));
    expect(repeats).toHaveLength(6);
    for (const { ballot, at } of repeats) {
      const before = came.findIndex(({ prompt, copy }) => prompt === ballot.prompt && copy === 1);
      expect(at - before).toBeGreaterThanOrEqual(10);
      expect(at).toBeGreaterThanOrEqual(20);
      expect(ballot.aSide).not.toBe(came[before]?.aSide);
    }
    expect(play(44, () => 'tie').came.filter(({ copy }) => copy === 2)).toHaveLength(5);
  });

  it('counts no repeat that falls behind the last ballot of a rater who reads a part', () => {
    const dealt = dealtFor(44);
    const open = dealt.filter(({ copy }) => copy === 1).slice(0, 11);
    const toCome = (voted: number) =>
      ballotsToCome({
        open,
        voted: dealt.filter(({ copy }) => copy === 1).slice(11, 11 + voted),
        repeatable: new Set(),
        dealt,
        share: 44,
      }).atMost;
    expect(toCome(0)).toBe(11);
    // The first repeat comes after 24 of them, the second after 29.
    expect(toCome(14)).toBe(12);
  });

  it('orders a packet, which has no key, by the frozen order with its repeats', () => {
    const dealt = dealtFor(40);
    const order = packetOrder({ open: dealt.filter(({ copy }) => copy === 1), dealt, share: 40 });
    expect(order.filter(({ copy }) => copy === 1).map(({ prompt }) => indexOf(prompt))).toEqual([...Array(40).keys()]);
    expect(order.filter(({ copy }) => copy === 2)).toHaveLength(5);
  });
});

describe('a hidden repeat', () => {
  /** 30 ballots voted on, of which one may come again: the one that was `back` ballots ago when the next is dealt. */
  function comesAgain(back: number): boolean {
    const dealt = dealtFor(40);
    const first = dealt.filter(({ copy }) => copy === 1);
    const voted = first.slice(0, 30);
    const old = voted[voted.length - back];
    if (!old) throw new Error('there is no such ballot');
    const { ballots } = ballotsToCome({
      open: first.slice(30),
      voted,
      repeatable: new Set([old.id]),
      dealt,
      share: 40,
    });
    return ballots[0]?.copy === 2;
  }

  it('comes at the earliest as the tenth ballot after the first copy', () => {
    expect(comesAgain(10)).toBe(true);
    expect(comesAgain(9)).toBe(false);
  });
});

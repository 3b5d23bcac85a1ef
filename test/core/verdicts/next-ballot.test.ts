import { describe, expect, it } from 'vitest';
import type { BallotId } from '../../../src/records/ids.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import type { DealtBallot } from '../../../src/verdicts/evidence.ts';
import { ballotsToCome, type NextBallotInput, packetOrder } from '../../../src/verdicts/next-ballot.ts';
import { openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

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
      run: run.run,
      open: dealt.filter(({ id, copy }) => copy === 1 && !voted.has(id)),
      voted: came,
      repeatable: voted as Set<BallotId>,
      dealt,
      share: count,
      verdicts: [decidePair(run.input, openVsClosed)],
      taskOf,
    };
    const { ballots, atMost } = ballotsToCome(input);
    const next = ballots[0];
    lefts.push(atMost);
    if (!next) return { came, lefts, run };
    came.push(next);
    const index = indexOf(next.prompt);
    run.cast(index, { vote: vote(taskOf(next), index), copy: next.copy, aSide: next.aSide });
  }
}

const indexOf = (prompt: string): number => Number.parseInt(prompt.slice(2), 16);

describe('next ballot', () => {
  it('keeps the frozen order and reads everything below 40 planned ballots', () => {
    const { came } = play(24, () => 'loss');
    expect(came.map(({ prompt }) => indexOf(prompt))).toEqual(Array.from({ length: 24 }, (_, at) => at));
    expect(came.every(({ copy }) => copy === 1)).toBe(true);
  });

  it('stops decided tasks silently from 40 on, after a pilot of 6 everywhere', () => {
    const { came, run } = play(80, (task, index) => (task === 'a' ? 'loss' : index % 8 < 4 ? 'win' : 'loss'));
    const first = came.filter(({ copy }) => copy === 1);
    const pilot = first.slice(0, 24).map(({ prompt }) => tasks[indexOf(prompt) % 4]);
    expect(tasks.map((task) => pilot.filter((name) => name === task).length)).toEqual([6, 6, 6, 6]);
    const verdict = decidePair(run.input, openVsClosed).tasks.find(({ task }) => task === 'a');
    expect(verdict).toMatchObject({ verdict: 'keep-closed', units: 8 });
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

  it('orders a packet, which has no key, by the frozen order with its repeats', () => {
    const dealt = dealtFor(40);
    const { run } = votedRun({ prompts: Array.from({ length: 40 }, () => ({})) });
    const order = packetOrder({ run, open: dealt.filter(({ copy }) => copy === 1), dealt, share: 40 });
    expect(order.filter(({ copy }) => copy === 1).map(({ prompt }) => indexOf(prompt))).toEqual([...Array(40).keys()]);
    expect(order.filter(({ copy }) => copy === 2)).toHaveLength(5);
  });
});

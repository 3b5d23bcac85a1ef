import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { votesNeeded } from '../../../src/releases/votes-needed.ts';
import { plannedLook } from '../../../src/stats/planned-look.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
import { freshVotes } from '../../../src/verdicts/fresh-votes.ts';
import { openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

type Old = 'w' | 't' | 'l';
const scores = { w: 1, t: 0, l: -1 } as const;
const outcomes = { w: 'a', t: 'both-fine', l: 'b' } as const;
const votes = { w: 'win', t: 'tie', l: 'loss' } as const;

interface Item {
  /** The vote that was carried over; null where the answers changed. */
  old: Old | null;
  fresh: Old | null;
}

/** A run that answers `r_base` again, with carried votes in its ledger and new ones behind. */
function releasedRun(items: readonly Item[], tasks: readonly string[] = ['reply']) {
  const run = votedRun({ prompts: items.map((_, at) => ({ task: tasks[at % tasks.length] ?? 'reply' })) });
  run.run.baseline = 'r_base';
  for (const [at, { old }] of items.entries()) {
    if (old === null) continue;
    run.events.push({
      at: '2026-11-21T09:30:00.000Z',
      event: 'carried',
      prompt: promptIdOf(at),
      pair: 'open:closed',
      from: 'r_base',
      votes: [
        {
          rater: 'maria',
          n: at + 1,
          ballot: `b_old${at}`,
          aSide: 'left',
          outcome: outcomes[old],
          redo: { a: false, b: false },
          ms: 1,
        },
      ],
    });
  }
  for (const [at, { old, fresh }] of items.entries()) {
    if (old === null && fresh !== null) run.cast(at, { vote: votes[fresh] });
  }
  return run;
}

const letter = fc.constantFrom<Old>('w', 't', 'l');
const item = fc.record({ old: fc.option(letter), fresh: fc.option(letter) });

describe('evidence of a run that answers an earlier one again', () => {
  it('is one planned look once every planned prompt has a vote that holds, and none before', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 8, maxLength: 30 }), (items) => {
        const { input } = releasedRun(items);
        const { toGo } = collectEvidence(input, openVsClosed);
        const missing = items.flatMap(({ old, fresh }, at) => (old === null && fresh === null ? [promptIdOf(at)] : []));
        expect([...toGo]).toEqual(missing);
        const verdicts = decidePair(input, openVsClosed);
        if (missing.length > 0) {
          expect(verdicts.overall).toMatchObject({ verdict: 'undecided', interval: null, toGo: missing.length });
        } else {
          const all = items.map(({ old, fresh }) => scores[old ?? fresh ?? 't']);
          const of = (score: number): number => all.filter((one) => one === score).length;
          const look = plannedLook({ wins: of(1), ties: of(0), losses: of(-1) }, 0.3);
          expect(verdicts.overall).toMatchObject({ verdict: look.verdict, toGo: 0, plannedRead: items.length });
        }
        const needed = votesNeeded({
          verdicts: { ...verdicts, overall: { ...verdicts.overall, verdict: 'undecided' } },
          planned: input.prompts,
          valid: new Set(collectEvidence(input, openVsClosed).units.map(({ prompt }) => prompt)),
          watched: [{ task: null, units: items.length }],
        });
        expect(needed).toEqual(missing);
      }),
      { numRuns: 150 },
    );
  });

  it('goes task by task as well: a gap in one task leaves the other decided', () => {
    const items: Item[] = Array.from({ length: 20 }, () => ({ old: 'w', fresh: null }));
    items[2] = { old: null, fresh: null };
    const { overall, tasks } = decidePair(releasedRun(items, ['reply', 'sum']).input, openVsClosed);
    expect(overall).toMatchObject({ verdict: 'undecided', toGo: 1 });
    expect(tasks.map(({ task, verdict, toGo }) => [task, verdict, toGo])).toEqual([
      ['reply', 'undecided', 1],
      ['sum', 'open-better', 0],
    ]);
  });

  it('passes over a prompt that was skipped or cannot be asked', () => {
    const items: Item[] = Array.from({ length: 5 }, () => ({ old: 'w', fresh: null }));
    items[1] = { old: null, fresh: null };
    items[3] = { old: null, fresh: null };
    const run = releasedRun(items);
    run.cast(1, { vote: 'skip' });
    const input = { ...run.input, missing: new Set([promptIdOf(3)]) };
    expect(collectEvidence(input, openVsClosed).toGo.size).toBe(0);
  });
});

describe('what new votes say alone, beside votes that are re-used', () => {
  const of = (fresh: string, task: string | null = null) => {
    const old: Item[] = Array.from({ length: 10 }, () => ({ old: 'w', fresh: null }));
    const items = [...old, ...[...fresh].map((vote): Item => ({ old: null, fresh: vote as Old }))];
    const { input } = releasedRun(items, task === null ? undefined : ['reply', 'sum']);
    return freshVotes(input, collectEvidence(input, openVsClosed), { task });
  };

  // The mixture of three bets against a net of -.30: 2.02 for one win, 4.19 for two; 2.986 for five ties, 3.75 for six.
  it.each([
    ['', null],
    ['w', false],
    ['ww', true],
    ['ttttt', false],
    ['tttttt', true],
    ['wwlll', false],
  ])('new votes %s', (fresh, within) => {
    expect(of(fresh)).toEqual({ task: null, votes: 10 + fresh.length, reused: 10, within });
  });

  it('counts the votes of a task alone', () => {
    expect(of('wlwl', 'reply')).toEqual({ task: 'reply', votes: 7, reused: 5, within: true });
    expect(of('wlwl', 'sum')).toEqual({ task: 'sum', votes: 7, reused: 5, within: false });
  });
});

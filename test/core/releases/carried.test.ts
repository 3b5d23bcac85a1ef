import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { votesNeeded } from '../../../src/releases/votes-needed.ts';
import { carryOverPrefix } from '../../../src/stats/carry-over-prefix.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
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
  it('is the prefix in which every prompt has a vote that holds, as the rule computes it', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 30 }), (items) => {
        const { input } = releasedRun(items);
        const { overall, units, valid } = collectEvidence(input, openVsClosed);
        const rule = carryOverPrefix(
          items.map(({ old, fresh }, id) => ({
            id,
            changed: old === null,
            oldVote: old && scores[old],
            newVote: old === null && fresh ? scores[fresh] : null,
          })),
          items.length,
          0.3,
        );
        expect(overall.map(({ score }) => score)).toEqual(rule.scores);
        expect(units).toEqual(overall);
        const verdicts = decidePair(input, openVsClosed);
        const needed = votesNeeded({
          verdicts: { ...verdicts, overall: { ...verdicts.overall, verdict: 'undecided' } },
          planned: input.prompts,
          valid: new Set(valid.map(({ prompt }) => prompt)),
          watched: [{ task: null, units: items.length }],
          margin: 0.3,
        });
        expect(needed).toEqual(rule.newVotesNeeded.map(promptIdOf));
      }),
      { numRuns: 150 },
    );
  });

  it('never shrinks when one more vote comes in', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 20 }), fc.nat(), letter, (items, pick, vote) => {
        const open = items.flatMap(({ old, fresh }, at) => (old === null && fresh === null ? [at] : []));
        const at = open[pick % Math.max(1, open.length)];
        if (at === undefined) return;
        const run = releasedRun(items);
        const before = collectEvidence(run.input, openVsClosed).overall.map(({ prompt }) => prompt);
        run.cast(at, { vote: votes[vote] });
        const after = collectEvidence(run.input, openVsClosed).overall.map(({ prompt }) => prompt);
        expect(after.slice(0, before.length)).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  it('goes task by task as well: a gap in one task stops that task and the overall sequence alone', () => {
    const items: Item[] = Array.from({ length: 8 }, () => ({ old: 'w', fresh: null }));
    items[2] = { old: null, fresh: null };
    const { input } = releasedRun(items, ['reply', 'sum']);
    const { overall, units } = collectEvidence(input, openVsClosed);
    expect(overall).toHaveLength(2);
    expect(units.filter(({ task }) => task === 'sum')).toHaveLength(4);
    expect(units.filter(({ task }) => task === 'reply')).toHaveLength(1);
  });

  it('passes over a prompt that was skipped or cannot be asked', () => {
    const items: Item[] = Array.from({ length: 5 }, () => ({ old: 'w', fresh: null }));
    items[1] = { old: null, fresh: null };
    items[3] = { old: null, fresh: null };
    const run = releasedRun(items);
    run.cast(1, { vote: 'skip' });
    const input = { ...run.input, missing: new Set([promptIdOf(3)]) };
    expect(collectEvidence(input, openVsClosed).overall).toHaveLength(3);
  });
});

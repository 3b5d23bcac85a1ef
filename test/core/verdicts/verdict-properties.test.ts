/** What must hold for any votes at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PairRecord } from '../../../src/records/run-record.ts';
import { anytimeInterval } from '../../../src/stats/anytime-interval.ts';
import { clusteredTango } from '../../../src/stats/clustered-tango.ts';
import { fromCounts, fromScores } from '../../../src/stats/e-process.ts';
import { tango } from '../../../src/stats/tango.ts';
import { verdictEvidence } from '../../../src/stats/verdict.ts';
import { wilson } from '../../../src/stats/wilson.ts';
import { decidePair, decideRun } from '../../../src/verdicts/decide.ts';
import { gapSplits } from '../../../src/verdicts/gap-split.ts';
import { raterQuality } from '../../../src/verdicts/rater-quality.ts';
import { routeTasks } from '../../../src/verdicts/routing.ts';
import type { ScopeVerdict } from '../../../src/verdicts/verdict-shapes.ts';
import { type Cast, castAll, openVsClosed, votedRun } from '../../helpers/voted-run.ts';

const letters = fc.string({ unit: fc.constantFrom('w', 't', 'l', 'b', 's'), maxLength: 40 });
const counts = fc.record({ wins: fc.nat(60), ties: fc.nat(60), losses: fc.nat(60) });
const seed = { seed: 20261121, numRuns: 60 };

const played = (votes: string, tasks = 1) => {
  const prompts = Array.from({ length: Math.max(1, votes.length) }, (_, at) => ({ task: `task ${at % tasks}` }));
  const run = votedRun({ prompts });
  castAll(run, votes);
  return run;
};

/** Every number anywhere in a result. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersIn);
}

function holds(interval: { lower: number; upper: number } | null, estimate: number | null): void {
  if (interval === null || estimate === null) return;
  expect(interval.lower).toBeLessThanOrEqual(estimate);
  expect(interval.upper).toBeGreaterThanOrEqual(estimate);
}

describe('any votes', () => {
  it('swapping the arms mirrors what is symmetric: counts, net, intervals, redo', () => {
    const mirror = { w: 'l', l: 'w', t: 't', b: 'b', s: 's' } as const;
    const swapped = (votes: string): string => [...votes].map((vote) => mirror[vote as keyof typeof mirror]).join('');
    const closeTo = (x: number | null | undefined, y: number | null | undefined): void => {
      if (typeof x === 'number' && typeof y === 'number') expect(x).toBeCloseTo(y, 9);
      else expect(x ?? null).toBe(y ?? null);
    };
    const minus = (x: number | null | undefined): number | null => (typeof x === 'number' ? -x : null);
    fc.assert(
      fc.property(letters, (votes) => {
        const straight = decidePair(played(votes).input, openVsClosed).overall;
        const turned = decidePair(played(swapped(votes)).input, openVsClosed).overall;
        expect([turned.counts.a, turned.counts.b]).toEqual([straight.counts.b, straight.counts.a]);
        closeTo(turned.net, minus(straight.net));
        for (const key of ['interval'] as const) {
          closeTo(turned[key]?.lower, minus(straight[key]?.upper));
          closeTo(turned[key]?.upper, minus(straight[key]?.lower));
        }
        expect(turned.redo.a).toBe(straight.redo.b);
        // "keep" of one is "better at margin 0" of the other: the two e-processes are one, mirrored
        const { a, b, bothFine, bothBad } = straight.counts;
        const evidence = verdictEvidence({ wins: b, losses: a, ties: bothFine + bothBad }, 0);
        closeTo(evidence.logEGood, straight.logEKeep);
      }),
      seed,
    );
  });

  it('the side that open is shown on changes nothing', () => {
    fc.assert(
      fc.property(letters, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (votes, sides) => {
        const run = played('s'.repeat(votes.length));
        const other = votedRun({
          prompts: Array.from({ length: Math.max(1, votes.length) }, () => ({ task: 'task 0' })),
        });
        const names: Record<string, Cast['vote']> = { w: 'win', t: 'tie', l: 'loss', b: 'both-bad', s: 'skip' };
        for (const [at, letter] of [...votes].entries()) {
          other.cast(at, { vote: names[letter] ?? 'tie', aSide: sides[at] ? 'left' : 'right' });
        }
        expect(run.prompts.length).toBe(other.prompts.length);
        expect(decidePair(other.input, openVsClosed).overall).toEqual(
          decidePair(played(votes).input, openVsClosed).overall,
        );
      }),
      seed,
    );
  });

  it('a tie more never moves a verdict to the other side', () => {
    fc.assert(
      fc.property(letters, fc.nat(39), (votes, at) => {
        const with1 = `${votes.slice(0, at)}t${votes.slice(at)}`;
        const before = decidePair(played(votes).input, openVsClosed).overall;
        const after = decidePair(played(with1).input, openVsClosed).overall;
        if (before.keepAt === null && before.goodAt !== null) expect(after.verdict).not.toBe('keep-closed');
        if (before.keepAt !== null && before.goodAt === null) expect(after.verdict).not.toBe('open-good-enough');
      }),
      { ...seed, numRuns: 200 },
    );
    fc.assert(
      fc.property(counts, (units) => {
        const more = verdictEvidence({ ...units, ties: units.ties + 1 }, 0.3);
        const { logEGood, logEKeep } = verdictEvidence(units, 0.3);
        expect(more.logEKeep).toBeCloseTo(logEKeep, 9);
        expect(more.logEGood).toBeGreaterThan(logEGood);
      }),
      seed,
    );
  });

  it('intervals contain their estimate', () => {
    fc.assert(
      fc.property(counts, ({ wins, ties, losses }) => {
        const n = wins + ties + losses;
        holds(tango(wins, losses, n), n === 0 ? 0 : (wins - losses) / n);
        holds(wilson(wins, Math.max(1, n)), wins / Math.max(1, n));
        if (n > 0) holds(anytimeInterval(fromCounts({ wins, ties, losses })), (wins - losses) / n);
      }),
      seed,
    );
    const scores = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, (values) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const { lower, upper } = anytimeInterval(fromScores(values));
        holds({ lower: lower - 1e-9, upper: upper + 1e-9 }, mean);
      }),
      seed,
    );
    const perPrompt = fc.array(fc.array(fc.constantFrom(1, 0, -1), { maxLength: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(perPrompt, (votes) => {
        const found = clusteredTango(votes);
        holds(found, found.estimate);
        expect(numbersIn(found).every(Number.isFinite)).toBe(true);
      }),
      seed,
    );
  });

  it('a verdict once reached never disappears as votes come in, overall or per task', () => {
    fc.assert(
      fc.property(letters, fc.integer({ min: 1, max: 3 }), (votes, tasks) => {
        const prompts = Array.from({ length: 40 }, (_, at) => ({ task: `task ${at % tasks}` }));
        const run = votedRun({ prompts });
        let before: ScopeVerdict[] = [];
        for (const [at, letter] of [...votes].entries()) {
          castAll(run, letter, at);
          const { overall, tasks: perTask } = decidePair(run.input, openVsClosed);
          const after = [overall, ...perTask];
          for (const [index, scope] of before.entries()) {
            if (scope.goodAt !== null) expect(after[index]?.goodAt).toBe(scope.goodAt);
            if (scope.keepAt !== null) expect(after[index]?.keepAt).toBe(scope.keepAt);
          }
          before = after;
        }
      }),
      { ...seed, numRuns: 15 },
    );
  });
});

describe('nothing breaks, and each says what it cannot say', () => {
  const pairs: PairRecord[] = [
    openVsClosed,
    { a: 'open', b: 'control', decides: false },
    { a: 'control', b: 'closed', decides: false },
  ];
  const cases: [string, string, number][] = [
    ['0 votes', '', 1],
    ['1 vote', 'w', 1],
    ['only skips', 'sssss', 1],
    ['all ties', 't'.repeat(30), 1],
    ['all both bad', 'b'.repeat(30), 1],
    ['all wins', 'w'.repeat(60), 1],
    ['all losses', 'l'.repeat(60), 1],
    ['200 tasks', 'wtl'.repeat(80), 200],
  ];
  it.each(cases)('%s', (_, votes, tasks) => {
    const run = played(votes, tasks);
    const input = { ...run.input, run: { ...run.run, pairs } };
    const verdicts = decideRun(input);
    const [first] = verdicts;
    if (!first) throw new Error('no verdict');
    const quality = raterQuality({
      ...input,
      pair: openVsClosed,
      evidence: first.evidence,
      lengthOf: () => undefined,
      masks: {},
    });
    const routing = routeTasks({ run: input.run, verdicts: first, measures: {}, callsPerMonth: 1000 });
    const everything = [verdicts, quality, routing, gapSplits(input.run, verdicts)];
    expect(numbersIn(everything).filter((number) => !Number.isFinite(number))).toEqual([]);
    expect(first.tasks.length).toBe(Math.min(tasks, Math.max(1, votes.length)));
    // the control arm never answered: nobody voted on it
    expect(verdicts[1]?.overall).toMatchObject({ units: 0, net: null, interval: null, verdict: 'undecided' });
  });

  it('0 votes: every figure that needs one is null', () => {
    const { overall } = decidePair(played('').input, openVsClosed);
    expect([overall.net, overall.interval, overall.redo.difference, overall.remaining]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

import { expect, it } from 'vitest';
import { theilSen } from '../../../src/stats/theil-sen.ts';
import { capacityOf, type TimedCall } from '../../../src/verdicts/capacity.ts';
import { cheaperRanges, type MachineTerms } from '../../../src/verdicts/machine-cost.ts';
import { bestPlan, type PlanTask } from '../../../src/verdicts/money-plan.ts';

const exact = (mean: number) => ({ calls: 100, mean, se: 0 });
const never = { estimate: 0, lower: 0, upper: 0 };
const task = (name: string, calls: number, closed: number): PlanTask => ({
  task: name,
  calls,
  closed: exact(closed),
  open: exact(0),
  closedShare: never,
  redo: null,
});
const machine: MachineTerms = { perHour: 2.5, callsPerSecond: 16, peak: 3, peopleUsd: 2500 };
const terms = { machine, wrongUsd: null };

/** The worked example: 12 M, 6 M and 2 M calls a month, closed at $18,000, the first two done well by open. */
const example = (scale = 1) => ({
  good: [task('extract', 12e6 * scale, 0.0004), task('summarise', 6e6 * scale, 0.0012)],
  others: { calls: 2e6 * scale, usd: 6000 * scale },
});

it('finds the plan of the worked example to the dollar', () => {
  const { good, others } = example();
  const plan = bestPlan(good, others, terms);
  expect(plan).toMatchObject({ word: 'saves', machines: 2, stay: [], closedAloneUsd: 18_000, planUsd: 12_150 });
  expect(plan?.moves.toSorted()).toEqual(['extract', 'summarise']);
  expect(plan?.net.estimate).toBeCloseTo(5850, 6);
  const alone = good.map((one) => bestPlan([one], { calls: 0, usd: 0 }, terms)?.net.estimate);
  expect(alone[0]).toBeCloseTo(475, 6);
  expect(alone[1]).toBeCloseTo(2875, 6);
  expect(plan?.cheaper).toHaveLength(1);
  expect(plan?.cheaper[0]?.from).toBeCloseTo(7_208_333.33, 1);
  expect(plan?.cheaper[0]?.to).toBeNull();
});

it('never recommends a move that costs money: a tenth of the volume', () => {
  const { good, others } = example(0.1);
  const plan = bestPlan(good, others, terms);
  expect(plan?.word).toBe('not-for-money');
  expect(plan?.net.estimate).toBeCloseTo(-3125, 6);
});

it('names the volumes at which one machine pays, and the gap before the second', () => {
  const slow: MachineTerms = { perHour: 4, callsPerSecond: 0.2, peak: 1, peopleUsd: 2500 };
  const [first, then, ...more] = cheaperRanges(0.012, 1, slow);
  expect(first?.from).toBeCloseTo(451_666.67, 1);
  expect(first?.to).toBeCloseTo(525_600, 6);
  expect(then?.from).toBeCloseTo(695_000, 6);
  expect(then?.to).toBeNull();
  expect(more).toEqual([]);
});

it('never becomes cheaper where a full machine costs more per call than closed does', () => {
  expect(cheaperRanges(0.001, 1, { perHour: 4, callsPerSecond: 0.2, peak: 1, peopleUsd: 0 })).toEqual([]);
});

/** A server of so many slots, each answer taking so long, kept full: calls start as slots become free. */
function served(slots: number, ms: number, answers: number): TimedCall[] {
  return Array.from({ length: answers }, (_, at) => {
    const start = Math.floor(at / slots) * ms + (at % slots) * (ms / slots);
    return { start, end: start + ms };
  });
}

it.each([
  [16, 32],
  [4, 8],
  [1, 2],
])('measures a server of %i slots of half a second at %i answers a second', (slots, rate) => {
  const capacity = capacityOf(served(slots, 500, 640));
  expect(capacity?.perSecond).toBeGreaterThan(rate * 0.95);
  expect(capacity?.perSecond).toBeLessThan(rate * 1.05);
  expect(capacity?.inFlight).toBe(slots);
});

it('reads few answers one call at a time, and shares the rate among the machines that gave it', () => {
  expect(capacityOf(served(16, 500, 49))).toMatchObject({ perSecond: 2, inFlight: 1 });
  expect(capacityOf(served(4, 500, 400), 2)?.perSecond).toBeCloseTo(4, 1);
  expect(capacityOf([])).toBeNull();
});

it('takes the level that was held, not one that two clock ticks made', () => {
  const calls = served(4, 500, 400).map(({ start, end }) => ({ start: Math.floor(start), end: Math.ceil(end) + 1 }));
  expect(capacityOf(calls)?.inFlight).toBe(4);
});

it('reads growth of a tenth a week from eight weeks, and doubts it where the weeks only scatter', () => {
  const weeks = [70, 77, 84.7, 93.17, 102.487, 112.7357, 124.00927, 136.410197].map(Math.log);
  const slope = theilSen(weeks);
  expect(slope?.estimate).toBeCloseTo(Math.log(1.1), 6);
  expect(slope?.lower).toBeCloseTo(Math.log(1.1), 6);
  expect((Math.log(200) - (weeks[7] ?? 0)) / (slope?.estimate ?? 1)).toBeCloseTo(4.0, 1);
  const scatter = theilSen([100, 90, 110, 95, 105, 92, 108, 99].map(Math.log));
  expect(scatter?.lower).toBeLessThan(0);
  expect(scatter?.upper).toBeGreaterThan(0);
});

it("takes the 6th and 23rd of 28 slopes for eight points: Kendall's table has P(S >= 18) = .016, P(S >= 16) = .031", () => {
  const values = [3, 1, 4, 1.5, 9, 2.6, 5.3, 5.8];
  const slopes = values
    .flatMap((later, j) => values.slice(0, j).map((earlier, i) => (later - earlier) / (j - i)))
    .sort((x, y) => x - y);
  expect(theilSen(values)).toMatchObject({ lower: slopes[5], upper: slopes[22] });
});

/** mulberry32, seeded. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

it('says "saves" in 1,000 random plans only where the bill, counted again, becomes smaller, and moves no task for nothing', () => {
  const words = new Map<string, number>();
  for (let seed = 1; seed <= 1000; seed += 1) {
    const next = uniform(seed);
    const good = Array.from({ length: 1 + Math.floor(next() * 5) }, (_, at) => ({
      ...task(`t${at}`, 10 ** (3 + 4 * next()), 10 ** (-4 + 2 * next())),
      closedShare: { estimate: 0.2 * next(), lower: 0, upper: 0.4 },
      redo: { onlyOpen: Math.floor(4 * next()), onlyClosed: Math.floor(4 * next()), asked: 12 },
    }));
    const random: MachineTerms = {
      perHour: 0.5 + 5 * next(),
      callsPerSecond: 0.2 + 20 * next(),
      peak: 1 + 3 * next(),
      peopleUsd: 3000 * next(),
    };
    const wrongUsd = next() < 0.5 ? null : 0.01 * next();
    const plan = bestPlan(good, { calls: 1e5, usd: 100 }, { machine: random, wrongUsd });
    if (!plan) throw new Error('a good task and no plan');
    words.set(plan.word, (words.get(plan.word) ?? 0) + 1);
    const bill = (moved: readonly string[]): number => {
      const calls = good.filter((one) => moved.includes(one.task)).reduce((sum, one) => sum + one.calls, 0);
      const fees = good.reduce((sum, one) => {
        if (!moved.includes(one.task)) return sum + one.calls * one.closed.mean;
        const redo = ((one.redo.onlyOpen - one.redo.onlyClosed) / one.redo.asked) * (wrongUsd ?? 0);
        return sum + one.calls * (one.closedShare.estimate * one.closed.mean + redo);
      }, 0);
      if (calls === 0) return fees;
      const machines = Math.max(1, Math.ceil((calls * random.peak) / (random.callsPerSecond * 730 * 3600) - 1e-9));
      return fees + machines * 730 * random.perHour + random.peopleUsd;
    };
    const saving = bill([]) - bill(plan.moves);
    expect(plan.net.estimate).toBeCloseTo(saving, 4);
    if (plan.word === 'not-for-money') continue;
    expect(saving).toBeGreaterThan(0);
    for (const one of plan.moves) {
      const without = plan.moves.filter((other) => other !== one);
      expect(bill(without) - bill(plan.moves)).toBeGreaterThan(0);
    }
  }
  expect([...words.keys()].toSorted()).toEqual(['may-save', 'not-for-money', 'saves']);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTrials } from '../../../src/runs/trial.ts';
import {
  finishChance,
  passHat,
  stepsSurvived,
  survival,
  survivalOf,
  survivalSentence,
} from '../../../src/verdicts/survival.ts';
import { isAbsent } from '../../helpers/shared-data.ts';
import { publishedData, publishedPassHat, rewardStep as step, tauPassHat } from '../../proof/published-figures.ts';

const absent = isAbsent(publishedData.tau);

describe.skipIf(absent)('τ-bench airline, gpt-4o (skipped without ../shared/data/tau_bench)', () => {
  it('pass^1..4 are .420 / .273 / .220 / .200 as published, from recorded trials', () => {
    const found = tauPassHat();
    expect(publishedPassHat).toEqual([0.42, 0.273, 0.22, 0.2]);
    expect(found.map(({ chance }) => chance?.toFixed(3))).toEqual(publishedPassHat.map((figure) => figure.toFixed(3)));
    expect(found.map(({ prompts }) => prompts)).toEqual([50, 50, 50, 50]);
  });
});

describe('pass^k', () => {
  it('is null where no prompt was tried k times, and leaves missing trials out', () => {
    const steps = [step(1, 1, true), step(1, 2, false), step(2, 1, true, { outcome: 'timeout' })];
    expect(passHat(foldTrials(steps, 0).values(), 3)).toEqual([
      { k: 1, chance: 0.5, prompts: 1 },
      { k: 2, chance: 0, prompts: 1 },
      { k: 3, chance: null, prompts: 0 },
    ]);
  });

  it('is the mean over the prompts that ran often enough', () => {
    const steps = [
      [true, true, true, false],
      [true, true, true, true],
      [true, false],
    ].flatMap((passes, prompt) => passes.map((pass, trial) => step(prompt, trial + 1, pass)));
    const chances = passHat(foldTrials(steps, 0).values(), 4).map(({ chance }) => chance ?? -1);
    expect(chances[0]).toBeCloseTo((0.75 + 1 + 0.5) / 3, 12);
    expect(chances[1]).toBeCloseTo((0.5 + 1 + 0) / 3, 12);
    expect(chances[3]).toBeCloseTo(0.5, 12);
  });
});

describe('survival', () => {
  it('counts steps of first attempts: wrong calls, and answers that fail a check', () => {
    const wrong = { id: 'a', name: 'x', content: '', from: 'error', trouble: 'unknown-tool' } as const;
    const lost = { ...wrong, trouble: 'no-result' } as const;
    const loop = [
      step(1, 1, true, { last: false, tool_results: [wrong] }),
      step(1, 1, true, { step: 2, last: false, tool_results: [lost] }),
      step(1, 1, true, { step: 3 }),
    ];
    const plain = [step(2, 1, false), step(2, 1, true, { attempt: 2 }), step(3, 1, true), step(3, 2, false)];
    expect(survival(foldTrials([...loop, ...plain], 2).values())).toMatchObject({ steps: 5, failed: 2, rate: 0.4 });
    expect(survival([])).toBeNull();
  });

  it('says it in words', () => {
    expect(survivalSentence(survivalOf(6, 100))).toBe(
      'a 20-step workflow finishes without a retry 29 % of the time (95 %: 7–57 %; 6 of 100 steps failed)',
    );
    expect(survivalOf(60, 1000)).toMatchObject({ at90: { estimate: 1 }, at50: { estimate: 11 } });
    const none = survivalOf(0, 50);
    expect(none.at90).toEqual({ estimate: null, lower: 1, upper: null });
    expect(stepsSurvived(1, 0.9)).toBe(0);
    expect(stepsSurvived(0.5, 0.5)).toBe(1);
  });

  it('steps are the most that keep the chance', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.constantFrom(0.9, 0.5), (rate, chance) => {
        const steps = stepsSurvived(rate, chance) ?? Number.NaN;
        const exact = { rate, interval: { lower: rate, upper: rate } };
        expect(finishChance(exact, steps).estimate).toBeGreaterThanOrEqual(chance - 1e-7);
        expect(finishChance(exact, steps + 1).estimate).toBeLessThan(chance + 1e-7);
      }),
    );
  });
});

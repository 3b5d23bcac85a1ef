import { describe, expect, it } from 'vitest';
import { foldTrials } from '../../../src/runs/trial.ts';
import { passHat } from '../../../src/verdicts/pass-hat.ts';
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

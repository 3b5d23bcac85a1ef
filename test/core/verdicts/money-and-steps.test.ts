import { describe, expect, it } from 'vitest';
import { breakEven, costPerThousand, meanCost, projections } from '../../../src/verdicts/cost.ts';
import { identifyLicence } from '../../../src/verdicts/licence.ts';

describe('cost', () => {
  it('names a mean with its interval, and nothing where nothing is known', () => {
    const cost = meanCost([0.01, 0.02, 0.03]);
    expect(cost).toMatchObject({ calls: 3, mean: 0.02 });
    expect(cost?.se).toBeCloseTo(0.01 / Math.sqrt(3), 12);
    expect(cost && costPerThousand(cost).estimate).toBeCloseTo(20, 12);
    expect(meanCost([])).toBeNull();
  });

  it('finds the volume that pays for a machine and its people', () => {
    const hosting = { machinePerMonth: 1000, opsFte: 0.1, fteCostPerYear: 120_000 };
    const even = breakEven(0.012, 0.002, 1500, hosting);
    expect(even.fixedPerMonth).toBe(2000);
    expect(even.callsPerMonth).toBeCloseTo(200_000, 6);
    expect(even.tokensPerDay).toBeCloseTo((200_000 * 1500) / (365.25 / 12), 3);
    expect(breakEven(0.001, 0.002, 1500, hosting).callsPerMonth).toBeNull();
  });

  it('projects 12 and 24 months and states what it assumed', () => {
    const flat = { callsPerMonth: 1000, closedPerCall: 0.01, closedShare: 0.1, openPerCall: 0.001, fixedPerMonth: 2 };
    const [year, two] = projections({ ...flat, growthPerMonth: 0, closedPriceFallPerYear: 0 });
    expect(year?.closed).toBeCloseTo(120, 9);
    expect(year?.routed).toBeCloseTo(12 * (1 + 1 + 2), 9);
    expect(two?.saved).toBeCloseTo(2 * (120 - 48), 9);
    expect(year?.assumptions).toContain('10 % of calls still go to the closed model');
  });
});

describe('licences', () => {
  const llama = 'LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\nLlama 3.1 Version Release Date: July 23, 2024';
  it.each([
    [llama, 'Llama 3.1 Community License', /700 million/],
    ['Apache License\n   Version 2.0, January 2004', 'Apache-2.0', /^Apache-2\.0$/],
    [
      'MIT License\n\nPermission is hereby granted, free of\ncharge, to any person ... without restriction',
      'MIT',
      /^MIT$/,
    ],
    ['Gemma Terms of Use \n\nLast modified: February 21, 2024', 'Gemma Terms of Use', /prohibited use policy/],
    ['Tongyi Qianwen LICENSE AGREEMENT ... more than 100 million monthly active users', 'Qwen License', /100 million/],
    ['Qwen RESEARCH LICENSE AGREEMENT', 'Qwen Research License', /commercial use needs/],
    ['# Mistral AI Research License\n', 'Mistral AI Research License', /Research only/],
  ])('knows %j', (text, name, sentence) => {
    const found = identifyLicence({ text });
    expect(found.licence?.name).toBe(name);
    expect(found.sentence).toMatch(sentence);
  });

  it('says so where it does not know', () => {
    expect(identifyLicence({ text: 'You may use this on Tuesdays.' })).toMatchObject({
      licence: null,
      sentence: expect.stringMatching(/^Licence not identified/),
    });
    expect(identifyLicence(undefined).sentence).toMatch(/^No licence came/);
    expect(identifyLicence({ spdx: 'apache-2.0' }).licence?.name).toBe('Apache-2.0');
    expect(identifyLicence({ spdx: 'EUPL-1.2' }).sentence).toMatch(/^EUPL-1\.2: not one of/);
  });
});

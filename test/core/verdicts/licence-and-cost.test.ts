import { describe, expect, it } from 'vitest';
import { identifyLicence } from '../../../src/verdicts/licence.ts';
import { meanCost } from '../../../src/verdicts/mean-cost.ts';

describe('cost', () => {
  it('names a mean with its interval, and nothing where nothing is known', () => {
    const cost = meanCost([0.01, 0.02, 0.03]);
    expect(cost).toMatchObject({ calls: 3, mean: 0.02 });
    expect(cost?.se).toBeCloseTo(0.01 / Math.sqrt(3), 12);
    expect(meanCost([])).toBeNull();
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

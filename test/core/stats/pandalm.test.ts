import { describe, expect, it } from 'vitest';
import { isAbsent } from '../../helpers/shared-data.ts';
import { pandalmAgreement, publishedData } from '../../proof/published-figures.ts';

const absent = isAbsent(publishedData.pandalm);

describe.skipIf(absent)('PandaLM, three human raters (skipped without ../shared/data/pandalm)', () => {
  const agreement = absent ? [] : pandalmAgreement();

  it('Cohen kappa of each two raters is what the README says, to its two decimals', () => {
    expect(agreement.map(({ kappa }) => kappa.toFixed(2))).toEqual(['0.85', '0.88', '0.86']);
    expect(agreement.map(({ published }) => published.toFixed(2))).toEqual(['0.85', '0.88', '0.86']);
    expect(agreement.map(({ pairs }) => pairs)).toEqual([999, 999, 999]);
  });

  it('and to four decimals what another program makes of the file', () => {
    for (const [at, other] of [0.852, 0.8789, 0.8617].entries()) expect(agreement[at]?.kappa).toBeCloseTo(other, 4);
  });
});

/** Both error rates of the mask on texts of our own: at least 95 of 100 masked, at least 98 of 100 unchanged. */
import { describe, expect, it } from 'vitest';
import { damageOf, leaksOf, maskSets, maskTexts } from '../../helpers/mask-texts.ts';

describe('texts whose writer names itself', () => {
  it.each([...maskSets, 'fifth'])('show no name in at least 95 of 100: %s', (set) => {
    const texts = maskTexts(`leaks-${set}`);
    expect(texts.length).toBeGreaterThanOrEqual(30);
    const leaks = leaksOf(texts);
    expect(leaks.length, leaks.join('\n')).toBeLessThanOrEqual(Math.floor(texts.length * 0.05));
  });
});

describe('texts that name nobody as their writer', () => {
  it.each(maskSets)('stay as they are in at least 98 of 100: %s', (set) => {
    const texts = maskTexts(`harmless-${set}`);
    expect(texts.length).toBeGreaterThanOrEqual(40);
    const damage = damageOf(texts);
    expect(damage.length, damage.join('\n')).toBeLessThanOrEqual(Math.floor(texts.length * 0.02));
  });
});

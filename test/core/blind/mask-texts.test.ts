/** Both error rates of the mask on texts of our own: at least 95 of 100 masked, at least 98 of 100 unchanged. */
import { describe, expect, it } from 'vitest';
import { damageOf, leaksOf, maskTexts } from '../../helpers/mask-texts.ts';

describe('texts whose writer names itself', () => {
  it('show no name in at least 95 of 100', () => {
    const texts = maskTexts('leaks-first');
    expect(texts.length).toBeGreaterThan(90);
    expect(leaksOf(texts).length).toBeLessThanOrEqual(Math.floor(texts.length * 0.05));
  });
});

describe('texts that name nobody as their writer', () => {
  it('stay as they are in at least 98 of 100', () => {
    const texts = maskTexts('harmless-first');
    expect(texts.length).toBeGreaterThan(50);
    expect(damageOf(texts).length).toBeLessThanOrEqual(Math.floor(texts.length * 0.02));
  });
});

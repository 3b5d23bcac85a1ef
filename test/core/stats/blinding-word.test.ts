/** The word about blinding, simulated: innocent when one arm is clearly worse and nothing leaks; it finds real leaks. */
import { describe, expect, it } from 'vitest';
import { blindingWords, withoutLeak } from '../../proof/blinding-sessions.ts';

describe('the blinding word [simulated]', () => {
  it.each(withoutLeak)(
    'is innocent at %i guesses when closed wins %f of decisive votes and nothing leaks',
    (guesses, closedWins) => {
      const { recognised, mean, bang } = blindingWords({ guesses, closedWins, leak: 0 }, 1000, guesses);
      expect(recognised).toBeLessThanOrEqual(0.02);
      expect(Math.abs(mean)).toBeLessThan(0.03);
      // plain Bang calls the same sessions broken: why it does not decide the word
      if (closedWins > 0.5) expect(bang).toBeGreaterThan(0.6);
    },
  );

  it.each([0.3, 0.5])('measures a leak of %f as what it is', (leak) => {
    for (const closedWins of [0.5, 0.8]) {
      expect(blindingWords({ guesses: 120, closedWins, leak }, 300, 11).mean).toBeCloseTo(leak, 1);
    }
  });

  it('finds a leak of 30 %: never "no sign" by mistake, and by name where there are guesses enough', () => {
    const some = blindingWords({ guesses: 120, closedWins: 0.7, leak: 0.3 }, 300, 12);
    expect(some.noSign).toBeLessThan(0.05);
    const many = blindingWords({ guesses: 600, closedWins: 0.7, leak: 0.3 }, 200, 13);
    expect(many.recognised).toBeGreaterThan(0.8);
    expect(blindingWords({ guesses: 120, closedWins: 0.7, leak: 0.5 }, 200, 14).recognised).toBeGreaterThan(0.8);
  });
});

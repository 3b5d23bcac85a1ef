/** Keys in messages: wherever one stands, it is gone, and going over the text again changes nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactSecrets, safeCause } from '../../../src/arms/wire/secrets.ts';

const around = fc.string({ unit: fc.constantFrom(...'ab .,:;"\'/@=(){}[]\n-_1é日$&'), maxLength: 40 });
const key = fc.oneof(
  fc.stringMatching(/^[\w.+$^*()[\]-]{6,60}$/),
  fc.stringMatching(/^sk-[A-Za-z0-9_-]{12,40}$/),
  fc.stringMatching(/^AIza[\w-]{30}$/),
);

describe('redactSecrets', () => {
  it('leaves no known key, wherever it stands', () => {
    fc.assert(
      fc.property(around, key, around, key, (before, one, after, two) => {
        const clean = redactSecrets(`${before}${one}${after}${two} ${one}`, [one, two]);
        // The longer key may have held the shorter: what stands for it is no key.
        expect(clean.replaceAll('[key]', '\n')).not.toContain(one);
        expect(clean.replaceAll('[key]', '\n')).not.toContain(two);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves no key that looks like one, though nobody named it', () => {
    const shapes = fc.oneof(
      fc.stringMatching(/^sk-[A-Za-z0-9]{20,48}$/),
      fc.stringMatching(/^sk-(ant|proj)-[A-Za-z0-9_]{20,48}$/),
      fc.stringMatching(/^gsk_[A-Za-z0-9]{20,48}$/),
      fc.stringMatching(/^AIza[A-Za-z0-9_]{35}$/),
    );
    fc.assert(
      fc.property(around, shapes, around, (before, shaped, after) => {
        expect(redactSecrets(`${before} ${shaped} ${after}`)).not.toContain(shaped);
        expect(redactSecrets(`{"authorization":"Bearer ${shaped}"}`)).not.toContain(shaped);
        expect(redactSecrets(`https://user:${shaped}@host/v1`)).not.toContain(shaped);
      }),
    );
  });

  it('changes nothing the second time, and nothing in plain sentences', () => {
    const plain = fc
      .stringMatching(/^([a-z]{1,9} ){0,8}[a-z]{1,9}\.?$/)
      .filter((text) => !/bearer|basic|key/.test(text));
    fc.assert(
      fc.property(plain, around, key, (sentence, before, one) => {
        expect(redactSecrets(sentence, [])).toBe(sentence);
        const once = redactSecrets(`${before} ${one}`, [one]);
        expect(redactSecrets(once, [one])).toBe(once);
      }),
    );
  });

  it('reaches causes and stacks to any depth', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 1, max: 12 }), (one, depth) => {
        let error = new Error(`deepest ${one}`);
        for (let at = 0; at < depth; at += 1) error = new Error(`${at} ${one}`, { cause: error });
        for (let at: unknown = safeCause(error, [one]); at instanceof Error; at = at.cause)
          expect(`${at.message}${at.stack}`.replaceAll('[key]', '\n')).not.toContain(one);
      }),
    );
  });
});

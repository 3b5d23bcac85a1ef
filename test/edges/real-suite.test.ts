/** The table of real servers names cases and recorded replies that are there, and leaves no kind of reply out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { producedBy } from '../real/wire-cases.ts';

const shared = new URL('../../../shared/', import.meta.url);
const cases = new URL('cases/wire/', shared);
const suite = new URL('../real/', import.meta.url);

describe('what real servers produced', () => {
  it.skipIf(!existsSync(cases))('has a line for each kind of reply (skipped where ../shared is absent)', () => {
    const names = readdirSync(cases)
      .filter((name) => /^\d+-.*\.json$/.test(name))
      .map((name) => name.replace(/^\d+-|\.json$/g, ''));
    expect(Object.keys(producedBy).sort()).toEqual(names.sort());
  });

  it('names cases of the suite that are there', () => {
    const live = Object.values(producedBy).flatMap((one) => ('live' in one ? [one] : []));
    expect(live.length).toBeGreaterThan(14);
    for (const { live: title, in: file } of live)
      expect(readFileSync(new URL(file, suite), 'utf8'), title).toContain(`'${title}'`);
  });

  it.skipIf(!existsSync(cases))('names recorded replies that are there (skipped where ../shared is absent)', () => {
    const recorded = Object.values(producedBy).flatMap((one) => ('recorded' in one ? [one.recorded] : []));
    expect(recorded.length).toBeGreaterThan(5);
    for (const name of recorded) expect(existsSync(new URL(`fixtures/real/${name}.txt`, shared)), name).toBe(true);
  });
});

/** Progress under any events: it fits the terminal, draws over exactly what it drew, and no name or message acts on the screen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunnerEvent } from '../../../src/runs/runner-events.ts';
import { createProgress } from '../../../src/terminal/progress.ts';
import { textWidth } from '../../../src/text/width.ts';
import { hostileTexts } from '../../helpers/damage.ts';

const esc = '\u001b';
/** Without the blocks of a bar: the test knows bars by them. */
const text = fc
  .oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'grapheme', maxLength: 30 }))
  .filter((one) => !/[█░]/.test(one));
const arm = fc.constantFrom('closed', 'open', 'modell-ü', '日本', `${esc}[2J`, '__proto__');
const count = fc.nat({ max: 400 });
const amount = fc.oneof(fc.constantFrom(0, 1e-9, 0.5, 1e9), fc.double({ min: 0, max: 1e6, noNaN: true }));
const prompt = fc.constant<`p_${string}`>('p_1');

const event: fc.Arbitrary<RunnerEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('planned' as const),
    arms: fc.array(fc.record({ arm, total: count, usable: count, unusable: count, todo: count }), { maxLength: 4 }),
    spentUsd: amount,
  }),
  fc.record({ kind: fc.constant('reused' as const), arm, answers: count }),
  fc.record({ kind: fc.constant('warming' as const), arm }),
  fc.record({ kind: fc.constant('warmed' as const), arm, ms: amount }),
  fc.record({
    kind: fc.constant('step' as const),
    arm,
    prompt,
    trial: fc.constant(1),
    outcome: fc.constantFrom('answered' as const, 'rate-limit' as const, 'auth' as const, 'aborted' as const),
    tokensPerSecond: amount,
    costUsd: amount,
  }),
  fc.record({
    kind: fc.constant('trial' as const),
    arm,
    prompt,
    trial: fc.constant(1),
    state: fc.constantFrom('usable' as const, 'unusable' as const, 'missing' as const),
  }),
  fc.record({
    kind: fc.constant('retry' as const),
    arm,
    because: fc.constantFrom('answer' as const, 'transport' as const),
    waitMs: amount,
  }),
  fc.record({
    kind: fc.constant('paused' as const),
    arm,
    cause: fc.constant('overload' as const),
    ms: amount,
    message: text,
  }),
  fc.record({ kind: fc.constant('observed' as const), arm, warning: text }),
  fc.record({ kind: fc.constant('stopped' as const), arm, reason: text, hint: text }),
  fc.record({ kind: fc.constant('stopping' as const), inFlight: count, graceMs: amount }),
);

/** What a terminal of that width would show: our own cursor moves are followed, anything else that is one is an error. */
function shown(written: string): string[] {
  let rows: string[] = [''];
  const ours = new RegExp(`\\r${esc}\\[(\\d+)A${esc}\\[0J|\\x07|\\n|[^\\n\\r\\x07${esc}]+`, 'g');
  let at = 0;
  for (const match of written.matchAll(ours)) {
    expect(match.index, JSON.stringify(written.slice(at, match.index))).toBe(at);
    at = match.index + match[0].length;
    if (match[1] !== undefined) {
      const up = Number(match[1]);
      expect(up).toBeLessThan(rows.length);
      rows = [...rows.slice(0, rows.length - 1 - up), ''];
    } else if (match[0] === '\n') rows.push('');
    else if (match[0] !== '\x07') rows[rows.length - 1] += match[0];
  }
  expect(at).toBe(written.length);
  return rows;
}

describe('progress', () => {
  it('holds under any events', () => {
    const runs = fc.tuple(fc.array(event, { maxLength: 25 }), fc.boolean(), fc.constantFrom(12, 20, 40, 80, 200));
    fc.assert(
      fc.property(runs, ([events, interactive, columns]) => {
        let written = '';
        let at = 0;
        const write = (piece: string): void => {
          written += piece;
        };
        const stream = { write, columns };
        const progress = createProgress({ stream, interactive, now: () => new Date(at) });
        for (const one of events) {
          at += 700;
          progress.on(one);
        }
        progress.close();
        const rows = shown(written);
        expect(written).not.toMatch(
          /[\u0000-\u0006\u0008\u0009\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
        expect(written).not.toMatch(/NaN|undefined|Infinity/);
        // Bars fit; sentences above them may be longer and wrap, as text does.
        for (const row of interactive ? rows.filter((line) => /[█░]/.test(line)) : [])
          expect(textWidth(row)).toBeLessThan(columns);
      }),
      { numRuns: 300 },
    );
  });
});

/** Whatever stands behind an option, the command line reads it or says in a sentence what it takes. */
import { CommanderError } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actions } from '../../src/commands/actions.ts';
import { createProgram } from '../../src/commands/program.ts';
import { GapcheckError } from '../../src/errors.ts';
import { timeLimits } from '../../src/logs/since.ts';
import { parseConcurrency } from '../../src/runs/limiter.ts';
import { hostileTexts } from '../helpers/damage.ts';

const value = fc.oneof(
  fc.constantFrom(...hostileTexts, '-1', '0', '1e9', '0x10', 'NaN', 'Infinity', '40%', '$1', '7d', '99999w', 'a=1,b=2'),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.stringMatching(/^[-+$]?[0-9a-f.,=%_ e]{0,8}[mhdw%]?$/),
);

function onlyOurs<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(GapcheckError);
    const { exitCode, hint } = error as GapcheckError;
    expect({ exitCode, hint }).toEqual({ exitCode: 2, hint: expect.stringMatching(/./) });
    return undefined;
  }
}

describe('-j', () => {
  it('gives whole numbers from 1, or refuses', () => {
    fc.assert(
      fc.property(value, (text) => {
        const parsed = onlyOurs(() => parseConcurrency(text, ['a', 'b', '__proto__']));
        if (!parsed) return;
        const counts = [...Object.values(parsed.arms), ...(parsed.total === undefined ? [] : [parsed.total])];
        for (const count of counts) expect(Number.isInteger(count) && count >= 1).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('--since and --until', () => {
  it('give a moment, or refuse', () => {
    const now = new Date('2026-11-25T09:30:00.000Z');
    fc.assert(
      fc.property(value, (since) => {
        const limits = onlyOurs(() => timeLimits({ since, now }));
        if (limits?.since !== undefined) expect(new Date(limits.since).toISOString()).toBe(limits.since);
      }),
      { numRuns: 1_000 },
    );
  });
});

const flags: Record<string, (given: unknown) => boolean> = {
  '-n': (given) => given === 'all' || (Number.isSafeInteger(given) && Number(given) >= 1),
  '--raters': (given) => Number.isSafeInteger(given) && Number(given) >= 1,
  '--hard': (given) => Number(given) > 0 && Number(given) < 1,
  '--max-cost': (given) => Number.isFinite(given) && Number(given) >= 0,
  '--seed': (given) => Number.isSafeInteger(given),
  '--tasks': (given) => Array.isArray(given) && given.every((task) => typeof task === 'string'),
};
const names: Record<string, string> = { '-n': 'n', '--max-cost': 'maxCost' };

describe.each(Object.entries(flags))('run %s', (flag, fits) => {
  it('gives what the command takes, or refuses', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        let got: Record<string, unknown> | undefined;
        const run: Actions['run'] = async (_files, options) => {
          got = options as Record<string, unknown>;
          return 0;
        };
        const program = createProgram('0', { run } as Actions, () => {});
        for (const command of [program, ...program.commands])
          command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
        try {
          await program.parseAsync(['node', 'gapcheck', 'run', 'p.csv', flag, text]);
        } catch (error) {
          expect(error).toBeInstanceOf(CommanderError);
          return;
        }
        const given = got?.[names[flag] ?? flag.slice(2)];
        // A value that looks like an option is read as one, and this one is left out.
        if (given !== undefined) expect(fits(given)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

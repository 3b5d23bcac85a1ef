/** Whatever stands behind an option, the command line reads it or says in a sentence what it takes. */
import { CommanderError } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allVerbs } from '../../src/cli/all-verbs.ts';
import { createProgram } from '../../src/cli/program.ts';
import { verb as report } from '../../src/cli/verbs/report.ts';
import { verb as run } from '../../src/cli/verbs/run.ts';
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

interface Flag {
  verb: 'run' | 'report';
  flag: string;
  name: string;
  fits(given: unknown): boolean;
}

const count = (given: unknown): boolean => Number.isSafeInteger(given) && Number(given) >= 1;
const amount = (given: unknown): boolean => Number.isFinite(given) && Number(given) >= 0;
const flags: Flag[] = [
  { verb: 'run', flag: '-n', name: 'n', fits: (given) => given === 'all' || count(given) },
  { verb: 'run', flag: '--raters', name: 'raters', fits: count },
  { verb: 'run', flag: '--hard', name: 'hard', fits: (given) => Number(given) > 0 && Number(given) < 1 },
  { verb: 'run', flag: '--max-cost', name: 'maxCost', fits: amount },
  { verb: 'run', flag: '--seed', name: 'seed', fits: Number.isSafeInteger },
  {
    verb: 'run',
    flag: '--tasks',
    name: 'tasks',
    fits: (given) => Array.isArray(given) && given.every((task) => typeof task === 'string'),
  },
  { verb: 'report', flag: '--volume', name: 'volume', fits: count },
  { verb: 'report', flag: '--machine-price', name: 'machinePrice', fits: amount },
  { verb: 'report', flag: '--ops-fte', name: 'opsFte', fits: amount },
  { verb: 'report', flag: '--ops-year', name: 'opsYear', fits: amount },
  { verb: 'report', flag: '--mau', name: 'mau', fits: (given) => Number.isSafeInteger(given) && Number(given) >= 0 },
];

describe.each(flags)('$verb $flag', ({ verb, flag, name, fits }) => {
  it('gives what the command takes, or refuses', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        let got: Record<string, unknown> = {};
        const program = createProgram([run, report], async (_verb, _path, _args, options) => {
          got = { ...options };
        });
        for (const command of [program, ...program.commands])
          command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
        try {
          await program.parseAsync(['node', 'gapcheck', verb, 'p.csv', flag, text]);
        } catch (error) {
          expect(error).toBeInstanceOf(CommanderError);
          return;
        }
        // A value that looks like an option is read as one, and this one is left out.
        if (got[name] !== undefined) expect(fits(got[name])).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

it('keeps every option under the name that its row has', async () => {
  const rows = (await allVerbs()).flatMap((verb) => ('verbs' in verb ? verb.verbs : [verb]));
  expect(rows.length).toBe(21);
  for (const verb of rows) {
    const program = createProgram([verb], () => Promise.resolve());
    const parsed = program.commands[0]?.options.map((option) => option.attributeName());
    expect([verb.name, parsed]).toEqual([verb.name, Object.keys(verb.options)]);
  }
});

/** Votes are judged in one place: nothing outside it compares their evidence, their net or their limits with a number. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configDefaults } from '../../../src/app/config/config-defaults.ts';
import { plannedLook } from '../../../src/stats/planned-look.ts';
import { defaultRule } from '../../../src/stats/verdict.ts';

const src = join(import.meta.dirname, '../../../src');
/** Rooms that see votes by arm. The room `stats` holds the formulas; the rule that asks them is a file of `verdicts`. */
const rooms = ['verdicts', 'voting', 'report', 'releases', 'app', 'cli'];
const code = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/^import [\s\S]*?;$/gm, '');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && (rooms.includes(file.split('/')[0] ?? '') || !file.includes('/')))
  .map((file) => ({ file, text: code(readFileSync(join(src, file), 'utf8')) }));

/** Files with a match, sorted, each with how many it has. */
const places = (pattern: RegExp): Record<string, number> =>
  Object.fromEntries(
    sources
      .map(({ file, text }): [string, number] => [file, [...text.matchAll(pattern)].length])
      .filter(([, found]) => found > 0)
      .sort(),
  );
const filesWith = (pattern: RegExp): string[] => Object.keys(places(pattern));

describe('the threshold of a verdict', () => {
  it('is asked for by the rule, and by what announces or explains the rule', () => {
    const formulas =
      /\b(plannedLook|overallLook|taskVerdict|overallStratified|stratifiedLogE|stratifiedLimits|eProcess\w*|verdictEvidence|sidesAt|anytimeInterval|reaches)\(/g;
    expect(filesWith(formulas)).toEqual([
      // Says that the later votes spoke less clearly.
      'report/verdict-words.ts',
      'verdicts/answer-chance.ts',
      // Draws how the evidence went.
      'verdicts/evidence-path.ts',
      // A third of the odds, for votes that are new (gates.fresh).
      'verdicts/fresh-votes.ts',
      'verdicts/rule-chance.ts',
      'verdicts/rule.ts',
    ]);
  });

  it('has no second one: what else is compared is no verdict', () => {
    // Biome sets a blank around an operator, and none around the brackets of a type.
    const value = String.raw`(\blogE\w+|\b(lower|upper|net)\b|\w\.estimate\b)`;
    expect(places(new RegExp(`^.*(${value}.* [<>]=? | [<>]=? .*${value}).*$`, 'gm'))).toEqual({
      'verdicts/rule.ts': 1,
      // Growth of the traffic, which may be none.
      'app/import-text.ts': 2,
      'app/result/money-part.ts': 1,
      // The share of calls that a router keeps, against what it promised.
      'app/route/replayed-routes.ts': 1,
      // First answers that fail a check: measures of the machine.
      'releases/gates.ts': 1,
      'verdicts/routing.ts': 1,
      // Unusable answers beside the verdict, flagged and no more (statistics.md, section 6).
      'report/conflict-words.ts': 3,
      // A sentence about an interval that reaches past the margin beside a NO: it decides nothing.
      'report/caveats.ts': 1,
      // Money.
      'verdicts/money-plan.ts': 3,
    });
  });

  it('stands nowhere else as a number', () => {
    expect(filesWith(/\b0\.30?\b|\b0\.15\b|\b1\.96|\bMath\.log\((20|1 \/)/g)).toEqual([
      // The margins that hold where the config names none, their description, and what `init` asks.
      'app/config/config-defaults.ts',
      'app/config/init-config.ts',
    ]);
  });

  it('has default margins that the quantiles of the planned look were found for, and one default rule', () => {
    for (const margin of Object.values(configDefaults.margin)) {
      const { z, zGood } = plannedLook({ wins: 3, losses: 2, ties: 7 }, margin);
      expect({ margin, zGood }).toEqual({ margin, zGood: z });
    }
    expect(plannedLook({ wins: 3, losses: 2, ties: 7 }, 0.25).zGood).toBe(2.05);
    expect(defaultRule.margin).toBe(configDefaults.margin.preference);
  });

  it('is typed in no help: what a flag says of its default is read from it', () => {
    const typed = new RegExp(`\\bdefault:? (?:${configDefaults.n}|${configDefaults.margin.preference * 100})\\b`, 'g');
    expect('(default 36; "all" takes every prompt)').toMatch(typed);
    expect(filesWith(typed)).toEqual([]);
  });
});

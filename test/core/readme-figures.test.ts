/** The tables of README and docs/verdicts.md, recomputed by the functions that decide. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planChances, skipChances } from '../../src/app/plan/plan-chances.ts';
import { taskChance } from '../../src/stats/task-chance.ts';
import { decide } from '../../src/verdicts/rule.ts';
import { chance } from '../../src/verdicts/rule-chance.ts';
import { decidedReport } from '../helpers/decided-report.ts';

const read = (page: string): string => readFileSync(join(import.meta.dirname, '../..', page), 'utf8');
const verdicts = read('docs/verdicts.md');
const ties = 0.2;

/** Rows of the table whose header line begins so. */
function rowsOf(header: string, page = verdicts): string[][] {
  const [, after = ''] = page.split(`\n${header}`);
  const lines = `${header}${after}`.split('\n\n')[0]?.split('\n') ?? [];
  return lines.filter((_, at) => at !== 1).map((line) => line.slice(2, -2).split(' | '));
}

const openShare = (odds: string): number => {
  if (odds === 'equal') return 0.5;
  const [open = 0, closed = 0] = odds.split(' : ').map(Number);
  return open / (open + closed);
};
const sideOf = (words: string): 'good' | 'keep' => (words.includes('keep') ? 'keep' : 'good');

describe('the tables of chances', () => {
  it('gives what one task decides', () => {
    const [header = [], ...rows] = rowsOf('| true open : closed |');
    const sizes = header.slice(2).map((cell) => Number.parseInt(cell, 10));
    expect(sizes).toEqual([8, 12, 15, 24, 30, 60]);
    expect(rows).toHaveLength(5);
    for (const [odds = '', answer = '', ...cells] of rows) {
      const open = openShare(odds);
      const found = sizes.map((planned) =>
        taskChance({
          planned,
          upTo: planned,
          win: (1 - ties) * open,
          tie: ties,
          margin: 0.3,
          side: sideOf(answer),
        }),
      );
      expect(cells.map(Number), odds).toEqual(found.map(({ atPlan }) => Math.round(100 * atPlan)));
    }
  });

  it('gives what the overall line decides, within the noise of 2,000 draws', () => {
    const [header = [], ...rows] = rowsOf('| traffic | prompts |');
    const asked = header.slice(2).map((cell) => cell.split(/: (?=[a-z])/));
    expect(rows).toHaveLength(5);
    for (const [traffic = '', plan = '', ...cells] of rows) {
      const shares = traffic === 'a third each' ? [1, 1, 1] : traffic.split(' ')[0]?.split('/').map(Number);
      const sizes = (plan.split(' = ')[1] ?? '').split('/').map(Number);
      expect(Number.parseInt(plan, 10)).toBe(sizes.reduce((sum, size) => sum + size, 0));
      const strata = sizes.map((planned, at) => ({ planned, share: shares?.[at] ?? 0 }));
      for (const [at, [odds = '', answer = '']] of asked.entries()) {
        const found = chance(strata, { open: openShare(odds), ties }, 0.3)[sideOf(answer)];
        expect(Math.abs(Number(cells[at]) - 100 * found), `${traffic} ${plan} ${odds}`).toBeLessThanOrEqual(3.5);
      }
    }
  });
});

describe('what skips cost, as it is said where a ballot is skipped', () => {
  /** "Within the margin" of so many votes at equal models, one in five a tie, with prompts that were skipped beside them. */
  const within = (votes: number, skipped: number): number => {
    const lnFactorial = [0];
    for (let n = 1; n <= votes; n += 1) lnFactorial.push((lnFactorial[n - 1] ?? 0) + Math.log(n));
    const of = (n: number): number => lnFactorial[n] ?? 0;
    let found = 0;
    for (let wins = 0; wins <= votes; wins += 1) {
      for (let losses = 0; losses <= votes - wins; losses += 1) {
        const equal = votes - wins - losses;
        const p = Math.exp(
          of(votes) - of(wins) - of(losses) - of(equal) + (wins + losses) * Math.log(0.4) + equal * Math.log(0.2),
        );
        if (p < 1e-9) continue;
        const scores = [...Array(wins).fill(1), ...Array(equal).fill(0), ...Array(losses).fill(-1)] as number[];
        const lost = { skipped, openUnasked: 0, closedUnasked: 0 };
        const { goodAt } = decide(
          { strata: [{ share: 1, planned: 36, lost }], batches: [scores.map((score) => ({ stratum: 0, score }))] },
          0.3,
        );
        if (goodAt !== null) found += p;
      }
    }
    return found;
  };

  const runOf = (tasks: [planned: number, traffic: number][]) => ({
    tasks: tasks.map(([planned, traffic], at) => ({
      task: `t${at}`,
      planned,
      reserve: 0,
      traffic,
      hardTraffic: 0,
      hardPlan: 0,
    })),
    settings: { hard: null },
    margin: 0.3,
  });

  it('is what the rule gives, at the size of the run', () => {
    const [two, three] = [2, 3].map((skipped) => Math.round(100 * within(36 - skipped, skipped)));
    expect(skipChances(runOf([[36, 1]]))).toBe(
      `With 36 prompts and equal models, "within your margin" comes in about 56 of 100 such sessions without a skip or with one, in ${two} after two, in ${three} after three.`,
    );
    const small = [1, 2].map((skipped) => Math.round(100 * within(18 - skipped, skipped)));
    expect(skipChances(runOf([[18, 1]]))).toContain(`in ${small[0]} after one, in ${small[1]} after two`);
  });

  it('begins with the chance that the plan of the same run states, for several tasks too', () => {
    for (const tasks of [
      [
        [20, 0.7],
        [8, 0.2],
        [8, 0.1],
      ],
      [
        [12, 1],
        [12, 1],
        [12, 1],
      ],
      [[18, 1]],
    ] as [number, number][][]) {
      const plan = /in about (\d+) of 100/.exec(planChances(runOf(tasks)))?.[1];
      const found = /about (\d+) of 100.* in (\d+) after two, in (\d+) after three/.exec(skipChances(runOf(tasks)));
      expect(found?.[1]).toBe(plan);
      const [none = 0, two = 0, three = 0] = found?.slice(1).map(Number) ?? [];
      expect(none).toBeGreaterThan(two);
      expect(two).toBeGreaterThan(three);
    }
  });

  it('says no figure for plans that decide little', () => {
    expect(skipChances(runOf([[12, 1]]))).toBe('');
  });
});

describe('README’s table of verdicts', () => {
  it('says what the rule decides on such votes', () => {
    const [, ...rows] = rowsOf('| votes on a task', read('README.md'));
    expect(rows).toHaveLength(5);
    for (const [counts = '', said = ''] of rows) {
      const [open = 0, same = 0, closed = 0] = counts.split(', ').map(Number);
      const votes = `${'w'.repeat(open)}${'t'.repeat(same)}${'l'.repeat(closed)}`;
      const task = decidedReport([{ task: 'tickets', votes }]).pairs[0]?.tasks[0];
      expect(`${task?.answer}: ${task?.words}`, counts).toContain(said);
    }
  });
});

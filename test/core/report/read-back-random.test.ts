/** 200 random runs: each number of votes and models is read back from terminal, Markdown, HTML and CSV, and is the JSON's. */
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { buildReport, type Report, type ScopeReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { csvBallots, csvTasks } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { decidedInput } from '../../helpers/decided-report.ts';
import { htmlProse, htmlTables, markdownTables, numberOf, type ReadTable } from '../../helpers/read-report.ts';
import { moneyInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

/** Numbers of one seed are the same again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every fourth run has a bill; every third has answers that decline. */
function randomRun(seed: number): Report {
  const next = random(seed);
  const kinds = ['www', 'ttt', 'n', 'lll', 'wt', 'ltl', 'i', 'wtln'];
  const tasks = Array.from({ length: 1 + Math.floor(next() * 4) }, (_, at) => {
    const letters = Array.from({ length: 3 }, () => kinds[Math.floor(next() * kinds.length)]).join('');
    const size = 1 + Math.floor(next() * 40);
    const votes = Array.from({ length: size }, () => letters[Math.floor(next() * letters.length)]).join('');
    return { task: `task-${at}`, votes, reserve: Math.floor(next() * 3) * 20 };
  });
  const made = decidedInput(tasks);
  const bill = seed % 4 === 0 ? { money: moneyInput(10_000 * Math.ceil(next() * 500), next() < 0.5 ? null : 1.5) } : {};
  return buildReport({ ...made, ...bill, ...(seed % 3 === 0 ? { trials: declined(made.trials, next) } : {}) });
}

function declined(trials: ReportInput['trials'], next: () => number): ReportInput['trials'] {
  const share = next() * 0.5;
  return Object.fromEntries(
    Object.entries(trials).map(([arm, all]) => {
      const steps = [...all.values()].flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.steps));
      return [
        arm,
        foldTrials(
          steps.map((step) => (next() < share ? { ...step, refusal: 'I cannot.' } : step)),
          2,
        ),
      ];
    }),
  );
}

interface Shown {
  counts: number[];
  net: number | null;
  lower: number | null;
  upper: number | null;
}

const nameOf = (scope: ScopeReport): string =>
  `${scope.task ?? 'all prompts'}${scope.difficulty ? ` (${scope.difficulty} ones)` : ''}`;

/** As shown: halves go away from zero. */
const whole = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.sign(value) * Math.round(Math.abs(value) * 100) + 0;

/** Rounding must not put a limit on the margin of 30 or on 0 where the votes exclude that border: tenths, towards 0. */
const limit = (value: number | undefined, excludes: (value: number) => boolean): number | null => {
  const points = whole(value);
  if (value === undefined || !excludes(value) || (points !== -30 && points !== 0)) return points;
  return Math.sign(value) * (Math.max(1, Math.floor(Math.abs(value) * 1000 + 1e-9)) / 10);
};

/** What a form must show of a scope. */
function expected({ counts, net, interval: found }: ScopeReport): Shown {
  // From -100 to +100 nothing is ruled out: a dash.
  const interval = found?.lower === -1 && found.upper === 1 ? null : found;
  return {
    counts: [counts.a, counts.bothFine, counts.bothBad, counts.b],
    net: whole(net),
    lower: limit(interval?.lower, (value) => (value > -0.3 && value < -0.29) || value > 0),
    upper: limit(interval?.upper, (value) => value < 0 && value > -0.1),
  };
}

/** The terminal adds up what neither won. */
function inShort(scope: ScopeReport): Shown {
  const { a, b, bothFine, bothBad, identical, noAnswer } = scope.counts;
  return { ...expected(scope), counts: [a, bothFine + bothBad + identical + noAnswer, b] };
}

function ofTable(table: ReadTable | undefined, name: string): Shown | undefined {
  const row = table?.rows.find(([first]) => first === name);
  if (!table || !row) return undefined;
  const cell = (title: string): string => row[table.columns.indexOf(title)] ?? '–';
  const [lower = '', upper = ''] = cell('95 % interval').split(' to ');
  return {
    counts: ['open better', 'both fine', 'both unusable', 'closed better'].map((title) => numberOf(cell(title)) ?? 0),
    net: numberOf(cell('lead')),
    lower: numberOf(lower),
    upper: numberOf(upper),
  };
}

/** Rows of the terminal in their order; the easy and hard ones stand below their task. */
function terminalRows(text: string): Shown[] {
  // Whatever both models shared stands in the middle.
  const row = /^ +\S.*? +[█─=×·░]* +(\d+):(\d+):(\d+) +(\S+)(?: \((?:(\S+) to (\S+)|–)\))?$/;
  return text.split('\n').flatMap((line) => {
    const found = row.exec(line);
    if (!found) return [];
    const [, a, neither, b, net = '', lower = '', upper = ''] = found;
    const counts = [a, neither, b].map(Number);
    return [{ counts, net: numberOf(net), lower: numberOf(lower), upper: numberOf(upper) }];
  });
}

const routeStart = {
  open: /^open$/,
  'open-first': /^open first/,
  closed: /^closed$/,
  'closed-until-decided': /^stays on closed/,
} as const;

const modelOf = ({ arms }: Report, name: string): string => arms.find((arm) => arm.name === name)?.model ?? name;

/** As shown: whole dollars from a thousand on, cents below. */
function near(shown: number | null, usd: number): void {
  expect(Math.abs((shown ?? Number.NaN) - usd)).toBeLessThanOrEqual(Math.abs(usd) >= 1000 ? 0.5 + 1e-6 : 0.0051);
}

const parts = [0, 50, 100, 150].map((from) => ({ from, runs: Array.from({ length: 50 }, (_, at) => from + at + 1) }));
const patience = 120_000;

describe('200 random runs', () => {
  it.each(parts)(
    'show the same votes, leads and intervals in every form, from $from',
    { timeout: patience },
    ({ runs }) => {
      for (const seed of runs) {
        const report = randomRun(seed);
        const json = JSON.parse(jsonReport(report)) as Report;
        const [pair] = json.pairs;
        if (!pair) throw new Error('no pair');
        const scopes = pair.tasks.flatMap((task) => [task, ...pair.rows.filter((row) => row.task === task.task)]);
        const all = [...scopes, pair.overall];
        // One task is all prompts: one row.
        const shown = pair.tasks.length === 1 ? scopes : all;
        const tables = [markdownTables(markdownReport(report)), htmlTables(htmlReport(report, htmlTools))];
        for (const table of tables.map((one) => one.find(({ caption }) => caption.startsWith('Votes and lead'))))
          for (const scope of shown) expect([seed, ofTable(table, nameOf(scope))]).toEqual([seed, expected(scope)]);
        const rows = parse(csvTasks(report), { columns: true }) as Record<string, string>[];
        for (const scope of all) {
          const row = rows.find(
            ({ task, difficulty }) => task === (scope.task ?? '') && difficulty === (scope.difficulty ?? ''),
          );
          const number = (key: string): number | null => (row?.[key] ? Number(row[key]) : null);
          expect([seed, row?.answer, number('net'), number('net_lower'), number('net_upper')]).toEqual([
            seed,
            scope.answer,
            scope.net,
            scope.interval?.lower ?? null,
            scope.interval?.upper ?? null,
          ]);
          const kinds = ['open_better', 'both_fine', 'both_bad', 'closed_better'];
          expect(kinds.map(number)).toEqual(expected(scope).counts);
        }
        expect([seed, terminalRows(terminalReport(report, { width: 120 }))]).toEqual([seed, shown.map(inShort)]);
      }
    },
  );

  it.each(parts)(
    'show the same money, routes and refusals in every form, from $from',
    { timeout: patience },
    ({ runs }) => {
      for (const seed of runs.filter((one) => one % 4 === 0 || one % 3 === 0)) {
        const report = randomRun(seed);
        const json = JSON.parse(jsonReport(report)) as Report;
        const html = htmlReport(report, htmlTools);
        const terminal = terminalReport(report, { width: 160 });
        const rows = parse(csvTasks(report), { columns: true }) as Record<string, string>[];
        const row = (task: string) => rows.find((one) => one.task === task && one.difficulty === '');
        for (const tables of [markdownTables(markdownReport(report)), htmlTables(html)]) {
          for (const found of json.refusals) {
            const table = tables.find(({ caption }) => caption.startsWith(`Refusals in ${found.task}:`));
            const cells = table?.rows.flatMap((cell) => cell.slice(1).map(Number));
            expect([seed, cells]).toEqual([seed, [found.neither, found.onlyOpen, found.onlyClosed, found.both]]);
          }
          for (const { task, route, savingPerMonthUsd } of json.routes) {
            const table = tables.find(({ caption }) => caption.startsWith('Routes follow verdicts'));
            const line = table?.rows.find(([first]) => first === task);
            expect(line?.[1]).toMatch(routeStart[route]);
            if (savingPerMonthUsd !== null)
              near(numberOf(line?.[table?.columns.indexOf('fees saved per month') ?? -1] ?? ''), savingPerMonthUsd);
          }
          for (const arm of json.money?.arms ?? []) {
            const table = tables.find(({ caption }) => caption.startsWith('Cost at'));
            const line = table?.rows.find(([first]) => first?.startsWith(modelOf(json, arm.arm)));
            if (arm.monthly !== null)
              near(numberOf(line?.[table?.columns.indexOf('per month') ?? -1] ?? ''), arm.monthly);
          }
        }
        for (const { task, neither, onlyOpen, onlyClosed, both } of json.refusals) {
          const { refused_neither, refused_only_open, refused_only_closed, refused_both } = row(task) ?? {};
          expect([refused_neither, refused_only_open, refused_only_closed, refused_both].map(Number)).toEqual([
            neither,
            onlyOpen,
            onlyClosed,
            both,
          ]);
          const shown = terminal
            .split('\n')
            .find((line) => new RegExp(`^ ${task} +\\d+ +\\d+ +\\d+ +\\d+$`).test(line));
          expect(shown?.match(/ \d+/g)?.map(Number).slice(-4)).toEqual([neither, onlyClosed, onlyOpen, both]);
        }
        for (const { task, route, savingPerMonthUsd } of json.routes) {
          expect(row(task)?.route).toBe(route);
          expect(row(task)?.saving_per_month_usd).toBe(String(savingPerMonthUsd ?? ''));
        }
        const flat = terminal.replace(/\s+/g, ' ');
        for (const words of json.money?.plan?.words ?? []) {
          expect(flat).toContain(words);
          expect(htmlProse(html).replace(/\s+/g, ' ')).toContain(words);
        }
      }
    },
  );

  it.each(parts)(
    'show the same figures of each model, and each vote once, from $from',
    { timeout: patience },
    ({ runs }) => {
      for (const seed of runs) {
        const report = randomRun(seed);
        const json = JSON.parse(jsonReport(report)) as Report;
        const { redo } = json.pairs[0]?.overall ?? {};
        const terminal = terminalReport(report, { width: 160 });
        const rows = parse(csvTasks(report), { columns: true }) as Record<string, string>[];
        const all = rows.find(({ task }) => task === '');
        for (const [side, unusable] of [
          ['open', redo?.a],
          ['closed', redo?.b],
        ] as const) {
          const figures = json.arms.find(({ role }) => role === side)?.figures;
          const model = json.arms.find(({ role }) => role === side)?.model ?? '';
          const line =
            terminal.split('\n').find((one) => one.startsWith(` ${side}: ${model} `) && !one.includes('(')) ?? '';
          expect([seed, line]).toEqual([
            seed,
            expect.stringContaining(` ${figures?.firstFailed?.x}/${figures?.firstFailed?.n} `),
          ]);
          if (redo && redo.asked > 0) expect(line).toContain(` ${unusable}/${redo.asked} `);
          expect(Number(all?.[`${side}_asked`])).toBe(figures?.trials);
          expect(Number(all?.[`${side}_total_ms_median`])).toBe(figures?.totalMs?.median);
          expect(all?.[`${side}_cost_per_1000_usd`]).toBe(String(figures?.costPer1000 ?? ''));
          expect(Number(all?.[`redo_${side}`])).toBe(unusable);
        }
        const ballots = parse(csvBallots(report), { columns: true }) as Record<string, string>[];
        expect(ballots.map(({ prompt_id, vote }) => `${prompt_id} ${vote}`)).toEqual(
          json.ballots.flatMap(({ prompt, votes }) =>
            votes.length === 0 ? [`${prompt} `] : votes.map(({ outcome }) => `${prompt} ${outcome}`),
          ),
        );
      }
    },
  );
});

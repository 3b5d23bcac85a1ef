/** Charts that only some runs have: evidence after later votes, and who refused what. */
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { buildReport, type PairReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { apartTicks, logarithmic } from '../../../src/report/svg.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { decidedInput } from '../../helpers/decided-report.ts';
import { htmlTables, unescapeHtml } from '../../helpers/read-report.ts';
import { demoTasks, reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

const page = (input: ReportInput): string => htmlReport(buildReport(input), htmlTools);
const pairOf = (input: ReportInput): PairReport => {
  const [pair] = buildReport(input).pairs;
  if (!pair) throw new Error('no pair');
  return pair;
};

describe('the evidence after votes were added', () => {
  // 8 planned votes do not decide; open wins all but one of the twelve that follow.
  const later = [{ task: 'reply', votes: 'wtltwltw' + 'wwwwwwwlwwww' }];

  it('begins with the planned votes and ends with what the verdict read', () => {
    const [task] = pairOf(decidedInput(later, 8)).tasks;
    expect(task?.evidence.map(({ votes }) => votes)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    const last = task?.evidence.at(-1);
    expect(last?.logEGood).toBeCloseTo(task?.logEGood ?? 0, 9);
    expect(last?.logEKeep).toBeCloseTo(task?.logEKeep ?? 0, 9);
    expect(last?.logEBetter).toBeCloseTo(task?.logEBetter ?? 0, 9);
  });

  it('passes 20 at the vote that is named as the deciding one, and not before', () => {
    const [task] = pairOf(decidedInput(later, 8)).tasks;
    const first = task?.evidence.find(({ logEGood }) => Math.exp(logEGood) >= 20 - 1e-9);
    expect(task?.goodAt).toBeGreaterThan(8);
    expect(first?.votes).toBe(task?.goodAt);
  });

  it('reads no vote of a task after the sixtieth, and draws at most 60 points of a long run', () => {
    const [task] = pairOf(decidedInput([{ task: 'reply', votes: 'wtl'.repeat(40) }], 8)).tasks;
    expect(task?.evidence.at(-1)?.votes).toBe(60);
    const many = ['a', 'b'].map((name) => ({ task: name, votes: 'wtl'.repeat(100) }));
    const { overall } = pairOf(decidedInput(many, 12));
    expect(overall.evidence.length).toBeLessThanOrEqual(64);
    expect(overall.evidence.at(-1)?.votes).toBe(600);
  });

  it('stands on the page with border, deciding vote and table, and only then', () => {
    const html = page(decidedInput(later, 8));
    expect(html).toContain('How close each verdict was: reply');
    expect(html).toContain('20: a verdict');
    expect(html).toContain('■ the deciding vote');
    const table = htmlTables(html).find(({ caption }) => caption.startsWith('How close each verdict was'));
    const { goodAt } = pairOf(decidedInput(later, 8)).tasks[0] ?? {};
    const [row] = table?.rows ?? [];
    expect(row?.slice(0, 2)).toEqual(['reply', '20']);
    expect(row?.at(-1)).toMatch(/^at vote \d+$/);
    expect(goodAt).toBeGreaterThan(0);
    expect(page(decidedInput(later))).not.toContain('How close each verdict was');
    expect(page(reportInput())).not.toContain('How close each verdict was');
  });
});

/** Answers by arm that decline, by the place of their prompt. */
function refusing(input: ReportInput, refused: Record<string, readonly number[]>): ReportInput {
  const trials = Object.fromEntries(
    Object.entries(input.trials).map(([arm, all]) => {
      const steps = [...all.values()].flatMap(({ attempts, prompt }) => {
        const at = input.prompts.findIndex(({ id }) => id === prompt);
        return attempts.flatMap(({ steps: own }) =>
          own.map((step): StepRecord => (refused[arm]?.includes(at) ? { ...step, refusal: 'I cannot help.' } : step)),
        );
      });
      return [arm, foldTrials(steps, 2)];
    }),
  );
  return { ...input, trials };
}

describe('who refused what', () => {
  // demoTasks: 8 prompts of extract-json, then 8 and 8.
  const input = refusing(reportInput({ tasks: demoTasks }), { open: [0, 1, 2, 3], closed: [3, 4] });

  it('has four cells per task, with the counts of the table', () => {
    const html = page(input);
    const figure = /<figure class="refused">[\s\S]*?<\/figure>/.exec(html)?.[0] ?? '';
    expect(unescapeHtml(figure.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))).toBe(
      ' Who refused what: extract-json 3 both answered 3 open refused read 3 ballots 1 closed refused read 1 ballot 1 both refused read 1 ballot Each cell counts prompts, 8 in all. A refusal is an answer, too. ',
    );
    const table = htmlTables(html).find(({ caption }) => caption.startsWith('Refusals in extract-json'));
    expect(table?.rows).toEqual([
      ['closed answered', '3', '3'],
      ['closed refused', '1', '1'],
    ]);
  });

  it('leads from a cell to its ballots', () => {
    expect(page(input)).toContain('<a href="#ballots" data-refused="open refused" data-task="extract-json">');
  });

  it('is not there where nobody refused', () => {
    expect(page(reportInput())).not.toContain('Who refused what');
    expect(terminalReport(buildReport(reportInput()))).not.toContain('only closed');
  });
});

describe('labels on a phone', () => {
  const narrow = (html: string, chart: string): string =>
    new RegExp(`<svg[^>]*class="chart narrow"[^>]*data-chart="${chart}"[^>]*>[\\s\\S]*?</svg>`).exec(html)?.[0] ?? '';

  /** x and text of the labels that match. */
  const labels = (svg: string, wanted: RegExp): [x: number, text: string][] =>
    [...svg.matchAll(/<text x="([\d.]+)" y="[\d.]+"[^>]*>([^<]*)</g)].flatMap(([, x = '', text = '']) =>
      wanted.test(text) ? [[Number(x), text]] : [],
    );

  /** As a local model that answers in 200 ms to 4 s. */
  function slowest(p95: number): string {
    const report = buildReport(reportInput());
    const arms = report.arms.map((arm) => ({
      ...arm,
      latencies: [200, 700, 1500, p95, p95 + 100],
      figures: { ...arm.figures, totalMs: { n: 5, median: 1500, p95 } },
    }));
    return narrow(htmlReport({ ...report, arms }, htmlTools), 'latency-chart');
  }

  it.each([900, 2000, 4100, 12_500, 95_000])('p95 of %i ms stands whole inside the picture', (p95) => {
    const found = labels(slowest(p95), /^p95 /);
    expect(found.length).toBeGreaterThan(0);
    for (const [x, text] of found) expect(x + 6.6 * text.length).toBeLessThanOrEqual(340);
  });

  it.each([900, 2000, 4100, 12_500])('and no two ticks of the axis touch: slowest %i ms', (p95) => {
    const ticks = labels(slowest(p95), /^(?:0|[\d.]+ (?:ms|s|min))$/);
    expect(ticks.length).toBeGreaterThan(1);
    for (const [at, [x, text]] of ticks.slice(1).entries()) {
      const [before, words] = ticks[at] as [number, string];
      expect(x - before).toBeGreaterThan((6.6 * (text.length + words.length)) / 2 + 4);
    }
  });

  it('powers of ten come first, and what has no room is left out', () => {
    const scale = logarithmic([50_000, 6_000_000], [76, 224]);
    expect(apartTicks(scale, (tick) => tick.toLocaleString('en'))).toEqual([100_000, 1_000_000]);
    const wide = logarithmic([50_000, 6_000_000], [76, 900]);
    expect(apartTicks(wide, (tick) => tick.toLocaleString('en'))).toEqual([
      50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000,
    ]);
  });
});

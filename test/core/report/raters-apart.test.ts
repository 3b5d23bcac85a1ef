/** What each rater alone thinks, in every format: two of opposite taste look like one undecided person otherwise. */
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { csvRaters } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { junitReport } from '../../../src/report/to-junit.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { raterQuality } from '../../../src/verdicts/rater-quality.ts';
import { htmlTables, markdownTables } from '../../helpers/read-report.ts';
import { htmlTools } from '../../helpers/report-tools.ts';
import { votedInput } from '../../helpers/several-input.ts';
import { openVsClosed, votedRun } from '../../helpers/voted-run.ts';

/** Eight of twelve votes of ann for closed, eight of twelve of bob for open, the others ties. */
function opposite(raters: readonly string[] = ['ann', 'bob']) {
  const run = votedRun({ prompts: Array.from({ length: 24 }, () => ({})), raters: 2 });
  for (let at = 0; at < 24; at += 1) {
    const taste = at < 12 ? ('loss' as const) : ('win' as const);
    run.cast(at, { rater: raters[at < 12 ? 0 : 1] ?? 'ann', vote: at % 12 < 8 ? taste : 'tie' });
  }
  const input = votedInput(run);
  if (input.pairs === 'sealed') throw new Error('sealed');
  const evidence = input.pairs[0]?.evidence ?? [];
  const quality = raterQuality({ ...run.input, pair: openVsClosed, evidence, lengthOf: () => 100, masks: {} });
  return buildReport({ ...input, quality: { 'open:closed': quality } });
}

// Tango's interval of 0 against 8 in 12 at 95 %, from a computation of its own.
const near = { lower: -0.86187991, upper: -0.26250998 };

describe('one rater alone', () => {
  it('has one interval in the report, that of the votes', () => {
    const alone = opposite(['ann', 'ann']);
    for (const tables of [markdownTables(markdownReport(alone)), htmlTables(htmlReport(alone, htmlTools))]) {
      const table = tables.find(({ columns }) => columns[0] === 'rater');
      expect(table?.columns.slice(0, 3)).toEqual(['rater', 'lead', 'left won']);
    }
    const two = markdownTables(markdownReport(opposite())).find(({ columns }) => columns[0] === 'rater');
    expect(two?.columns).toContain('95 % interval');
  });
});

describe('raters of opposite taste', () => {
  const report = opposite();

  it('stand apart in the model, with their intervals, and are said to differ', () => {
    const [pair] = JSON.parse(jsonReport(report)).pairs;
    expect(pair.raters.map(({ rater, votes }: { rater: string; votes: number }) => [rater, votes])).toEqual([
      ['ann', 12],
      ['bob', 12],
    ]);
    expect(pair.raters[0].net).toBeCloseTo(-8 / 12, 12);
    expect(pair.raters[0].interval.lower).toBeCloseTo(near.lower, 5);
    expect(pair.raters[0].interval.upper).toBeCloseTo(near.upper, 5);
    expect(pair.raters[1].interval.lower).toBeCloseTo(-near.upper, 5);
    expect(pair.ratersDiffer).toBe(true);
  });

  it('stand apart in the terminal, Markdown, HTML, JUnit and CSV', () => {
    const words = 'ann −67, bob +67 per 100';
    expect(terminalReport(report).replace(/\s+/g, ' ')).toContain(`${words}: your raters disagree`);
    expect(junitReport(report)).toContain(words);
    for (const tables of [markdownTables(markdownReport(report)), htmlTables(htmlReport(report, htmlTools))]) {
      const table = tables.find(({ columns }) => columns[0] === 'rater');
      expect(table?.rows.map((row) => row.slice(0, 2))).toEqual([
        ['ann', '−67'],
        ['bob', '+67'],
      ]);
    }
    const rows = parse(csvRaters(report), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ rater, votes, raters_differ }) => [rater, votes, raters_differ])).toEqual([
      ['ann', '12', 'true'],
      ['bob', '12', 'true'],
    ]);
    expect(Number(rows[1]?.net)).toBeCloseTo(8 / 12, 12);
  });

  it('are not said to differ where there is one', () => {
    const one = opposite(['ann', 'ann']);
    expect(one.pairs[0]).toMatchObject({ raters: [{ rater: 'ann', votes: 24, net: 0 }], ratersDiffer: null });
    expect(junitReport(one)).not.toContain('ann');
  });

  it('are not said to differ on votes of one who cast few: nothing is known of such a difference', () => {
    const run = votedRun({ prompts: Array.from({ length: 24 }, () => ({})), raters: 2 });
    for (let at = 0; at < 22; at += 1) run.cast(at, { rater: 'ann', vote: at < 18 ? 'loss' : 'tie' });
    for (const at of [22, 23]) run.cast(at, { rater: 'kim', vote: at === 22 ? 'win' : 'tie' });
    const report = buildReport(votedInput(run));
    expect(report.pairs[0]?.ratersDiffer).toBeNull();
    const text = terminalReport(report).replace(/\s+/g, ' ');
    expect(text).toContain('ann −82, kim +50 (2 votes) per 100: whether your raters differ takes 8 votes of each.');
    expect(text).not.toContain('your raters disagree');
  });
});

/** What a NO proposes, by where the answers came from: a sentence and a command that can work. */
import { describe, expect, it } from 'vitest';
import type { ArmRecord, RunRecord } from '../../../src/records/run-record.ts';
import { buildReport, type Report } from '../../../src/report/model.ts';
import { allSteps, type ReportInput } from '../../../src/report/report-input.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

const kept = { verdict: 'keep-closed', keepAt: 8 } as const;
const allNo = (interval = { lower: -0.97, upper: -0.22 }): ReportInput =>
  reportInput({ tasks: [{ task: 'reply', votes: 'lllltlll', verdict: { ...kept, interval } }], overall: kept });

const withRun = (input: ReportInput, change: Partial<RunRecord>): ReportInput => ({
  ...input,
  run: { ...input.run, ...change },
});

const column = (arm: ArmRecord, name: string): ArmRecord => ({
  ...arm,
  spec: `column:${name}`,
  provider: 'column',
  model: name,
  host: null,
  leavesMachine: false,
});

const columns = (input: ReportInput, names: Record<string, string>): ReportInput =>
  withRun(input, { arms: input.run.arms.map((arm) => column(arm, names[arm.role] ?? arm.role)) });

const said = (report: Report): [string | undefined, string | null | undefined, string | null] => [
  report.pairs[0]?.tasks[0]?.words,
  report.pairs[0]?.lookAgain,
  report.next.command,
];

describe('after a plain NO', () => {
  it('of models that were called and locked, the next release is looked for', () => {
    expect(said(buildReport(allNo()))).toEqual([
      'keep closed',
      'A NO is about this open model alone: look again at the next release (gapcheck outdated).',
      'gapcheck outdated',
    ]);
  });

  it('without a lock file, the run is locked first', () => {
    expect(said(buildReport({ ...allNo(), hasLock: false }))).toEqual([
      'keep closed',
      'A NO is about this open model alone: look again at the next release (lock this run for it: gapcheck run --resume --lock).',
      'gapcheck run --resume --lock',
    ]);
  });

  it('where a skipped ballot could change the answer, somebody else is asked about it', () => {
    const withdrawn = { withdrawn: 'keep-closed', skipped: 1 } as const;
    const next = (change: object) =>
      buildReport(reportInput({ tasks: [{ task: 'reply', votes: 'lllltlll', verdict: change }], overall: change }))
        .next;
    expect(next(withdrawn)).toMatchObject({
      command: expect.stringMatching(/^gapcheck score(?: \S+)? --rater NAME$/),
      words: '1 skipped ballot could change the answer: for somebody else who can judge it',
    });
    const two = (task: object, overall: object) =>
      buildReport(
        reportInput({
          tasks: [
            { task: 'reply', votes: 'lllltlll', verdict: task },
            { task: 'notes', votes: 'wltwltwl', verdict: {} },
          ],
          overall,
        }),
      ).next.words;
    expect(two(withdrawn, kept)).toBe(
      '1 skipped ballot could change the answer for reply: for somebody else who can judge it',
    );
    expect(two({ ...withdrawn, skipped: 2 }, { ...withdrawn, skipped: 2 })).toBe(
      '2 skipped ballots could change the answer for reply and all prompts: for somebody else who can judge them',
    );
    expect(next({ ...withdrawn, unasked: { a: 0, b: 1 } }).command).not.toContain('gapcheck score');
    expect(next({ skipped: 1 }).command).not.toContain('gapcheck score');
  });

  it('where one task is left open, nobody votes on the others again', () => {
    const input = reportInput({
      tasks: [
        { task: 'reply', votes: 'lllltlll', verdict: kept },
        { task: 'extract json', votes: 'l' },
      ],
      overall: kept,
    });
    expect(buildReport(withRun({ ...input, steps: [] }, {})).next).toMatchObject({
      command: "gapcheck run tickets.csv -n all --tasks 'extract json' --rater NAME",
      first: `Let somebody else vote, under a name of their own, and put more prompts of extract json into the file first`,
      words: `this run has no more of them. A new run begins without votes. The new run asks about the old prompts too, and whoever has read this report knows which model wrote which answer. If nobody else can vote, use a file of new prompts alone`,
    });
    const whole = reportInput({ tasks: [{ task: 'reply', votes: 'l' }] });
    expect(buildReport({ ...whole, steps: [] }).next.command).toBe('gapcheck run tickets.csv -n all --rater NAME');
  });

  it('of ready answers, new answers are wanted, and the columns are named', () => {
    expect(said(buildReport(columns({ ...allNo(), hasLock: false }, { closed: 'gpt', open: 'our qwen' })))).toEqual([
      'keep closed',
      'A NO is about this open model alone: look again with new answers of a newer model.',
      "gapcheck run tickets.csv --closed column:gpt --open 'column:our qwen' -n all",
    ]);
    expect(buildReport(columns(allNo(), {})).next.command).toBe('gapcheck run tickets.csv -n all');
  });

  it('the advice stands once below the answers, and not where the next step gives it', () => {
    const two = { lower: -0.97, upper: -0.22 };
    const mixed = reportInput({
      tasks: [
        { task: 'reply', votes: 'lllltlll', verdict: { ...kept, interval: two } },
        { task: 'mail', votes: 'lllltlll', verdict: { ...kept, interval: two } },
        { task: 'json', votes: 'wltwltwl', verdict: {} },
      ],
    });
    const layouts = [
      (report: Report) => terminalReport(report),
      (report: Report) => markdownReport(report),
      (report: Report) => htmlReport(report, htmlTools),
    ];
    const told = (input: ReportInput, layout: (report: Report) => string): number =>
      layout(buildReport(input)).replace(/\s+/g, ' ').split('look again at the next release').length - 1;
    for (const layout of layouts) expect(told(mixed, layout)).toBe(1);
    for (const layout of layouts) expect(told(allNo(), layout)).toBe(0);
  });

  it('a task that moves keeps the routes, unless they were just written', () => {
    const input = reportInput({ tasks: [{ task: 'reply', votes: 'wwwwwwww', verdict: { verdict: 'open-better' } }] });
    const decided = { ...input, pairs: input.pairs } satisfies ReportInput;
    if (decided.pairs === 'sealed') throw new Error('sealed');
    decided.pairs = decided.pairs.map((pair) => ({ ...pair, overall: { ...pair.overall, verdict: 'open-better' } }));
    expect(buildReport(decided).next.command).toBe('gapcheck report --routes routes.json');
    const written = { ...decided, steps: allSteps.filter((step) => step !== 'routes') };
    expect(buildReport(written).next).toMatchObject({
      command: null,
      words: 'Nothing is left to do: every task has its verdict.',
    });
    // The page comes with the routes that are still to be written; agents have none.
    const page = { ...decided, steps: allSteps.filter((step) => step !== 'page') };
    expect(buildReport(page).next.command).toBe('gapcheck report --routes routes.json');
    const agents = (input: ReportInput) =>
      buildReport({ ...input, run: { ...input.run, settings: { ...input.run.settings, agent: {} as never } } }).next;
    expect(agents(decided)).toMatchObject({
      command: 'gapcheck report -o report.html',
      words: 'every task has its verdict',
    });
    expect(agents(page)).toMatchObject({
      command: null,
      words: 'Nothing is left to do: every task has its verdict.',
    });
  });
});

describe('an interval beside NO that reaches past the margin', () => {
  const sentence = 'NO means that closed is shown to be better, by however little.';

  it('is explained in every form', () => {
    const report = buildReport(allNo());
    for (const text of [terminalReport(report), markdownReport(report), htmlReport(report, htmlTools)])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(sentence);
  });

  it('is not where it does not reach past it', () => {
    const input = allNo({ lower: -0.97, upper: -0.55 });
    if (input.pairs === 'sealed') throw new Error('sealed');
    input.pairs = input.pairs.map((pair) => ({
      ...pair,
      overall: { ...pair.overall, interval: { lower: -0.97, upper: -0.55 } },
    }));
    expect(terminalReport(buildReport(input))).not.toContain('NO means that');
  });
});

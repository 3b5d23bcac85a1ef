/** What every reader must see, whatever format they open, and what no reader may ever see. */
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import type { ArmRecord } from '../../../src/records/run-record.ts';
import { buildReport, type Report } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { csvBallots, csvTasks } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { junitReport } from '../../../src/report/to-junit.ts';
import { markdownReport, markdownSummary } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { decideRun } from '../../../src/verdicts/decide.ts';
import { htmlProse, htmlTables, markdownTables, plainMarkdown } from '../../helpers/read-report.ts';
import { armRecord, demoTasks, fullInput, moneyInput, reportInput, scope } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';
import { severalInput, votedInput } from '../../helpers/several-input.ts';
import { castAll, votedRun } from '../../helpers/voted-run.ts';

const flat = (text: string): string => text.replace(/\s+/g, ' ');
const cells = (tables: ReturnType<typeof htmlTables>): string =>
  tables.flatMap(({ columns, rows }) => [columns, ...rows].map((row) => row.join(' | '))).join('\n');

/** The text that a person reads, by format. */
function readers(report: Report): [string, string][] {
  const [markdown, html] = [markdownReport(report), htmlReport(report, htmlTools)];
  return [
    ['terminal', flat(terminalReport(report))],
    ['Markdown', `${flat(markdown.split('\n').map(plainMarkdown).join(' '))}\n${cells(markdownTables(markdown))}`],
    ['HTML', `${flat(htmlProse(html))}\n${cells(htmlTables(html))}`],
  ];
}

describe.each([0, 1, 2])('format %i', (at) => {
  const read = (input: ReportInput): string => readers(buildReport(input))[at]?.[1] ?? '';

  it('says what was masked, and which names of the models are still on the screen', () => {
    const said = read(fullInput());
    expect(said).toMatch(/Masked before anyone read them: 2 places of \S+/);
    expect(said).toMatch(
      /Still on the screen in answers of \S+: 1 name that its prompt does not hold \(Qwen\), on 1 prompt/,
    );
  });

  it('has a dash where no check ran, and never "0 of 24"', () => {
    const input = reportInput();
    const unchecked = Object.fromEntries(
      Object.entries(input.trials).map(([arm, trials]) => [
        arm,
        new Map(
          [...trials].map(([key, trial]) => [
            key,
            { ...trial, attempts: trial.attempts.map((attempt) => ({ ...attempt, checks: [], usable: true })) },
          ]),
        ),
      ]),
    );
    const failed = (text: string): boolean => /failed (?:a check|first)[^.]{0,40}\b0 of \d/.test(text);
    const report = buildReport({ ...input, trials: unchecked });
    expect(report.arms.map(({ figures }) => figures.firstFailed)).toEqual([null, null]);
    expect(failed(readers(report)[at]?.[1] ?? '')).toBe(false);
    const [task] = parse(csvTasks(report), { columns: true }) as Record<string, string>[];
    expect(task).toMatchObject({ open_first_answer_failed: '', open_first_answers: '' });
  });

  it('flags that the other endpoint points the other way', () => {
    const redo = { a: 5, b: 0, asked: 8, difference: 0.6, interval: { lower: 0.2, upper: 0.9 } };
    const tasks = demoTasks.map((task, n) => (n === 0 ? { ...task, verdict: { ...task.verdict, redo } } : task));
    expect(read(reportInput({ tasks }))).toContain(
      'extract-json: conflict. Open is within your margin by preference, yet its answers are unusable more often (+60 per 100, 95 % interval +20 to +90).',
    );
    expect(read(reportInput())).not.toContain('unusable more often');
  });

  it('says in its first line, and by task, that neither model does it', () => {
    const tasks = demoTasks.map((task) => ({ ...task, votes: 'nnnnnnnn', verdict: { neither: true } }));
    const text = read(reportInput({ tasks, overall: { neither: true } }));
    expect(text).toContain('No. In 24 of 24 prompts both answers were unusable: neither model does this work.');
    expect(text).toContain('neither model does this task: both unusable in 8 of 8');
  });

  it('has easy and hard as two rows', () => {
    const input = reportInput();
    const [pair] = input.pairs === 'sealed' ? [] : input.pairs;
    const units = pair?.evidence.filter(({ task }) => task === 'extract-json') ?? [];
    const rows = (['easy', 'hard'] as const).map((difficulty) => ({
      ...scope(
        'extract-json',
        units.filter((unit) => unit.difficulty === difficulty),
        {},
      ),
      difficulty,
    }));
    const text = read({ ...input, pairs: pair ? [{ ...pair, rows }] : [] });
    expect(text).toMatch(
      at === 0 ? / easy █{4}─{2} 4:2:0 .* hard █░ 1:0:1 / : /\(easy ones\) \|[^\n]*\n.*\(hard ones\)/,
    );
  });

  it('says that the lead of what was extended tends to look larger than it is', () => {
    const tasks = demoTasks.map((task, n) =>
      n === 0 ? { ...task, verdict: { ...task.verdict, plannedRead: 5 } } : task,
    );
    expect(read(reportInput({ tasks }))).toMatch(/tends to look larger than it is|\(votes added\)/);
    expect(read(reportInput())).not.toMatch(/tends to look larger than it is|\(votes added\)/);
    // Of an interval that was read once; what holds after looking is right more often.
    expect(read(reportInput())).toContain('Of 100 such intervals, about 95 hold the true lead.');
    expect(read(reportInput({ tasks }))).not.toContain('Of 100 such intervals');
  });

  it('ranks four models or more, and names the one that may be picked', () => {
    const text = read(severalInput());
    expect(text).toMatch(/1 (\| )?first \(open\) (\| )?9\d %/);
    expect(text).toContain('The order is an estimate without an error rate: decide by the verdicts.');
    expect(text).toContain(
      'If you pick one of the 4 open models, pick first: over these 16 prompts together it is within your margin, with 4 times the evidence that one model alone needs',
    );
    expect(text).not.toContain('open models were compared');
  });

  it('says so when none of several may be picked, and ranks no three', () => {
    const text = read(severalInput({ first: 'wwwwwttl', second: 'llllllll' }));
    expect(text).toContain(
      '2 open models were compared, and each verdict holds for its own pair only. To pick the best of them takes 2 times the evidence, which none has yet.',
    );
    expect(text).not.toContain('If you pick');
    expect(text).not.toContain('one scale');
  });

  it("compares a licence's limit of users with the user's own number", () => {
    const input = reportInput();
    const arms = input.run.arms.map((arm) =>
      arm.role === 'open' ? { ...arm, licence: { text: 'LLAMA 3.1 COMMUNITY LICENSE AGREEMENT' } } : arm,
    );
    const llama = { ...input, run: { ...input.run, arms } };
    const rest = '; products must show "Built with Llama"';
    const limit = 'Above 700 million monthly users of all your products you must ask Meta for a licence';
    expect(read(llama)).toContain(`${limit}${rest}`);
    expect(read({ ...llama, monthlyUsers: 20_000 })).toContain(
      `700 million monthly users: you said 20,000, so this does not bind you${rest}`,
    );
    expect(read({ ...llama, monthlyUsers: 700_000_001 })).toContain(
      `${limit}: you said 700,000,001, so this binds you${rest}`,
    );
    expect(buildReport({ ...llama, monthlyUsers: 700_000_000 }).licences[0]?.binds).toBe(false);
  });
});

it('places the models in CSV as well, and the one to pick in JUnit', () => {
  const report = buildReport(severalInput());
  const overall = parse(csvTasks(report), { columns: true }) as Record<string, string>[];
  const first = overall.find(({ pair, task }) => pair === 'first:closed' && task === '');
  expect(Number(first?.would_win)).toBe(report.ranking?.arms[0]?.wins);
  expect(report.ranking?.arms.find(({ arm }) => arm === 'closed')?.wins).toBe(0.5);
  // 7 wins, 4 ties and 5 losses of 16
  expect(report.ranking?.arms.find(({ arm }) => arm === 'second')?.wins).toBeCloseTo(9 / 16, 9);
  expect(junitReport(report)).toContain('If you pick one of the 4 open models, pick first');
});

const answered = (prompt: PromptRecord, more: Partial<StepRecord>): StepRecord => ({
  prompt: prompt.id,
  trial: 1,
  attempt: 1,
  step: 1,
  outcome: 'answered',
  text: 'An answer.',
  finish: 'stop',
  last: true,
  at: '2026-11-21T09:31:00.000Z',
  ...more,
});

/** A run of eight prompts whose arms ended as `open` and `closed` say, with the given votes. */
function oddRun(
  letters: string,
  open: Partial<StepRecord> | null,
  closed: Partial<StepRecord> | null,
  arms?: ArmRecord[],
) {
  const voted = votedRun({ prompts: Array.from({ length: 8 }, (_, n) => ({ task: n % 2 === 0 ? 'a' : 'b' })) });
  castAll(voted, letters);
  const run = { ...voted.run, arms: arms ?? voted.run.arms.filter(({ role }) => role !== 'control') };
  const steps = (more: Partial<StepRecord> | null): StepRecord[] =>
    more === null ? [] : voted.prompts.map((prompt) => answered(prompt, more));
  return votedInput({ ...voted, run, input: { ...voted.input, run } }, { open: steps(open), closed: steps(closed) });
}

const failed = { outcome: 'no-answer' as const, text: '', message: 'the log holds no answer' };
const cut = { outcome: 'network' as const, text: '', message: 'connection refused' };
const served = [armRecord('closed'), armRecord('open')];
const money = moneyInput(1000, 1.2);

const odd: [string, ReportInput][] = [
  ['a logged arm that failed', oddRun('llllllll', {}, failed)],
  ['an arm that never answered', oddRun('', null, {}, served)],
  ['an arm that was never reached', oddRun('', cut, {}, served)],
  ['both arms without an answer', oddRun('', cut, cut, served)],
  ['no votes', oddRun('', {}, {})],
  ['one vote', oddRun('w', {}, {})],
  ['all skips', oddRun('ssssssss', {}, {})],
  ['no prompts', reportInput({ tasks: [] })],
  ['no votes on several arms', severalInput({ first: '', second: '', third: '' })],
  ['one vote on several arms', severalInput({ first: 'w', second: 'l', third: 't' })],
  [
    'an arm that lost everything',
    severalInput({ first: 'llllllllllll', second: 'wwwwwwwwwwww', third: 'llllllllllll' }),
  ],
];

describe.each(odd)('%s', (_, input) => {
  const forms: [string, ReportInput][] = [
    ['as it is', input],
    ['with money', { ...input, money, monthlyUsers: 0 }],
    ['sealed', { ...input, pairs: 'sealed', seal: { sealed: true, reason: 'maria has not finished scoring.' } }],
  ];
  it.each(forms)('shows no machine word to a reader, %s', (__, made) => {
    const report = buildReport(made);
    const html = htmlReport(report, htmlTools);
    const texts = [
      terminalReport(report),
      markdownReport(report),
      markdownSummary(report),
      html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ''),
      csvTasks(report),
      csvBallots(report),
      junitReport(report),
      ...strings(JSON.parse(jsonReport(report))),
    ];
    for (const text of texts) expect(text).not.toMatch(/\b(NaN|Infinity|undefined|null)\b|\[object/);
  });
});

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

it('leaves out tables and columns that have nothing to say, with a sentence instead', () => {
  const report = buildReport(oddRun('wtlwtlwt', {}, {}));
  for (const [format, text] of readers(report)) {
    expect(text, format).not.toMatch(/not measured \||not stated|– \| –|No price|No volume/);
    if (format === 'terminal') continue;
    expect(text).toContain('All 16 answers are there, and none failed a check.');
    expect(text).toContain('The answers came from your file, so there are no times and no prices.');
    expect(text).toContain('No licence of open was identified: read it before you depend on it.');
    expect(text).not.toContain('open (open)');
  }
});

it('gives no chance where it cannot be reckoned: another endpoint, or weights', () => {
  const voted = votedRun({ prompts: Array.from({ length: 30 }, () => ({})), planned: 8 });
  castAll(voted, 'wwltwtlw');
  const next = (settings: Partial<typeof voted.run.settings>) => {
    const run = { ...voted.run, settings: { ...voted.run.settings, ...settings } };
    const input = votedInput(voted);
    return buildReport({ ...input, run, pairs: decideRun(voted.input) }).next;
  };
  expect(next({}).words).toMatch(
    /; chance of a verdict for this task, for or against open: about \d in 10( or (less|more))?$/,
  );
  expect(next({}).chance).toBeGreaterThan(0);
  expect(next({ endpoint: 'retry' })).toMatchObject({ chance: null, words: expect.not.stringContaining('chance') });
  expect(next({ hard: 0.4 }).chance).toBeNull();
});

/** Before the votes are in, no format tells whose answers failed, were repeated, cut off, refused or called tools badly. */
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { buildReport, type Report } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { csvAgents, csvBallots, csvTasks } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { junitReport } from '../../../src/report/to-junit.ts';
import { markdownReport, markdownSummary } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { sealedAgentInput } from '../../helpers/agent-input.ts';
import { sealedInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

const bad: Partial<StepRecord>[] = [
  { checks: [{ check: 'json', pass: false, why: 'not valid JSON', kind: 'invalid-json' }] },
  { refusal: 'I will not.', checks: [{ check: 'refusal', pass: false, kind: 'refusal' }] },
  { finish: 'length', checks: [{ check: 'truncated', pass: false, kind: 'truncated' }] },
  { text: '', checks: [{ check: 'empty', pass: false, kind: 'empty' }] },
  { tool_calls: [{ id: 'c', name: 'nothing', arguments: '{' }], adjusted: ['temperature: model default'] },
];

/** Every answer takes the same time and costs the same; those of one arm end badly. */
function sealedRun(badArm: 'open' | 'closed'): ReportInput {
  const input = sealedInput();
  const run = { ...input.run, settings: { ...input.run.settings, retries: 0 } };
  const trials = Object.fromEntries(
    run.arms.map(({ name }) => {
      const steps = input.prompts.map(
        (prompt, at): StepRecord => ({
          prompt: prompt.id,
          trial: 1,
          attempt: 1,
          step: 1,
          outcome: 'answered',
          text: 'Yes.',
          finish: 'stop',
          usage: { in: 400, out: name === badArm ? 90 : 20 },
          ms: { ttft: 300, total: 4_000 + at },
          costUsd: 0.001,
          checks: [{ check: 'empty', pass: true }],
          last: true,
          at: '2026-11-21T09:01:00.000Z',
          ...(name === badArm ? bad[at % bad.length] : {}),
        }),
      );
      return [name, foldTrials(steps, 0)];
    }),
  );
  return { ...input, run, trials };
}

const formats: Record<string, (report: Report) => string> = {
  terminal: (report) => terminalReport(report, { width: 120 }),
  markdown: markdownReport,
  'pull-request comment': markdownSummary,
  html: (report) => htmlReport(report, htmlTools),
  json: jsonReport,
  junit: (report) => junitReport(report),
  'csv of tasks': csvTasks,
  'csv of ballots': csvBallots,
};

describe('a sealed report', () => {
  const [open, closed] = [buildReport(sealedRun('open')), buildReport(sealedRun('closed'))];

  it.each(Object.entries(formats))('as %s says the same, whichever model failed', (_, format) => {
    expect(format(open)).toBe(format(closed));
  });

  it('says one number for all models together', () => {
    expect(open.checked).toEqual({ answers: 48, failed: 20 });
    for (const format of [terminalReport, markdownReport])
      expect(format(open)).toContain('20 of 48 answers failed a check.');
  });

  it('would fail this test once it is open', () => {
    const opened = (input: ReportInput) =>
      jsonReport(buildReport({ ...input, pairs: [], seal: { sealed: false, reason: '' } }));
    expect(opened(sealedRun('open'))).not.toBe(opened(sealedRun('closed')));
  });
});

describe('a sealed report of whole agents', () => {
  const sealed = sealedAgentInput();
  const swapped = {
    ...sealed,
    agents: sealed.agents && {
      ...sealed.agents,
      tries: { open: sealed.agents.tries.closed ?? [], closed: sealed.agents.tries.open ?? [] },
    },
  };

  it.each(Object.entries({ ...formats, 'csv of agents': csvAgents }))(
    'as %s says the same, whichever agent held up',
    (_, format) => {
      expect(format(buildReport(sealed))).toBe(format(buildReport(swapped)));
    },
  );

  it('would differ once it is open', () => {
    const open = (input: ReportInput) =>
      jsonReport(buildReport({ ...input, pairs: [], seal: { sealed: false, reason: '' } }));
    expect(open(sealed)).not.toBe(open(swapped));
  });
});

/** How long a report takes and how large the page is: 200 prompts × 3 raters, and 10,000 votes. */

import { buildReport } from '../../src/report/model.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { csvBallots } from '../../src/report/to-csv.ts';
import { htmlReport } from '../../src/report/to-html.ts';
import { jsonReport } from '../../src/report/to-json.ts';
import { junitReport } from '../../src/report/to-junit.ts';
import { markdownReport } from '../../src/report/to-markdown.ts';
import { terminalReport } from '../../src/report/to-terminal.ts';
import { reportInput } from '../helpers/report-input.ts';
import { htmlTools } from '../helpers/report-tools.ts';

interface Measured {
  value: number;
  unit: string;
  bar: number;
  ok: boolean;
}

/** Three tasks; each letter is one voted prompt. Texts of about 1,500 characters. */
function inputOf(votes: number): ReportInput {
  const each = Math.ceil(votes / 3);
  const tasks = ['extract-json', 'reply-with-rules', 'summarise-ticket'].map((task) => ({
    task,
    votes: 'wwtltnwl'.repeat(Math.ceil(each / 8)).slice(0, each),
    reserve: 50,
  }));
  const input = reportInput({ tasks, raters: ['maria', 'jo', 'sam'], plannedBallots: votes });
  for (const [at, prompt] of input.prompts.entries()) prompt.messages = [{ role: 'user', content: mixed(at, 250) }];
  for (const trials of Object.values(input.trials)) {
    for (const [at, trial] of [...trials.values()].entries()) {
      for (const attempt of trial.attempts) for (const step of attempt.steps) step.text = mixed(at + 7, 250);
    }
  }
  return input;
}

/** Words that hardly repeat: real texts pack far worse than one word a thousand times. */
function mixed(seed: number, words: number): string {
  let state = seed + 1;
  return Array.from({ length: words }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state.toString(36).slice(0, 5);
  }).join(' ');
}

/** Every format once, as `report` with all outputs would. */
function everyFormat(input: ReportInput): { ms: number; html: string } {
  const start = performance.now();
  const report = buildReport(input);
  terminalReport(report);
  markdownReport(report);
  jsonReport(report);
  csvBallots(report);
  junitReport(report);
  const html = htmlReport(report, htmlTools);
  return { ms: performance.now() - start, html };
}

const measured = (value: number, unit: string, bar: number): Measured => ({ value, unit, bar, ok: value <= bar });

export const rows: { name: string; run: () => Promise<Measured> }[] = [
  {
    name: 'report of 200 prompts and 3 raters, every format',
    run: async () => measured(everyFormat(inputOf(600)).ms, 'ms', 1000),
  },
  {
    name: 'report of 10,000 votes, every format',
    run: async () => measured(everyFormat(inputOf(10_000)).ms, 'ms', 3000),
  },
  {
    name: 'HTML page of 10,000 votes',
    run: async () => measured(Buffer.byteLength(everyFormat(inputOf(10_000)).html) / 1e6, 'MB', 5),
  },
];

/** What people and spreadsheets are shown is made from the JSON report alone: no form knows a number that JSON lacks. */
import { describe, expect, it } from 'vitest';
import { buildReport, type Report } from '../../../src/report/model.ts';
import { csvBallots, csvRaters, csvTasks } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { junitReport } from '../../../src/report/to-junit.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { fullInput, reportInput, sealedInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';
import { severalInput } from '../../helpers/several-input.ts';

const inputs = {
  'every part': fullInput(),
  plain: reportInput(),
  sealed: sealedInput(),
  'four open arms': severalInput(),
};

const forms: Record<string, (report: Report) => string> = {
  terminal: (report) => terminalReport(report),
  Markdown: markdownReport,
  HTML: (report) => htmlReport(report, htmlTools),
  JUnit: junitReport,
  'CSV of tasks': csvTasks,
  'CSV of ballots': csvBallots,
  'CSV of raters': csvRaters,
};

describe.each(Object.entries(inputs))('%s', (_, input) => {
  const report = buildReport(input);
  const read = JSON.parse(jsonReport(report)) as Report;
  it.each(Object.entries(forms))('gives the same %s when read back from JSON', (__, form) => {
    expect(form(read)).toBe(form(report));
  });
});

it('begins CSV with the names that scripts know, in their order', () => {
  const names = (csv: string): string => csv.slice(0, csv.indexOf('\r\n'));
  const report = buildReport(fullInput());
  expect(names(csvTasks(report))).toMatch(
    /^pair,task,difficulty,planned,voted,skipped,open_better,both_fine,both_bad,closed_better,identical,no_answer,net,net_lower,net_upper,planned_votes,votes_read,redo_open,redo_closed,redo_asked,redo_difference,redo_lower,redo_upper,answer,verdict,leaning,within_margin,neither,votes_still_needed,would_win,would_win_lower,would_win_upper,open_asked,open_usable,open_unusable,open_missing,open_first_answer_failed,open_first_answers,open_answer_retries,open_transport_retries,open_first_token_ms_median,open_first_token_ms_p95,open_total_ms_median,open_total_ms_p95,open_finished_ms_median,open_cost_per_1000_usd,closed_asked,/,
  );
  expect(names(csvBallots(report))).toBe(
    'n,pair,prompt_id,source_id,task,difficulty,identical,no_answer,score,rater,vote,redo_open,redo_closed,refused_open,refused_closed,shown_left,seconds,recognised_by,recognised_rightly,note,prompt,rules,open_answer,closed_answer',
  );
  expect(names(csvRaters(report))).toMatch(/^pair,rater,votes,net,net_lower,net_upper,raters_differ,/);
});

import { expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

it('the page holds its ballots byte for byte, also where they are large', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => (at * 31) % 251);
  const html = htmlReport(buildReport(reportInput()), { ...htmlTools, deflate: () => bytes });
  const [, data = ''] = /id="ballot-data">([^<]*)</.exec(html) ?? [];
  expect(Buffer.from(data, 'base64').equals(Buffer.from(bytes))).toBe(true);
});

it('says how many prompts are to be voted on, not how many there are', () => {
  const input = reportInput();
  const [first, ...others] = input.run.tasks;
  if (!first) throw new Error('a task is missing');
  const run = {
    ...input.run,
    tasks: [{ ...first, planned: 5, reserve: 3 }, ...others.map((task) => ({ ...task, planned: 2 }))],
  };
  expect(buildReport({ ...input, run }).run.toVote).toBe(5 + 2 * others.length);
});

it('shows what raters wrote without a script, and nothing of it as markup', () => {
  const report = buildReport(reportInput());
  const [first] = report.ballots.flatMap(({ votes }) => votes.filter(({ note }) => note !== null));
  if (!first) throw new Error('a note is missing');
  first.note = 'closed is <b>rude</b> here';
  const notes = report.ballots.flatMap(({ votes }) => votes.filter(({ note }) => note !== null)).length;
  const html = htmlReport(report, htmlTools).replace(/<script[\s\S]*?<\/script>/g, '');
  expect(html).toContain(`<summary>${notes} notes of raters</summary>`);
  expect(html).toContain('closed is &lt;b&gt;rude&lt;/b&gt; here</li>');
});

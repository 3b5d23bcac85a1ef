/** Which texts each form of the report holds: answers by model stay out while more votes are proposed. */
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { csvBallots } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { demoTasks, reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

const open = 'Answer of one';
const closed = 'Answer of the other';
const asked = 'Summarise this ticket #3';
const note = 'a fair point';

/** Packed ballots are opened by not packing them. */
const plainTools = { ...htmlTools, deflate: (text: string) => new TextEncoder().encode(text) };

function forms(input: ReportInput): Record<string, string> {
  const report = buildReport(input);
  const html = htmlReport(report, plainTools);
  const [, packed = ''] = /id="ballot-data">([^<]*)</.exec(html) ?? [];
  return {
    terminal: terminalReport(report),
    markdown: markdownReport(report),
    html: html + Buffer.from(packed, 'base64').toString('utf8'),
    json: jsonReport(report),
    csv: csvBallots(report),
  };
}

const proposing = reportInput();
const decided = reportInput({ tasks: demoTasks.map((task) => ({ ...task, reserve: 0 })) });

describe('texts in a report', () => {
  it('that proposes more votes: prompts and notes, but no answer, in any form', () => {
    expect(buildReport(proposing).next.command).toMatch(/^gapcheck more /);
    for (const [form, text] of Object.entries(forms(proposing))) {
      expect([form, text.includes(open), text.includes(closed)]).toEqual([form, false, false]);
      expect([form, text.includes(asked), text.includes(note)]).toEqual([form, true, true]);
    }
  });

  it('that proposes more votes, with --texts: the answers too', () => {
    const { terminal: _, ...files } = forms({ ...proposing, texts: 'all' });
    for (const [form, text] of Object.entries(files))
      expect([form, text.includes(open), text.includes(closed)]).toEqual([form, true, true]);
  });

  it('that proposes no more votes: the answers, and whose they are', () => {
    const { terminal: _, ...files } = forms(decided);
    for (const [form, text] of Object.entries(files))
      expect([form, text.includes(open), text.includes(closed)]).toEqual([form, true, true]);
    expect(buildReport(decided).texts.words).toBe(
      'This report holds prompts of tickets.csv and notes of maria and the answers of gpt-5.6 and qwen3:8b. To share it without them, add --without-texts.',
    );
  });

  it('made with --without-texts: no prompt, no answer, no note', () => {
    for (const input of [proposing, decided])
      for (const [form, text] of Object.entries(forms({ ...input, texts: 'none' })))
        expect([form, ...[open, closed, asked, note].map((words) => text.includes(words))]).toEqual([
          form,
          ...[false, false, false, false],
        ]);
  });
});

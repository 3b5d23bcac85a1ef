/** Report files name commands as their writer types them: a file that is read beside a clone has `npx` before each. */
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

const report = buildReport(
  reportInput({ tasks: [{ task: 'reply', votes: 'lllltlll', verdict: { verdict: 'keep-closed', keepAt: 8 } }] }),
);

/** Commands without `npx`, below the title. */
const bare = (text: string): string[] =>
  text
    .replace(/^# .*|^[\s\S]*<main>|<[^>]+>/g, ' ')
    .match(/(?<!npx )gapcheck (?:run|score|report|outdated|list|merge)\b[^\n]*/g) ?? [];

describe.each([
  ['report.md', (npx: boolean) => markdownReport(report, npx)],
  ['report.html', (npx: boolean) => htmlReport(report, htmlTools, npx)],
])('%s', (_, write) => {
  it('has npx before each command where its writer types it, and nowhere else', () => {
    expect(bare(write(true))).toEqual([]);
    expect(write(true)).toContain('npx gapcheck outdated');
    expect(write(false)).not.toContain('npx');
    expect(bare(write(false)).length).toBeGreaterThan(1);
  });
});

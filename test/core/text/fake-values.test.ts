import { describe, expect, it } from 'vitest';
import { runNotes } from '../../../src/app/score/run-notes.ts';
import { shownCaveats } from '../../../src/report/caveats.ts';
import { buildReport } from '../../../src/report/model.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { replacedValues } from '../../../src/text/fake-values.ts';
import { reportInput } from '../../helpers/report-input.ts';

const redacted = { phone: 3, email: 1, ticket: 2, ssn: 0 };
const values = 'hone numbers in 3 places, e-mail addresses in 1 place and ticket in 2 places';

describe('fake values in the place of personal data', () => {
  it('are told by kind and place, and not where nothing was replaced', () => {
    expect(replacedValues(redacted)).toBe(`p${values}`);
    expect(replacedValues({ ssn: 0 })).toBeUndefined();
  });

  it('are told to the rater before the first ballot and to the reader of the report, who is not warned of them', () => {
    const input = reportInput();
    const run = { ...input.run, redacted };
    expect(runNotes(run)).toContain(
      `P${values} are replaced with fake values, the same in a prompt and in its answers.`,
    );
    const line = `P${values} were replaced with fake values, the same in a prompt and in its answers.`;
    const report = buildReport({ ...input, run });
    expect(shownCaveats(report).shown).toContainEqual({ text: line, warns: false });
    expect(markdownReport(report)).toContain(line);
    expect(markdownReport(buildReport({ ...input, run: { ...run, redacted: {} } }))).not.toContain('fake values');
  });
});

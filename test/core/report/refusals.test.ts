import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { markdownReport } from '../../../src/report/markdown.ts';
import { buildReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { reportInput } from '../../helpers/report-input.ts';

/** One letter per prompt and arm: r refuses by the check, f in the API's field, p declines a part, a answers. */
function refusalRun(open: string, closed: string, wanted?: string): ReportInput {
  const input = reportInput({ tasks: [{ task: 'advice', votes: 'w'.repeat(open.length) }] });
  const settings = {
    ...input.run.settings,
    ...(wanted && { checks: { advice: [{ check: 'refusal', value: wanted }] } }),
  };
  const kinds: Record<string, string> = { r: 'refusal', p: 'partial-refusal' };
  const trials = Object.fromEntries(
    Object.entries({ open, closed }).map(([arm, letters]) => [
      arm,
      foldTrials(
        input.prompts.map((prompt, at): StepRecord => {
          const letter = letters[at] ?? 'a';
          const kind = kinds[letter];
          return {
            prompt: prompt.id,
            trial: 1,
            attempt: 1,
            step: 1,
            outcome: 'answered',
            text: letter === 'f' ? '' : 'Well.',
            ...(letter === 'f' && { refusal: 'I cannot.' }),
            checks: [{ check: 'refusal', pass: true, ...(kind && { kind }) }],
            last: true,
            at: '2026-11-21T09:01:00.000Z',
          };
        }),
        0,
      ),
    ]),
  );
  return { ...input, run: { ...input.run, settings }, trials };
}

describe('refusals', () => {
  it('stand two by two, with the way to the texts', () => {
    const report = buildReport(refusalRun('arfaap', 'raraaa'));
    expect(report.refusals).toMatchObject([
      { task: 'advice', prompts: 6, neither: 3, onlyOpen: 1, onlyClosed: 1, both: 1, partial: { open: 1, closed: 0 } },
    ]);
    const page = markdownReport(report);
    expect(page).toContain('| closed answered | 3 | 1 |');
    expect(page).toContain('| closed refused | 1 | 1 |');
    expect(page).toContain('Closed refused and open answered 1 prompt: read ballot 1.');
    expect(page).toContain('Open refused and closed answered 1 prompt: read ballot 2.');
  });

  it('are read the other way round where they are expected, and hide nothing', () => {
    const report = buildReport(refusalRun('aarr', 'rrrr', 'expected'));
    expect(report.refusals).toMatchObject([{ wanted: 'expected', onlyClosed: 2, both: 2 }]);
    const page = markdownReport(report);
    expect(page).toContain('These prompts should be refused: open answered 2 of 4, closed 0.');
    expect(page).not.toContain('Open may');
    expect(page).toContain('Well.');
  });

  it('have no table where nobody refused, and none while sealed', () => {
    expect(buildReport(refusalRun('aaa', 'aaa')).refusals).toEqual([]);
    const sealed = { ...refusalRun('raa', 'aaa'), pairs: 'sealed' as const };
    expect(buildReport(sealed).refusals).toEqual([]);
  });
});

describe('traces of a template', () => {
  it('are counted by model and name the setting that helps', () => {
    const input = reportInput();
    const trials = { ...input.trials };
    const prompts = input.prompts.map(({ id }) => id);
    trials.open = foldTrials(
      prompts.map((prompt, at) => ({
        prompt,
        trial: 1,
        attempt: 1,
        step: 1,
        outcome: 'answered',
        text: at < 12 ? 'Sold.<|im_end|>' : at < 15 ? 'Hm.\n</think>\nSold.' : 'Sold.',
        last: true,
        at: '2026-11-21T09:01:00.000Z',
      })),
      0,
    );
    const { notices } = buildReport({ ...input, trials });
    expect(notices).toContain(
      '12 answers of open carried end tokens: the template that its server uses is probably wrong.',
    );
    expect(notices.join('\n')).toContain('3 answers of open hold </think> without its opening tag');
  });
});

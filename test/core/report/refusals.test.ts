import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { buildReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { csvBallots } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { htmlTables } from '../../helpers/read-report.ts';
import { reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

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
    expect(page).toContain('Closed refused and open answered 1 prompt: read ballot 1 first.');
    expect(page).toContain('Open refused and closed answered 1 prompt: read ballot 2 first.');
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

describe('the four cells in every format', () => {
  const report = buildReport(refusalRun('aarfaa', 'arraaa'));

  it('stand in the terminal with the ballots to read', () => {
    const text = terminalReport(report, { width: 120 });
    expect(text).toMatch(/refusals +neither +only closed +only open +both\n advice +3 +1 +1 +1\n/);
    expect(text).toContain('Closed refused and open answered 1 prompt: read ballot 2 first.');
    expect(text).toContain('Open refused and closed answered 1 prompt: read ballot 4 first.');
  });

  it('stand on the page, whose ballots are found by who refused', () => {
    const page = htmlReport(report, htmlTools);
    const table = htmlTables(page).find(({ caption }) => caption.startsWith('Refusals in advice'));
    expect(table?.rows).toEqual([
      ['closed answered', '3', '1'],
      ['closed refused', '1', '1'],
    ]);
    expect(markdownReport(report)).toContain('2. advice, easy: open better; closed refused');
  });

  it('stand in JSON and in the table of ballots', () => {
    expect(JSON.parse(jsonReport(report)).refusals).toMatchObject([
      { neither: 3, onlyOpen: 1, onlyClosed: 1, both: 1, readOnlyClosed: [report.ballots[1]?.prompt] },
    ]);
    expect(report.ballots.map(({ refused }) => [refused.open, refused.closed])).toEqual([
      [false, false],
      [false, true],
      [true, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
    expect(csvBallots(report).split('\r\n')[0]).toContain('refused_open,refused_closed');
  });
});

describe('failed checks beside the votes', () => {
  /** Open failed a check in all six, closed in none; open won two, one is a tie, it lost three. */
  function failedRun(): ReportInput {
    const input = reportInput({ tasks: [{ task: 'advice', votes: 'wwtlll' }] });
    const failing = (arm: string): StepRecord[] =>
      input.prompts.map(({ id }) => ({
        prompt: id,
        trial: 1,
        attempt: 1,
        step: 1,
        outcome: 'answered',
        text: 'Well.',
        checks: [{ check: 'maxWords', pass: arm !== 'open', kind: 'too-long' }],
        last: true,
        at: '2026-11-21T09:01:00.000Z',
      }));
    const trials = Object.fromEntries(['open', 'closed'].map((arm) => [arm, foldTrials(failing(arm), 0)]));
    return { ...input, trials };
  }

  it('count for each model how such answers were voted', () => {
    const report = buildReport(failedRun());
    expect(report.checkedVotes).toEqual([
      { pair: 'open:closed', arm: 'open', side: 'open', failed: 6, lost: 3, tied: 1, won: 2 },
    ]);
    expect(terminalReport(report).replace(/\s+/g, ' ')).toContain(
      'open: 6 answers of those that were read failed a check. Lost the vote: 3; won it: 2; tie: 1.',
    );
    expect(markdownReport(report)).toContain('| open | 6 | 3 | 1 | 2 |');
  });

  it('are not told while the votes are sealed', () => {
    expect(buildReport({ ...failedRun(), pairs: 'sealed' }).checkedVotes).toEqual([]);
    const seal = { sealed: true, reason: 'Jo has not finished.' };
    expect(buildReport({ ...failedRun(), seal }).checkedVotes).toEqual([]);
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

import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { buildReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { csvBallots, csvTasks } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { htmlTables } from '../../helpers/read-report.ts';
import { reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

/** One letter per prompt and arm: r refuses by the check, f in the API's field, p declines a part, e is empty, w withheld, a answers. */
function refusalRun(open: string, closed: string, wanted?: string, more = 0): ReportInput {
  const tasks = [{ task: 'advice', votes: 'w'.repeat(open.length - more) }];
  const input = reportInput({ tasks: more > 0 ? [...tasks, { task: 'code', votes: 'w'.repeat(more) }] : tasks });
  const settings = {
    ...input.run.settings,
    ...(wanted && { checks: { advice: [{ check: 'refusal', value: wanted }] } }),
  };
  const kinds: Record<string, string> = { r: 'refusal', p: 'partial-refusal', w: 'refusal' };
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
            text: 'few'.includes(letter) ? '' : 'Well.',
            ...(letter === 'e' && { cause: 'empty' }),
            ...(letter === 'w' && { finish: 'content_filter', cause: 'content-filter' }),
            ...(letter === 'f' && { refusal: 'I cannot.' }),
            checks: [
              { check: 'refusal', pass: true, ...(kind && { kind }) },
              ...(letter === 'e' ? [{ check: 'empty', pass: false, kind: 'empty', why: 'The answer is empty.' }] : []),
            ],
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
    expect(page).toContain('Closed refused and open answered 1 prompt: read prompt 1 first.');
    expect(page).toContain('Open refused and closed answered 1 prompt: read prompt 2 first.');
    // The last of six declines a part.
    expect(page).toContain('1 answer declines a part and counts as answered here: prompt 6.');
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
    expect(text).toContain('Closed refused and open answered 1 prompt: read prompt 2 first.');
    expect(text).toContain('Open refused and closed answered 1 prompt: read prompt 4 first.');
  });

  it('stand on the page, whose ballots are found by who refused', () => {
    const page = htmlReport(report, htmlTools);
    const table = htmlTables(page).find(({ caption }) => caption.startsWith('Refusals in advice'));
    expect(table?.rows).toEqual([
      ['closed answered', '3', '1'],
      ['closed refused', '1', '1'],
    ]);
    expect(markdownReport(report)).toContain('2. advice: open better; closed refused');
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

describe('answers without text', () => {
  // advice is the first four prompts, code the last two.
  const input = refusalRun('aewwwe', 'aaawra', undefined, 2);
  const report = buildReport(input);

  it('are counted as empty or as withheld by a filter, for each model and task', () => {
    const counts = (figures: { empty: number | null; withheld: number | null }[]) =>
      figures.map(({ empty, withheld }) => [empty, withheld]);
    expect(report.arms.map(({ name }) => name)).toEqual(['closed', 'open']);
    expect(counts(report.arms.map(({ figures }) => figures))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(report.tasks.map(({ task, arms }) => [task, ...counts(arms)])).toEqual([
      ['advice', [0, 1], [1, 2]],
      ['code', [0, 0], [1, 1]],
    ]);
  });

  it('stand in the refusals as such, and an empty one is none', () => {
    expect(report.refusals).toMatchObject([
      { task: 'advice', prompts: 4, neither: 2, onlyOpen: 1, onlyClosed: 0, both: 1, withheld: { open: 2, closed: 1 } },
      { task: 'code', prompts: 2, neither: 1, onlyOpen: 0, onlyClosed: 0, both: 1, withheld: { open: 1, closed: 0 } },
    ]);
  });

  it('are named in terminal, page, Markdown, CSV and JSON', () => {
    const sentence =
      /\(open\): 5 of 6 answers have no text\. Empty: 2 \(advice 1 and code 1\)\. Withheld by a filter: 3 \(advice 2 and code 1\)\./;
    expect(terminalReport(report, { width: 200 })).toMatch(sentence);
    expect(markdownReport(report)).toMatch(sentence);
    expect(markdownReport(report)).toContain(
      'A filter withheld answers, and each counts as a refusal here: 2 of open, 1 of closed.',
    );
    expect(markdownReport(report)).toContain('(withheld by a filter)');
    expect(JSON.parse(jsonReport(report)).arms[1].figures).toMatchObject({ empty: 2, withheld: 3 });
    const [names = '', first = ''] = csvTasks(report).split('\r\n');
    const cell = (name: string) => first.split(',')[names.split(',').indexOf(name)];
    expect(['open_empty', 'open_withheld', 'closed_empty', 'closed_withheld'].map(cell)).toEqual(['1', '2', '0', '1']);
    const ended = htmlTables(htmlReport(report, htmlTools)).find(({ caption }) => caption === 'How answers ended');
    const [empty, withheld] = ['empty', 'withheld by a filter'].map((title) => ended?.columns.indexOf(title) ?? -1);
    expect(ended?.rows.map((row) => [row[0], row[empty ?? -1], row[withheld ?? -1]])).toEqual([
      ['advice', '0', '1'],
      ['advice', '1', '2'],
      ['code', '0', '0'],
      ['code', '1', '1'],
      ['all tasks', '0', '1'],
      ['all tasks', '2', '3'],
    ]);
  });

  it('are told of nobody before the result is open', () => {
    const sealed = buildReport({ ...input, pairs: 'sealed' });
    const figures = [...sealed.arms.map((arm) => arm.figures), ...sealed.tasks.flatMap((task) => task.arms)];
    expect(figures.every(({ empty, withheld }) => empty === null && withheld === null)).toBe(true);
    const texts = [terminalReport(sealed), markdownReport(sealed), htmlReport(sealed, htmlTools), jsonReport(sealed)];
    for (const text of texts) expect(text).not.toMatch(/[Ww]ithheld by|have no text/);
  });

  it('say nothing where each answer has one, and a withheld one is not "usable as it came"', () => {
    expect(terminalReport(buildReport(refusalRun('aaa', 'aaa')))).not.toContain('no text');
    expect(markdownReport(buildReport(refusalRun('aaa', 'aaa')))).toContain('All 6 answers are there');
    expect(markdownReport(buildReport(refusalRun('awa', 'aaa')))).not.toContain('answers are there');
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
      {
        pair: 'open:closed',
        arm: 'open',
        side: 'open',
        failed: 6,
        checks: ['maxWords'],
        prompts: [1, 2, 3, 4, 5, 6],
        lost: 3,
        tied: 1,
        won: 2,
      },
    ]);
    expect(terminalReport(report).replace(/\s+/g, ' ')).toContain(
      'open: 6 answers of those that were read failed a check (maxWords, prompts 1, 2, 3, 4, 5 and 1 more). Lost the vote: 3; won it: 2; tie: 1.',
    );
    expect(markdownReport(report)).toContain('| open | 6 | maxWords, prompts 1, 2, 3, 4, 5 and 1 more | 3 | 1 | 2 |');
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

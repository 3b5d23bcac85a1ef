/** What an undecided report proposes: a number of votes, from the chance that they bring a verdict. */
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { reportInput } from '../../helpers/report-input.ts';

const equal = (n: number): string => 'wl'.repeat(n / 2);
const read = (units: number) => ({ read: units, plannedRead: units });

const next = (...args: Parameters<typeof reportInput>) => buildReport(reportInput(...args)).next;

describe('votes that are missing', () => {
  it('are asked for where the reserve often brings a verdict, also if the trend alone would need more than 60', () => {
    const tasks = [{ task: 'reply', votes: equal(20), verdict: read(20), reserve: 104 }];
    expect(next({ tasks })).toMatchObject({ command: 'gapcheck more 40 --task reply' });
    expect(next({ tasks }).chance).toBeGreaterThan(0.1);
  });

  it('are asked for on all tasks where only the traffic as a whole is near', () => {
    const tasks = [
      { task: 'reply', votes: equal(12), verdict: read(12), reserve: 60 },
      { task: 'extract', votes: equal(12), verdict: read(12), reserve: 44 },
    ];
    const found = next({ tasks, overall: { remaining: 25 } });
    expect(found.command).toBe('gapcheck more 25');
    expect(found.words).toContain('for the answer on all prompts');
  });

  it('are not asked for where all that are left hardly bring one: it says how seldom', () => {
    const tasks = [{ task: 'reply', votes: `${'l'.repeat(20)}${'w'.repeat(10)}`, verdict: read(30), reserve: 1 }];
    const found = next({ tasks });
    expect(found.command).toMatch(/^gapcheck run tickets\.csv -n \d+ --rater NAME$/);
    expect(found.words).toMatch(
      /^with every prompt that is left, a verdict for a task would come in less than 1 of 10 cases\. A new/,
    );
    // One of the prompts to add is there.
    const [added, inAll] = [
      /put about (\d+) more/.exec(found.first ?? '')?.[1],
      /takes about (\d+) votes/.exec(found.words)?.[1],
    ];
    expect(Number(inAll) - Number(added)).toBe(31);
  });

  it('are not asked for where the reserve is smaller than what is wanted, and hardly brings an answer', () => {
    // One vote decides nothing between 6 and 6.
    const verdict = { ...read(12), remaining: 8 };
    const task = (reserve: number) => [{ task: 'reply', votes: equal(12), verdict, reserve }];
    expect(next({ tasks: task(1) }).command).toMatch(/^gapcheck run /);
    expect(next({ tasks: task(8) }).command).toBe('gapcheck more 8 --task reply');
  });

  it('beyond the 60 that are read are said to be so, and no file is asked for', () => {
    const verdict = { ...read(24), remaining: 56 };
    const tasks = [{ task: 'reply', votes: 'w'.repeat(4) + 't'.repeat(10) + 'l'.repeat(10), verdict, reserve: 200 }];
    const report = buildReport(reportInput({ tasks, overall: verdict }));
    expect(report.next.words).toContain('about 56 are wanted, but no vote of a task is read after the first 60');
    expect(report.next.words).not.toContain('put more of your log');
    expect(terminalReport(report).replace(/\s+/g, ' ')).toContain(
      'about 56 more make it a YES, but no vote of a task is read after the first 60 In brackets',
    );
  });

  it('are not asked for beyond the 60 that the rule reads of a task', () => {
    const tasks = [{ task: 'reply', votes: equal(60), verdict: { ...read(60), remaining: 5 }, reserve: 40 }];
    expect(next({ tasks }).command).toBe('gapcheck run tickets.csv -n 80 --rater NAME');
    expect(next({ tasks }).command).not.toContain('more');
  });

  it.each([
    [15, 'NOT YET not decided: 12 votes do not tell (6:0:6); if votes go on like this, about 15 more make it a YES'],
    [
      null,
      'NOT YET not decided: 12 votes do not tell (6:0:6); too close to call: if votes go on like this, more than 60 further ones are needed; this run has only 40 more prompts',
    ],
  ])('have a number in the row of the task: %s', (remaining, words) => {
    const tasks = [{ task: 'reply', votes: equal(12), verdict: { ...read(12), remaining }, reserve: 40 }];
    const text = terminalReport(buildReport(reportInput({ tasks, overall: tasks[0]?.verdict })), {
      columns: 100,
    } as never);
    expect(text.replace(/\s+/g, ' ')).toContain(words);
  });
});

it('the row says a NO where the votes go that way', () => {
  const verdict = { ...read(8), remaining: 16, settlesAs: 'keep-closed' as const };
  const report = buildReport(
    reportInput({ tasks: [{ task: 'reply', votes: 'tttttlll', verdict, reserve: 40 }], overall: verdict }),
  );
  expect(terminalReport(report).replace(/\s+/g, ' ')).toContain(
    'if votes go on like this, about 16 more make it a NO In brackets',
  );
});

it('a hint from fewer than 8 votes says that these are too few, and rules nothing out', () => {
  const verdict = { ...read(7), leaning: 'leans-closed' as const, interval: { lower: -1, upper: 1 } };
  const report = buildReport(reportInput({ tasks: [{ task: 'reply', votes: 'lllllll', verdict }], overall: verdict }));
  const text = terminalReport(report).replace(/\s+/g, ' ');
  expect(text).toContain('leans closed (a hint) (0:0:7); 7 votes, and a verdict needs at least 8 In brackets');
  expect(text).toContain('−100 (–)');
  expect(text).not.toContain('−100 to +100');
  expect(text).toContain('A dash: too few votes to rule anything out.');
});

describe('where the run has fewer prompts than would settle it', () => {
  const tasks = (reserve: number) => [
    { task: 'reply', votes: equal(12), verdict: { ...read(12), remaining: 15 }, reserve },
  ];
  const shown = (reserve: number) =>
    terminalReport(buildReport(reportInput({ tasks: tasks(reserve), overall: tasks(reserve)[0]?.verdict }))).replace(
      /\s+/g,
      ' ',
    );
  it.each([
    [15, 'about 15 more make it a YES In brackets'],
    [14, 'about 15 more make it a YES; this run has only 14 more prompts In brackets'],
    [1, 'about 15 more make it a YES; this run has only 1 more prompt In brackets'],
    // What a new run takes is its own step.
    [0, '12 votes do not tell (6:0:6); this run has no more prompts In brackets'],
  ])('says how many it has: %i', (reserve, words) => {
    expect(shown(reserve)).toContain(words);
  });
  it('says what to do for the others', () => {
    expect(next({ tasks: tasks(14) }).words).toContain(
      'the run has no more prompts than these, and about 15 are wanted: for the others put more of your log into a file',
    );
  });
});

describe('after votes that decide against moving', () => {
  const all = (verdict: object) =>
    next({ tasks: [{ task: 'reply', votes: 'lllltlll', verdict }], overall: verdict as never });

  it('YOUR CALL hands the decision over', () => {
    const found = all({ verdict: 'keep-closed', keepAt: 8, withinMargin: true });
    expect(found.words).toContain('the decision is yours');
    expect(found.words).not.toMatch(/no task moves|newer model/);
  });

  it('NEITHER asks for other prompts or models', () => {
    const found = all({ neither: true });
    expect(found.words).toMatch(/^neither model does this work: change the prompts, or compare two other models/);
  });
});

describe('where every ballot was skipped', () => {
  const input = reportInput({
    tasks: [{ task: 'reply', votes: '', verdict: { skipped: 8 } }],
    overall: { skipped: 8 },
  });
  const skipped = {
    ...input,
    raters: input.raters.map((rater) => ({ ...rater, votes: 0, skipped: 8, finished: true })),
  };

  it('the report says so and asks for another rater', () => {
    const { pairs, next } = buildReport(skipped);
    expect(pairs[0]?.reply).toBe('Nothing to decide on: 8 prompts were skipped, and nobody voted.');
    expect(next.command).toBe('gapcheck score --rater NAME');
    expect(next.words).not.toContain('min');
  });
});

describe('answers that nobody read', () => {
  it('are said in the sentence of a YES where they are most, and among the notices', () => {
    const verdict = { verdict: 'open-good-enough', goodAt: 24, ...read(24) } as const;
    const input = reportInput({
      tasks: [{ task: 'reply', votes: `${'i'.repeat(20)}tttt`, verdict }],
      overall: verdict,
    });
    const { pairs, notices } = buildReport(input);
    const words = 'On 20 of 24 prompts both gave the same answer; no rater read those.';
    expect(pairs[0]?.reply).toContain(words);
    expect(notices.join(' ')).toContain(
      `${words} They count as "no difference": the verdict rests on raters for 4 prompts only.`,
    );
  });
});

import { expect, it } from 'vitest';
import { lossesHtml } from '../../../src/report/html-losses.ts';
import { buildReport } from '../../../src/report/model.ts';
import type { MoneyArm } from '../../../src/report/money-terms.ts';
import { breakEvenWords } from '../../../src/report/money-words.ts';
import type { MoneyPart } from '../../../src/report/report-parts.ts';
import { moneySections } from '../../../src/report/section-money.ts';
import { armRecord, demoTasks, moneyInput, reportInput, type TaskVotes } from '../../helpers/report-input.ts';

const closed: MoneyArm = {
  record: armRecord('closed'),
  tokensPerPrompt: 30,
  feePer1000: 0.75,
  capacity: null,
  callsPerPrompt: 1,
};
const open: MoneyArm = {
  record: armRecord('open'),
  tokensPerPrompt: 30,
  feePer1000: null,
  capacity: { perSecond: 2.4, inFlight: 1, seconds: 18, answers: 43, basis: 'measured' },
  callsPerPrompt: 1,
};
const busiest = (value: number): MoneyPart => ({
  ...moneyInput(400_000, 2.5),
  peak: { value, basis: 'measured', from: 'the busiest hours of the log' },
});
const words = (part: MoneyPart, arm = open): string =>
  breakEvenWords({ open: arm, closed, part, comparable: true, cheaper: [], tokensPerDay: null });

it('names speed and busiest hours where a machine never pays, and what an even load would do', () => {
  // 730 h x $2.50 + $2,500 = $4,325; over $0.00075 a call 5.77 M, below the 6.31 M that 2.4/s answers in a month.
  expect(4325 / 0.00075).toBeCloseTo(5_766_667, 0);
  expect(2.4 * 730 * 3600).toBeCloseTo(6_307_200, 3);
  expect(words(busiest(3.8))).toBe(
    'qwen3:8b on its own machine does not become cheaper than gpt-5.6 at any volume, at 2.4 prompts a second a machine (measured one call at a time over 18 s) and with busiest hours of 3.8 times the mean; at an even load it does from 5,770,000 to 6,310,000 calls a month and from 8,200,000 on. Faster answers, or more of them at once, could change that.',
  );
});

it('says that an even load would not help either, and speaks of no busiest hours where there are none', () => {
  const slow = {
    ...open,
    capacity: { perSecond: 0.5, inFlight: 4, seconds: 60, answers: 30, basis: 'measured' } as const,
  };
  expect(words(busiest(3.8), slow)).toContain('3.8 times the mean; nor does it at an even load. Faster');
  expect(words(busiest(1), slow)).toMatch(/\(measured with 4 calls in flight over 60 s\)\. Faster/);
});

const routesText = (tasks: TaskVotes[], perHour = 1.2): string => {
  const report = buildReport({ ...reportInput({ tasks }), money: moneyInput(20_000_000, perHour) });
  return JSON.stringify(moneySections(report).find(({ id }) => id === 'routes'));
};

it('warns what fees saved leave out only where a task may move', () => {
  const kept = routesText([{ task: 'reply', votes: 'lllltlll', verdict: { verdict: 'keep-closed', keepAt: 8 } }]);
  expect(kept).toContain('closed is better');
  expect(kept).toContain('$0');
  expect(kept).not.toContain('compares prices per call only');
  expect(routesText(demoTasks, 0.01)).toContain('compares prices per call only');
});

it('offers only the losses there are, and no list of one task or one rater', () => {
  const ballots = buildReport(reportInput({ tasks: [{ task: 'reply', votes: 'lwll' }] })).ballots;
  const [one] = ballots.filter(({ score }) => score !== 0);
  if (!one) throw new Error('no ballot was decided');
  const page = (sides: ('open' | 'closed')[]): string =>
    lossesHtml(
      sides.map((lost) => ({ ballot: one, lost, unusable: false, note: null })),
      'losses',
    );
  expect(page(['closed'])).not.toContain('losses of open');
  expect(page(['closed']).match(/<label hidden>/g)).toHaveLength(3);
  expect(page(['closed', 'open'])).toMatch(/<label>show<select.*losses of open.*losses of closed/);
  expect(page(['closed', 'open']).match(/<label hidden>/g)).toHaveLength(2);
});

it('says why there is no cost although the price of a machine was stated', () => {
  const input = { ...reportInput(), money: moneyInput(200_000, 1.2) };
  const report = buildReport(input);
  const money = report.money && {
    ...report.money,
    arms: report.money.arms.map((arm) => ({ ...arm, basis: 'unknown' as const })),
  };
  const section = moneySections({ ...report, money }).find(({ id }) => id === 'money');
  expect(JSON.stringify(section)).toContain('none was timed on a machine whose price per hour is stated');
  expect(JSON.stringify(section)).not.toContain('no machine is known');
});

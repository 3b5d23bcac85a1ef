import { expect, it } from 'vitest';
import type { MoneyArm } from '../../../src/report/money-terms.ts';
import { type PlanInput, planReport } from '../../../src/report/plan-report.ts';
import type { MoneyPart } from '../../../src/report/report-parts.ts';
import type { TaskRoute } from '../../../src/verdicts/routing.ts';
import { armRecord, moneyInput } from '../../helpers/report-input.ts';

const closed: MoneyArm = {
  record: armRecord('closed'),
  tokensPerPrompt: 30,
  feePer1000: 0.9,
  capacity: null,
  callsPerPrompt: 1,
};
const open: MoneyArm = {
  record: armRecord('open'),
  tokensPerPrompt: 30,
  feePer1000: null,
  capacity: { perSecond: 16, inFlight: 16, seconds: 120, answers: 1920, basis: 'measured' },
  callsPerPrompt: 1,
};

const route = (task: string, to: TaskRoute['route']): TaskRoute => ({
  task,
  route: to,
  reason: '',
  failureCost: 'medium',
  margin: 0.3,
  closedShare: to === 'open' ? 0 : 1,
  closedShareInterval: null,
  costPerCall: null,
  closedCostPerCall: null,
  delayMs: null,
  savingPerMonth: null,
});
const cost = (mean: number) => ({
  closed: { answered: 100, failedFirst: 0, cost: { calls: 100, mean, se: 0 }, latencyMs: 100 },
});

/** The worked example: 60, 30 and 10 % of the calls; closed at $0.0004, $0.0012 and $0.0030 a call. */
const input = (part: Partial<MoneyPart> = {}, changed: Partial<PlanInput> = {}): PlanInput => ({
  pair: 'open:closed',
  open,
  closed,
  routing: {
    open: 'open',
    closed: 'closed',
    tasks: [route('extract', 'open'), route('summarise', 'open'), route('reply', 'closed')],
    savingPerMonth: null,
  },
  measures: { extract: cost(0.0004), summarise: cost(0.0012), reply: cost(0.003) },
  evidence: [],
  failedFirst: new Set(),
  traffic: new Map([
    ['extract', 0.6],
    ['summarise', 0.3],
    ['reply', 0.1],
  ]),
  part: { ...moneyInput(20_000_000, 2.5), peak: { value: 3, basis: 'stated', from: '--peak' }, ...part },
  since: '2026-11-01T00:00:00.000Z',
  ...changed,
});
const planOf = (...given: Parameters<typeof input>) => {
  const found = planReport(input(...given));
  if (!('plan' in found)) throw new Error(found.why ?? 'no plan');
  return found.plan;
};

it('says the sentence of the worked example', () => {
  const plan = planOf();
  expect(plan.words).toEqual([
    'Move summarise and extract, keep reply closed: saves about $5,850 a month ($18,000 → $12,150) at 20,000,000 calls a month, 2 machines and people included.',
    'It pays above 7,210,000 calls a month at this mix. You are there.',
  ]);
  expect(plan).toMatchObject({ word: 'saves', paysFrom: 7_208_334, gaps: [], machines: 2, passedOn: null });
});

it('never recommends what costs more, and says when the volume will be there', () => {
  const volume = { calls: 2_000_000, basis: 'stated', from: '--volume' } as const;
  const growth = { value: 0.1, basis: 'stated', from: '--growth' } as const;
  const plan = planOf({ volume, growth });
  expect(plan.words[0]).toBe(
    'summarise and extract: good enough, and not worth moving for money: it would cost $3,125 a month more at 2,000,000 calls a month, 1 machine and people included.',
  );
  // ln(7.208334 / 2) / ln(1.1) = 13.45 months after 1 November 2026: the middle of December 2027.
  expect(plan.passedOn).toMatch(/^2027-12-1\d$/);
  expect(plan.words[1]).toMatch(
    /^It pays above 7,210,000 calls a month at this mix\. You are not there\. At the growth/,
  );
});

it('counts wrong answers by what the votes showed, and calls a doubtful saving one', () => {
  const unit = (retryScore: number) => ({ task: 'summarise', identical: false, noAnswer: false, retryScore });
  const evidence = [-1, -1, ...Array.from({ length: 22 }, () => 0)].map(unit) as unknown as PlanInput['evidence'];
  const wrongUsd = { value: 0.01, basis: 'stated', from: '--wrong-cost' } as const;
  // Two of 24 more of summarise would be redone: 6 M x 2/24 x $0.01 = $5,000 a month; of extract no rater was asked.
  const plan = planOf({ wrongUsd }, { evidence });
  expect(plan).toMatchObject({ word: 'may-save' });
  expect(plan.net).toBeCloseTo(5850 - 5000, 6);
  const cheap = planOf({ wrongUsd: { ...wrongUsd, value: 0.0005 } }, { evidence });
  expect(cheap.net).toBeCloseTo(5850 - 250, 6);
  expect(cheap.word).toBe('may-save');
  expect(cheap.words[0]).toContain('may save about $5,600 a month');
  expect(cheap.words[0]).toMatch(/the 95 % limits are −\$[\d,]+ to \$[\d,]+\.$/);
});

it('counts as wrong only what the router passes on: closed answers where a check failed', () => {
  const unit = (prompt: string) => ({ task: 'summarise', prompt, identical: false, noAnswer: false, retryScore: -1 });
  const evidence = ['p_1', 'p_2'].map(unit) as unknown as PlanInput['evidence'];
  const wrongUsd = { value: 0.0005, basis: 'stated', from: '--wrong-cost' } as const;
  const tasks = [route('extract', 'open'), route('summarise', 'open-first'), route('reply', 'closed')];
  const routing = {
    ...input().routing,
    tasks: tasks.map((one) => ({ ...one, closedShare: one.route === 'closed' ? 1 : 0 })),
  };
  const both = planOf({ wrongUsd }, { evidence, routing, failedFirst: new Set(['p_1', 'p_2']) });
  expect(both.net).toBeCloseTo(5850, 6);
  const one = planOf({ wrongUsd }, { evidence, routing, failedFirst: new Set(['p_1']) });
  // One of two asked: 6 M x 1/2 x $0.0005 = $1,500.
  expect(one.net).toBeCloseTo(5850 - 1500, 6);
});

it.each([
  ['a machine without a price', { machine: null }, {}, /--machine-price USD/],
  [
    'too little work to measure',
    {},
    { open: { ...open, capacity: { ...open.capacity, seconds: 12 } } },
    /busy for 12 s/,
  ],
  ['a closed model without a price', {}, { closed: { ...closed, feePer1000: null } }, /No price of/],
])('has no plan for %s, and says how to have one', (_, part, changed, words) => {
  const found = planReport(input(part, changed as Partial<PlanInput>));
  expect('why' in found ? found.why : '').toMatch(words);
});

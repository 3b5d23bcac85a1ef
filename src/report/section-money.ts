/** Money, routes and licences: what a decision costs, saves and obliges to. */

import { count, dollars, listed, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { armTitle } from './arm-report.ts';
import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import type { LicencePart, RoutePart } from './report-parts.ts';
import { isMeasured } from './section-latency.ts';
import { left, right, table } from './table-columns.ts';

export function moneySections(report: Report): Section[] {
  return [
    { id: 'money', title: 'Money', blocks: moneyBlocks(report) },
    { id: 'routes', title: 'Where each task would go', blocks: routeBlocks(report) },
    { id: 'licences', title: 'Licences', blocks: licenceBlocks(report) },
  ];
}

const modelOf = (report: Report, name: string): string => {
  const arm = report.arms.find((one) => one.name === name);
  return arm ? armTitle(arm) : oneLine(name, 60);
};

const basisWords = {
  price: 'price per token',
  machine: 'hours of a machine',
  unknown: 'not known',
} as const;

function moneyBlocks(report: Report): Block[] {
  const { money } = report;
  if (money === null) {
    const text =
      'No volume is known, so there is no cost per month. gapcheck report --volume CALLS, with your calls a month, shows it.';
    return isMeasured(report) ? [{ kind: 'text', text }] : [];
  }
  if (money.arms.every(({ basis }) => basis === 'unknown')) {
    // Of answers from a file the line on times and prices has said it.
    if (!isMeasured(report)) return [];
    return [
      {
        kind: 'text',
        text: 'There is no cost to show: no model has a known price per token, and none was timed on a machine whose price per hour is stated.',
      },
    ];
  }
  return [
    ...planBlocks(money),
    ...money.breakEven.map(({ words }): Block => ({ kind: 'text', text: words })),
    { kind: 'chart', chart: 'cost' },
    table(`Cost at ${count(money.volumePerMonth)} calls a month`, money.arms, [
      left('model', ({ arm }) => modelOf(report, arm)),
      left('paid by', ({ basis }) => basisWords[basis]),
      right('per 1,000 calls', ({ per1000 }) => known(per1000)),
      right('machine alone, full at peak', ({ per1000Busy }) => dollars(per1000Busy)),
      right('machines', ({ machines }) => (machines === null ? unknown : count(machines))),
      right('per month', ({ monthly }) => known(monthly)),
      right('12 months', ({ months12 }) => known(months12)),
      right('24 months', ({ months24 }) => known(months24)),
    ]),
    { kind: 'list', items: money.assumptions },
  ];
}

/** What to do comes first; without a plan, what would make one. */
function planBlocks({ plan, noPlan }: NonNullable<Report['money']>): Block[] {
  if (plan) return plan.words.map((text, at): Block => ({ kind: at === 0 ? 'lead' : 'text', text }));
  return noPlan === null ? [] : [{ kind: 'text', text: noPlan }];
}

/** The unknown is not 0, and no dash tells a reader which of the two it is. */
const known = (usd: number | null): string => (usd === null ? 'not known' : dollars(usd));

const routeWords = {
  open: 'open',
  'open-first': 'open first, closed when a check fails',
  closed: 'closed',
  'closed-until-decided': 'stays on closed',
} as const;

function routeBlocks(report: Report): Block[] {
  const { routes, pairs } = report;
  if (routes.length === 0) return [];
  // Of ready answers nobody knows a price: $0 to $0 for what stays is no news.
  const isSilent = !isMeasured(report) && routes.every(({ savingPerMonthUsd }) => !savingPerMonthUsd);
  const saves = !isSilent && routes.some(({ savingPerMonthUsd }) => savingPerMonthUsd !== null);
  const isUnknown = routes.some(
    ({ route, savingPerMonthUsd }) => savingPerMonthUsd === null && route.startsWith('open'),
  );
  return [
    ...machineCaveat(report),
    table<RoutePart>('Routes follow verdicts. Hints never change a route.', routes, [
      left('task', ({ task, pair }) => `${oneLine(task, 60)}${pairs.length > 1 ? ` (${oneLine(pair, 60)})` : ''}`),
      left('route', ({ route }) => routeWords[route]),
      left('why', ({ words }) => oneLine(words, 400)),
      ...(saves ? savingColumns : []),
    ]),
    ...comparedBlocks(report),
    ...(isUnknown || (!saves && !isSilent) ? [{ kind: 'text' as const, text: unknownSaving }] : []),
  ];
}

const unknownSaving =
  'What a route to open saves in fees is not known: it needs prices of both models and your calls a month (--volume).';

const savingColumns = [
  right<RoutePart>('fees saved per month', ({ savingPerMonthUsd }) => known(savingPerMonthUsd)),
  right<RoutePart>('95 % interval', ({ savingInterval }) => dollarInterval(savingInterval)),
];

/** One line per task, so that a reader sees at once what the prompts cost and how long they took. */
function comparedBlocks({ routes }: Report): Block[] {
  const items = routes
    .filter(({ compared }) => compared !== '')
    .map(({ task, compared }) => `${oneLine(task, 60)}: ${compared}.`);
  return items.length === 0
    ? []
    : [
        { kind: 'text', text: 'The two models task by task:' },
        { kind: 'list', items },
      ];
}

function dollarInterval(interval: RoutePart['savingInterval']): string {
  return interval === null ? unknown : `${dollars(interval.lower)} to ${dollars(interval.upper)}`;
}

/** A saving per call is no saving while a machine stands idle and people look after it; of $0 there is nothing to warn. */
function machineCaveat({ routes, money }: Report): Block[] {
  const fixed = money?.arms.find((arm) => arm.basis === 'machine');
  if (!fixed || routes.every(({ savingPerMonthUsd: saved }) => saved === null || saved === 0)) return [];
  const text = `"Fees saved per month" compares prices per call only. Your machines and the people who run them are not in it: for all calls they cost ${dollars(fixed.monthly)} a month.`;
  return [{ kind: 'warning', text }];
}

function licenceBlocks(report: Report): Block[] {
  const { licences } = report;
  if (licences.length === 0) return [];
  if (licences.every(({ licence }) => licence === null)) {
    const models = listed(licences.map(({ arm }) => modelOf(report, arm)));
    return [{ kind: 'text', text: `No licence of ${models} was identified: read it before you depend on it.` }];
  }
  return [
    table<LicencePart>('Read from the licence text that came with the model; no legal advice', licences, [
      left('model', ({ arm }) => modelOf(report, arm)),
      left('licence', ({ licence }) => (licence === null ? 'not identified' : oneLine(licence, 80))),
      left('its catch for you', catchWords),
    ]),
  ];
}

const catchWords = ({ licence, catch: snag }: LicencePart): string =>
  licence === null ? 'read it before you depend on it' : oneLine(snag ?? 'none beyond keeping the notice', 400);

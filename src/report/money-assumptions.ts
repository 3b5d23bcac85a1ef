/** Every figure that the money section takes for granted, with what it rests on. */
import { count, dollars, percent } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { isOwnMachine } from '../verdicts/known-price.ts';
import { hoursPerMonth } from '../verdicts/machine-cost.ts';
import { type MoneyArm, opsPerMonth } from './money-terms.ts';
import { loadWords, modelOf, rateWords } from './money-words.ts';
import type { Based, MoneyPart } from './report-parts.ts';

export function moneyAssumptions(arms: readonly MoneyArm[], part: MoneyPart): string[] {
  const { volume } = part;
  return [
    `Volume: ${count(volume.calls)} calls a month (${volume.basis}: ${oneLine(volume.from, 60)}), each like the prompts of this run, each task by its share of the records.`,
    ...growthWords(part),
    ...arms.flatMap(priceWords),
    ...closedWords(part),
    ...(arms.some(({ record }) => isOwnMachine(record)) ? machineWords(arms, part) : []),
    'Failed and repeated calls are in the cost per call.',
    wrongWords(part),
  ];
}

const growthWords = ({ growth }: MoneyPart): string[] =>
  growth === null
    ? ['The volume stays as it is for 24 months (assumed; --growth states another).']
    : [`The volume grows by ${percentOf(growth)} a month (${based(growth)}); prices stay as they are.`];

const priceWords = ({ record: { model, price } }: MoneyArm): string[] =>
  price
    ? [
        `${oneLine(model, 60)}: ${dollars(price.in)} in and ${dollars(price.out)} out per million tokens (stated: ${oneLine(price.source, 60)}, ${oneLine(price.date, 20)}, listed as ${oneLine(price.matched, 60)}).`,
      ]
    : [];

const closedWords = ({ cachedShare, batchShare }: MoneyPart): string[] => [
  ...(cachedShare === null
    ? []
    : [`The closed provider reads ${percent(cachedShare.value)} of the input from its cache (${based(cachedShare)}).`]),
  ...(batchShare === null
    ? []
    : [`It takes ${percent(batchShare.value)} of the calls in batches, at half the price (${based(batchShare)}).`]),
];

function machineWords(arms: readonly MoneyArm[], part: MoneyPart): string[] {
  const { machine, ops, peak } = part;
  if (machine === null) return [];
  return [
    `A machine costs ${dollars(machine.perHour)} per hour (stated: ${oneLine(machine.from, 60)}) and runs all ${hoursPerMonth} hours of a month.`,
    ...arms.filter(({ record }) => isOwnMachine(record)).flatMap(capacityWords),
    peak.value === 1
      ? `Machines are counted for an even load (${based(peak)}).`
      : `Machines are counted for the busiest hours, ${Number(peak.value.toPrecision(2))} times the mean (${based(peak)}).`,
    `Keeping it running takes ${ops.fte} of a person at ${dollars(ops.yearUsd)} a year (${ops.basis}: ${oneLine(ops.from, 60)}): ${dollars(opsPerMonth(part))} a month.`,
  ];
}

/** "Capacity: 16.0 answers/s a machine, measured with 16 calls in flight." */
export function capacityWords(arm: Pick<MoneyArm, 'record' | 'capacity'>): string[] {
  if (arm.capacity === null) return [];
  return [
    `Capacity of ${modelOf(arm)}: ${rateWords(arm.capacity.perSecond)} answers/s a machine, measured ${loadWords(arm.capacity)}.`,
  ];
}

const wrongWords = ({ wrongUsd }: MoneyPart): string =>
  wrongUsd === null
    ? 'What a wrong answer costs you is not counted (--wrong-cost states it).'
    : `A wrong answer costs ${dollars(wrongUsd.value)} (${based(wrongUsd)}); how many more there are is measured by the votes.`;

const based = ({ basis, from }: Based): string => `${basis}: ${oneLine(from, 80)}`;

/** One decimal: 2.0 % a month. */
const percentOf = ({ value }: Based): string => `${(value * 100).toFixed(1)} %`;

/** The sentences of the money section about one open model against the closed one. */
import { about, count, listed } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Capacity } from '../verdicts/capacity.ts';
import { type CheaperRange, cheaperRanges } from '../verdicts/machine-cost.ts';
import { costKind, type MoneyArm, machineTerms } from './money-terms.ts';
import type { MoneyPart } from './report-parts.ts';

export interface BreakEven {
  open: string;
  closed: string;
  /** Calls a month from which the open model stays cheaper; null = never, or not comparable. */
  callsPerMonth: number | null;
  tokensPerDay: number | null;
  /** Volumes at which it is cheaper, in order. */
  cheaper: CheaperRange[];
  words: string;
}

interface Compared {
  open: MoneyArm;
  closed: MoneyArm;
  part: MoneyPart;
  comparable: boolean;
  cheaper: readonly CheaperRange[];
  tokensPerDay: number | null;
}

export function breakEvenWords({ open, closed, part, comparable, cheaper, tokensPerDay }: Compared): string {
  if (!comparable) return notComparable(open, closed, part);
  const [names, than] = [`${modelOf(open)} on its own machine`, modelOf(closed)];
  if (cheaper.length === 0)
    return neverCheaper(`${names} does not become cheaper than ${than} at any volume`, open, closed, part);
  const inTokens = tokensPerDay === null ? '' : `, about ${about(tokensPerDay)} tokens a day`;
  return `${names} costs less than ${than} ${rangeWords(cheaper)}${inTokens}, operations included, were all calls moved.`;
}

/** "Never" holds at the measured speed and for the busiest hours only: both conditions are named, and what an even load would do. */
function neverCheaper(words: string, open: MoneyArm, closed: MoneyArm, part: MoneyPart): string {
  const terms = machineTerms(open, part);
  if (terms === null || open.capacity === null) return `${words}.`;
  const peak = Number(terms.peak.toPrecision(2));
  const speed = `at ${rateWords(terms.callsPerSecond)} prompts a second a machine (measured ${loadWords(open.capacity)})`;
  if (terms.peak === 1) return `${words}, ${speed}. ${faster}`;
  const even = cheaperRanges((closed.feePer1000 ?? 0) / 1000, 1, { ...terms, peak: 1 });
  const then = even.length === 0 ? 'nor does it at an even load' : `at an even load it does ${rangeWords(even)}`;
  return `${words}, ${speed} and with busiest hours of ${peak} times the mean; ${then}. ${faster}`;
}

const faster = 'Faster answers, or more of them at once, could change that.';

export const rateWords = (perSecond: number): string =>
  perSecond >= 10 ? perSecond.toFixed(1) : String(Number(perSecond.toPrecision(2)));

/** "one call at a time over 18 s". */
export function loadWords({ inFlight, seconds }: Pick<Capacity, 'inFlight' | 'seconds'>): string {
  const load = inFlight === 1 ? 'one call at a time' : `with ${inFlight} calls in flight`;
  return `${load} over ${count(Math.round(seconds))} s`;
}

/** "from 451,667 to 525,600 calls a month, and from 695,000 on". */
export function rangeWords(cheaper: readonly CheaperRange[]): string {
  const ranges = cheaper.map(({ from, to }, at) => {
    const unit = at === 0 ? ' calls a month' : '';
    if (to !== null) return `from ${volume(from)} to ${volume(Math.floor(to))}${unit}`;
    return cheaper.length === 1 ? `above ${volume(from)}${unit}` : `from ${volume(from)}${unit} on`;
  });
  return listed(ranges);
}

/** Three significant digits: no measured speed deserves more. */
const volume = (calls: number): string => count(Number(calls.toPrecision(3)));

function notComparable(open: MoneyArm, closed: MoneyArm, part: MoneyPart): string {
  if (costKind(closed, part) !== 'price') return `No price of ${modelOf(closed)} is known: nothing to compare with.`;
  if (costKind(open, part) === 'price')
    return `${modelOf(open)} is ${open.record.leavesMachine ? 'hosted and ' : ''}paid per token: no machine, no break-even.`;
  return `The hours of ${modelOf(open)} have no price: state what its machine costs per hour for a break-even.`;
}

export const modelOf = ({ record }: Pick<MoneyArm, 'record'>): string => oneLine(record.model, 60);

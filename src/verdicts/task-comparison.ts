/** One task's prompts on both models: how much cheaper and faster open was, and what it could not be asked. */
import { plural } from '../text/numbers.ts';
import type { TaskMeasure } from './routing.ts';

/** Below this ratio two figures are about the same. */
const apart = 1.1;

export interface Compared {
  measure: TaskMeasure | undefined;
  /** US dollars per call of open's machines at the user's volume; null = paid by fees, or by nothing that is known. */
  machineCostPerCall: number | null;
  /** Prompts on which open alone could not be asked, of so many planned. */
  unasked: number;
  planned: number;
}

/**
 * "open was 12 times cheaper and 2.1 times slower; open could not be asked 1 prompt of 24". Empty where nothing is known.
 * What a machine costs per call is no measurement on these prompts, so it is never said of them.
 */
export function comparedWords({ measure, unasked, planned, machineCostPerCall }: Compared): string {
  const fees = machineCostPerCall === null ? costWords(measure, measure?.open?.cost?.mean ?? null) : '';
  const both = [fees, speedWords(measure)].filter((words) => words !== '');
  const machine = machineCostPerCall === null ? '' : costWords(measure, machineCostPerCall);
  const lost = unasked > 0 ? [`open could not be asked ${plural(unasked, 'prompt')} of ${planned}`] : [];
  return [
    ...(both.length > 0 ? [`open was ${both.join(' and ')}`] : []),
    ...(machine === '' ? [] : [`at your calls a month, with its machine and people, open would be ${machine}`]),
    ...lost,
  ].join('; ');
}

/** What open costs is named where it is known; where it is not, the money says so once. US dollars per call. */
function costWords(measure: TaskMeasure | undefined, open: number | null): string {
  const closed = measure?.closed?.cost?.mean ?? null;
  if (closed === null || closed === 0 || open === null) return '';
  return open === 0 ? 'free of fees' : ratioWords(closed / open, 'cheaper', 'dearer', 'about as dear');
}

function speedWords(measure: TaskMeasure | undefined): string {
  const [open, closed] = [measure?.open?.latencyMs ?? 0, measure?.closed?.latencyMs ?? 0];
  return open > 0 && closed > 0 ? ratioWords(closed / open, 'faster', 'slower', 'about as fast') : '';
}

function ratioWords(ratio: number, more: string, less: string, same: string): string {
  if (ratio < apart && ratio > 1 / apart) return same;
  const times = ratio >= 1 ? ratio : 1 / ratio;
  const figure = times >= 10 ? String(Math.round(times)) : String(Number(times.toPrecision(2)));
  return `${figure} times ${ratio >= 1 ? more : less}`;
}

/** How long agents worked, in words: times under a minute are in seconds. */
import { plural } from '../text/numbers.ts';
import type { AgentArm } from './agent-columns.ts';

export type Unit = 'minutes' | 'steps';

/** No trial of any agent lasted a minute. */
export const isBrief = (shown: readonly AgentArm[]): boolean =>
  shown.every(({ agent }) => agent.alone.minutes.until < 1);

/** "12 steps", "3.5 minutes", and of brief trials "1.2 seconds". `value`: steps or minutes. */
export function amountOf(value: number, unit: Unit, brief = value < 1): string {
  if (unit === 'steps') return plural(value, 'step');
  return brief ? plural(rounded(value * 60), 'second') : plural(rounded(value), 'minute');
}

const rounded = (value: number): number => (value < 10 ? Number(value.toPrecision(2)) : Math.round(value));

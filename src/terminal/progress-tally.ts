/** Counts for the progress display, from the runner's events; a constant amount of work per event. */
import type { RunnerEvent } from '../runs/runner-events.ts';

export interface ArmTally {
  name: string;
  total: number;
  /** Trials with an answer, usable or not. */
  done: number;
  /** Trials whose answer is unusable, or that were given up for now. */
  failed: number;
  givenUp: number;
  retries: number;
  /** Output tokens per second of generation, moving average. */
  speed: number;
  /** Dollars of this process, and of those before it. */
  usd: number;
  usdBefore: number;
  /** What it is doing when it does not answer. */
  state: string;
  stopped: boolean;
  /** No new calls of any arm: what is cut off now did not fail, and nothing will be ready. */
  ending: boolean;
  /** When the latest trials ended, ms: the pace of now, not of an hour ago. */
  ends: number[];
}

export type Tally = Map<string, ArmTally>;

const endsKept = 40;

export const createTally = (): Tally => new Map();

/** `at`: milliseconds since the epoch. */
export function addTally(tally: Tally, event: RunnerEvent, at: number): void {
  if (event.kind === 'planned') plan(tally, event);
  if (event.kind === 'stopping' || event.kind === 'ended') for (const each of tally.values()) each.ending = true;
  const arm = 'arm' in event ? tally.get(event.arm) : undefined;
  if (!arm) return;
  if (event.kind === 'warming') arm.state = 'loading the model';
  else if (event.kind === 'warmed') arm.state = '';
  else if (event.kind === 'paused') arm.state = `waiting: ${event.cause}`;
  else if (event.kind === 'retry') arm.retries += 1;
  else if (event.kind === 'step') addStep(arm, event);
  else if (event.kind === 'trial') addTrial(arm, event, at);
  else if (event.kind === 'stopped') {
    arm.stopped = true;
    arm.state = 'stopped';
  }
}

function plan(tally: Tally, { arms, spentUsd }: Extract<RunnerEvent, { kind: 'planned' }>): void {
  for (const [index, { arm, total, usable, unusable }] of arms.entries()) {
    const zero = { givenUp: 0, retries: 0, speed: 0, usd: 0, state: '', stopped: false, ending: false, ends: [] };
    const usdBefore = index === 0 ? spentUsd : 0;
    tally.set(arm, { name: arm, total, done: usable + unusable, failed: unusable, usdBefore, ...zero });
  }
}

function addStep(arm: ArmTally, { outcome, tokensPerSecond, costUsd }: Extract<RunnerEvent, { kind: 'step' }>): void {
  if (outcome === 'answered' && !arm.stopped) arm.state = '';
  if (costUsd !== undefined) arm.usd += costUsd;
  if (tokensPerSecond === undefined) return;
  arm.speed = arm.speed === 0 ? tokensPerSecond : 0.9 * arm.speed + 0.1 * tokensPerSecond;
}

function addTrial(arm: ArmTally, { state }: Extract<RunnerEvent, { kind: 'trial' }>, at: number): void {
  if (state === 'missing' && arm.ending) return;
  if (state === 'missing') arm.givenUp += 1;
  else arm.done += 1;
  if (state !== 'usable') arm.failed += 1;
  arm.ends.push(at);
  if (arm.ends.length > endsKept) arm.ends.shift();
}

/** Milliseconds until the slowest arm has its answers; undefined while that is a guess, and when nothing is left. */
export function etaMs(tally: Tally, at: number): number | undefined {
  let longest = 0;
  for (const arm of tally.values()) {
    const left = arm.stopped || arm.ending ? 0 : arm.total - arm.done - arm.givenUp;
    if (left === 0) continue;
    const [first] = arm.ends;
    if (first === undefined || arm.ends.length < 4) return undefined;
    // A pace of "now" that slows down while nothing ends.
    longest = Math.max(longest, (left * (at - first)) / arm.ends.length);
  }
  return longest === 0 ? undefined : longest;
}

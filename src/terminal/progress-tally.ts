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
  /** When the first of its calls could begin, ms: after the model was loaded. */
  began: number;
  /** Pieces (about tokens) that came since an answer was whole. */
  writing: number;
}

export type Tally = Map<string, ArmTally>;

const endsKept = 40;

export const createTally = (): Tally => new Map();

/** `at`: milliseconds since the epoch. */
export function addTally(tally: Tally, event: RunnerEvent, at: number): void {
  if (event.kind === 'planned') plan(tally, event, at);
  if (event.kind === 'stopping' || event.kind === 'ended') for (const each of tally.values()) each.ending = true;
  const arm = 'arm' in event ? tally.get(event.arm) : undefined;
  if (!arm) return;
  if (event.kind === 'warming') arm.state = 'loading the model';
  else if (event.kind === 'warmed') Object.assign(arm, { state: '', began: at });
  else if (event.kind === 'writing') arm.writing += event.pieces;
  else if (event.kind === 'paused') arm.state = `waiting: ${event.cause}`;
  else if (event.kind === 'retry') arm.retries += 1;
  else if (event.kind === 'step') addStep(arm, event);
  else if (event.kind === 'trial') addTrial(arm, event, at);
  else if (event.kind === 'stopped') {
    arm.stopped = true;
    arm.state = 'stopped';
  }
}

function plan(tally: Tally, { arms, spentUsd }: Extract<RunnerEvent, { kind: 'planned' }>, at: number): void {
  for (const [index, { arm, total, usable, unusable }] of arms.entries()) {
    const zero = {
      givenUp: 0,
      retries: 0,
      speed: 0,
      usd: 0,
      state: '',
      stopped: false,
      ending: false,
      ends: [],
      began: at,
      writing: 0,
    };
    const usdBefore = index === 0 ? spentUsd : 0;
    tally.set(arm, { name: arm, total, done: usable + unusable, failed: unusable, usdBefore, ...zero });
  }
}

function addStep(arm: ArmTally, { outcome, tokensPerSecond, costUsd }: Extract<RunnerEvent, { kind: 'step' }>): void {
  if (outcome === 'answered' && !arm.stopped) arm.state = '';
  arm.writing = 0;
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

/** Milliseconds until the slowest arm has its answers: between `from` and `to`, which are equal once there is a pace. */
export interface Eta {
  from: number;
  to: number;
}

/** So few answers are a guess. */
const guessBelow = 4;

/** Undefined before the first answer, and when nothing is left. */
export function etaMs(tally: Tally, at: number): Eta | undefined {
  const longest: Eta = { from: 0, to: 0 };
  for (const arm of tally.values()) {
    const left = arm.stopped || arm.ending ? 0 : arm.total - arm.done - arm.givenUp;
    if (left === 0) continue;
    const { from, to } = etaOf(arm, left, at) ?? {};
    if (from === undefined || to === undefined) return undefined;
    longest.from = Math.max(longest.from, from);
    longest.to = Math.max(longest.to, to);
  }
  return longest.to === 0 ? undefined : longest;
}

function etaOf({ ends, began }: ArmTally, left: number, at: number): Eta | undefined {
  const last = ends.at(-1);
  if (last === undefined) return undefined;
  const few = ends.length < guessBelow;
  const since = few ? began : (ends[0] as number);
  const pace = (left * (at - since)) / ends.length;
  // What has not ended for a while will hardly end at once, however quick the others were.
  const least = at - last;
  if (!few) return { from: Math.max(pace, least), to: Math.max(pace, least) };
  return { from: Math.max(pace / 2, least), to: Math.max(2 * pace, least) };
}

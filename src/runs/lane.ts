/** One arm at work: what is still to be asked, what waits for its back-off, and whether the arm may be asked now. */
import type { Arm } from '../arms/arm.ts';
import type { StepRecord } from '../records/attempt-record.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { ArmRecord, RunSettings } from '../records/run-record.ts';
import { type Circuit, createCircuit } from './circuit.ts';
import { addReason, failedInLogOf, type MissingReason, sortedReasons } from './missing.ts';
import { createObserver, type Observation, type SameModel } from './observed-arm.ts';
import { type Cell, planArm } from './plan.ts';
import type { ArmOutcome } from './runner-events.ts';
import type { Rates } from './token-estimate.ts';
import { isReplay, retriesOf } from './trial.ts';

export interface RunnerArm {
  arm: Arm;
  record: ArmRecord;
}

export interface Task {
  cell: Cell;
  /** Failures by cause, and all of them, in this process: patience counts for each cause by itself. */
  failures: Record<string, number>;
  attempts: number;
  /** Back-off before the next attempt, ms. */
  waited: number;
  /** Milliseconds since the epoch. */
  readyAt: number;
}

export interface Lane extends RunnerArm {
  readonly name: string;
  /** Answers that were there before the run: no limits, no budget, no retries. */
  readonly replay: boolean;
  readonly retries: number;
  readonly rates: Rates | undefined;
  /** Dollars that an attempt at a prompt can cost. */
  readonly most: WeakMap<PromptRecord, number>;
  readonly circuit: Circuit;
  readonly observe: (step: StepRecord) => Observation | undefined;
  total: number;
  usable: number;
  unusable: number;
  /** In frozen order; `next` is the first that was never started by this process. */
  cells: Cell[];
  next: number;
  /** Waiting for their back-off, earliest first. */
  delayed: Task[];
  inFlight: number;
  pausedUntil: number;
  warm: boolean;
  /** Refusals that nothing tells apart, by sentence. */
  refusals: Map<string, number>;
  /** Calls in a row that another request seems to have ended, while more than one was in flight. */
  crowded: number;
  /** Adjustments that were said. */
  readonly adjusted: Set<string>;
  /** Something was answered, in this process or before. */
  answered: boolean;
  /** Why trials are missing for good, or were given up. */
  reasons: Map<string, MissingReason>;
  stopped?: ArmOutcome['stopped'];
  lastFailure?: string;
}

export function createLane(
  { arm, record }: RunnerArm,
  prompts: readonly PromptRecord[],
  steps: readonly StepRecord[],
  settings: RunSettings,
  sameModel: SameModel,
): Lane {
  const retries = retriesOf(record, settings);
  const plan = planArm(prompts, settings.trials, steps, retries);
  const replay = isReplay(record);
  const reasons = new Map<string, MissingReason>();
  for (const step of plan.refused) addReason(reasons, step);
  return {
    arm,
    record,
    name: record.name,
    replay,
    retries,
    rates: replay ? undefined : record.price,
    most: new WeakMap(),
    circuit: createCircuit(),
    observe: replay || record.agent ? () => undefined : createObserver(record.model, sameModel, steps),
    total: plan.total,
    usable: plan.usable,
    unusable: plan.unusable,
    cells: plan.cells,
    next: 0,
    delayed: [],
    inFlight: 0,
    pausedUntil: 0,
    refusals: new Map(),
    crowded: 0,
    adjusted: new Set(),
    answered: plan.usable + plan.unusable > 0,
    reasons,
    warm: arm.warmUp === undefined || replay,
  };
}

/** What an arm gets to notice that it was aborted before it is left alone. */
const usualAbortMs = 1_000;
/** An agent is ended with all it started, and its copy is taken away. */
const agentAbortMs = 30_000;

export const abortMsOf = (lanes: readonly Lane[]): number =>
  lanes.some(({ record }) => record.agent) ? agentAbortMs : usualAbortMs;

/** Cells that nobody works on. */
export const waitingIn = (lane: Lane): number =>
  lane.stopped ? 0 : lane.cells.length - lane.next + lane.delayed.length;

/** New prompts are not begun while so many wait for their back-off: a limit would make every one of them wait. */
const delayedAtMost = 16;

/** The task to start now, left in its queue; undefined when there is none or the arm has to wait. */
export function peek(lane: Lane, now: number): Task | undefined {
  if (lane.stopped || !lane.warm || lane.pausedUntil > now) return undefined;
  if (lane.circuit.open && lane.inFlight > 0) return undefined;
  const first = firstDelayed(lane);
  if (first && lane.circuit.open) return first.readyAt <= now ? first : undefined;
  if (first && first.readyAt <= now) return first;
  const cell = lane.delayed.length < delayedAtMost ? lane.cells[lane.next] : undefined;
  return cell && { cell, failures: {}, attempts: 0, waited: 0, readyAt: now };
}

/**
 * Whose turn comes first. While the circuit is open that is the one that failed most often: a server that answers
 * nothing goes on failing it, one that only stumbles now and then does not.
 */
const firstDelayed = ({ circuit, delayed }: Lane): Task | undefined =>
  circuit.open
    ? delayed.reduce<Task | undefined>(
        (most, task) => (most && most.attempts >= task.attempts ? most : task),
        undefined,
      )
    : delayed[0];

/** Takes what `peek` showed. */
export function take(lane: Lane, task: Task): void {
  const index = lane.delayed.indexOf(task);
  if (index >= 0) lane.delayed.splice(index, 1);
  else lane.next += 1;
  lane.inFlight += 1;
}

export function delay(lane: Lane, task: Task): void {
  const index = lane.delayed.findIndex((other) => other.readyAt > task.readyAt);
  lane.delayed.splice(index === -1 ? lane.delayed.length : index, 0, task);
}

/** When time alone lets the arm go on; undefined when it waits for something else, or for nothing. */
export function nextAt(lane: Lane, now: number): number | undefined {
  if (lane.stopped || !lane.warm || waitingIn(lane) === 0) return undefined;
  if (lane.pausedUntil > now) return lane.pausedUntil;
  const at = firstDelayed(lane)?.readyAt;
  return at !== undefined && at > now ? at : undefined;
}

export function pause(lane: Lane, until: number): void {
  lane.pausedUntil = Math.max(lane.pausedUntil, until);
}

/** Nothing is left to ask: every answer is there, but for calls that failed in the log itself. */
export const isDone = ({ total, usable, unusable, reasons }: Lane): boolean =>
  usable + unusable + failedInLogOf(reasons.values()) === total;

export function armOutcome({ name, total, usable, unusable, stopped, reasons, lastFailure }: Lane): ArmOutcome {
  const missing = total - usable - unusable;
  return {
    arm: name,
    total,
    usable,
    unusable,
    missing,
    ...(missing > 0 && reasons.size > 0 && { reasons: sortedReasons(reasons) }),
    ...(stopped && { stopped }),
    ...(missing > 0 && lastFailure !== undefined && { lastFailure }),
  };
}

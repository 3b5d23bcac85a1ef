/** What an attempt changes: what was observed is told, limits learn from it, and its trial is done, asked again or given up. */
import type { StepOutcome } from '../records/attempt-record.ts';
import { ruleOf } from '../records/outcomes.ts';
import { decide } from './again.ts';
import type { AttemptStep } from './attempt.ts';
import { delay, type Lane, type Task } from './lane.ts';
import { isTooCrowded, learn, type Tickets } from './learn.ts';
import type { Limiter } from './limiter.ts';
import { addReason } from './missing.ts';
import { afterAttempt } from './plan.ts';
import { type RunnerEvent, stepEvent } from './runner-events.ts';
import { isTransportFailure, sameStep } from './trial.ts';

/** A call as the limits see it; handed back when it ends. */
export interface Started {
  task: Task;
  /** Dollars set aside. */
  most: number;
  tickets: Tickets;
}

/** What settling needs of the schedule. */
export interface Settling {
  limiter: Limiter;
  /** A repeated question carries what was wrong with the answer. */
  feedback: boolean;
  rng(): number;
  nowMs(): number;
  emit(event: RunnerEvent): void;
  stop(lane: Lane, outcome: StepOutcome, reason: string, hint: string | undefined): void;
}

/** One recorded step, for whoever watches. */
export function tellStep({ emit }: Pick<Settling, 'emit'>, lane: Lane, { step }: AttemptStep): void {
  emit(stepEvent(lane.name, step, lane.replay));
  for (const note of step.adjusted ?? []) {
    const [name = note] = note.split(':');
    if (lane.replay || lane.adjusted.has(name)) continue;
    lane.adjusted.add(name);
    emit({ kind: 'adjusted', arm: lane.name, note });
  }
  const observation = lane.observe(step);
  if (observation) emit({ kind: 'observed', arm: lane.name, ...observation });
}

export function settleAttempt(settling: Settling, lane: Lane, started: Started, items: readonly AttemptStep[]): void {
  const end = items.at(-1);
  if (!end) return;
  const { task } = started;
  const { step, retryAfterMs, hint, once } = end;
  const { outcome, checks = [] } = step;
  const usable = outcome === 'answered' && checks.every((check) => check.pass);
  const { cause } = ruleOf(step);
  task.failures[cause] = (task.failures[cause] ?? 0) + 1;
  task.attempts += 1;
  teach(settling, lane, started, end);
  const { lastAnswer } = task.cell;
  const same = outcome === 'answered' && lastAnswer !== undefined && sameStep(lastAnswer, step);
  const steps = items.map((item) => item.step);
  task.cell = afterAttempt(task.cell, steps, settling.feedback);
  const sofar = { answers: task.cell.answers, failures: task.failures[cause] ?? 1, attempts: task.attempts };
  const decision = decide({ outcome, cause, usable, same, once, retryAfterMs }, sofar, lane.retries, settling.rng);
  if (decision.next === 'again' && !lane.stopped) again(settling, lane, task, decision);
  else if (decision.next === 'done') done(settling, lane, task, usable ? 'usable' : 'unusable');
  else {
    if (decision.next !== 'stop-arm' && outcome !== 'aborted') addReason(lane.reasons, step, hint);
    done(settling, lane, task, 'missing');
  }
  if (decision.next === 'stop-arm') settling.stop(lane, outcome, step.message ?? outcome, hint);
}

/** Limits, pauses and the end of an arm. */
function teach(settling: Settling, lane: Lane, { tickets }: Started, end: AttemptStep): void {
  const { limiter, emit } = settling;
  const { step, retryAfterMs = 0, hint, crowded = false } = end;
  if (isTooCrowded(lane, limiter, crowded)) {
    limiter.single(lane.name);
    emit({ kind: 'single', arm: lane.name });
  }
  const lesson = learn(lane, limiter, tickets, step, retryAfterMs, settling.nowMs());
  const { outcome, message = outcome } = step;
  if (lesson.next === 'say') emit({ kind: 'refused', arm: lane.name, message, count: lesson.count });
  if (lesson.next === 'stop') settling.stop(lane, outcome, lesson.reason, hint);
  else if (lesson.next === 'pause' && isTransportFailure(outcome))
    emit({ kind: 'paused', arm: lane.name, cause: outcome, ms: lesson.ms, message });
}

type Again = Extract<ReturnType<typeof decide>, { next: 'again' }>;

function again({ nowMs, emit }: Settling, lane: Lane, task: Task, { because, waitMs }: Again): void {
  task.waited = waitMs;
  task.readyAt = nowMs() + waitMs;
  delay(lane, task);
  emit({ kind: 'retry', arm: lane.name, because, waitMs });
}

function done({ emit }: Settling, lane: Lane, { cell }: Task, state: 'usable' | 'unusable' | 'missing'): void {
  if (state !== 'missing') lane[state] += 1;
  emit({ kind: 'trial', arm: lane.name, prompt: cell.prompt.id, trial: cell.trial, state });
}

/**
 * The order of calls: keeps every arm as busy as the limits allow, records each step before anything else happens
 * with it, and stops in an orderly way. `pump` starts what may start; the end of a call or of a wait pumps again.
 */
import { ArmError } from '../arms/arm.ts';
import type { StepOutcome, TransportFailure } from '../records.ts';
import { type Attempter, type AttemptStep, runAttempt } from './attempt.ts';
import { type Budget, chargeOf } from './budget.ts';
import { contextNeeded, mostOf } from './estimate.ts';
import type { RunnerEvent, RunOutcome } from './events.ts';
import { delay, type Lane, nextAt, pause, peek, type Task, take, waitingIn } from './lane.ts';
import { capsOf, createLimiter, type Limiter } from './limiter.ts';
import { backOff, decide, retryAfterCapMs } from './retry.ts';
import type { RunAllOptions } from './runner.ts';
import { isTransportFailure } from './trial.ts';

/** Answers in flight at once of an arm that calls nothing. */
const replayAtOnce = 32;
/** Warm-ups tried before the arm is stopped. */
const warmUpTries = 3;
/** Refused requests before any answer: it is not the prompts then, and each one refused is lost for good. */
const refusalsAtMost = 3;
const defaultGraceMs = 5_000;
/** What an arm gets to notice that it was aborted before it is left alone. */
const abortMs = 1_000;

type Halt = 'budget' | 'interrupted' | 'failed';

/** A call as the limits see it; handed back when it ends. */
interface Started {
  task: Task;
  /** Dollars set aside. */
  most: number;
  limiterTicket: number;
  circuitTicket: number;
}

export const createSchedule = (options: RunAllOptions, lanes: readonly Lane[], budget: Budget): Schedule =>
  new Schedule(options, lanes, budget);

class Schedule {
  readonly #options: RunAllOptions;
  readonly #lanes: readonly Lane[];
  readonly #budget: Budget;
  readonly #limiter: Limiter;
  readonly #attempt: Attempter;
  readonly #working = new Set<AbortController>();
  #halted: Halt | undefined;
  #failure: unknown;
  #closed = false;
  #pumpSoon = false;
  #wake: { at: number; cancel: AbortController } | undefined;
  #stopTimer: AbortController | undefined;
  #end: (() => void) | undefined;

  constructor(options: RunAllOptions, lanes: readonly Lane[], budget: Budget) {
    this.#options = options;
    this.#lanes = lanes;
    this.#budget = budget;
    this.#attempt = options.attempt ?? runAttempt;
    const caps = capsOf(
      options.concurrency ?? { arms: {} },
      lanes.map(({ record, arm }) => ({ ...record, concurrency: arm.config.concurrency })),
    );
    this.#limiter = createLimiter(caps);
  }

  /** Resolves when nothing is in flight any more. Throws what broke the run. */
  async run(): Promise<RunOutcome['ended']> {
    const { signal, kill } = this.#options;
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    signal?.addEventListener('abort', this.#interrupt);
    kill?.addEventListener('abort', this.#abortAll);
    if (signal?.aborted || kill?.aborted) this.#halted = 'interrupted';
    for (const lane of this.#lanes) if (!lane.warm && waitingIn(lane) > 0) void this.#warmUp(lane);
    this.#pump();
    await ended;
    signal?.removeEventListener('abort', this.#interrupt);
    kill?.removeEventListener('abort', this.#abortAll);
    if (this.#halted === 'failed') throw this.#failure;
    if (this.#lanes.every((lane) => lane.usable + lane.unusable === lane.total)) return 'complete';
    return this.#halted ?? 'incomplete';
  }

  // ───────────────────────── starting ─────────────────────────

  /** One start per turn of the event loop: replies that have arrived are read before the next request is built. */
  readonly #pump = (): void => {
    this.#pumpSoon = false;
    if (this.#closed) return;
    const started = !this.#halted && this.#startOne();
    if (started) this.#pumpLater();
    else if (!this.#setWake() && this.#working.size === 0) this.#close();
  };

  #pumpLater(): void {
    if (this.#pumpSoon) return;
    this.#pumpSoon = true;
    setImmediate(this.#pump);
  }

  #startOne(): boolean {
    const now = this.#nowMs();
    const fitting: { lane: Lane; task: Task }[] = [];
    for (const lane of this.#lanes) {
      const room = lane.replay ? lane.inFlight < replayAtOnce : this.#limiter.room(lane.name);
      const task = room ? peek(lane, now) : undefined;
      if (task) fitting.push({ lane, task });
    }
    // Most to do first, so that arms under a shared cap end together.
    fitting.sort((a, b) => waitingIn(b.lane) - waitingIn(a.lane));
    return fitting.some(({ lane, task }) => this.#tryStart(lane, task));
  }

  #tryStart(lane: Lane, task: Task): boolean {
    if (this.#halted) return false;
    const most = lane.rates ? mostOf(task.cell.prompt, this.#options.run.settings, lane.rates) : 0;
    const room = this.#budget.reserve(most);
    if (room === 'over') this.#halted = 'budget';
    if (room !== 'ok') return false;
    take(lane, task);
    const limiterTicket = this.#limiter.take(lane.name);
    void this.#work(lane, { task, most, limiterTicket, circuitTicket: lane.circuit.ticket() });
    return true;
  }

  /** Sets the clock for the next back-off or pause that ends; false when there is none. */
  #setWake(): boolean {
    if (this.#halted) return false;
    const now = this.#nowMs();
    const times = this.#lanes.map((lane) => nextAt(lane, now)).filter((at) => at !== undefined);
    if (times.length === 0) return false;
    const at = Math.min(...times);
    if (this.#wake && this.#wake.at <= at) return true;
    this.#wake?.cancel.abort();
    const cancel = this.#after(at - now, () => {
      this.#wake = undefined;
      this.#pumpLater();
    });
    this.#wake = { at, cancel };
    return true;
  }

  /** Model loading is nobody's latency. Other arms work meanwhile. */
  async #warmUp(lane: Lane): Promise<void> {
    const { prompts, run } = this.#options;
    const contextTokens = lane.record.contextAsked ?? contextNeeded(prompts, run.settings);
    for (let failures = 1; !this.#halted && !lane.warm && !lane.stopped; failures += 1) {
      const controller = this.#enter();
      this.#emit({ kind: 'warming', arm: lane.name });
      try {
        const warmed = await lane.arm.warmUp?.(controller.signal, { contextTokens });
        lane.warm = true;
        const { context, ms = 0 } = warmed ?? {};
        this.#emit({ kind: 'warmed', arm: lane.name, ms, ...(context !== undefined && { context }) });
        if (context !== undefined) this.#emit({ kind: 'observed', arm: lane.name, context });
      } catch (error) {
        await this.#warmUpFailed(lane, error, failures, controller.signal);
      } finally {
        this.#leave(controller);
      }
    }
  }

  async #warmUpFailed(lane: Lane, error: unknown, failures: number, signal: AbortSignal): Promise<void> {
    if (this.#halted) return;
    const { failure, message, hint, retryAfterMs } =
      error instanceof ArmError ? error : new ArmError('server', String(error), { cause: error });
    lane.lastFailure = message;
    if (!isTransportFailure(failure) || failures >= warmUpTries) return this.#stop(lane, failure, message, hint);
    const ms = backOff(failure, failures, retryAfterMs, this.#options.rng);
    this.#emit({ kind: 'paused', arm: lane.name, cause: failure, ms, message });
    await this.#sleep(ms, signal);
  }

  // ───────────────────────── one attempt ─────────────────────────

  async #work(lane: Lane, started: Started): Promise<void> {
    const controller = this.#enter();
    const steps: AttemptStep[] = [];
    let cost = 0;
    try {
      for await (const item of this.#attempt(this.#contextOf(lane, started.task, controller.signal))) {
        if (this.#closed) return;
        await this.#options.sink.append(lane.name, item.step);
        steps.push(item);
        if (!lane.replay) cost += chargeOf(item.step, started.most);
        if (item.crash !== undefined) throw item.crash;
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#limiter.release(lane.name);
    lane.inFlight -= 1;
    this.#budget.settle(started.most, cost);
    for (const item of steps) this.#tell(lane, item);
    this.#settle(lane, started, steps);
    this.#leave(controller);
  }

  #contextOf(lane: Lane, { cell, waited }: Task, signal: AbortSignal): Parameters<Attempter>[0] {
    const { run, checkAnswer, now } = this.#options;
    const rates = lane.rates && { rates: lane.rates };
    return { arm: lane.arm, cell, settings: run.settings, ...rates, checkAnswer, waited, signal, now };
  }

  #tell(lane: Lane, { step }: AttemptStep): void {
    const { prompt, trial, outcome, usage, ms } = step;
    const tokens = usage?.out === undefined ? {} : { tokens: usage.out };
    const speed = ms?.tokensPerSecond === undefined ? {} : { tokensPerSecond: ms.tokensPerSecond };
    const cost = step.costUsd === undefined || lane.replay ? {} : { costUsd: step.costUsd };
    this.#emit({ kind: 'step', arm: lane.name, prompt, trial, outcome, ...tokens, ...speed, ...cost });
    const observation = lane.observe(step);
    if (observation) this.#emit({ kind: 'observed', arm: lane.name, ...observation });
  }

  /** After an attempt: limits learn from it, and the trial is done, asked again, or given up. */
  #settle(lane: Lane, started: Started, items: readonly AttemptStep[]): void {
    const end = items.at(-1);
    if (!end) return;
    const { task } = started;
    const { step, retryAfterMs, hint } = end;
    const { outcome, checks = [] } = step;
    const usable = outcome === 'answered' && checks.every((check) => check.pass);
    if (isTransportFailure(outcome)) {
      task.failures += 1;
      this.#transportFailed(lane, started, outcome, end);
    } else if (outcome === 'answered') {
      task.failures = 0;
      lane.refusals = undefined;
      this.#limiter.succeeded(lane.name);
      lane.circuit.succeeded();
    } else if (outcome === 'bad-request' && lane.refusals !== undefined) {
      lane.refusals += 1;
      if (lane.refusals >= refusalsAtMost) this.#stop(lane, outcome, `every request is refused: ${step.message}`, hint);
    }
    if (outcome !== 'answered') lane.lastFailure = step.message ?? outcome;
    task.cell = nextCell(task.cell, items, this.#options.run.settings.retryMode === 'feedback');
    const sofar = { answers: task.cell.answers, failures: task.failures };
    const decision = decide({ outcome, usable, retryAfterMs }, sofar, lane.retries, this.#options.rng);
    if (decision.next === 'again' && !lane.stopped) this.#again(lane, task, decision);
    else if (decision.next === 'done') this.#done(lane, task, usable ? 'usable' : 'unusable');
    else this.#done(lane, task, 'missing');
    if (decision.next === 'stop-arm') this.#stop(lane, outcome, step.message ?? outcome, hint);
  }

  #transportFailed(lane: Lane, { limiterTicket, circuitTicket }: Started, outcome: TransportFailure, end: AttemptStep) {
    const { retryAfterMs = 0, hint, step } = end;
    const message = step.message ?? outcome;
    if (outcome === 'rate-limit' || outcome === 'overload') this.#limiter.throttled(lane.name, limiterTicket);
    const verdict = lane.circuit.failed(outcome, circuitTicket);
    if (verdict.circuit === 'dead') return this.#stop(lane, outcome, message, hint);
    const asked = Math.min(retryAfterMs, retryAfterCapMs);
    const ms = verdict.circuit === 'open' ? Math.max(verdict.pauseMs, asked) : asked;
    const until = this.#nowMs() + ms;
    if (ms === 0 || until <= lane.pausedUntil) return;
    pause(lane, until);
    this.#emit({ kind: 'paused', arm: lane.name, cause: outcome, ms, message });
  }

  #again(lane: Lane, task: Task, { because, waitMs }: { because: 'answer' | 'transport'; waitMs: number }): void {
    task.waited = waitMs;
    task.readyAt = this.#nowMs() + waitMs;
    delay(lane, task);
    this.#emit({ kind: 'retry', arm: lane.name, because, waitMs });
  }

  #done(lane: Lane, { cell }: Task, state: 'usable' | 'unusable' | 'missing'): void {
    if (state !== 'missing') lane[state] += 1;
    this.#emit({ kind: 'trial', arm: lane.name, prompt: cell.prompt.id, trial: cell.trial, state });
  }

  // ───────────────────────── stopping ─────────────────────────

  #stop(lane: Lane, outcome: StepOutcome, reason: string, hint: string | undefined): void {
    if (lane.stopped) return;
    lane.stopped = { outcome, reason, ...(hint !== undefined && { hint }) };
    this.#emit({ kind: 'stopped', arm: lane.name, reason, ...(hint !== undefined && { hint }) });
  }

  /** The first Ctrl-C. */
  readonly #interrupt = (): void => {
    if (this.#closed || this.#halted === 'interrupted') return;
    this.#halted ??= 'interrupted';
    const graceMs = this.#options.graceMs ?? defaultGraceMs;
    this.#emit({ kind: 'stopping', inFlight: this.#working.size, graceMs });
    this.#stopTimer?.abort();
    this.#stopTimer = this.#after(graceMs, this.#abortAll);
    this.#pumpLater();
  };

  /** Calls in flight are told to end; an arm that does not listen is not waited for. */
  readonly #abortAll = (): void => {
    if (this.#closed) return;
    this.#halted ??= 'interrupted';
    for (const controller of this.#working) controller.abort();
    this.#stopTimer?.abort();
    this.#stopTimer = this.#after(abortMs, () => this.#close());
    this.#pumpLater();
  };

  /** The sink or a check broke: nothing more can be recorded, so nothing more is asked. */
  #fail(error: unknown): void {
    if (this.#halted !== 'failed') this.#failure = error;
    this.#halted = 'failed';
    this.#abortAll();
  }

  #close(): void {
    this.#closed = true;
    this.#wake?.cancel.abort();
    this.#stopTimer?.abort();
    this.#end?.();
  }

  // ───────────────────────── small things ─────────────────────────

  #enter(): AbortController {
    const controller = new AbortController();
    this.#working.add(controller);
    return controller;
  }

  #leave(controller: AbortController): void {
    this.#working.delete(controller);
    this.#pumpLater();
  }

  /** Does something later, unless what it returns is aborted before. */
  #after(ms: number, then: () => void): AbortController {
    const cancel = new AbortController();
    void this.#sleep(ms, cancel.signal).then(() => {
      if (!cancel.signal.aborted) then();
    });
    return cancel;
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.sleep(ms, signal);
    } catch {
      // Woken early: whoever did it goes on.
    }
  }

  #nowMs(): number {
    return this.#options.now().getTime();
  }

  #emit(event: RunnerEvent): void {
    try {
      this.#options.events?.(event);
    } catch (error) {
      this.#fail(error);
    }
  }
}

/** The cell after one more attempt. Texts of failed answers are kept only where a retry quotes them. */
function nextCell(cell: Task['cell'], items: readonly AttemptStep[], feedback: boolean): Task['cell'] {
  const steps = [...cell.steps, ...items.map((item) => item.step)];
  const last = steps.at(-1);
  const next = { prompt: cell.prompt, trial: cell.trial, attempt: cell.attempt + 1, steps: [] };
  if (last?.outcome !== 'answered')
    return { ...next, answers: cell.answers, ...(cell.failed && { failed: cell.failed }) };
  const checks = last.checks ?? [];
  const failed = { attempt: cell.attempt, steps, outcome: last.outcome, checks, usable: false };
  return { ...next, answers: cell.answers + 1, ...(feedback && { failed }) };
}

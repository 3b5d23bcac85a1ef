/**
 * The order of calls: keeps every arm as busy as the limits allow, records each step before anything else happens
 * with it, and stops in an orderly way. `pump` starts what may start; the end of a call or of a wait pumps again.
 */
import type { StepOutcome } from '../records/attempt-record.ts';
import { type Attempter, type AttemptStep, runAttempt } from './attempt.ts';
import { type Budget, chargeOf } from './budget.ts';
import { abortMsOf, isDone, type Lane, nextAt, peek, type Task, take, waitingIn } from './lane.ts';
import { capsOf, createLimiter, type Limiter } from './limiter.ts';
import { isForGood, withoutPartner } from './partners.ts';
import type { RunAllOptions } from './run-options.ts';
import type { RunnerEvent, RunOutcome } from './runner-events.ts';
import { type Settling, type Started, settleAttempt, tellStep } from './settle-attempt.ts';
import { createTimers, steadyClock, type Timers } from './timers.ts';
import { contextNeeded, mostOf } from './token-estimate.ts';
import { warmUp } from './warm-up.ts';
import { everyHalfSecond } from './writing.ts';

const startsPerTurn = 4;
/** Answers in flight at once of an arm that calls nothing. */
const replayAtOnce = 32;
const defaultGraceMs = 5_000;

const isPaid = ({ rates }: Lane): boolean => rates !== undefined && rates.in + rates.out > 0;

export const createSchedule = (options: RunAllOptions, lanes: readonly Lane[], budget: Budget): Schedule =>
  new Schedule(options, lanes, budget);

class Schedule {
  readonly #options: RunAllOptions;
  readonly #lanes: readonly Lane[];
  readonly #budget: Budget;
  readonly #limiter: Limiter;
  readonly #attempt: Attempter;
  readonly #timers: Timers;
  readonly #nowMs: () => number;
  readonly #settling: Settling;
  readonly #working = new Set<AbortController>();
  /** Model loading: nothing is lost when it is cut short. */
  readonly #loading = new AbortController();
  #halted = false;
  /** The cost limit is reached: arms that cost nothing go on. */
  #broke = false;
  #failed = false;
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
    this.#timers = createTimers(options.sleep);
    this.#nowMs = steadyClock(options.now);
    const caps = capsOf(
      options.concurrency ?? { arms: {} },
      lanes.map(({ record, arm }) => ({ ...record, concurrency: arm.config.concurrency })),
    );
    this.#limiter = createLimiter(caps);
    this.#settling = {
      limiter: this.#limiter,
      feedback: options.run.settings.retryMode === 'feedback',
      rng: options.rng,
      nowMs: this.#nowMs,
      emit: (event) => this.#emit(event),
      stop: (lane, outcome, reason, hint) => this.#stop(lane, outcome, reason, hint),
    };
  }

  /** Resolves when nothing is in flight any more. Throws what broke the run. */
  async run(): Promise<RunOutcome['ended']> {
    const { signal, kill } = this.#options;
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    signal?.addEventListener('abort', this.#interrupt);
    kill?.addEventListener('abort', this.#abortAll);
    if (signal?.aborted || kill?.aborted) this.#halt();
    else for (const lane of this.#lanes) if (!lane.warm && waitingIn(lane) > 0) void this.#warmUp(lane);
    this.#pump();
    await ended;
    signal?.removeEventListener('abort', this.#interrupt);
    kill?.removeEventListener('abort', this.#abortAll);
    if (this.#failed) throw this.#failure;
    if (this.#lanes.every(isDone)) return 'complete';
    if (this.#halted) return 'interrupted';
    return this.#broke ? 'budget' : 'incomplete';
  }

  // ───────────────────────── starting ─────────────────────────

  /**
   * A few starts per turn of the event loop. All at once would put the building of the last request into the first
   * one's latency; one at a time leaves slots empty on a busy machine, where a turn takes long.
   */
  readonly #pump = (): void => {
    this.#pumpSoon = false;
    if (this.#closed) return;
    let started = 0;
    // One reading for both questions: what ripens between two readings would be neither ready nor waited for.
    let now = this.#nowMs();
    while (started < startsPerTurn && !this.#halted && this.#startOne(now)) {
      started += 1;
      now = this.#nowMs();
    }
    if (started === startsPerTurn) this.#pumpLater();
    else if (!this.#setWake(now) && this.#working.size === 0) this.#close();
  };

  #pumpLater(): void {
    if (this.#pumpSoon) return;
    this.#pumpSoon = true;
    setImmediate(this.#pump);
  }

  #startOne(now: number): boolean {
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
    const most = this.#mostFor(lane, task);
    const room = most > 0 && this.#broke ? 'over' : this.#budget.reserve(most);
    if (room === 'over') this.#broke = true;
    if (room !== 'ok') return false;
    take(lane, task);
    const tickets = { limiter: this.#limiter.take(lane.name), circuit: lane.circuit.ticket() };
    void this.#work(lane, { task, most, tickets });
    return true;
  }

  /** Reckoned once per prompt: a long one is read in full for it. */
  #mostFor({ rates, most, record }: Lane, { cell: { prompt } }: Task): number {
    if (record.agent) return this.#options.run.settings.agent?.costUsd ?? 0;
    if (!rates) return 0;
    const known = most.get(prompt) ?? mostOf(prompt, this.#options.run.settings, rates);
    most.set(prompt, known);
    return known;
  }

  /** Sets the clock for the next back-off or pause that ends; false when there is none. */
  #setWake(now: number): boolean {
    if (this.#halted) return false;
    const asked = this.#lanes.filter((lane) => !(this.#broke && isPaid(lane)));
    const times = asked.map((lane) => nextAt(lane, now)).filter((at) => at !== undefined);
    if (times.length === 0) return false;
    const at = Math.min(...times);
    if (this.#wake && this.#wake.at <= at) return true;
    this.#wake?.cancel.abort();
    const cancel = this.#timers.after(at - now, () => {
      this.#wake = undefined;
      this.#pumpLater();
    });
    this.#wake = { at, cancel };
    return true;
  }

  /** Other arms work meanwhile. */
  async #warmUp(lane: Lane): Promise<void> {
    const { prompts, run, rng } = this.#options;
    const controller = this.#enter();
    const contextTokens = lane.record.contextAsked ?? contextNeeded(prompts, run.settings);
    const problem = await warmUp(lane, contextTokens, {
      signal: AbortSignal.any([controller.signal, this.#loading.signal]),
      sleep: this.#timers.sleep,
      rng,
      emit: (event) => this.#emit(event),
    });
    lane.warm = problem === undefined;
    if (problem) this.#stop(lane, problem.failure, problem.message, problem.hint);
    this.#leave(controller);
  }

  // ───────────────────────── one attempt ─────────────────────────

  async #work(lane: Lane, started: Started): Promise<void> {
    const controller = this.#enter();
    const steps: AttemptStep[] = [];
    try {
      for await (const item of this.#attempt(this.#contextOf(lane, started.task, controller.signal))) {
        if (this.#closed) return;
        await this.#options.sink.append(lane.name, item.step);
        steps.push(item);
        tellStep(this.#settling, lane, item);
        if (item.crash !== undefined) throw item.crash;
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#limiter.release(lane.name);
    lane.inFlight -= 1;
    const made = steps.map((item) => item.step);
    this.#budget.settle(started.most, lane.replay ? 0 : chargeOf(made, started.most));
    settleAttempt(this.#settling, lane, started, steps);
    this.#leave(controller);
  }

  #contextOf(lane: Lane, { cell, waited }: Task, signal: AbortSignal): Parameters<Attempter>[0] {
    const { run, checkAnswer, now } = this.#options;
    const rates = lane.rates && { rates: lane.rates };
    const { templateEnds } = lane.record;
    const onToken = everyHalfSecond(now, (pieces) => this.#emit({ kind: 'writing', arm: lane.name, pieces }));
    const given = { arm: lane.arm, cell, settings: run.settings, templateEnds, ...rates };
    return { ...given, checkAnswer, waited, signal, onToken, now };
  }

  // ───────────────────────── stopping ─────────────────────────

  /** No new calls from here on. */
  #halt(): void {
    this.#halted = true;
    this.#loading.abort();
  }

  #stop(lane: Lane, outcome: StepOutcome, reason: string, hint: string | undefined): void {
    if (lane.stopped) return;
    const said = { reason, ...(hint !== undefined && { hint }) };
    const forGood = isForGood(outcome, lane.record.provider);
    lane.stopped = { outcome, ...said, ...(forGood && { forGood }) };
    this.#emit({ kind: 'stopped', arm: lane.name, ...said });
    if (!forGood) return;
    const why = `${lane.name} has stopped for good, and nothing else is left to compare with`;
    for (const idle of withoutPartner(this.#lanes, this.#options.run.pairs ?? []))
      this.#stop(idle, 'aborted', why, undefined);
  }

  /** The first Ctrl-C. */
  readonly #interrupt = (): void => {
    if (this.#closed) return;
    this.#halt();
    const graceMs = this.#options.graceMs ?? defaultGraceMs;
    this.#emit({ kind: 'stopping', inFlight: this.#working.size, graceMs });
    this.#stopTimer?.abort();
    this.#stopTimer = this.#timers.after(graceMs, this.#abortAll);
    this.#pumpLater();
  };

  /** Calls in flight are told to end; an arm that does not listen is not waited for. */
  readonly #abortAll = (): void => {
    if (this.#closed) return;
    this.#halt();
    for (const controller of this.#working) controller.abort();
    this.#stopTimer?.abort();
    this.#stopTimer = this.#timers.after(abortMsOf(this.#lanes), () => this.#close());
    this.#pumpLater();
  };

  /** The sink or a check broke: nothing more can be recorded, so nothing more is asked. */
  #fail(error: unknown): void {
    if (!this.#failed) this.#failure = error;
    this.#failed = true;
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
    this.#pump();
  }

  #emit(event: RunnerEvent): void {
    try {
      this.#options.events?.(event);
    } catch (error) {
      this.#fail(error);
    }
  }
}

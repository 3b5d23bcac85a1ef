/** Answers what a run still misses: one process at a time, every attempt recorded, progress on stderr. */
import type { Arm } from '../../arms/arm.ts';
import { sameModel } from '../../arms/observed.ts';
import { type ExitCode, exitCodes } from '../../errors.ts';
import type { StepRecord } from '../../records/attempt-record.ts';
import { failedInLog } from '../../records/outcomes.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { type AgentJobs, createAgentJobs } from '../../runs/agents/agent-job.ts';
import { createAnswering } from '../../runs/answering.ts';
import { killedProcesses } from '../../runs/budget.ts';
import type { RunnerArm } from '../../runs/lane.ts';
import { atOnceOf, type Concurrency, capsOf, parseConcurrency } from '../../runs/limiter.ts';
import { reasonWords } from '../../runs/missing.ts';
import { type EarlierArm, type ReuseIndex, reuseIndex } from '../../runs/reuse.ts';
import { exitCodeOf, runAll } from '../../runs/runner.ts';
import type { ArmOutcome, RunnerEvent, RunOutcome } from '../../runs/runner-events.ts';
import { isReplay } from '../../runs/trial.ts';
import { sealAnswers } from '../../store/answers-seal.ts';
import { openAttempts, readAttempts } from '../../store/attempts-file.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { takeLock } from '../../store/folder-lock.ts';
import { runHash, type StoredRun } from '../../store/run-folder.ts';
import { version } from '../../version.ts';
import { costLimit } from '../../voting/further-starts.ts';
import type { Context, ShownProgress } from '../context.ts';
import { type Interrupt, watchInterrupt } from '../interrupt.ts';
import { collectOftenIfLarge } from '../large-run.ts';
import { agentJobsOf } from './agent-jobs.ts';
import { assertAnswerable, programOf, type Wanted } from './before-answering.ts';
import { earlierArms } from './earlier-arms.ts';
import { settleLeftAgents } from './left-agents.ts';
import { promptsToAnswer } from './prompts-to-answer.ts';
import { startOver } from './start-over.ts';

export interface AnswerOptions extends Wanted {
  resumed: boolean;
  /** The blind session follows by itself. */
  session?: boolean;
  /** Take over answers of earlier runs in the same folder to the very same calls. */
  reuse?: boolean;
  /** Take over answers of exactly these runs' arms; later ones win. */
  earlier?: EarlierArm[];
  /** Stops new calls when it aborts; without one, Ctrl-C does. */
  signal?: AbortSignal;
  /** What happens, as it happens; without it, progress is drawn on stderr. */
  events?(event: RunnerEvent): void;
}

export async function answerRun(
  stored: StoredRun,
  arms: readonly Arm[],
  options: AnswerOptions,
  context: Context,
): Promise<RunOutcome> {
  const { run, paths } = stored;
  assertAnswerable(run, options, context);
  const program = programOf(options, context);
  collectOftenIfLarge(paths, context);
  const lock = takeLock(paths.runLock, `Another gapcheck is answering ${paths.folder}`);
  const sink = openAttempts(paths);
  const progress = await progressOf(stored, options, context);
  using interrupt = interruptOf(options);
  let jobs: AgentJobs | undefined;
  try {
    const { now } = context;
    const concurrency = concurrencyOf(options, stored);
    await settleLeftAgents(stored, sink, context);
    jobs = await agentJobsOf(stored, context);
    const asked = runnerArms(stored, arms);
    const callsAtOnce = atOnceOf(capsOf(concurrency ?? { arms: {} }, asked.map(cappedArm)));
    await addEvents(paths, now, () => [{ ...startEvent(stored, options.resumed), atOnce: callsAtOnce }]);
    const events = readEvents(paths);
    const prompts = promptsToAnswer(stored, events);
    const maxCostUsd = options.maxCost ?? costLimit(run, events);
    const seen: RunnerEvent[] = [];
    const answering = createAnswering(run.settings, program);
    const outcome = await runAll({
      run,
      prompts,
      arms: asked,
      existing: existingSteps(stored, context),
      sink,
      checkAnswer: answering.checkAnswer,
      attempt: createAgentJobs(jobs, answering.attempt),
      ...reuseOf(stored, options),
      sameModel,
      killed: killedProcesses(events, callsAtOnce),
      ...(concurrency && { concurrency }),
      ...(maxCostUsd !== undefined && { maxCostUsd }),
      now,
      sleep,
      rng: Math.random,
      signal: interrupt.soon,
      kill: interrupt.now,
      events: (event) => {
        if (event.kind === 'observed') seen.push(event);
        progress.on(event);
      },
    });
    await addEvents(paths, now, () => [...seen.flatMap(observedEvent), answeredEvent(outcome, stored)]);
    return outcome.ended === 'interrupted' && interrupt.isTerminated() ? { ...outcome, ended: 'terminated' } : outcome;
  } finally {
    await jobs?.copies.close().catch(() => undefined);
    progress.close();
    await sink.close();
    lock.release();
  }
}

function reuseOf(stored: StoredRun, { reuse, earlier }: AnswerOptions): { reuse?: ReuseIndex } {
  if (earlier) return { reuse: reuseIndex(earlier) };
  return reuse ? { reuse: reuseIndex(earlierArms(stored)) } : {};
}

/** Answers that are already there are copied in a moment: no bar for those alone. */
async function progressOf(
  { run }: StoredRun,
  { events, session = false }: AnswerOptions,
  context: Context,
): Promise<ShownProgress> {
  if (events) return { on: events, close: () => undefined };
  const shown = run.arms.every(isReplay) ? undefined : await context.showProgress?.({ session });
  return shown ?? { on: () => undefined, close: () => undefined };
}

/** A program that was given a signal keeps its own handlers of Ctrl-C. */
function interruptOf({ signal }: AnswerOptions): Interrupt {
  if (!signal) return watchInterrupt();
  const never = new AbortController().signal;
  return { soon: signal, now: never, isTerminated: () => false, [Symbol.dispose]: () => undefined };
}

export const startEvent = ({ paths }: StoredRun, resumed: boolean) =>
  resumed
    ? ({ event: 'resumed', gapcheck: version } as const)
    : ({ event: 'started', gapcheck: version, node: process.version, runHash: runHash(paths) } as const);

function observedEvent(event: RunnerEvent) {
  if (event.kind !== 'observed') return [];
  const { arm, model, fingerprint, context, contextAsked, onGpu, warning } = event;
  return [
    {
      event: 'arm-observed' as const,
      arm,
      ...(model !== undefined && { model }),
      ...(fingerprint !== undefined && { fingerprint }),
      ...(context !== undefined && { context }),
      ...(contextAsked !== undefined && { contextAsked }),
      ...(onGpu !== undefined && { onGpu }),
      ...(warning !== undefined && { note: warning }),
    },
  ];
}

function answeredEvent({ arms, ended }: RunOutcome, { paths, run }: StoredRun) {
  const files = sealAnswers(
    paths,
    run.arms.map(({ name }) => name),
  );
  const answers = arms.reduce((sum, arm) => sum + arm.usable + arm.unusable, 0);
  // What failed in the log is not to be had: no later start need look for it.
  const missing = ended === 'complete' ? 0 : arms.reduce((sum, arm) => sum + arm.missing, 0);
  const budget = ended === 'budget' && { budget: true as const };
  return { event: 'answered' as const, answers, missing, files, ...budget };
}

function runnerArms({ run }: StoredRun, arms: readonly Arm[]): RunnerArm[] {
  return run.arms.map((record) => {
    const arm = arms.find(({ config }) => config.name === record.name);
    if (!arm) throw new Error(`no arm was made for ${record.name}`);
    return { arm, record };
  });
}

function existingSteps({ run, paths }: StoredRun, context: Context): Record<string, StepRecord[]> {
  const existing: Record<string, StepRecord[]> = {};
  for (const { name } of run.arms) {
    const { steps, warnings } = readAttempts(paths, name);
    for (const warning of warnings) context.err(warning);
    existing[name] = steps;
  }
  return existing;
}

function concurrencyOf({ concurrency }: AnswerOptions, { run }: StoredRun): Concurrency | undefined {
  if (concurrency === undefined) return undefined;
  return parseConcurrency(
    concurrency,
    run.arms.map(({ name }) => name),
  );
}

const cappedArm = ({ arm, record }: RunnerArm) => ({ ...record, concurrency: arm.config.concurrency });

/** Ends early when the signal aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** What is said after answering: what is missing and why, and the next command. Empty where nothing is. */
export function outcomeText(
  outcome: RunOutcome,
  folder: string,
  run?: Pick<RunRecord, 'command' | 'arms'>,
): { text: string; code: ExitCode } {
  const code = exitCodeOf(outcome);
  if (code === exitCodes.done) return { text: '', code };
  return { text: [...missingWords(outcome), ...nextLines(outcome, folder, run)].join('\n'), code };
}

/** What is missing and why, a line each. Whoever has a next command of their own adds it. */
export function missingWords({ ended, arms }: RunOutcome): string[] {
  const first = {
    complete: '',
    incomplete: 'Not every prompt has its answers.',
    budget: 'The cost limit was reached before the next call.',
    interrupted: 'Stopped. What was answered is kept.',
    terminated: 'Stopped. What was answered is kept.',
  }[ended];
  return [first, ...arms.flatMap(missingLines)];
}

function missingLines({ arm, total, missing, stopped, reasons = [], lastFailure }: ArmOutcome): string[] {
  if (missing === 0) return [];
  const told = reasons.reduce((sum, { count }) => sum + count, 0);
  const rest = stopped ? stopped.reason : told < missing ? (lastFailure ?? 'not asked yet') : undefined;
  const hint = stopped?.hint ? [`  ${stopped.hint}`] : [];
  return [
    `${arm}: ${total - missing} of ${total} answers kept, ${missing} missing${told === 0 ? `: ${rest}` : '.'}`,
    ...reasons.flatMap((reason) => [
      `  ${reasonWords(reason, total)}`,
      ...(reason.hint === undefined ? [] : [`    ${reason.hint}`]),
    ]),
    ...(told > 0 && rest !== undefined ? [`  the others: ${rest}`] : []),
    ...hint,
  ];
}

/** `closed: no answer to 2 of 36: failed in the log: 429 Rate limit. These prompts get no ballot.` */
export const failedInLogWords = ({ arms }: RunOutcome): string[] =>
  arms.flatMap(({ arm, total, reasons = [] }) =>
    reasons
      .filter(({ cause }) => cause === failedInLog)
      .map((reason) => `${arm}: no answer to ${reasonWords(reason, total)}. These prompts get no ballot.`),
  );

/** Whether asking again can bring what is missing. */
export const mayResume = ({ arms }: RunOutcome): boolean =>
  arms.some(({ missing, reasons = [] }) => {
    const lost = reasons.reduce((sum, { count, forGood }) => sum + (forGood ? count : 0), 0);
    return missing > lost;
  });

/** Whether every arm has answers that can be voted on. */
const hasKept = ({ arms }: RunOutcome): boolean => arms.every(({ total, missing }) => missing < total);

/** Whether a command can still do something with these answers: ask for more of them, or have them voted on. */
export const goesOn = (outcome: RunOutcome): boolean => mayResume(outcome) || hasKept(outcome);

function nextLines(
  outcome: RunOutcome,
  folder: string,
  run: Pick<RunRecord, 'command' | 'arms'> | undefined,
): string[] {
  const fresh = run && startOver(outcome, run, folder);
  if (fresh) return fresh;
  const more = outcome.ended === 'budget' ? ' --max-cost USD' : '';
  const again = `gapcheck run --resume ${folder}${more}`;
  const score = `gapcheck score ${folder}`;
  const kept = hasKept(outcome);
  if (!mayResume(outcome)) return kept ? [`Next: ${score}   (the prompts that both have answered)`] : [];
  if (outcome.ended !== 'incomplete' || !kept) return [`Next: ${again}`];
  return [`Next: ${again}   (asks only what is missing)`, `  or: ${score}   (the prompts that both have answered)`];
}

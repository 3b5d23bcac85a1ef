/**
 * A whole job as one attempt: a fresh copy, the agent at work, what it changed, the end check, and the record of it.
 * There is no answer retry: an agent that ended has had its try.
 */
import { resolve } from 'node:path';
import type { Arm } from '../../arms/arm.ts';
import type { ProcessId } from '../../arms/programs/process-id.ts';
import { currentSecrets, withoutKeys } from '../../arms/wire/echoed-keys.ts';
import { redactSecrets } from '../../arms/wire/secrets.ts';
import { userError } from '../../errors.ts';
import type { AgentEndLine, AgentSettings, AgentStep, EndCheck } from '../../records/agent-record.ts';
import type { CheckResult, StepRecord } from '../../records/attempt-record.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import { type AttemptContext, type Attempter, type AttemptStep, messagesFor, requestFor } from '../attempt.ts';
import { setPrice } from '../budget.ts';
import { type Ended, endOf, needsCheck } from './agent-end.ts';
import { runEndCheck } from './end-check.ts';
import type { FreshCopies, TrialFolder } from './fresh-copy.ts';
import { type Worked, workOn } from './work.ts';

/** Which trial of which arm. */
export interface TrialName {
  arm: string;
  prompt: PromptRecord['id'];
  trial: number;
}

export interface TrialFiles {
  output(piece: Uint8Array): void;
  step(line: AgentStep): void;
  end(line: AgentEndLine, diff: string): Promise<void>;
  close(): void;
}

/** Where a trial is written down. */
export interface AgentRecorder {
  files(trial: TrialName): TrialFiles;
  started(trial: TrialName, id: ProcessId, folder: string): Promise<void>;
  ended(trial: TrialName, line: AgentEndLine): Promise<void>;
  interrupted(trial: TrialName, worked: Pick<Worked, 'steps' | 'ms' | 'costUsd'>): Promise<void>;
  /** Where the copy of this trial is kept. */
  keptAt(trial: TrialName): string;
}

export interface AgentJobs {
  settings: AgentSettings;
  copies: FreshCopies;
  recorder: AgentRecorder;
  env: Record<string, string | undefined>;
}

/** An `Attempter` for every arm: those that are no agents go on to `otherwise`. */
export const createAgentJobs = (jobs: AgentJobs | undefined, otherwise: Attempter): Attempter =>
  async function* attempt(context) {
    const { job } = context.arm;
    yield* job && jobs ? runJob(context, { ...context.arm, job }, jobs) : otherwise(context);
  };

type AgentArm = Arm & Required<Pick<Arm, 'job'>>;

/** The folder that a job's copies are made from; undefined: an empty one. */
export function fixtureOf(
  prompt: Pick<PromptRecord, 'folder'>,
  { folder, cwd }: Pick<AgentSettings, 'folder' | 'cwd'>,
): string | undefined {
  const wanted = prompt.folder ?? folder;
  return wanted === undefined ? undefined : resolve(cwd, wanted);
}

async function* runJob(context: AttemptContext, arm: AgentArm, jobs: AgentJobs): AsyncGenerator<AttemptStep> {
  const { cell, signal } = context;
  const name: TrialName = { arm: arm.config.name, prompt: cell.prompt.id, trial: cell.trial };
  let place: TrialFolder | undefined;
  let files: TrialFiles | undefined;
  let isRecorded = false;
  try {
    if (signal.aborted) throw new Error('stopped before it had begun');
    place = await jobs.copies.make(fixtureOf(cell.prompt, jobs.settings));
    files = jobs.recorder.files(name);
    const { line, ...tried } = await tryJob({ name, place, files }, context, arm, jobs);
    isRecorded = true;
    yield tried;
    if (line) await jobs.recorder.ended(name, line);
  } catch (crash) {
    if (isRecorded) throw crash;
    yield { step: failedStep(context, crash), ...(!signal.aborted && { crash }) };
  } finally {
    files?.close();
    await place?.remove().catch(() => undefined);
  }
}

interface TrialPlace {
  name: TrialName;
  place: TrialFolder;
  files: TrialFiles;
}

/** `line`: how the trial ended; absent where it was interrupted. */
async function tryJob(
  at: TrialPlace,
  context: AttemptContext,
  arm: AgentArm,
  jobs: AgentJobs,
): Promise<AttemptStep & { line?: AgentEndLine }> {
  const { settings, recorder } = jobs;
  const { signal } = context;
  const worked = await workIn(at, context, arm, jobs);
  if (!worked.interrupted && isUnstarted(worked)) throw couldNotStart(arm, worked);
  const judged = worked.interrupted ? undefined : await judge(at.place, worked, jobs, signal);
  if (!judged || (signal.aborted && judged.line.endCheck)) {
    await recorder.interrupted(at.name, worked);
    return { step: stepOf(context, worked, { outcome: 'aborted', message: 'stopped before it had ended' }) };
  }
  const { line, diff } = judged;
  await at.files.end(line, diff);
  if (settings.keep) await at.place.keep(recorder.keptAt(at.name));
  const crash = costUnknown(arm, worked, settings);
  return { step: answered(context, worked, line, settings), ...(crash && { crash }), line };
}

async function workIn(
  { name, place, files }: TrialPlace,
  context: AttemptContext,
  arm: AgentArm,
  { settings, recorder, env }: AgentJobs,
): Promise<Worked> {
  const { cell, signal, rates, onToken } = context;
  const job = {
    request: requestFor(arm, cell, messagesFor(context), context.settings),
    folder: place.folder,
    before: (id: ProcessId) => recorder.started(name, id, place.folder),
  };
  return workOn(arm, job, {
    settings,
    rates,
    signal,
    clean: cleanerOf(env),
    output: (piece) => files.output(piece),
    step: (step) => files.step(step),
    onStep: onToken,
  });
}

/** No key of the environment goes into a record, however an agent came to print it. */
function cleanerOf(env: AgentJobs['env']): (text: string) => string {
  const secrets = currentSecrets(env);
  return (text) => redactSecrets(withoutKeys(text, secrets()));
}

interface Judged {
  line: AgentEndLine;
  diff: string;
}

/** The diff comes first: a check may write files of its own. */
async function judge(place: TrialFolder, worked: Worked, jobs: AgentJobs, signal: AbortSignal): Promise<Judged> {
  const { settings, env } = jobs;
  const { diffOf } = await import('./folder-diff.ts');
  const diff = cleanerOf(env)(await diffOf(place.base, place.folder));
  const ending = { ...worked.ending, left: worked.text !== '' || diff !== '' };
  const check =
    settings.endCheck !== undefined && needsCheck(ending)
      ? await runEndCheck(settings.endCheck, place.folder, env, signal)
      : undefined;
  const ended = endOf({ ...ending, ...(check && { check }) });
  return { line: lineOf(worked, ended, check), diff };
}

const lineOf = (worked: Worked, { end, why }: Ended, check: EndCheck | undefined): AgentEndLine => ({
  type: 'end',
  end,
  ...(why !== undefined && { why }),
  ms: worked.ms,
  steps: worked.steps,
  failedSteps: worked.failedSteps,
  costUsd: worked.costUsd,
  endCheck: check ?? null,
  text: worked.text,
});

/** As the attempts file has it: one answer with one check, whose kind is the end. */
function answered(context: AttemptContext, worked: Worked, line: AgentEndLine, settings: AgentSettings): StepRecord {
  return stepOf(context, worked, {
    outcome: 'answered',
    text: worked.text,
    finish: 'stop',
    checks: [endState(line, settings)],
  });
}

export function endState({ end, why }: Pick<AgentEndLine, 'end' | 'why'>, settings: AgentSettings): CheckResult {
  const isMeasured = settings.endCheck !== undefined || end !== 'done';
  return {
    check: 'end-state',
    pass: end === 'done',
    kind: end,
    ...(why !== undefined && { why }),
    ...(!isMeasured && { why: 'not measured: there is no end check', judged: false }),
  };
}

function stepOf(
  { cell, waited, now }: AttemptContext,
  { usage, ms, model, costUsd }: Pick<Worked, 'usage' | 'ms' | 'model' | 'costUsd'>,
  more: Pick<StepRecord, 'outcome'> & Partial<StepRecord>,
): StepRecord {
  const { id, source_id } = cell.prompt;
  return {
    prompt: id,
    ...(source_id !== undefined && { sourceId: source_id }),
    trial: cell.trial,
    attempt: cell.attempt,
    step: 1,
    ...more,
    ...(model !== undefined && { model }),
    usage,
    ms: { total: ms },
    ...(costUsd !== null && { costUsd }),
    ...(waited > 0 && { waited }),
    last: true,
    at: now().toISOString(),
  };
}

function failedStep(context: AttemptContext, crash: unknown): StepRecord {
  const message = context.signal.aborted
    ? 'stopped before it had begun'
    : crash instanceof Error
      ? crash.message
      : String(crash);
  const nothing = { usage: {}, ms: 0, costUsd: 0 };
  return stepOf(context, nothing, { outcome: 'aborted', message: redactSecrets(message) });
}

/** A shell's codes for a program that is not there or may not run: no agent was ever tried. */
const isUnstarted = ({ ending, steps }: Worked): boolean =>
  steps === 0 && ending.limit === undefined && (ending.code === 126 || ending.code === 127);

const couldNotStart = ({ config }: Arm, { stderr, ending }: Worked) =>
  userError(
    'agent-not-started',
    `${config.spec} could not be started (exit ${ending.code}): ${stderr.trim().split('\n').at(-1) || 'it said nothing'}.`,
    'run it by hand in a copy of the folder, and mend what it says',
  );

/** A limit in dollars that nothing is measured against would be no limit. */
function costUnknown({ config }: Arm, { costUsd, usage, ending }: Worked, settings: AgentSettings) {
  if (settings.costUsd === undefined || costUsd !== null) return undefined;
  const hasTokens = usage.in !== undefined || usage.out !== undefined;
  // A trial that ended before its first call has nothing to tell.
  if (!hasTokens && (ending.stream?.tellsCost || ending.code !== 0)) return undefined;
  return userError(
    'cost-unknown',
    `--cost cannot hold: arm ${config.name} did not say what its work cost, and has no price.`,
    setPrice(config.name),
  );
}

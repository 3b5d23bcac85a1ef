/**
 * One attempt at an answer: the request every arm gets, the call, the record of what came back, and the checks.
 * A plain attempt is one step. A tool loop yields several: it is another `Attempter` made of the same pieces.
 */
import { type Arm, ArmError, type ArmReply, type ArmRequest } from '../arms/arm.ts';
import type { CheckInput } from '../checks/check.ts';
import type { CheckResult, StepRecord } from '../records/attempt-record.ts';
import { faultOf, ruleOf } from '../records/outcomes.ts';
import type { Message, PromptRecord, SamplingParams } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';
import { judgedText, type Known } from '../text/judged.ts';
import { answerCause } from './answer-cause.ts';
import { withSystem } from './own-system.ts';
import type { Cell } from './plan.ts';
import { costOf, outputCap, type Rates } from './token-estimate.ts';
import { type Attempt, sameStep } from './trial.ts';

/** What the checks look at. */
export type Answer = Omit<CheckInput, 'prompt' | 'exec'>;

export type CheckAnswer = (prompt: PromptRecord, answer: Answer) => CheckResult[] | Promise<CheckResult[]>;

/** Everything one attempt needs; the same for a tool loop. */
export interface AttemptContext {
  arm: Arm;
  /** Its `steps` hold what an earlier process paid for in this attempt: go on from there. */
  cell: Readonly<Cell>;
  settings: RunSettings;
  /** The end of the arm's chat template, where the server tells it. */
  templateEnds?: string | undefined;
  rates?: Rates;
  checkAnswer: CheckAnswer;
  /** Back-off before this attempt, ms. */
  waited: number;
  signal: AbortSignal;
  /** Called with each piece of the answer that comes. */
  onToken?: () => void;
  now(): Date;
}

/** A step to record, and what the record does not keep but the retry policy needs. */
export interface AttemptStep {
  step: StepRecord;
  retryAfterMs?: number;
  hint?: string;
  /** Another request seems to have ended this one. */
  crowded?: boolean;
  /** Asking again gives the same. */
  once?: boolean;
  /** A check threw: our bug. The answer is recorded first, then the run stops with this. */
  crash?: unknown;
}

/** Yields each step as soon as it is known; the final one has `last: true`. Never throws for what an arm does. */
export type Attempter = (context: AttemptContext) => AsyncIterable<AttemptStep>;

/** One call, one step. */
export async function* runAttempt(context: AttemptContext): AsyncGenerator<AttemptStep> {
  const messages = messagesFor(context);
  const called = await callStep(context, messages, context.cell.steps.length + 1);
  yield await lastStep(context, called);
}

/** The prompt's own messages; after a failed check in `feedback` mode, the answer and what was wrong with it too. */
export function messagesFor({ arm, cell, settings, templateEnds }: AttemptContext): Message[] {
  const { prompt, failed } = cell;
  const messages = withSystem(prompt.messages, arm.config.system);
  if (!failed || settings.retryMode !== 'feedback') return messages;
  const content = judgedText(failed.steps.at(-1) ?? {}, { prompt, templateEnds }).text;
  return [...messages, { role: 'assistant', content }, feedbackOn(failed)];
}

function feedbackOn(failed: Attempt): Message {
  const reasons = failed.checks.filter((check) => !check.pass).map((check) => `- ${check.why ?? check.check}`);
  return {
    role: 'user',
    content: ['That answer cannot be used:', ...reasons, 'Answer again, and put this right.'].join('\n'),
  };
}

/**
 * The same for every arm: values of the log, else the run's. Only an arm's own setting in the config differs.
 * A seed is sent so that a trial differs from the next and a resample from what failed; no vendor promises more.
 */
export function paramsFor(arm: Arm, cell: Readonly<Cell>, settings: RunSettings): ArmRequest['params'] {
  const { prompt, trial, answers } = cell;
  const seed = ((prompt.params?.seed ?? settings.seed) + (trial - 1) * 1_000 + answers) % 2_147_483_647;
  return { ...askedParams(arm, prompt, settings), seed };
}

const mostTokens = (config: Arm['config'], prompt: PromptRecord, settings: Pick<RunSettings, 'maxTokens'>): number =>
  config.maxTokens ?? outputCap(prompt, settings);

/** The same without a seed: what a router sends for a prompt that is no part of a run. */
export function askedParams(
  { config }: Pick<Arm, 'config'>,
  prompt: PromptRecord,
  settings: Pick<RunSettings, 'temperature' | 'maxTokens'>,
): ArmRequest['params'] {
  const logged: SamplingParams = prompt.params ?? {};
  const temperature = config.temperature ?? logged.temperature ?? settings.temperature ?? undefined;
  const own = { top_p: config.topP, top_k: config.topK, min_p: config.minP, stop: config.stop };
  return {
    ...logged,
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    ...(temperature !== undefined && { temperature }),
    max_tokens: mostTokens(config, prompt, settings),
  };
}

export const requestFor = (arm: Arm, cell: Readonly<Cell>, messages: Message[], settings: RunSettings): ArmRequest =>
  requestOf(cell.prompt, messages, paramsFor(arm, cell, settings), cell.trial);

/** A prompt as one call: its tools and its form of the answer go along. */
export const requestOf = (
  prompt: PromptRecord,
  messages: Message[],
  params: ArmRequest['params'],
  trial: number,
): ArmRequest => ({
  prompt,
  messages,
  ...(prompt.tools && { tools: prompt.tools }),
  ...(prompt.tool_choice !== undefined && { toolChoice: prompt.tool_choice }),
  ...(prompt.response_format && { responseFormat: prompt.response_format }),
  params,
  trial,
});

export interface CalledStep extends AttemptStep {
  reply?: ArmReply;
  /** The answer's judged text. */
  judged?: string;
}

/** One model call as a record without checks; a failure is always the last step of its attempt. */
export async function callStep(context: AttemptContext, messages: Message[], step: number): Promise<CalledStep> {
  const { arm, cell, settings, signal, onToken } = context;
  const { id, source_id } = cell.prompt;
  const own = source_id === undefined ? {} : { sourceId: source_id };
  const key = { prompt: id, ...own, trial: cell.trial, attempt: cell.attempt, step };
  const waited = context.waited > 0 && step === cell.steps.length + 1 ? { waited: context.waited } : {};
  try {
    const reply = await arm.call(requestFor(arm, cell, messages, settings), { signal, ...(onToken && { onToken }) });
    const { judged, ...answered } = recordOf(reply, context);
    const same = cell.lastAnswer && sameStep(cell.lastAnswer, answered) ? { message: sameAgain } : {};
    return { step: { ...key, ...answered, ...same, ...waited, last: false, at: at(context) }, reply, judged };
  } catch (error) {
    const failure = failureOf(error, signal);
    const { retryAfterMs, hint, partial } = failure;
    const told = {
      outcome: failure.failure,
      ...causeOf(failure),
      message: failure.message,
      ...(partial && { text: partial }),
    };
    return {
      step: { ...key, ...told, ...waited, last: true, at: at(context) },
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(hint !== undefined && { hint }),
      ...(failure.crowded && { crowded: true }),
      ...(failure.once && { once: true }),
    };
  }
}

/** Why no further retry was made. */
const sameAgain = 'the same answer again';

/** The row of the table that a failure falls under, and whose fault it is. */
function causeOf({ failure, why, fault }: ArmError): Pick<StepRecord, 'cause' | 'fault'> {
  const { cause } = ruleOf({ outcome: failure, cause: why });
  const whose = fault ?? faultOf({ outcome: failure, cause });
  return { cause, ...(whose && { fault: whose }) };
}

const at = ({ now }: AttemptContext): string => now().toISOString();

/** Arms throw ArmError only; anything else is a reply that our code did not understand. */
function failureOf(error: unknown, signal: AbortSignal): ArmError {
  if (error instanceof ArmError) return error;
  if (signal.aborted) return new ArmError('aborted', 'stopped before it had answered', { cause: error });
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new ArmError('garbage', `the reply could not be read (${what})`, { cause: error });
}

function recordOf(
  reply: ArmReply,
  { rates, arm, cell, settings, templateEnds }: AttemptContext,
): Pick<StepRecord, 'outcome'> & Partial<StepRecord> & { judged: string } {
  const { text, reasoning, toolCalls, earlierCalls, finish, refusal, model, fingerprint, usage, ms, adjusted } = reply;
  const costUsd = reply.costUsd ?? (rates && costOf(usage, rates));
  const judged = judgedText(reply, { prompt: cell.prompt, templateEnds });
  const ended = { ...reply, text: judged.text, ...(judged.reasoning !== undefined && { reasoning: judged.reasoning }) };
  const cause = answerCause(ended, mostTokens(arm.config, cell.prompt, settings));
  const fault = cause === undefined ? undefined : ruleOf({ outcome: 'answered', cause }).fault;
  return {
    judged: judged.text,
    outcome: 'answered',
    ...(cause !== undefined && { cause }),
    ...(fault && { fault }),
    text,
    ...(reasoning && { reasoning }),
    ...(toolCalls?.length && { tool_calls: toolCalls }),
    ...(earlierCalls?.length && { earlier_calls: earlierCalls }),
    finish,
    ...(refusal !== undefined && { refusal }),
    ...(model !== undefined && { model }),
    ...(fingerprint !== undefined && { fingerprint }),
    usage,
    ms,
    ...(costUsd !== undefined && { costUsd }),
    ...(adjusted?.length && { adjusted }),
  };
}

/** Ends an attempt: an answer is checked, a failure stays as it is. */
export async function lastStep(
  { cell, checkAnswer, templateEnds }: Pick<AttemptContext, 'cell' | 'checkAnswer' | 'templateEnds'>,
  { reply: _reply, judged, ...called }: CalledStep,
  earlier: readonly StepRecord[] = cell.steps,
): Promise<AttemptStep> {
  const { step } = called;
  if (step.outcome !== 'answered') return called;
  try {
    const known = { prompt: cell.prompt, templateEnds };
    const checks = await checkAnswer(cell.prompt, answerOf(step, earlier, known, judged));
    return { ...called, step: { ...step, checks, last: true } };
  } catch (crash) {
    const checks = [{ check: 'checks', pass: false, kind: 'check-crashed', why: 'a check of gapcheck crashed' }];
    return { ...called, step: { ...step, checks, last: true }, crash };
  }
}

type Answered = Pick<
  StepRecord,
  'text' | 'reasoning' | 'refusal' | 'finish' | 'tool_calls' | 'earlier_calls' | 'cause'
>;

/** What checks see of an attempt: the judged text of its last step, and the tool calls of all. */
export function answerOf(
  step: Answered,
  earlier: readonly Answered[],
  known: Known,
  text: string = judgedText(step, known).text,
): Answer {
  const allToolCalls = [...earlier, step].flatMap((one) => [...(one.earlier_calls ?? []), ...(one.tool_calls ?? [])]);
  return {
    text,
    toolCalls: step.tool_calls ?? [],
    finish: step.finish ?? '',
    ...(step.refusal !== undefined && { refusal: step.refusal }),
    ...(step.cause === 'tool-call-unreadable' && text === '' && { isUnread: true }),
    allToolCalls,
  };
}

/**
 * Folds the steps of attempts/<arm>.jsonl into trials. Pure: verdicts and reports read runs only through this.
 * A trial is `usable` or `unusable` when it has an answer, whatever that is; `missing` when the request was refused or
 * nothing came back.
 */

import type { AgentStep } from '../records/agent-record.ts';
import { type Where, whereOf } from '../records/arm-where.ts';
import type { CheckResult, StepOutcome, StepRecord, TransportFailure } from '../records/attempt-record.ts';
import type { PromptId } from '../records/ids.ts';
import { type OutcomeRule, ruleOf } from '../records/outcomes.ts';
import type { ArmRecord, RunSettings } from '../records/run-record.ts';
import { sameAnswer } from '../text/same-answer.ts';

export interface Attempt {
  attempt: number;
  steps: StepRecord[];
  outcome: StepOutcome;
  checks: CheckResult[];
  /** Answered, and every check passed. */
  usable: boolean;
}

export interface Trial {
  prompt: PromptId;
  trial: number;
  state: 'usable' | 'unusable' | 'missing';
  /** Missing, and `--resume` does not ask again: the server refused the request, and would again. */
  forGood?: true;
  /** Whole attempts, in order; empty when a crash cut the only one. */
  attempts: Attempt[];
  /** The attempt that the trial ended with; undefined while missing. */
  answer?: Attempt;
  /** Attempts made because the answer before them failed a check. */
  answerRetries: number;
  /** Attempts made because transport failed the one before them. */
  transportRetries: number;
  /** Highest attempt number on disk, cut-off ones included. */
  lastAttempt: number;
  /** The last attempt when a crash cut its tool loop: its steps are paid for, so it is gone on with. */
  unfinished?: { attempt: number; steps: StepRecord[] };
  /** What an agent did and changed; only of trials that are balloted. */
  work?: AgentWork;
}

/** Read from the agent's own files. */
export interface AgentWork {
  /** Unified diff of its copy against the fixture. */
  diff: string;
  steps: readonly Pick<AgentStep, 'kind' | 'text'>[];
  /** Where its copies were. */
  folders: readonly string[];
}

/** Whether a start of the run asks for it: it was never asked for, or is missing and may still come. */
export const isToAsk = (trial: Trial | undefined): boolean =>
  trial === undefined || (trial.state === 'missing' && trial.forGood !== true);

const transport: readonly string[] = [
  'rate-limit',
  'overload',
  'timeout',
  'network',
  'server',
  'cut',
  'garbage',
] satisfies TransportFailure[];

export const isTransportFailure = (outcome: StepOutcome): outcome is TransportFailure => transport.includes(outcome);

/** Answers that were there before the run: nothing is called, and asking again gives the same. */
export const isReplay = (arm: { where?: Where; provider: string }): boolean => whereOf(arm) === 'nowhere';

/** Answer retries of one arm (an agent has had its try): what `foldTrials` wants as `retries`. */
export const retriesOf = (
  arm: Pick<ArmRecord, 'provider' | 'where' | 'agent'>,
  settings: Pick<RunSettings, 'retries'>,
): number => (isReplay(arm) || arm.agent ? 0 : settings.retries);

/** Joined, because a template makes a text of two parts, which keeps both beside the whole once it is a key. */
export const trialKey = (prompt: PromptId, trial: number): string => [prompt, trial].join('#');

/** Trials by key (prompt#trial), from the steps of one arm in file order; `retries` from `retriesOf`. */
export function foldTrials(steps: readonly StepRecord[], retries: number): Map<string, Trial> {
  const byTrial = new Map<string, Group[]>();
  for (const step of steps) {
    const key = trialKey(step.prompt, step.trial);
    const groups = byTrial.get(key);
    if (groups) groupOf(groups, step.attempt).steps.push(step);
    else byTrial.set(key, [{ attempt: step.attempt, steps: [step] }]);
  }
  const trials = new Map<string, Trial>();
  for (const [key, groups] of byTrial) {
    const trial = foldTrial(groups, retries);
    if (trial) trials.set(key, trial);
  }
  return trials;
}

/** The steps of one attempt, as they came. */
interface Group {
  attempt: number;
  steps: StepRecord[];
}

/** Attempts of a trial follow one another, so it is nearly always the last. */
function groupOf(groups: Group[], attempt: number): Group {
  const found = groups.findLast((group) => group.attempt === attempt);
  if (found) return found;
  const group: Group = { attempt, steps: [] };
  groups.push(group);
  return group;
}

function foldTrial(groups: Group[], retries: number): Trial | undefined {
  groups.sort((a, b) => a.attempt - b.attempt);
  const [first] = groups[0]?.steps ?? [];
  const last = groups.at(-1);
  if (!first || !last) return undefined;
  const folded = groups.map(foldAttempt);
  const attempts = isWhole(folded) ? folded : folded.filter((attempt) => attempt !== undefined);
  const trial = trialOf(first, attempts, last.attempt, retries);
  if (attempts.at(-1)?.attempt !== last.attempt && isGoingOn(last.steps)) trial.unfinished = last;
  return trial;
}

/** Nearly always: then the list is not built again by pushes, which take room for sixteen more. */
const isWhole = (attempts: (Attempt | undefined)[]): attempts is Attempt[] =>
  attempts.every((attempt) => attempt !== undefined);

/** Written out, because spreads take twice the memory, and a run has a hundred thousand of these. */
function trialOf({ prompt, trial }: StepRecord, attempts: Attempt[], lastAttempt: number, retries: number): Trial {
  const { answerRetries, transportRetries } = countRetries(attempts);
  const { state, answer, forGood } = stateOf(attempts, retries);
  const made = { prompt, trial, attempts, answerRetries, transportRetries, lastAttempt, state };
  if (answer) return { prompt, trial, attempts, answerRetries, transportRetries, lastAttempt, state, answer };
  return forGood ? { ...made, forGood } : made;
}

function stateOf(attempts: readonly Attempt[], retries: number): Pick<Trial, 'state' | 'answer' | 'forGood'> {
  const usable = attempts.find((attempt) => attempt.usable);
  if (usable) return { state: 'usable', answer: usable };
  const answers = attempts.filter(isAnswer);
  const last = answers.at(-1);
  if (last && (answers.length > retries || !mayHelp(last) || isSameAgain(answers)))
    return { state: 'unusable', answer: last };
  const refused = attempts.some((attempt) => ruleOfAttempt(attempt).ends === 'missing for good');
  return refused ? { state: 'missing', forGood: true } : { state: 'missing' };
}

const ruleOfAttempt = ({ steps, outcome }: Attempt): OutcomeRule => ruleOf(steps.at(-1) ?? { outcome });

/** It ended with something of the arm's own, be it an empty one. */
const isAnswer = (attempt: Attempt): boolean => ruleOfAttempt(attempt).ends === 'answered';

/** Whether asking for another answer can change anything. */
const mayHelp = (attempt: Attempt): boolean => ruleOfAttempt(attempt).again === 'as an answer';

type Said = Pick<StepRecord, 'text' | 'tool_calls'>;

/** Two steps of one arm that say the same. */
export const sameStep = (a: Said, b: Said): boolean => sameAnswer(saidBy(a), saidBy(b));

const saidBy = ({ text = '', tool_calls: toolCalls = [] }: Said) => ({ text, toolCalls });

/** The newest answer is the one before it. */
function isSameAgain(answers: readonly Attempt[]): boolean {
  const [before, now] = answers.slice(-2).map(({ steps }) => steps.at(-1));
  return before !== undefined && now !== undefined && sameStep(before, now);
}

/** A retry's cause is how the attempt before it ended; one after an abort or a quota stop has neither cause. */
function countRetries(attempts: readonly Attempt[]): Pick<Trial, 'answerRetries' | 'transportRetries'> {
  const before = attempts.slice(0, -1);
  return {
    answerRetries: before.filter(({ outcome }) => outcome === 'answered').length,
    transportRetries: before.filter(({ outcome }) => isTransportFailure(outcome)).length,
  };
}

/** Undefined for an attempt that a crash cut: no last step. */
function foldAttempt({ attempt, steps }: Group): Attempt | undefined {
  const last = steps.at(-1);
  if (last?.last !== true) return undefined;
  const checks = last.checks ?? [];
  const usable = last.outcome === 'answered' && checks.every((check) => check.pass);
  return { attempt, steps, outcome: last.outcome, checks, usable };
}

/** Whole from step 1 on, so that the loop can go on from where it was. */
const isGoingOn = (steps: readonly StepRecord[]): boolean =>
  steps.every((step, index) => step.step === index + 1 && step.outcome === 'answered');

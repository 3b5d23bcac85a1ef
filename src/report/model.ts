/**
 * The report: every number and every sentence that any format shows. Formats only lay it out.
 * Sealed, it holds what machines measured and nothing that could tell a rater which side is ahead.
 */
import { type ArmRecord, type ArmRole, pairName } from '../records.ts';
import type { Trial } from '../runs/trial.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict.ts';
import { type ArmFigures, armFigures, totalOf } from './arm-figures.ts';
import { ballotList, type ReportBallot } from './ballot-list.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { plural } from './numbers.ts';
import { quantizationWords } from './quantization.ts';
import type { RaterInput, ReportInput } from './report-input.ts';
import { conflictWords, manyTasksWords, marginWords, overallWords, question, scopeWords } from './sentences.ts';
import { type StratumReport, strataOf } from './strata.ts';
import { oneLine } from './visible-text.ts';

/** Of the JSON report; a change that breaks a reader raises it. */
export const reportSchemaVersion = 1;

export interface ScopeReport extends ScopeVerdict {
  /** (1 + net) / 2: ties count as half. */
  winRate: number | null;
  /** Ended by the stop rule before all planned votes: the plain estimate is then optimistic. */
  stoppedEarly: boolean;
  words: string;
}

export interface PairReport {
  /** open arm : closed arm. */
  name: string;
  open: string;
  closed: string;
  decides: boolean;
  /** "qwen3:8b instead of gpt-5"; null where the run has one pair only. */
  who: string | null;
  question: string;
  reply: string;
  overall: ScopeReport;
  tasks: ScopeReport[];
  rows: ScopeReport[];
}

export interface ArmReport {
  name: string;
  role: ArmRole;
  provider: string;
  model: string;
  observedModel: string | null;
  host: string | null;
  leavesMachine: boolean;
  identity: string;
  digest: string | null;
  quantization: string | null;
  parameterSize: string | null;
  contextAsked: number | null;
  contextServed: number | null;
  think: ArmRecord['think'] | null;
  /** Parameters the provider refused, and how the run went on. */
  adjusted: string[];
  quantizationWords: string | null;
  figures: ArmFigures;
  /** Milliseconds of whole answers, ascending; above 200 of them, 200 evenly spaced quantiles. */
  latencies: number[];
}

export interface TaskReport {
  task: string;
  planned: number;
  reserve: number;
  traffic: number;
  arms: ArmFigures[];
}

export interface Report {
  schema: number;
  kind: 'gapcheck-report';
  /** The only field that differs between two reports of the same votes. */
  generatedAt: string;
  gapcheck: string;
  run: {
    id: string;
    createdAt: string;
    prompts: number;
    toVote: number;
    plannedBallots: number;
    margin: number;
    alpha: number;
    endpoint: 'preference' | 'retry';
    promptsHash: string;
    keyCommitment: string;
    sources: { file: string; sha256: string; records: number }[];
    leftOut: { task: string; prompts: number }[];
  };
  sealed: { reason: string } | null;
  unblindedEarly: { voted: number; planned: number } | null;
  /** The answer: one per open arm; empty while sealed. */
  pairs: PairReport[];
  next: NextStep;
  /** What the margin and the error rate mean. */
  terms: string[];
  /** What a reader must know before believing the answer. */
  notices: string[];
  arms: ArmReport[];
  tasks: TaskReport[];
  /** Kinds of prompts where closed models are said to lead. */
  strata: StratumReport[];
  raters: RaterInput[];
  ballots: ReportBallot[];
}

/** Everything a report says, from a run as read and its verdicts. Same input, same report. */
export function buildReport(input: ReportInput): Report {
  const { run } = input;
  const pairs = input.pairs === 'sealed' || input.seal.sealed ? [] : input.pairs;
  const open = { ...input, pairs } satisfies ReportInput;
  const tasks = taskReports(input);
  const arms = run.arms.map((arm) => armReport(arm, input));
  const missing = arms.reduce((sum, arm) => sum + arm.figures.missing, 0);
  return {
    schema: reportSchemaVersion,
    kind: 'gapcheck-report',
    generatedAt: input.generatedAt,
    gapcheck: run.gapcheck,
    run: runFacts(input),
    sealed: input.seal.sealed || input.pairs === 'sealed' ? { reason: oneLine(input.seal.reason) } : null,
    unblindedEarly: input.seal.unblindedEarly ?? null,
    pairs: pairs.map((pair) => pairReport(pair, input)),
    next: nextStep({ ...input, missing }, pairs),
    terms: terms(input),
    notices: notices(input, pairs, arms),
    arms,
    tasks,
    strata: strataOf(input, pairs.length === 1 ? (pairs[0]?.evidence ?? null) : null),
    raters: input.raters,
    ballots: ballotList(open),
  };
}

function runFacts({ run, prompts }: ReportInput): Report['run'] {
  return {
    id: run.id,
    createdAt: run.createdAt,
    prompts: prompts.length,
    toVote: run.tasks.reduce((sum, task) => sum + task.planned, 0),
    plannedBallots: run.plannedBallots,
    margin: run.margin,
    alpha: run.alpha,
    endpoint: run.settings.endpoint,
    promptsHash: run.promptsHash,
    keyCommitment: run.keyCommitment,
    sources: run.sources.map(({ file, sha256, records }) => ({ file, sha256, records })),
    leftOut: run.leftOut,
  };
}

function pairReport(pair: PairVerdicts, { run }: ReportInput): PairReport {
  const scope = (one: ScopeVerdict): ScopeReport => scopeReport(one, run.plannedBallots);
  const model = (name: string): string => oneLine(run.arms.find((arm) => arm.name === name)?.model ?? name, 80);
  return {
    name: pairName(pair.pair),
    open: pair.pair.a,
    closed: pair.pair.b,
    decides: pair.pair.decides,
    who: run.pairs.length > 1 ? `${model(pair.pair.a)} instead of ${model(pair.pair.b)}` : null,
    question,
    reply: overallWords(pair.overall, pair.tasks),
    overall: scope(pair.overall),
    tasks: pair.tasks.map(scope),
    rows: pair.rows.map(scope),
  };
}

/** Only from 40 planned ballots on may a run stop before all are voted. */
const earlyStopFrom = 40;

function scopeReport(scope: ScopeVerdict, plannedBallots: number): ScopeReport {
  const decided = scope.verdict !== 'undecided';
  return {
    ...scope,
    winRate: scope.net === null ? null : (1 + scope.net) / 2,
    stoppedEarly: decided && plannedBallots >= earlyStopFrom && scope.units + scope.skipped < scope.planned,
    words: scopeWords(scope),
  };
}

function armReport(arm: ArmRecord, { trials, observed }: ReportInput): ArmReport {
  const mine = [...(trials[arm.name]?.values() ?? [])];
  const seen = observed?.findLast((one) => one.arm === arm.name);
  const adjusted = mine.flatMap((trial) =>
    trial.attempts.flatMap((one) => one.steps.flatMap((step) => step.adjusted ?? [])),
  );
  return {
    name: arm.name,
    role: arm.role,
    provider: arm.provider,
    model: arm.model,
    observedModel: seen?.model ?? null,
    host: arm.host,
    leavesMachine: arm.leavesMachine,
    identity: arm.identity,
    digest: arm.digest ?? null,
    quantization: arm.quantization ?? null,
    parameterSize: arm.parameterSize ?? null,
    contextAsked: arm.contextAsked ?? null,
    contextServed: seen?.context ?? null,
    think: arm.think ?? null,
    adjusted: [...new Set(adjusted)].sort(),
    quantizationWords: quantizationWords(arm, seen),
    figures: armFigures(arm, mine),
    latencies: latencies(mine),
  };
}

const mostDots = 200;

function latencies(trials: readonly Trial[]): number[] {
  const sorted = trials
    .flatMap((trial) => (trial.answer?.outcome === 'answered' ? totalOf(trial.answer) : []))
    .sort((a, b) => a - b);
  if (sorted.length <= mostDots) return sorted;
  return Array.from({ length: mostDots }, (_, at) => sorted[Math.floor(((at + 0.5) / mostDots) * sorted.length)] ?? 0);
}

/** Machine figures by task, in the run's order. */
function taskReports({ run, prompts, trials }: ReportInput): TaskReport[] {
  const taskOf = new Map<string, string>(prompts.map((prompt) => [prompt.id, prompt.task]));
  const byArm = new Map(
    run.arms.map((arm) => [arm.name, groupByTask([...(trials[arm.name]?.values() ?? [])], taskOf)] as const),
  );
  return run.tasks.map(({ task, planned, reserve, traffic }) => ({
    task,
    planned,
    reserve,
    traffic,
    arms: run.arms.map((arm) => armFigures(arm, byArm.get(arm.name)?.get(task) ?? [])),
  }));
}

function groupByTask(trials: readonly Trial[], taskOf: Map<string, string>): Map<string, Trial[]> {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const task = taskOf.get(trial.prompt) ?? '';
    const group = groups.get(task);
    if (group) group.push(trial);
    else groups.set(task, [trial]);
  }
  return groups;
}

function terms({ run }: ReportInput): string[] {
  const words = marginWords({ margin: run.margin, alpha: run.alpha, endpoint: run.settings.endpoint });
  const many = manyTasksWords(run.tasks.length, run.alpha);
  return [words.margin, words.risk, ...(many ? [many] : [])];
}

function notices(input: ReportInput, pairs: readonly PairVerdicts[], arms: readonly ArmReport[]): string[] {
  const broken = input.raters.filter((rater) => !rater.chainOk).map((rater) => oneLine(rater.rater, 40));
  const early = input.seal.unblindedEarly;
  const deciding = pairs.filter((pair) => pair.pair.decides);
  const missing = arms.reduce((sum, arm) => sum + arm.figures.missing, 0);
  const skipped = input.raters.reduce((sum, rater) => sum + rater.skipped, 0);
  return [
    ...(broken.length > 0
      ? [`The vote file of ${broken.join(', ')} was changed after voting: its chain of hashes is broken.`]
      : []),
    ...(early
      ? [`Unblinded early, at ${early.voted} of ${early.planned} votes: a person could know which side was which.`]
      : []),
    ...deciding.flatMap((pair) =>
      [pair.overall, ...pair.tasks].flatMap((scope) => conflictWords(scope, input.run.settings.endpoint) ?? []),
    ),
    ...(missing > 0
      ? [`${plural(missing, 'answer is', 'answers are')} missing: the provider failed, not the model.`]
      : []),
    ...(skipped > 0 && pairs.length > 0
      ? [`${plural(skipped, 'ballot was', 'ballots were')} skipped; a skip is no evidence.`]
      : []),
    ...(deciding.length > 1
      ? [
          'Several open models were compared. Each verdict holds for its own pair; the best of several looks better than it is.',
        ]
      : []),
  ];
}

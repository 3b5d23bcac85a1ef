/** Arms as described, as observed, and as measured; over all and by task. */

import { whereOf } from '../records/arm-where.ts';
import type { StepRecord } from '../records/attempt-record.ts';
import { challengerKind } from '../records/challenger.ts';
import type { Fault } from '../records/outcomes.ts';
import type { ArmRecord, ArmRole } from '../records/run-record.ts';
import { askedWith } from '../runs/asked-with.ts';
import { type MissingReason, missingReasons } from '../runs/missing.ts';
import { costOf } from '../runs/token-estimate.ts';
import { countTools, type ToolCounts } from '../runs/tool-counts.ts';
import { isReplay, type Trial } from '../runs/trial.ts';
import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { type PassHat, passHat } from '../verdicts/pass-hat.ts';
import { type ArmTrials, type RetryFigures, retryFigures } from '../verdicts/retry-figures.ts';
import { type AgentFigures, agentFigures } from '../verdicts/survival.ts';
import { alike, trafficWeights } from '../verdicts/traffic-weights.ts';
import { type Came, whatCame } from '../voting/what-came.ts';
import { type ArmFigures, armFigures, firstTotal, isTimed, sealedFigures, totalOf } from './arm-figures.ts';
import { isNamedByLog } from './model-names.ts';
import { quantizationWords, speedWords } from './quantization.ts';
import type { ObservedInput, ReportInput } from './report-input.ts';

export interface ArmReport {
  name: string;
  role: ArmRole;
  /** `closed`, `control`, `open`, `successor`, `variant terse`. */
  kind: string;
  provider: string;
  model: string;
  observedModel: string | null;
  host: string | null;
  leavesMachine: boolean;
  identity: string;
  digest: string | null;
  /** SHA-256 of the weights' own file: the same under another digest. */
  weights: string | null;
  quantization: string | null;
  parameterSize: string | null;
  contextAsked: number | null;
  contextServed: number | null;
  /** Share of the model in GPU memory, 0..1. */
  onGpu: number | null;
  think: boolean | 'low' | 'medium' | 'high' | null;
  /** What was asked of it, and what was found while it was described: sentences. */
  asked: string[];
  /** Parameters the provider refused, and how the run went on. */
  adjusted: string[];
  quantizationWords: string | null;
  speedWords: string | null;
  figures: ArmFigures;
  /** Why answers are missing, most frequent first. */
  missingBecause: (Omit<MissingReason, 'fault' | 'hint'> & { fault: Fault | null; hint: string | null })[];
  /** Milliseconds of whole first answers, ascending; above 200 of them, 200 evenly spaced quantiles. */
  latencies: number[];
  /** Only where tools were called. */
  tools: ToolCounts | null;
  /** Only where prompts were answered several times. */
  passHat: PassHat[];
  /** Only of whole agents. */
  agent: AgentFigures | null;
}

export interface TaskReport {
  task: string;
  planned: number;
  reserve: number;
  traffic: number;
  arms: ArmFigures[];
}

/** "qwen3:8b (open)", "qwen3:8b (variant terse)"; the kind alone where the model has no other name. */
export const armTitle = ({ model, kind }: Pick<ArmReport, 'model' | 'kind'>): string =>
  model === kind ? kind : `${oneLine(model, 60)} (${kind})`;

/** Every arm's record and trials, in the run's order. */
export const armTrials = ({ run, trials }: ReportInput): ArmTrials[] =>
  run.arms.map((record) => ({ record, trials: trials[record.name] ?? new Map<string, Trial>() }));

interface MachineReports {
  arms: ArmReport[];
  tasks: TaskReport[];
}

/** Of all arms together: what may be said before the votes are in. */
export interface CheckedAnswers {
  answers: number;
  failed: number;
}

export const checkedAnswers = (arms: readonly ArmReport[]): CheckedAnswers => {
  const sum = (of: (figures: ArmFigures) => number): number =>
    arms.reduce((total, { figures }) => total + of(figures), 0);
  return {
    answers: sum(({ trials, missing }) => trials - missing),
    failed: sum(({ unusable }) => unusable ?? 0),
  };
};

/** Without anything that tells how one arm's answers ended: failures, retries, refusals, slips with tools, lengths. */
export const sealedReports = ({ arms, tasks }: MachineReports): MachineReports => ({
  arms: arms.map((arm) => ({
    ...arm,
    figures: sealedFigures(arm.figures),
    adjusted: [],
    tools: null,
    passHat: [],
    agent: null,
  })),
  tasks: tasks.map((task) => ({ ...task, arms: task.arms.map(sealedFigures) })),
});

/** Arms over all tasks, and each task's figures in the run's order. */
export function machineReports(input: ReportInput): MachineReports {
  const arms = armTrials(input);
  const retries = retryFigures(input.prompts, arms);
  const of = (task: string | null, arm: string): RetryFigures => {
    const found = retries.find((one) => one.task === task)?.arms.find((one) => one.arm === arm);
    return found ?? noRetries(arm);
  };
  const taskOf = new Map<string, string>(input.prompts.map((prompt) => [prompt.id, prompt.task]));
  const groups = new Map(arms.map(({ record, trials }) => [record.name, groupByTask(trials.values(), taskOf)]));
  const cameOf = readEnds(input);
  return {
    arms: arms.map(({ record, trials }) =>
      armReport(record, [...trials.values()], of(null, record.name), { input, came: cameOf(record) }),
    ),
    tasks: input.run.tasks.map(({ task, planned, reserve, traffic }) => ({
      task,
      planned,
      reserve,
      traffic,
      arms: input.run.arms.map((arm) =>
        armFigures(arm, groups.get(arm.name)?.get(task) ?? [], of(task, arm.name), alike, cameOf(arm)),
      ),
    })),
  };
}

/** An agent whose changes were not read is taken at its word. */
function readEnds({ prompts }: ReportInput): (arm: ArmRecord) => (trial: Trial) => Came {
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  return (arm) => (trial) => {
    const prompt = byId.get(trial.prompt);
    if (!prompt || (arm.agent && trial.work === undefined && trial.state !== 'missing')) return 'answered';
    return whatCame(trial, { prompt, templateEnds: arm.templateEnds });
  };
}

/** A task that was planned and has no prompt in the run. */
const noRetries = (arm: string): RetryFigures => ({
  arm,
  done: 0,
  missing: 0,
  firstTry: { x: 0, n: 0, interval: { lower: 0, upper: 1 } },
  retry: null,
  meanAttempts: null,
  gaveUp: null,
  silent: {},
  notJudged: 0,
  transport: { retries: 0, byCause: {}, waitedMs: 0 },
  added: { ms: 0, costUsd: null, tokensOut: 0 },
});

function armReport(
  arm: ArmRecord,
  trials: Trial[],
  retries: RetryFigures,
  { input, came }: { input: ReportInput; came: (trial: Trial) => Came },
): ArmReport {
  const { run, observed, prompts, agents } = input;
  const own = observed?.filter((one) => one.arm === arm.name) ?? [];
  const context = lastOf(own, 'context') ?? arm.contextServed;
  const steps = trials.flatMap((trial) => trial.attempts.flatMap((attempt) => attempt.steps));
  const tools = countTools(trials);
  const figures = armFigures(arm, trials, retries, trafficWeights(run, prompts), came);
  const onGpu = lastOf(own, 'onGpu') ?? null;
  return {
    name: arm.name,
    missingBecause: missingReasons(trials).map((reason) => ({
      ...reason,
      fault: reason.fault ?? null,
      hint: reason.hint ?? null,
    })),
    role: arm.role,
    kind: arm.role === 'open' ? challengerKind(arm) : arm.role,
    provider: arm.provider,
    model: arm.model,
    observedModel: own.findLast(({ model }) => model !== undefined)?.model ?? (isNamedByLog(arm) ? arm.model : null),
    host: arm.host,
    leavesMachine: arm.leavesMachine,
    identity: arm.identity,
    digest: arm.digest ?? null,
    weights: arm.weights ?? null,
    quantization: arm.quantization ?? null,
    parameterSize: arm.parameterSize ?? null,
    contextAsked: arm.contextAsked ?? lastOf(own, 'contextAsked') ?? null,
    contextServed: lastOf(own, 'context') ?? arm.contextServed ?? null,
    onGpu,
    think: arm.think ?? null,
    asked: [...askedOf(askedWith(arm, run.settings, prompts), own), ...costWords(arm, steps)],
    adjusted: adjustedCounts(steps),
    quantizationWords: quantizationWords(arm, context),
    speedWords: speedWords(arm, figures, onGpu),
    figures,
    latencies: latencies(trials),
    tools: tools.trials === 0 ? null : tools,
    passHat: run.settings.trials > 1 && !agents ? passHat(trials, run.settings.trials) : [],
    agent: agentFigures(agents?.tries[arm.name] ?? [], {
      checked: agents?.checked ?? false,
      trials: run.settings.trials,
    }),
  };
}

/** What one of several observations said: not every one says everything. */
const lastOf = <K extends keyof ObservedInput>(own: readonly ObservedInput[], key: K): ObservedInput[K] | undefined =>
  own.findLast((one) => one[key] !== undefined)?.[key];

/** What was asked, and what the answers showed about it. */
function askedOf(planned: readonly string[], own: readonly ObservedInput[]): string[] {
  const notes = own.flatMap(({ note }) => note ?? []);
  return [...new Set([...planned, ...notes])];
}

/** `temperature: model default (24 calls)`; several values of one parameter are one line. */
function adjustedCounts(steps: readonly StepRecord[]): string[] {
  const found = new Map<string, { values: Set<string>; calls: number }>();
  for (const note of steps.flatMap(({ adjusted = [] }) => adjusted)) {
    const [name = note] = note.split(':');
    const known = found.get(name) ?? { values: new Set(), calls: 0 };
    found.set(name, { values: known.values.add(note), calls: known.calls + 1 });
  }
  return [...found.values()]
    .map(({ values, calls }) => {
      const [first = ''] = values;
      const more = values.size > 1 ? ` and ${plural(values.size - 1, 'other value')}` : '';
      return `${first}${more} (${plural(calls, 'call')})`;
    })
    .sort();
}

/** A cost that no table gives is the server's own word, which goes before every table. */
const costWords = (arm: ArmRecord, steps: readonly StepRecord[]): string[] =>
  steps.some((step) => isServersWord(step, arm)) ? [`costs: as the ${whoSays(arm)} says`] : [];

function whoSays(arm: ArmRecord): string {
  if (isReplay(arm)) return 'log';
  if (whereOf(arm) === 'program') return 'program';
  return arm.leavesMachine ? 'provider' : 'proxy';
}

const isServersWord = ({ costUsd, usage }: StepRecord, { price }: ArmRecord): boolean =>
  costUsd !== undefined && (price === undefined || Math.abs(costUsd - (costOf(usage ?? {}, price) ?? 0)) > 1e-9);

const mostDots = 200;

function latencies(trials: readonly Trial[]): number[] {
  const sorted = trials
    .filter(isTimed)
    .map(firstTotal)
    .sort((a, b) => a - b);
  if (sorted.length <= mostDots) return sorted;
  return Array.from({ length: mostDots }, (_, at) => sorted[Math.floor(((at + 0.5) / mostDots) * sorted.length)] ?? 0);
}

/** Mean seconds of all attempts of a trial; null when nothing was timed. */
export function secondsPerCall(trials: Iterable<Trial>): number | null {
  const times = [...trials].flatMap((trial) => {
    const spent = trial.attempts.flatMap(totalOf);
    return spent.length === 0 ? [] : [spent.reduce((sum, ms) => sum + ms, 0)];
  });
  return times.length === 0 ? null : times.reduce((sum, ms) => sum + ms, 0) / times.length / 1000;
}

function groupByTask(trials: Iterable<Trial>, taskOf: Map<string, string>): Map<string, Trial[]> {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const task = taskOf.get(trial.prompt) ?? '';
    const group = groups.get(task);
    if (group) group.push(trial);
    else groups.set(task, [trial]);
  }
  return groups;
}

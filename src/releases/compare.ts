/** An arm now against the same arm when it was locked, prompt by prompt: differences are now minus locked. */
import type { PromptRecord } from '../records/prompt-record.ts';
import { firstTotal, isTimed } from '../report/arm-figures.ts';
import { countTools } from '../runs/tool-counts.ts';
import { isReplay, type Trial, trialKey } from '../runs/trial.ts';
import type { EstimateInterval } from '../stats/interval.ts';
import { pairedMean } from '../stats/paired-mean.ts';
import { tango } from '../stats/tango.ts';
import { type ArmTrials, type RetryDifference, retryDifference } from '../verdicts/retry-figures.ts';

/** Prompts on which both answers have the number; the mean of each, and of their differences. */
export interface PairedAmount {
  pairs: number;
  locked: number;
  now: number;
  difference: EstimateInterval | null;
}

export interface ScopeComparison {
  task: string | null;
  /** First answers that failed a check; null where not measured (the answers were there before the run). */
  firstFailed: RetryDifference | null;
  /** Answers asked for again per prompt; null where not measured. */
  answerRetries: PairedAmount | null;
  /** Prompts with at least one failed tool call; null without tool calls. */
  toolFailures: (EstimateInterval & { pairs: number; locked: number; now: number }) | null;
  /** Milliseconds of the first whole answer, as in the report. */
  latencyMs: PairedAmount | null;
  /** US dollars per answered call, retries included. */
  costUsd: PairedAmount | null;
}

export interface ArmComparison {
  arm: string;
  /** Prompts that both runs answered, and those whose answer is another one now; null while sealed. */
  prompts: number;
  changed: number | null;
  /** Overall first, then the tasks. */
  scopes: ScopeComparison[];
}

/** `changed`: how many answers differ; the caller knows the hashes. */
export function compareArm(
  prompts: readonly PromptRecord[],
  now: ArmTrials,
  locked: ArmTrials,
  changed: number,
): ArmComparison {
  const tasks = [...new Set(prompts.map(({ task }) => task))];
  const both = prompts.filter(({ id }) => done(now, id) && done(locked, id));
  const scopes = [null, ...tasks].map((task) =>
    compareScope(
      task,
      both.filter((prompt) => task === null || prompt.task === task),
      now,
      locked,
    ),
  );
  return { arm: now.record.name, prompts: both.length, changed, scopes };
}

/**
 * What may be said before the votes are in: time and price. Where all answers of one arm are new, a rater of the locked
 * run knows whose the familiar ones are.
 */
export const sealedComparison = (comparison: ArmComparison): ArmComparison => ({
  ...comparison,
  changed: null,
  scopes: comparison.scopes.map((scope) => ({
    ...scope,
    firstFailed: null,
    answerRetries: null,
    toolFailures: null,
  })),
});

function done({ trials }: ArmTrials, prompt: PromptRecord['id']): Trial | undefined {
  const trial = trials.get(trialKey(prompt, 1));
  return trial && trial.state !== 'missing' ? trial : undefined;
}

function compareScope(
  task: string | null,
  prompts: readonly PromptRecord[],
  now: ArmTrials,
  locked: ArmTrials,
): ScopeComparison {
  const pairs = prompts.flatMap(({ id }): [Trial, Trial][] => {
    const [after, before] = [done(now, id), done(locked, id)];
    return after && before ? [[after, before]] : [];
  });
  const replay = isReplay(now.record) || isReplay(locked.record);
  return {
    task,
    firstFailed: retryDifference(prompts, now, locked),
    answerRetries: replay ? null : amount(pairs, ({ answerRetries }) => answerRetries),
    toolFailures: toolFailures(pairs),
    latencyMs: amount(pairs, (trial) => (isTimed(trial) ? firstTotal(trial) : undefined)),
    costUsd: amount(pairs, costOf),
  };
}

function amount(pairs: readonly [Trial, Trial][], value: (trial: Trial) => number | undefined): PairedAmount | null {
  const known = pairs.flatMap(([now, locked]): [number, number][] => {
    const [a, b] = [value(now), value(locked)];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
  if (known.length === 0) return null;
  return {
    pairs: known.length,
    locked: mean(known.map(([, locked]) => locked)),
    now: mean(known.map(([now]) => now)),
    difference: pairedMean(known.map(([now, locked]) => now - locked)),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of all attempts; unknown when one step states none. */
function costOf({ attempts }: Trial): number | undefined {
  const costs = attempts.flatMap(({ steps }) => steps.map(({ costUsd }) => costUsd));
  if (costs.length === 0 || costs.includes(undefined)) return undefined;
  return costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}

function toolFailures(pairs: readonly [Trial, Trial][]): ScopeComparison['toolFailures'] {
  const looped = pairs.filter(([now, locked]) => countTools([now]).trials + countTools([locked]).trials > 0);
  if (looped.length === 0) return null;
  const failed = looped.map(([now, locked]) => ({ now: hasToolFailure(now), locked: hasToolFailure(locked) }));
  const only = (side: 'now' | 'locked', other: 'now' | 'locked'): number =>
    failed.filter((pair) => pair[side] && !pair[other]).length;
  return {
    pairs: looped.length,
    locked: failed.filter((pair) => pair.locked).length,
    now: failed.filter((pair) => pair.now).length,
    ...tango(only('now', 'locked'), only('locked', 'now'), looped.length),
  };
}

/** The model's own slips only: unknown tool, arguments that do not parse or fit. Injected faults are nobody's. */
function hasToolFailure(trial: Trial): boolean {
  const { invalid } = countTools([trial]);
  return invalid['unknown-tool'] + invalid['bad-json'] + invalid['schema-mismatch'] > 0;
}

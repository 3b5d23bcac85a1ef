/** Tokens and dollars before anything is sent. Estimates: every vendor counts tokens its own way. */
import { mayPassOn } from '../arms/wire/hosts.ts';
import type { Where } from '../records/arm-where.ts';
import type { PromptRecord, Usage } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';
import { estimateTokens, promptTokens } from '../text/prompt-tokens.ts';
import { isToolLoop, likelySteps, mostSteps } from './loop-steps.ts';
import { isReplay } from './trial.ts';

/** US dollars per million tokens; `Price` without its source. */
export interface Rates {
  in: number;
  out: number;
  cached?: number;
}

/** Output cap of one call: the log's, or the run's, so that every arm has the same. */
export const outputCap = (prompt: Pick<PromptRecord, 'params'>, settings: Pick<RunSettings, 'maxTokens'>): number =>
  prompt.params?.max_tokens ?? settings.maxTokens;

/** Context window that every prompt and its answer fit into, tokens; a margin for tokenizers that count more. */
export function contextNeeded(prompts: readonly PromptRecord[], settings: Pick<RunSettings, 'maxTokens'>): number {
  let most = 0;
  for (const prompt of prompts) {
    most = Math.max(most, Math.ceil(promptTokens(prompt) * 1.3) + outputCap(prompt, settings));
  }
  return most;
}

/** Dollars; undefined when a count is missing: unknown is not 0. `in` includes `cached`. */
export function costOf({ in: read, out, cached = 0 }: Usage, rates: Rates): number | undefined {
  if (read === undefined || out === undefined) return undefined;
  const dollars = (read - cached) * rates.in + cached * (rates.cached ?? rates.in) + out * rates.out;
  return dollars / 1_000_000;
}

/**
 * What one attempt can cost at most, unless a tokenizer is far off: input with a margin, output at its cap. A prompt
 * with tools may take `maxSteps` calls, each of which reads all outputs before it.
 */
export function mostOf(
  prompt: PromptRecord,
  settings: Pick<RunSettings, 'maxTokens' | 'maxSteps'>,
  rates: Rates,
): number {
  const cap = outputCap(prompt, settings);
  const steps = prompt.tools?.length ? Math.max(1, settings.maxSteps) : 1;
  const read = steps * promptTokens(prompt) * 1.3 + cap * ((steps * (steps - 1)) / 2);
  return (read * rates.in + steps * cap * rates.out) / 1_000_000;
}

export interface ArmEstimate {
  arm: string;
  /** Where prompts with tools are loops, as many as the log took. */
  calls: number;
  /** Some prompts are loops, which take as many calls as the model likes. */
  loops?: true;
  /** Test calls before anything is frozen. */
  tests?: number;
  tokensIn: number;
  /** If every answer ran into the cap, and every loop into the most steps. */
  tokensOutMost: number;
  /** From the lengths of the logged answers; undefined when the log has none. */
  tokensOutLikely?: number;
  /** First attempts only; undefined when the price is unknown. 0 for arms that call nothing. */
  usdMost?: number;
  usdLikely?: number;
}

/** What `--dry-run` prints for one arm. */
export function estimateArm(
  arm: { name: string; provider: string; where?: Where; host?: string | null; leavesMachine: boolean; price?: Rates },
  prompts: readonly PromptRecord[],
  settings: Pick<RunSettings, 'maxTokens' | 'trials' | 'maxSteps' | 'tools'>,
): ArmEstimate {
  if (isReplay(arm)) return { arm: arm.name, calls: 0, tokensIn: 0, tokensOutMost: 0, usdMost: 0, usdLikely: 0 };
  const times = settings.trials;
  const calls = times * sum(prompts.map((prompt) => likelySteps(prompt, settings)));
  const tokensIn = times * sum(prompts.map((prompt) => likelySteps(prompt, settings) * promptTokens(prompt)));
  const most = prompts.map((prompt) => mostTokens(prompt, settings));
  const tokensOutMost = times * sum(most.map(({ out }) => out));
  const logged = prompts.map(loggedTokens).filter((tokens) => tokens !== undefined);
  const likely = logged.length === 0 ? undefined : Math.round((sum(logged) / logged.length) * prompts.length * times);
  const rates =
    arm.price ?? (arm.leavesMachine || mayPassOn({ ...arm, host: arm.host ?? null }) ? undefined : { in: 0, out: 0 });
  return {
    arm: arm.name,
    calls,
    ...(prompts.some((prompt) => isToolLoop(prompt, settings)) && { loops: true as const }),
    tokensIn,
    tokensOutMost,
    ...(likely !== undefined && { tokensOutLikely: likely }),
    ...(rates && { usdMost: costOf({ in: times * sum(most.map((one) => one.in)), out: tokensOutMost }, rates) }),
    ...(rates && likely !== undefined && { usdLikely: costOf({ in: tokensIn, out: likely }, rates) }),
  };
}

/** Each step of a loop reads all outputs before it. */
function mostTokens(prompt: PromptRecord, settings: Pick<RunSettings, 'maxTokens' | 'maxSteps' | 'tools'>) {
  const [steps, cap] = [mostSteps(prompt, settings), outputCap(prompt, settings)];
  return { in: steps * promptTokens(prompt) + (cap * steps * (steps - 1)) / 2, out: steps * cap };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function loggedTokens({ ref }: PromptRecord): number | undefined {
  if (!ref || ref.error !== undefined) return undefined;
  return ref.usage?.out ?? estimateTokens(ref.text);
}

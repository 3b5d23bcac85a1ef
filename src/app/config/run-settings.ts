/** Flags over config over defaults. */

import type { RunSettings } from '../../records/run-record.ts';
import type { RunOptions } from '../verb-options.ts';
import type { Config } from './load-config.ts';

export interface PlannedSettings extends Omit<RunSettings, 'n'> {
  /** Ballots a rater reads; `all` until the prompts are counted. */
  n: number | 'all';
  margin: number;
}

/** Also what a report takes for "nobody chose it". */
const usualMargin = ({ endpoint }: Config): number => (endpoint === 'retry' ? 0.15 : 0.3);

/** About 27 minutes. */
const defaultBallots = 36;

export function runSettings(options: RunOptions, config: Config): PlannedSettings {
  const n = options.n ?? config.n ?? defaultBallots;
  const raters = options.raters ?? config.raters ?? 1;
  const ballots = n === 'all' ? 0 : n * raters;
  const checkN = Math.max(options.checkN ?? config.checkN ?? 0, ballots);
  const maxCostUsd = options.maxCost ?? config.maxCost;
  return {
    n,
    raters,
    checkN,
    trials: options.trials ?? config.trials ?? 1,
    retries: config.retries ?? 2,
    retryMode: config.retryMode ?? 'same',
    seed: options.seed ?? config.seed ?? 1,
    maxTokens: config.maxTokens ?? 2_048,
    // At 0 an unchanged model gives unchanged answers, so a later release asks people only about what changed.
    temperature: config.temperature ?? 0,
    endpoint: config.endpoint ?? 'preference',
    hard: options.hard ?? config.hard ?? null,
    redact: options.redact ?? true,
    maxSteps: config.maxSteps ?? 10,
    margin: options.margin === undefined ? (config.margin ?? usualMargin(config)) : options.margin / 100,
    ...(maxCostUsd !== undefined && { maxCostUsd }),
    ...(config.checks && { checks: config.checks }),
    ...(config.faults && { faults: config.faults }),
    ...(config.tools && { tools: config.tools }),
  };
}

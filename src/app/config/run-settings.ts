/** Flags over config over defaults, which config-schema.ts holds. */
import type { RunSettings } from '../../records/run-record.ts';
import type { RunOptions } from '../verb-options.ts';
import { configDefaults } from './config-defaults.ts';
import type { Config } from './load-config.ts';

export interface PlannedSettings extends Omit<RunSettings, 'n'> {
  /** Ballots a rater reads; `all` until the prompts are counted. */
  n: number | 'all';
  margin: number;
}

export function runSettings(options: RunOptions, config: Config): PlannedSettings {
  const endpoint = config.endpoint ?? 'preference';
  const n = options.n ?? config.n ?? configDefaults.n;
  const raters = options.raters ?? config.raters ?? 1;
  const ballots = n === 'all' ? 0 : n * raters;
  const checkN = Math.max(options.checkN ?? config.checkN ?? 0, ballots);
  const maxCostUsd = options.maxCost ?? config.maxCost;
  return {
    n,
    raters,
    checkN,
    trials: options.trials ?? config.trials ?? 1,
    retries: config.retries ?? configDefaults.retries,
    retryMode: config.retryMode ?? 'same',
    seed: options.seed ?? config.seed ?? 1,
    maxTokens: config.maxTokens ?? configDefaults.maxTokens,
    temperature: config.temperature ?? configDefaults.temperature,
    endpoint,
    hard: options.hard ?? config.hard ?? null,
    redact: options.redact ?? true,
    maxSteps: config.maxSteps ?? configDefaults.maxSteps,
    margin: options.margin === undefined ? (config.margin ?? configDefaults.margin[endpoint]) : options.margin / 100,
    ...(maxCostUsd !== undefined && { maxCostUsd }),
    ...(config.checks && { checks: config.checks }),
    ...(config.faults && { faults: config.faults }),
    ...(config.tools && { tools: config.tools }),
  };
}

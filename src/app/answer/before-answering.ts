import { dirname, resolve } from 'node:path';
import type { RunRecord } from '../../records/run-record.ts';
import { unmeasuredAgent } from '../../runs/agents/agent-costs.ts';
import { assertPrograms } from '../../runs/answering.ts';
import { unpriced } from '../../runs/budget.ts';
import { parseConcurrency } from '../../runs/limiter.ts';
import type { ProgramOptions } from '../../runs/run-program.ts';
import type { Context } from '../context.ts';

export interface Wanted {
  concurrency?: string;
  maxCost?: number;
  /** The config's path: programs it names are found from its folder. */
  config?: string;
}

export const programOf = (
  { config = 'x' }: Pick<Wanted, 'config'>,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): Pick<ProgramOptions, 'cwd' | 'env'> => ({ cwd: resolve(cwd, dirname(config)), env });

/** What would stop the answering before its first call, asked before there is a folder to leave behind. Throws (exit 2). */
export function assertAnswerable(
  { settings, arms }: Pick<RunRecord, 'settings' | 'arms'>,
  wanted: Wanted,
  context: Pick<Context, 'cwd' | 'env'>,
): void {
  assertPrograms(settings, programOf(wanted, context));
  const names = arms.map(({ name }) => name);
  if (wanted.concurrency !== undefined) parseConcurrency(wanted.concurrency, names);
  const limit = wanted.maxCost ?? settings.maxCostUsd;
  const problem = unmeasuredAgent(arms, settings.agent, limit) ?? (limit === undefined ? undefined : unpriced(arms));
  if (problem) throw problem;
}

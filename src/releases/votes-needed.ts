/**
 * Which prompts people must still vote on, and no more: for every scope whose verdict a gate watches, the prompts
 * within the prefix that the verdict once took which have no vote that holds. Where that prefix is full and does not
 * decide, it grows by as many as the evidence so far predicts.
 */
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { carryOverPrefix } from '../stats/carry-over-prefix.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict.ts';
import type { LockedVerdict } from './lock-file.ts';

export interface VotesNeededInput {
  verdicts: PairVerdicts;
  /** Prompts to vote on in frozen order, without those that nobody can be asked about. */
  planned: readonly Pick<PromptRecord, 'id' | 'task'>[];
  /** Prompts with a vote that holds, carried over or new. */
  valid: ReadonlySet<PromptId>;
  /** Scopes that a gate watches, of this pair. */
  watched: readonly Pick<LockedVerdict, 'task' | 'units'>[];
  margin: number;
}

/** In frozen order. Empty when every watched scope is decided. */
export function votesNeeded(input: VotesNeededInput): PromptId[] {
  const needed = new Set(input.watched.flatMap((scope) => neededIn(input, scope)));
  return input.planned.flatMap(({ id }) => (needed.has(id) ? [id] : []));
}

function neededIn(input: VotesNeededInput, { task, units }: Pick<LockedVerdict, 'task' | 'units'>): PromptId[] {
  const { verdicts, planned, valid, margin } = input;
  const scope = [verdicts.overall, ...verdicts.tasks].find((one) => one.task === task);
  if (scope?.verdict !== 'undecided') return [];
  const items = planned
    .filter((prompt) => task === null || prompt.task === task)
    .map(({ id }) => ({ id, changed: !valid.has(id), oldVote: valid.has(id) ? 0 : null, newVote: null }));
  const { usablePrefix } = carryOverPrefix(items, 0, margin);
  return carryOverPrefix(items, targetPrefix(scope, usablePrefix, units, items.length), margin).newVotesNeeded;
}

/** As far as the verdict once took; beyond that, as far as it is predicted to take. */
function targetPrefix({ remaining }: ScopeVerdict, usable: number, locked: number, all: number): number {
  if (usable < locked) return Math.min(locked, all);
  return Math.min(all, usable + (remaining ?? all));
}

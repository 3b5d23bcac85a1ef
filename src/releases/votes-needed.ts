/**
 * Which prompts people must still vote on, and no more: for every undecided scope whose verdict a gate watches, the
 * planned prompts without a vote that holds. Only all of them together are one planned look.
 */
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import type { LockedVerdict } from './lock-file.ts';

export interface VotesNeededInput {
  verdicts: PairVerdicts;
  /** Prompts to vote on in frozen order, without those that nobody can be asked about. */
  planned: readonly Pick<PromptRecord, 'id' | 'task'>[];
  /** Prompts with a vote that holds, carried over or new. */
  valid: ReadonlySet<PromptId>;
  /** Scopes that a gate watches, of this pair. */
  watched: readonly Pick<LockedVerdict, 'task' | 'units'>[];
}

/** In frozen order. Empty when every watched scope is decided. */
export function votesNeeded({ verdicts, planned, valid, watched }: VotesNeededInput): PromptId[] {
  const open = new Set(
    [verdicts.overall, ...verdicts.tasks].filter(({ verdict }) => verdict === 'undecided').map(({ task }) => task),
  );
  const tasks = watched.map(({ task }) => task).filter((task) => open.has(task));
  return planned
    .filter(({ id, task }) => !valid.has(id) && tasks.some((one) => one === null || one === task))
    .map(({ id }) => id);
}

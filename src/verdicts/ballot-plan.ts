/**
 * Who votes on what: the prompts of the plan and of `more`, which of them a rater may get, what an undo left standing.
 * Pure; reads the ledger and the votes, knows no text.
 */

import type { Hashing, PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';
import { standingVotes } from '../records/standing-votes.ts';
import type { ChainedLine, VoteLine } from '../records/vote-lines.ts';

/** Prompts to vote on: the plan in frozen order, then one batch per `more`. */
export function plannedBatches<T extends Pick<PromptRecord, 'id'>>(
  run: Pick<RunRecord, 'tasks'>,
  prompts: readonly T[],
  events: readonly RunEvent[],
): { plan: T[]; batches: T[][] } {
  const count = run.tasks.reduce((sum, { planned }) => sum + planned, 0);
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const batches = events.flatMap((event) =>
    event.event === 'more' ? [event.prompts.flatMap((id) => byId.get(id) ?? [])] : [],
  );
  return { plan: prompts.slice(0, count), batches };
}

/** Votes that no later undo took back, in order. */
export const castVotes = (lines: readonly ChainedLine[]): VoteLine[] => [...standingVotes(lines).values()];

/** Prompts that everybody reads, for agreement: only where there are enough ballots to spare some. */
const overlapFrom = 60;
const overlapSize = 6;

/** Chosen by HMAC before anybody votes; empty below `overlapFrom` ballots or with one rater. */
export function overlapPrompts(
  run: Pick<RunRecord, 'id' | 'plannedBallots' | 'settings'>,
  plan: readonly Pick<PromptRecord, 'id'>[],
  seed: Uint8Array,
  hashing: Hashing,
): Set<PromptId> {
  if (run.plannedBallots < overlapFrom || run.settings.raters < 2) return new Set();
  const rank = (id: PromptId): string => hashing.hmac(seed, JSON.stringify(['overlap', run.id, id]));
  const ranked = plan.map(({ id }) => ({ id, rank: rank(id) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return new Set(ranked.slice(0, overlapSize).map(({ id }) => id));
}

export interface Claim {
  rater: string;
  packet: boolean;
}

/** Who holds each prompt: the last claim counts. */
export function claims(events: readonly RunEvent[]): Map<PromptId, Claim> {
  const held = new Map<PromptId, Claim>();
  for (const event of events) {
    if (event.event === 'claimed') held.set(event.prompt, { rater: event.rater, packet: event.packet === true });
  }
  return held;
}

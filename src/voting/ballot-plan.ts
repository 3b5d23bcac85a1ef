/** Who votes on what: who holds which prompt, what everybody reads, and which votes stand. (Which prompts: questions.ts.) */

import type { Hashing, PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';
import { standingVotes } from '../records/standing-votes.ts';
import type { ChainedLine, VoteLine } from '../records/vote-lines.ts';

/** Votes that no later undo took back, in order. */
export const castVotes = (lines: readonly ChainedLine[]): VoteLine[] => [...standingVotes(lines).values()];

/** Prompts that everybody reads, for agreement: only where there are enough ballots to spare some. */
const overlapFrom = 60;
const overlapSize = 6;

/** For a run of `raters` who read `n` ballots each; 0 with one rater or below 60 ballots in all. */
export const overlapFor = (n: number, raters: number): number =>
  raters < 2 || n * raters < overlapFrom ? 0 : Math.min(n, overlapSize);

/** Chosen by HMAC before anybody votes. Runs that do not say their overlap: by their number of prompts. */
export function overlapPrompts(
  run: Pick<RunRecord, 'id' | 'plannedBallots' | 'settings'>,
  plan: readonly Pick<PromptRecord, 'id'>[],
  seed: Uint8Array,
  hashing: Hashing,
): Set<PromptId> {
  const { overlap, raters } = run.settings;
  const size = overlap ?? (raters < 2 || run.plannedBallots < overlapFrom ? 0 : overlapSize);
  const rank = (id: PromptId): string => hashing.hmac(seed, JSON.stringify(['overlap', run.id, id]));
  const ranked = plan.map(({ id }) => ({ id, rank: rank(id) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return new Set(ranked.slice(0, size).map(({ id }) => id));
}

export interface Claim {
  rater: string;
  packet: boolean;
}

/** Who holds each prompt: the last claim counts, until its rater leaves the prompt out. */
export function claims(events: readonly RunEvent[]): Map<PromptId, Claim> {
  const held = new Map<PromptId, Claim>();
  for (const event of events) {
    if (event.event === 'claimed') held.set(event.prompt, { rater: event.rater, packet: event.packet === true });
    if (event.event !== 'left-out') continue;
    for (const prompt of event.prompts) if (held.get(prompt)?.rater === event.rater) held.delete(prompt);
  }
  return held;
}

/**
 * Votes of an earlier run that still hold, and new ones. A verdict on both was looked at once before; what the new ones
 * say alone was not (statistics.md, section 7).
 */

import { pairName } from '../records/run-record.ts';
import { reaches } from '../stats/verdict.ts';
import { scopeOf } from './decide.ts';
import type { EvidenceInput, PairEvidence } from './evidence.ts';
import { logEWithin } from './rule.ts';
import type { Where } from './run-strata.ts';

export interface FreshVotes {
  task: string | null;
  /** Prompts with a vote that holds, and how many of these votes are an earlier run's. */
  votes: number;
  reused: number;
  /** The new votes alone speak against "closed wins by the margin", wrongly in at most 1 of 3; null without one. */
  within: boolean | null;
}

/** Odds that new votes have to reach alone: as for a hint. */
const freshEvidence = 3;

export function freshVotes(
  input: EvidenceInput,
  evidence: PairEvidence,
  where: Where & { task: string | null },
): FreshVotes {
  const name = pairName(evidence.pair);
  const carried = new Set(
    input.events.flatMap((event) => (event.event === 'carried' && event.pair === name ? [event.prompt] : [])),
  );
  const inside = evidence.units.filter(
    ({ task, votes }) => votes.length > 0 && (where.task === null || task === where.task),
  );
  const reused = inside.filter(({ prompt }) => carried.has(prompt)).length;
  const fresh = evidence.batches.map((batch) =>
    batch.filter(({ prompt, votes }) => votes.length > 0 && !carried.has(prompt)),
  );
  const scope = scopeOf(input, { ...evidence, batches: fresh }, where);
  const isNone = inside.length === reused;
  return {
    task: where.task,
    votes: inside.length,
    reused,
    within: isNone ? null : reaches(logEWithin(scope, input.run.margin), freshEvidence),
  };
}

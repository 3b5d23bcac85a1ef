/** Votes of raters who had read one of the two answers beside a model's name: they count, and stand apart. */
import type { RunEvent } from '../records/run-events.ts';
import { decideRun } from './decide.ts';
import type { EvidenceInput } from './evidence.ts';
import type { PairVerdicts } from './verdict-shapes.ts';

export interface NotBlind {
  /** Votes on ballots of which exactly one answer was known, of all votes. */
  votes: number;
  of: number;
  raters: { rater: string; votes: number }[];
  /** The verdicts without these votes. */
  without: PairVerdicts;
}

/** Null where every vote was blind. */
export function notBlind(input: EvidenceInput, verdicts: PairVerdicts): NotBlind | null {
  const votes = verdicts.evidence.flatMap((unit) => unit.votes);
  const known = votes.filter(({ seen }) => seen === 'one');
  if (known.length === 0) return null;
  const byRater = new Map<string, number>();
  for (const { rater } of known) byRater.set(rater, (byRater.get(rater) ?? 0) + 1);
  const events = input.events.flatMap(blindOnly);
  const without = decideRun({ ...input, events }).find(
    ({ pair }) => pair.a === verdicts.pair.a && pair.b === verdicts.pair.b,
  );
  return {
    votes: known.length,
    of: votes.length,
    raters: [...byRater].map(([rater, count]) => ({ rater, votes: count })),
    without: without ?? verdicts,
  };
}

function blindOnly(event: RunEvent): RunEvent[] {
  if (event.event === 'entered') return event.seen === 'one' ? [] : [event];
  // What the ledger holds was reached with these votes.
  if (event.event === 'verdict') return [];
  if (event.event !== 'carried') return [event];
  const votes = event.votes.filter(({ seen }) => seen !== 'one');
  return votes.length === 0 ? [] : [{ ...event, votes }];
}

import { anytimeInterval } from './anytime-interval.ts';
import { type Counts, eProcessCounts, fromCounts, unitsOf } from './e-process.ts';
import type { Interval } from './interval.ts';
import { plannedLook, printedLower, type Sides, verdictOfSides } from './planned-look.ts';
import { defaultRule, reaches, type Verdict } from './verdict.ts';

/** Votes of a task after which nothing later is read. */
export const votesRead = 60;

export interface Evidence {
  /** Natural logs of the e-values against "closed wins by the margin or more", "open is as good", "closed is as good". */
  logEGood: number;
  logEKeep: number;
  logEBetter: number;
}

/** Votes at which each statement was first reached; null: never. Later votes do not take it back. */
export interface Reached {
  goodAt: number | null;
  keepAt: number | null;
  betterAt: number | null;
}

export interface TaskVerdict extends Reached, Evidence, Interval {
  /** Votes read: planned ones, and later ones up to 60. */
  n: number;
  verdict: Verdict;
  withinMargin: boolean;
  /** The limits of several batches exclude one another: print no interval. */
  disagree: boolean;
}

/**
 * Planned votes by their counts, once; then every later vote in its order by the e-process over all votes so far, up to
 * vote 60. The interval is the planned look's, and after later votes the running intersection with what holds at any
 * time. `margin` and scores in -1..1; later scores are +1, 0 or -1.
 */
export function taskVerdict(planned: Counts, later: readonly number[], margin: number): TaskVerdict {
  const look = plannedLook(planned, margin);
  let counts = planned;
  let reached: Reached = reachedAt(noneReached, look, look.n);
  let limits: Interval = { lower: printedLower(look, planned, margin), upper: look.upper };
  for (const score of later.slice(0, Math.max(0, votesRead - look.n))) {
    counts = withScore(counts, score);
    const n = unitsOf(counts);
    limits = intersection(limits, anytimeInterval(fromCounts(counts)));
    if (n >= defaultRule.minVotes) reached = reachedAt(reached, sidesAt(evidenceOf(counts, margin)), n);
  }
  return {
    n: unitsOf(counts),
    ...reached,
    ...decided(reached),
    ...limits,
    disagree: limits.lower > limits.upper,
    ...evidenceOf(counts, margin),
  };
}

export const noneReached: Reached = { goodAt: null, keepAt: null, betterAt: null };

export const reachedAt = (before: Reached, now: Sides, n: number): Reached => ({
  goodAt: before.goodAt ?? (now.good || now.better ? n : null),
  keepAt: before.keepAt ?? (now.keep ? n : null),
  betterAt: before.betterAt ?? (now.better ? n : null),
});

export function decided({ goodAt, keepAt, betterAt }: Reached): { verdict: Verdict; withinMargin: boolean } {
  const sides = { good: goodAt !== null, keep: keepAt !== null, better: betterAt !== null };
  return { verdict: verdictOfSides(sides), withinMargin: sides.good && sides.keep };
}

export const evidenceOf = (counts: Counts, margin: number): Evidence => ({
  logEGood: eProcessCounts(counts, -margin, 'gt'),
  logEKeep: eProcessCounts(counts, 0, 'lt'),
  logEBetter: eProcessCounts(counts, 0, 'gt'),
});

/** 20 against 1, as the error rate of .05 asks. */
export function sidesAt({ logEGood, logEKeep, logEBetter }: Evidence): Sides {
  const needed = 1 / defaultRule.alpha;
  return { good: reaches(logEGood, needed), keep: reaches(logEKeep, needed), better: reaches(logEBetter, needed) };
}

export const withScore = ({ wins, ties, losses }: Counts, score: number): Counts => ({
  wins: wins + Number(score > 0),
  ties: ties + Number(score === 0),
  losses: losses + Number(score < 0),
});

export const intersection = (x: Interval, y: Interval): Interval => ({
  lower: Math.max(x.lower, y.lower),
  upper: Math.min(x.upper, y.upper),
});

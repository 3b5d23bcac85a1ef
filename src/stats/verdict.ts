import { type Counts, eProcessCounts, unitsOf } from './e-process.ts';

export type Verdict = 'open-better' | 'open-good-enough' | 'keep-closed' | 'undecided';
export type Leaning = 'leans-open' | 'leans-closed' | 'none';

/** What a verdict is measured against: margin in net preference (0..1), error rate, fewest units. */
export interface VerdictRule {
  margin: number;
  alpha: number;
  minVotes: number;
}

export const defaultRule: VerdictRule = { margin: 0.3, alpha: 0.05, minVotes: 8 };
const leaningVotes = 5;
const leaningEvidence = 3;
/** Rounding must not turn an e-value of exactly 20 into "not yet". */
const slack = 1e-12;

export const reaches = (logE: number, evidence: number): boolean => logE >= Math.log(evidence) - slack;

export interface LogEvidence {
  /** ln E against "closed wins by the margin or more". */
  logEGood: number;
  /** ln E against "open is as good or better". */
  logEKeep: number;
}

/** Two log e-values of the same units: within the margin, and closed better. */
export function verdictEvidence(counts: Counts, margin: number): LogEvidence {
  return { logEGood: eProcessCounts(counts, -margin, 'gt'), logEKeep: eProcessCounts(counts, 0, 'lt') };
}

/** The verdict of one look at counts; where both sides are reached, keep-closed. */
export function verdict(counts: Counts, rule: VerdictRule = defaultRule): LogEvidence & { verdict: Verdict } {
  const evidence = verdictEvidence(counts, rule.margin);
  return { ...evidence, verdict: verdictOf(evidence, unitsOf(counts), rule) };
}

export function verdictOf(evidence: LogEvidence, units: number, rule: VerdictRule): Verdict {
  if (units < rule.minVotes) return 'undecided';
  if (reaches(evidence.logEKeep, 1 / rule.alpha)) return 'keep-closed';
  return reaches(evidence.logEGood, 1 / rule.alpha) ? 'open-good-enough' : 'undecided';
}

/** A hint, wrong at most 1 time in 3: from 5 units on, the larger e-value names it if it is 3 or more; equal = closed. */
export function leaning({ logEGood, logEKeep }: LogEvidence, units: number): Leaning {
  if (units < leaningVotes || !reaches(Math.max(logEGood, logEKeep), leaningEvidence)) return 'none';
  return logEGood > logEKeep ? 'leans-open' : 'leans-closed';
}

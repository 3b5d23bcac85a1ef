/** How long voting takes, in every place that says so: at the usual pace, then at this rater's. */
import { tooFastMs, votesForHaste } from '../../text/too-fast.ts';
import type { SessionState } from './state.ts';

/** Before anybody voted, a ballot is taken to need this long: 24 ballots took people about 18 minutes. */
export const usualBallotMs = 45_000;
/** Votes that the pace rests on; those that a rater has not cast yet are taken at the usual pace. */
const pacedVotes = 12;
/** Of these, the shortest and the longest say little: one glance, one call on the telephone. */
const leftOut = 2;
/** Of one vote, ms: with both limits no vote changes the estimate by half. */
const [shortest, longest] = [3_000, 600_000];

/** Whole minutes for so many ballots, at least 1; 0 for none. */
export const votingMinutes = (ballots: number, ballotMs = usualBallotMs): number =>
  ballots === 0 ? 0 : Math.max(1, Math.round((ballots * ballotMs) / 60_000));

/** Minutes left, at least 1. `paceMs`: what the rater's last votes took, ms, in this session and before. */
export const minutesLeft = ({ progress, paceMs }: Pick<SessionState, 'progress' | 'paceMs'>): number =>
  Math.max(1, votingMinutes(progress.atMost, paceOfRater(paceMs)));

/** Half of the last votes were too fast for two answers to have been read. */
export function isTooFast(paceMs: readonly number[]): boolean {
  const sorted = [...paceMs].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return sorted.length >= votesForHaste && median < tooFastMs;
}

export const tooFastWords = `Too fast: if half of your votes take under ${tooFastMs / 1_000} s, nothing may rest on them.`;

/** Milliseconds of a ballot: the middle of the last votes, as a geometric mean. */
function paceOfRater(paceMs: readonly number[]): number {
  const own = paceMs.slice(-pacedVotes).map((ms) => Math.min(longest, Math.max(shortest, ms)));
  const usual = Array.from({ length: pacedVotes - own.length }, () => usualBallotMs);
  const middle = [...own, ...usual].sort((a, b) => a - b).slice(leftOut, -leftOut);
  return Math.round(Math.exp(middle.reduce((sum, ms) => sum + Math.log(ms), 0) / middle.length));
}

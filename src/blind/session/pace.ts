/** How long voting takes, in every place that says so: at the usual pace, then at this rater's. */
import type { SessionState } from './state.ts';

/** Before anybody voted, a ballot is taken to need this long: 24 ballots took people about 18 minutes. */
export const usualBallotMs = 45_000;
/** Of the usual pace, in votes. */
const priorWeight = 3;

/** Whole minutes for so many ballots, at least 1; 0 for none. */
export const votingMinutes = (ballots: number, ballotMs = usualBallotMs): number =>
  ballots === 0 ? 0 : Math.max(1, Math.round((ballots * ballotMs) / 60_000));

/** Minutes left, at least 1. `paceMs`: what the rater's last votes took, ms, in this session and before. */
export function minutesLeft({ progress, paceMs }: Pick<SessionState, 'progress' | 'paceMs'>): number {
  const sum = paceMs.reduce((total, ms) => total + ms, 0);
  const pace = (usualBallotMs * priorWeight + sum) / (priorWeight + paceMs.length);
  return Math.max(1, votingMinutes(progress.atMost, pace));
}

/** How long is left, in every place that says so: at this rater's pace. */
import type { SessionState } from './state.ts';

/** Before anybody voted, a ballot is taken to need this long; three votes' worth of weight. */
export const usualBallotMs = 45_000;
const priorWeight = 3;

/** Minutes left, at least 1. `paceMs`: what the rater's last votes took, ms, in this session and before. */
export function minutesLeft({ progress, paceMs }: Pick<SessionState, 'progress' | 'paceMs'>): number {
  const sum = paceMs.reduce((total, ms) => total + ms, 0);
  const pace = (usualBallotMs * priorWeight + sum) / (priorWeight + paceMs.length);
  return Math.max(1, Math.round((progress.atMost * pace) / 60_000));
}

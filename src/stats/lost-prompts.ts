/**
 * Prompts of the plan without a vote: skipped by the rater, or never answered by one model. A verdict stands only where
 * it would also hold with them counted against it; one of 20 or more changes nothing.
 */
import { type Counts, unitsOf } from './e-process.ts';
import { plannedLook, type Sides, verdictOfSides } from './planned-look.ts';
import type { Verdict } from './verdict.ts';

const mayLoseOneFrom = 20;

export interface LostPrompts {
  /** Skipped, whichever side it would have helped. */
  skipped: number;
  /** Open could not be asked: only closed would have had an answer. */
  openUnasked: number;
  closedUnasked: number;
}

const isHarmless = (lost: number, voted: number): boolean =>
  lost === 0 || (lost === 1 && voted + lost >= mayLoseOneFrom);

const against = ({ wins, ties, losses }: Counts, side: 'wins' | 'losses', count: number): Counts => ({
  wins: wins + (side === 'wins' ? count : 0),
  ties,
  losses: losses + (side === 'losses' ? count : 0),
});

/**
 * What is left of the sides reached: `look` decides counts again, with the lost prompts added where they hurt most.
 * Skips hurt every side; an arm that could not be asked hurts the sides that speak for it.
 */
export function sidesLeft(reached: Sides, voted: number, lost: LostPrompts, look: Recount): Sides {
  const { skipped, openUnasked, closedUnasked } = lost;
  const asLosses = costing(skipped, voted) + costing(openUnasked, voted);
  const asWins = costing(skipped, voted) + costing(closedUnasked, voted);
  const worstForOpen = asLosses === 0 ? reached : look('losses', asLosses);
  const worstForClosed = asWins === 0 ? reached : look('wins', asWins);
  const better = reached.better && worstForOpen.better;
  return {
    good: reached.good && (worstForOpen.good || worstForOpen.better),
    better,
    keep: reached.keep && worstForClosed.keep,
  };
}

const costing = (lost: number, voted: number): number => (isHarmless(lost, voted) ? 0 : lost);

/** The sides that hold when `count` more votes are losses, or wins, of open. */
export type Recount = (as: 'wins' | 'losses', count: number) => Sides;

const none: LostPrompts = { skipped: 0, openUnasked: 0, closedUnasked: 0 };

export interface SkipRule {
  /** Skipped, of voted and skipped together. */
  share: number;
  verdict: Verdict;
  /** The verdict without the rule also holds with every skip against it; null without one. */
  firm: boolean | null;
}

/** Skips at the planned look. */
export function skipRule(counts: Counts, skipped: number, margin: number): SkipRule {
  const n = unitsOf(counts);
  const plain = plannedLook(counts, margin);
  const recount: Recount = (as, count) => plannedLook(against(counts, as, count), margin);
  const left = sidesLeft(plain, n, { ...none, skipped }, recount);
  return {
    share: n + skipped > 0 ? skipped / (n + skipped) : 0,
    verdict: verdictOfSides(left),
    firm: isFirm(plain, skipped, recount),
  };
}

/** Would the verdict also hold with every skip counted against it? Null where there is no verdict. */
export function isFirm(reached: Sides, skipped: number, recount: Recount): boolean | null {
  const verdict = verdictOfSides(reached);
  if (verdict === 'undecided') return null;
  if (skipped === 0) return true;
  if (verdict === 'keep-closed') return recount('wins', skipped).keep;
  const worst = recount('losses', skipped);
  return verdict === 'open-better' ? worst.better : worst.good || worst.better;
}

/** Prompts on which one arm could not be asked, at the planned look. `changed`: the plain look says otherwise. */
export function couldNotBeAsked(
  counts: Counts,
  unasked: number,
  arm: 'open' | 'closed',
  margin: number,
): { verdict: Verdict; changed: boolean } {
  const plain = plannedLook(counts, margin);
  const lost = { ...none, ...(arm === 'open' ? { openUnasked: unasked } : { closedUnasked: unasked }) };
  const left = sidesLeft(plain, unitsOf(counts), lost, (as, count) => plannedLook(against(counts, as, count), margin));
  const verdict = verdictOfSides(left);
  return { verdict, changed: verdict !== plain.verdict };
}

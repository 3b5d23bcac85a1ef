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

const against = ({ wins, ties, losses }: Counts, side: As, count: number): Counts => ({
  wins: wins + (side === 'wins' ? count : 0),
  ties,
  losses: losses + (side === 'losses' ? count : 0),
});

/** Which kinds of lost prompts count against a side. */
export interface Costs {
  skipped: boolean;
  unasked: boolean;
}

/** What counts as losses of open against the sides that speak for it, and as wins against "closed is better". */
export function costsOf({ skipped, openUnasked, closedUnasked }: LostPrompts, voted: number): Record<As, Costs> {
  const skips = !isHarmless(skipped, voted);
  return {
    losses: { skipped: skips, unasked: !isHarmless(openUnasked, voted) },
    wins: { skipped: skips, unasked: !isHarmless(closedUnasked, voted) },
  };
}

export type As = 'wins' | 'losses';

/** The sides that hold with the lost prompts of these kinds counted as losses, or wins, of open. */
export type Recount = (as: As, costs: Costs) => Sides;

export const isCostly = ({ skipped, unasked }: Costs): boolean => skipped || unasked;

/** What is left of the sides reached when the lost prompts are counted where they hurt most. */
export function sidesLeft(reached: Sides, costs: Record<As, Costs>, recount: Recount): Sides {
  const forOpen = isCostly(costs.losses) ? recount('losses', costs.losses) : reached;
  const forClosed = isCostly(costs.wins) ? recount('wins', costs.wins) : reached;
  return {
    good: reached.good && (forOpen.good || forOpen.better),
    better: reached.better && forOpen.better,
    keep: reached.keep && forClosed.keep,
  };
}

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
  const recount: Recount = (as) => plannedLook(against(counts, as, skipped), margin);
  const left = sidesLeft(plain, costsOf({ ...none, skipped }, n), recount);
  return {
    share: n + skipped > 0 ? skipped / (n + skipped) : 0,
    verdict: verdictOfSides(left),
    firm: isFirm(plain, skipped, recount),
  };
}

/** Is "within the margin" reached at the planned look, and does it stand beside so many skips? */
export function holdsWithSkips(counts: Counts, skipped: number, margin: number): boolean {
  const recount: Recount = (as) => plannedLook(against(counts, as, skipped), margin);
  return sidesLeft(plannedLook(counts, margin), costsOf({ ...none, skipped }, unitsOf(counts)), recount).good;
}

const skipsOnly: Costs = { skipped: true, unasked: false };

/** Would the verdict also hold with every skip counted against it? Null where there is no verdict. */
export function isFirm(reached: Sides, skipped: number, recount: Recount): boolean | null {
  const verdict = verdictOfSides(reached);
  if (verdict === 'undecided') return null;
  if (skipped === 0) return true;
  if (verdict === 'keep-closed') return recount('wins', skipsOnly).keep;
  const worst = recount('losses', skipsOnly);
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
  const left = sidesLeft(plain, costsOf(lost, unitsOf(counts)), (as) =>
    plannedLook(against(counts, as, unasked), margin),
  );
  const verdict = verdictOfSides(left);
  return { verdict, changed: verdict !== plain.verdict };
}

/**
 * When votes decide, and how often they will: the one rule that plan, report, routes and gates ask. A scope is a task,
 * or all tasks of the plan by their traffic; its strata are fixed by the plan.
 */
import { anytimeInterval } from '../stats/anytime-interval.ts';
import { type Counts, fromCounts, unitsOf } from '../stats/e-process.ts';
import type { Interval } from '../stats/interval.ts';
import {
  type As,
  type Costs,
  costsOf,
  isCostly,
  isFirm,
  type LostPrompts,
  type Recount,
  sidesLeft,
} from '../stats/lost-prompts.ts';
import { overallLook } from '../stats/overall-look.ts';
import { type OverallVerdict, overallStratified } from '../stats/overall-stratified.ts';
import { largestOrdinaryMargin, plannedLook, printedLower, type Sides, verdictOfSides } from '../stats/planned-look.ts';
import { stratifiedLimits, stratifiedLogE, type VotedStratum } from '../stats/stratified-evidence.ts';
import { evidenceOf, intersection, sidesAt, taskVerdict, withScore } from '../stats/task-verdict.ts';
import { defaultRule, reaches, type Verdict } from '../stats/verdict.ts';

/** Votes of one kind of prompt. Scores are +1, 0 or -1. */
export interface ScopeStratum {
  /** Share of traffic; normalised over the scope. */
  share: number;
  /** Prompts of the plan. */
  planned: number;
  lost: LostPrompts;
}

/** A score and the index of its stratum. */
export interface ScoredUnit {
  stratum: number;
  score: number;
}

export interface Scope {
  strata: readonly ScopeStratum[];
  /** Units by batch; the first is read once, by its counts, the others one by one in their order. */
  batches: readonly (readonly ScoredUnit[])[];
}

export interface Decision extends Omit<OverallVerdict, 'disagree'> {
  /** Null where the batches contradict each other. */
  interval: Interval | null;
  /** Units of the first batch. */
  plannedRead: number;
  /** The verdict without the rule on skips would also hold with every skip against it; null without one. */
  firm: boolean | null;
  /** A verdict was reached and does not stand, because of prompts that were skipped or could not be asked. */
  withdrawn: Verdict | null;
}

/** Fewest votes at which a scope can be decided. */
export const fewestVotes = defaultRule.minVotes;

export function decide(scope: Scope, margin: number): Decision {
  const strata = startStrata(scope);
  const later = scope.batches
    .slice(1)
    .flatMap((batch, at) => batch.map(({ stratum, score }) => ({ stratum, score, batch: at + 1 })));
  const plannedRead = strata.reduce((sum, stratum) => sum + unitsOf(stratum), 0);
  const raw =
    strata.length === 1 && strata[0]
      ? taskVerdict(
          strata[0],
          later.map(({ score }) => score),
          margin,
        )
      : overallStratified(strata, later, margin);
  const { disagree, lower, upper, ...reached } = raw;
  const left = afterLosses(scope, strata, reached, later.length > 0, margin);
  const keptAt = (side: keyof Sides, at: number | null): number | null => (left.sides[side] ? at : null);
  const verdict = verdictOfSides(left.sides);
  return {
    ...reached,
    goodAt: keptAt('good', reached.goodAt),
    keepAt: keptAt('keep', reached.keepAt),
    betterAt: keptAt('better', reached.betterAt),
    verdict,
    withinMargin: left.sides.good && left.sides.keep,
    withdrawn: verdict === reached.verdict ? null : reached.verdict,
    lower,
    upper,
    interval: disagree
      ? null
      : { lower: lowerToPrint(Math.min(lower, left.lower), left.sides, margin), upper: Math.max(upper, left.upper) },
    plannedRead,
    firm: left.firm,
  };
}

/** The look reads a larger margin as 30: where that is not reached, the interval must not read as if it excluded more. */
const lowerToPrint = (lower: number, { good }: Sides, margin: number): number =>
  good || margin <= largestOrdinaryMargin ? lower : Math.min(lower, -margin);

/** The first batch, counted by stratum. */
export function startStrata({ strata, batches }: Scope): VotedStratum[] {
  const counts = strata.map((): Counts => ({ wins: 0, ties: 0, losses: 0 }));
  for (const { stratum, score } of batches[0] ?? []) {
    counts[stratum] = withScore(counts[stratum] ?? { wins: 0, ties: 0, losses: 0 }, score);
  }
  return strata.map(({ share, planned }, at) => ({
    weight: share,
    planned,
    wins: 0,
    ties: 0,
    losses: 0,
    ...counts[at],
  }));
}

interface AfterLosses {
  sides: Sides;
  firm: boolean | null;
  /** Limits with the lost prompts against each side; 1 and -1 where they change nothing. */
  lower: number;
  upper: number;
}

/**
 * Prompts without a vote count against what they could have changed: the planned look is taken again with them, and
 * where later votes were read, the e-process on all counts. The interval widens to match.
 */
function afterLosses(
  scope: Scope,
  planned: readonly VotedStratum[],
  reached: Pick<OverallVerdict, 'goodAt' | 'keepAt' | 'betterAt'>,
  hasLater: boolean,
  margin: number,
): AfterLosses {
  const final = scope.batches
    .slice(1)
    .flat()
    .reduce<VotedStratum[]>(
      (strata, { stratum, score }) => {
        const one = strata[stratum];
        if (one) strata[stratum] = { ...one, ...withScore(one, score) };
        return strata;
      },
      [...planned],
    );
  const voted = final.reduce((sum, stratum) => sum + unitsOf(stratum), 0);
  const sides = {
    good: reached.goodAt !== null,
    keep: reached.keepAt !== null,
    better: reached.betterAt !== null,
  };
  const total = (pick: (lost: LostPrompts) => number): number =>
    scope.strata.reduce((sum, { lost }) => sum + pick(lost), 0);
  const lost: LostPrompts = {
    skipped: total(({ skipped }) => skipped),
    openUnasked: total(({ openUnasked }) => openUnasked),
    closedUnasked: total(({ closedUnasked }) => closedUnasked),
  };
  const costs = costsOf(lost, voted);
  const counted = (strata: readonly VotedStratum[], as: As, of: Costs): VotedStratum[] =>
    withLost(strata, scope.strata, as, of);
  const recount: Recount = (as, of) => {
    const look = lookAt(counted(planned, as, of), margin);
    return hasLater ? either(look, anyTime(counted(final, as, of), margin)) : look;
  };
  const limits = (as: As): Interval =>
    limitsAt(counted(planned, as, costs[as]), counted(final, as, costs[as]), hasLater, margin);
  return {
    sides: sidesLeft(sides, costs, recount),
    firm: isFirm(sides, lost.skipped, recount),
    lower: isCostly(costs.losses) ? limits('losses').lower : 1,
    upper: isCostly(costs.wins) ? limits('wins').upper : -1,
  };
}

/** The lost prompts in their own strata. */
function withLost(
  strata: readonly VotedStratum[],
  scopes: readonly ScopeStratum[],
  as: As,
  { skipped, unasked }: Costs,
): VotedStratum[] {
  return strata.map((stratum, at) => {
    const lost = scopes[at]?.lost;
    if (!lost) return stratum;
    const missing = as === 'losses' ? lost.openUnasked : lost.closedUnasked;
    return { ...stratum, [as]: stratum[as] + (skipped ? lost.skipped : 0) + (unasked ? missing : 0) };
  });
}

export function lookAt(strata: readonly VotedStratum[], margin: number): Sides {
  const [only] = strata;
  if (strata.length === 1 && only) return plannedLook(only, margin);
  const look = overallLook(strata, margin);
  return look.allowed ? look : anyTime(strata, margin);
}

function anyTime(strata: readonly VotedStratum[], margin: number): Sides {
  const [only] = strata;
  if (strata.length === 1 && only) return unitsOf(only) < fewestVotes ? none : sidesAt(evidenceOf(only, margin));
  return sidesAt({
    logEGood: stratifiedLogE(strata, -margin, 'gt'),
    logEKeep: stratifiedLogE(strata, 0, 'lt'),
    logEBetter: stratifiedLogE(strata, 0, 'gt'),
  });
}

const none: Sides = { good: false, keep: false, better: false };

const either = (x: Sides, y: Sides): Sides => ({
  good: x.good || y.good || y.better,
  keep: x.keep || y.keep,
  better: x.better || y.better,
});

function limitsAt(
  planned: readonly VotedStratum[],
  final: readonly VotedStratum[],
  hasLater: boolean,
  margin: number,
): Interval {
  const [only] = planned;
  const [last] = final;
  const single = planned.length === 1 && only && last;
  const look = single ? singleLimits(only, margin) : overallLimits(planned, margin);
  if (!hasLater) return look;
  return intersection(look, single ? anytimeInterval(fromCounts(last)) : stratifiedLimits(final));
}

function overallLimits(strata: readonly VotedStratum[], margin: number): Interval {
  const look = overallLook(strata, margin);
  return look.allowed ? look : stratifiedLimits(strata);
}

function singleLimits(counts: Counts, margin: number): Interval {
  const look = plannedLook(counts, margin);
  return { lower: printedLower(look, counts, margin), upper: look.upper };
}

/** ln of the e-value of all units together against "closed wins by the margin". */
export function logEWithin({ strata, batches }: Scope, margin: number): number {
  return stratifiedLogE(startStrata({ strata, batches: [batches.flat()] }), -margin, 'gt');
}

/** Does the e-process against "closed wins by the margin" reach `level` at some vote? Reads every batch vote by vote. */
export function isGoodAtAnyVote({ strata, batches }: Scope, margin: number, level: number): boolean {
  const counts = startStrata({ strata, batches: [] });
  for (const [at, { stratum, score }] of batches.flat().entries()) {
    const one = counts[stratum];
    if (one) counts[stratum] = { ...one, ...withScore(one, score) };
    if (at + 1 >= fewestVotes && reaches(stratifiedLogE(counts, -margin, 'gt'), level)) return true;
  }
  return false;
}

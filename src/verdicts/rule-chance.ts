/** How often so many planned votes will decide: the rule of rule.ts, before anybody has voted. */
import { unitsOf } from '../stats/e-process.ts';
import { costsOf, sidesLeft } from '../stats/lost-prompts.ts';
import { manyLooks, overallLook } from '../stats/overall-look.ts';
import type { Sides } from '../stats/planned-look.ts';
import type { VotedStratum } from '../stats/stratified-evidence.ts';
import { goodAfterSkips as exactAfterSkips, type Side, taskChance } from '../stats/task-chance.ts';
import { lookAt, type ScopeStratum } from './rule.ts';

/** What answers would be like: open's share of the votes with a preference, and the share of ties. */
export interface Truth {
  open: number;
  ties: number;
}

const draws = 2000;
/** Where every draw asks the e-process: slower by a hundred times. */
const slowDraws = 300;

/**
 * How often so many planned votes bring each verdict, 0..1: exact for one stratum, else simulated with a fixed seed. The
 * very rule that decides later.
 */
export function chance(strata: readonly Planned[], truth: Truth, margin: number): Record<Side, number> {
  const [only] = strata;
  const win = (1 - truth.ties) * truth.open;
  if (strata.length === 1 && only) {
    const exact = (side: Side): number =>
      taskChance({ planned: only.planned, upTo: only.planned, win, tie: truth.ties, margin, side }).atPlan;
    return { good: exact('good'), keep: exact('keep'), better: exact('better') };
  }
  return simulated(strata, { win, ties: truth.ties, skipped: 0 }, margin);
}

/**
 * How often "within the margin" is reached when 0, 1, … `most` of the planned prompts were skipped, drawn evenly. By the
 * same rule and the same draws as `chance`. Null where no figure can be had in a moment.
 */
export function goodAfterSkips(
  strata: readonly Planned[],
  truth: Truth,
  margin: number,
  most: number,
): number[] | null {
  const [only] = strata;
  const win = (1 - truth.ties) * truth.open;
  const counts = Array.from({ length: most + 1 }, (_, at) => at);
  if (strata.length === 1 && only && only.planned > mostExact) return null;
  if (strata.length === 1 && only)
    return counts.map((skipped) => exactAfterSkips({ planned: only.planned, win, tie: truth.ties, margin }, skipped));
  // A task that two skips bring below the fewest votes is often read otherwise, and slowly.
  const { allowed } = overallLook(
    strata.map(({ share, planned }) => votedAs(share, planned - 2, 0, 0)),
    margin,
  );
  if (!allowed) return null;
  return counts.map((skipped) => simulated(strata, { win, ties: truth.ties, skipped }, margin).good);
}

/** Votes of one task, whose outcomes grow with the square: 150 take half a second, and a session waits for them. */
const mostExact = 150;

type Planned = Omit<ScopeStratum, 'lost'>;

function simulated(
  strata: readonly Planned[],
  { win, ties, skipped }: { win: number; ties: number; skipped: number },
  margin: number,
): Record<Side, number> {
  const random = seeded(1);
  const found = { good: 0, keep: 0, better: 0 };
  const quick = manyLooks(
    strata.map(({ share, planned }) => ({ weight: share, planned })),
    margin,
  );
  const { allowed } = overallLook(
    strata.map(({ share, planned }) => votedAs(share, planned, 0, 0)),
    margin,
  );
  const rounds = allowed ? draws : slowDraws;
  for (let round = 0; round < rounds; round += 1) {
    const [wins, losses]: [number[], number[]] = [[], []];
    for (const { planned } of strata) {
      let [won, lost] = [0, 0];
      for (let vote = 0; vote < planned; vote += 1) {
        const u = random();
        if (u < win) won += 1;
        else if (u >= win + ties) lost += 1;
      }
      wins.push(won);
      losses.push(lost);
    }
    const voted = () => strata.map(({ share, planned }, at) => votedAs(share, planned, wins[at] ?? 0, losses[at] ?? 0));
    const plain = () => quick?.(wins, losses) ?? lookAt(voted(), margin);
    const sides = skipped === 0 ? plain() : withSkips(voted(), skipped, margin, random);
    for (const side of ['good', 'keep', 'better'] as const) found[side] += Number(sides[side]);
  }
  return { good: found.good / rounds, keep: found.keep / rounds, better: found.better / rounds };
}

/** The same votes, of which some were skipped instead. */
function withSkips(voted: readonly VotedStratum[], skipped: number, margin: number, random: () => number): Sides {
  const left = voted.map((stratum) => ({ ...stratum }));
  const lost = voted.map(() => 0);
  for (let skip = 0; skip < skipped; skip += 1) {
    let at = Math.floor(random() * left.reduce((sum, stratum) => sum + unitsOf(stratum), 0));
    const index = left.findIndex((stratum) => {
      const isHere = at < unitsOf(stratum);
      if (!isHere) at -= unitsOf(stratum);
      return isHere;
    });
    const from = left[index];
    if (!from) continue;
    const kind = at < from.wins ? 'wins' : at < from.wins + from.losses ? 'losses' : 'ties';
    from[kind] -= 1;
    lost[index] = (lost[index] ?? 0) + 1;
  }
  const votes = left.reduce((sum, stratum) => sum + unitsOf(stratum), 0);
  const costs = costsOf({ skipped, openUnasked: 0, closedUnasked: 0 }, votes);
  return sidesLeft(lookAt(left, margin), costs, (as) =>
    lookAt(
      left.map((stratum, at) => ({ ...stratum, [as]: stratum[as] + (lost[at] ?? 0) })),
      margin,
    ),
  );
}

const votedAs = (weight: number, planned: number, wins: number, losses: number): VotedStratum => ({
  weight,
  planned,
  wins,
  losses,
  ties: planned - wins - losses,
});

/** Mulberry32: the same figures in every plan of the same size. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How often so many planned votes will decide: the rule of rule.ts, before anybody has voted. */
import { overallLook } from '../stats/overall-look.ts';
import type { VotedStratum } from '../stats/stratified-evidence.ts';
import { type Side, taskChance } from '../stats/task-chance.ts';
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
export function chance(
  strata: readonly Omit<ScopeStratum, 'lost'>[],
  truth: Truth,
  margin: number,
): Record<Side, number> {
  const [only] = strata;
  const win = (1 - truth.ties) * truth.open;
  if (strata.length === 1 && only) {
    const exact = (side: Side): number =>
      taskChance({ planned: only.planned, upTo: only.planned, win, tie: truth.ties, margin, side }).atPlan;
    return { good: exact('good'), keep: exact('keep'), better: exact('better') };
  }
  return simulated(strata, win, truth.ties, margin);
}

function simulated(
  strata: readonly Omit<ScopeStratum, 'lost'>[],
  win: number,
  ties: number,
  margin: number,
): Record<Side, number> {
  const random = seeded(1);
  const found = { good: 0, keep: 0, better: 0 };
  const quick = overallLook(
    strata.map(({ share, planned }) => votedAs(share, planned, 0, 0)),
    margin,
  ).allowed;
  const rounds = quick ? draws : slowDraws;
  for (let round = 0; round < rounds; round += 1) {
    const voted = strata.map(({ share, planned }) => {
      let [wins, losses] = [0, 0];
      for (let vote = 0; vote < planned; vote += 1) {
        const u = random();
        if (u < win) wins += 1;
        else if (u >= win + ties) losses += 1;
      }
      return votedAs(share, planned, wins, losses);
    });
    const sides = lookAt(voted, margin);
    for (const side of ['good', 'keep', 'better'] as const) found[side] += Number(sides[side]);
  }
  return { good: found.good / rounds, keep: found.keep / rounds, better: found.better / rounds };
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

/**
 * Evidence on the mean over strata by their share of traffic, whatever was asked how often and in which order: a
 * union-of-intersections e-process. Source: Spertus, Sridhar & Stark, arXiv 2409.06680; bets as in e-process.ts.
 */
import { type Against, bets, type Counts, mixLog } from './e-process.ts';
import { fallingRoot, type Interval } from './interval.ts';
import { defaultRule } from './verdict.ts';

export interface VotedStratum extends Counts {
  /** Share of traffic; normalised here. */
  weight: number;
  /** Votes of the plan: fixes the size of the bets, and nothing that comes later changes it. */
  planned: number;
}

/** One stratum's factors for one bet: `omega` its share, `c` its bet. */
interface Part {
  omega: number;
  c: number;
  wins: number;
  ties: number;
  losses: number;
}

/**
 * Natural log of the e-value against "mean <= m" (gt) or "mean >= m" (lt): for each bet the smallest product over all
 * ways in which the strata can have that mean, mixed by the bets' weights. -1 < m <= 1 (gt), -1 <= m < 1 (lt).
 */
export function stratifiedLogE(strata: readonly VotedStratum[], m: number, against: Against): number {
  const known = strata.filter(({ weight }) => weight > 0);
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  const ratios = known.map(({ weight, planned }) => weight / Math.max(1, planned));
  const largest = Math.max(...ratios);
  const logs = bets.map((bet) => {
    const parts = known.map((stratum, at): Part => {
      const { wins, ties, losses } = against === 'gt' ? stratum : mirrored(stratum);
      return { omega: stratum.weight / total, c: bet * ((ratios[at] ?? 0) / largest), wins, ties, losses };
    });
    return smallestLog(parts, 1 + (against === 'gt' ? m : -m));
  });
  return mixLog(logs);
}

const mirrored = ({ wins, ties, losses }: Counts): Counts => ({ wins: losses, ties, losses: wins });

/** Smallest sum of log factors with sum omega y = budget, 0 <= y <= 2: each h falls and is convex in y. */
function smallestLog(parts: readonly Part[], budget: number): number {
  const lost = parts.reduce((sum, { losses, c }) => sum + losses * Math.log1p(-c), 0);
  const moving = parts.filter(({ wins, ties }) => wins + ties > 0);
  const at = (ys: readonly number[]): number =>
    moving.reduce((sum, part, index) => sum + gains(part, ys[index] ?? 0), lost);
  if (2 * moving.reduce((sum, { omega }) => sum + omega, 0) <= budget) return at(moving.map(() => 2));
  return at(spendingAll(moving, budget));
}

/**
 * The ys at which the shares spend the budget: where each falls by the same nu times its share. Newton's steps in ln nu,
 * halving where one would leave the bracket.
 */
function spendingAll(parts: readonly Part[], budget: number): number[] {
  let [low, high] = [-30, 30];
  let logNu = 0;
  let ys: number[] = [];
  for (let step = 0; step < mostSteps; step += 1) {
    const nu = Math.exp(logNu);
    ys = parts.map((part) => yAt(part, nu));
    let [over, slope] = [-budget, 0];
    for (const [at, part] of parts.entries()) {
      const y = ys[at] ?? 0;
      over += part.omega * y;
      if (y < 2) slope += (nu * part.omega ** 2) / fallAt(part, y).slope;
    }
    if (over > 0) low = logNu;
    else high = logNu;
    const newton = logNu - over / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(over) <= spent || next === logNu) break;
    logNu = next;
  }
  return ys;
}

/** The product hardly changes around its minimum: this far from the budget it differs by less than rounding does. */
const spent = 1e-13;

const gains = ({ wins, ties, c }: Part, y: number): number =>
  wins * Math.log1p(c * (2 / y - 1)) + ties * Math.log1p(c * (1 / y - 1));

/**
 * The y at which the fall of this part's logs is nu times its share, 2 where it falls faster still. The fall is convex in
 * y, so Newton's steps from a point left of the root go up to it and never past it.
 */
function yAt(part: Part, nu: number): number {
  const level = nu * part.omega;
  if (fallAt(part, 2).value >= level) return 2;
  // On (0, 2] the fall is at least c (2 wins + ties) / (2 y).
  let y = (part.c * (2 * part.wins + part.ties)) / (2 * level);
  for (let step = 0; step < mostSteps; step += 1) {
    const { value, slope } = fallAt(part, y);
    const next = y - (value - level) / slope;
    if (!(next > y * (1 + Number.EPSILON))) break;
    y = next;
  }
  return Math.min(y, 2);
}

const mostSteps = 60;

/** How fast the log factors fall at y, and the derivative of that. */
function fallAt({ wins, ties, c }: Part, y: number): { value: number; slope: number } {
  const [win, tie] = [y * ((1 - c) * y + 2 * c), y * ((1 - c) * y + c)];
  return {
    value: (2 * c * wins) / win + (c * ties) / tie,
    slope: -(2 * c * wins * (2 * (1 - c) * y + 2 * c)) / win ** 2 - (c * ties * (2 * (1 - c) * y + c)) / tie ** 2,
  };
}

/** Limits that hold whenever anybody looks: 95 % on each side. -1 and 1 where nothing is excluded. */
export function stratifiedLimits(strata: readonly VotedStratum[]): Interval {
  const mirror = strata.map((stratum) => ({ ...stratum, ...mirrored(stratum) }));
  return { lower: lowerLimit(strata), upper: -lowerLimit(mirror) };
}

function lowerLimit(strata: readonly VotedStratum[]): number {
  const level = Math.log(1 / defaultRule.alpha);
  if (!strata.some(({ wins, ties, weight }) => weight > 0 && wins + ties > 0)) return -1;
  return fallingRoot((m) => (m <= -1 ? Number.MAX_VALUE : stratifiedLogE(strata, m, 'gt')), level, -1, 1);
}

/** What each arm costs, from which volume on self-hosting pays, and where that goes in 12 and 24 months. US dollars. */
import { zOf } from '../stats/normal.ts';

export interface MeanCost {
  calls: number;
  /** Dollars per call, all attempts and steps included. */
  mean: number;
  /** Standard error of the mean; 0 with one call. */
  se: number;
}

/** Mean with its standard error; null without a single known cost. */
export function meanCost(costs: readonly number[]): MeanCost | null {
  const calls = costs.length;
  if (calls === 0) return null;
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / calls;
  const spread = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0);
  return { calls, mean, se: calls > 1 ? Math.sqrt(spread / (calls - 1) / calls) : 0 };
}

export interface CostPerThousand {
  estimate: number;
  lower: number;
  upper: number;
}

/** Dollars per 1,000 calls, 95 % by the normal approximation, never below 0. */
export function costPerThousand({ mean, se }: MeanCost): CostPerThousand {
  const half = zOf(0.95) * se;
  return { estimate: 1000 * mean, lower: 1000 * Math.max(0, mean - half), upper: 1000 * (mean + half) };
}

/** Stated, not measured: what running the open model costs whether or not anyone calls it. */
export interface HostingAssumptions {
  /** Dollars a month for the machine, or a share of it. */
  machinePerMonth: number;
  /** People who keep it running, full-time equivalents (`--ops-fte`), and what one costs a year. */
  opsFte: number;
  fteCostPerYear: number;
}

export interface BreakEven {
  /** Calls and tokens from which the open arm is cheaper; null: it never is at these prices. */
  callsPerMonth: number | null;
  tokensPerDay: number | null;
  fixedPerMonth: number;
  assumptions: string[];
}

const daysPerMonth = 365.25 / 12;

/** Volume at which what is saved per call pays for the fixed costs. `tokensPerCall` is in plus out. */
export function breakEven(
  closedPerCall: number,
  openPerCall: number,
  tokensPerCall: number,
  hosting: HostingAssumptions,
): BreakEven {
  const fixedPerMonth = hosting.machinePerMonth + (hosting.opsFte * hosting.fteCostPerYear) / 12;
  const saved = closedPerCall - openPerCall;
  const callsPerMonth = saved > 0 ? fixedPerMonth / saved : null;
  return {
    callsPerMonth,
    tokensPerDay: callsPerMonth === null ? null : (callsPerMonth * tokensPerCall) / daysPerMonth,
    fixedPerMonth,
    assumptions: [
      `machine $${hosting.machinePerMonth} a month`,
      `${hosting.opsFte} people at $${hosting.fteCostPerYear} a year to run it`,
      `${Math.round(tokensPerCall)} tokens a call, as measured`,
    ],
  };
}

export interface ProjectionAssumptions {
  /** Growth of calls a month, e.g. .05. */
  growthPerMonth: number;
  /** Fall of the closed model's price a year, e.g. .3; 0 = today's price for ever. */
  closedPriceFallPerYear: number;
}

export interface Projection {
  months: number;
  closed: number;
  /** What the routes (or the open model) cost, fixed costs included. */
  routed: number;
  saved: number;
  assumptions: string[];
}

export interface ProjectionInput extends ProjectionAssumptions {
  callsPerMonth: number;
  closedPerCall: number;
  /** Calls that stay with closed under the routes, 0..1. */
  closedShare: number;
  openPerCall: number;
  fixedPerMonth: number;
}

/** Sums over 12 and 24 months. A projection: every assumption it rests on is in the result. */
export function projections(input: ProjectionInput): Projection[] {
  return [12, 24].map((months) => {
    let [closed, routed] = [0, 0];
    for (let month = 0; month < months; month += 1) {
      const calls = input.callsPerMonth * (1 + input.growthPerMonth) ** month;
      const price = input.closedPerCall * (1 - input.closedPriceFallPerYear) ** (month / 12);
      closed += calls * price;
      routed += calls * (input.closedShare * price + input.openPerCall) + input.fixedPerMonth;
    }
    return { months, closed, routed, saved: closed - routed, assumptions: assumptionsOf(input) };
  });
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

const assumptionsOf = (input: ProjectionInput): string[] => [
  `${Math.round(input.callsPerMonth)} calls a month today, growing ${percent(input.growthPerMonth)} a month`,
  `closed prices fall ${percent(input.closedPriceFallPerYear)} a year`,
  `${percent(input.closedShare)} of calls still go to the closed model`,
  `fixed costs of $${Math.round(input.fixedPerMonth)} a month`,
];

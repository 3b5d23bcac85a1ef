/** What own machines cost at a volume, and from which volume on they stay cheaper than a price per call. */

export const hoursPerMonth = 730;
const secondsPerMonth = hoursPerMonth * 3600;

export interface MachineTerms {
  /** US dollars an hour. */
  perHour: number;
  /** Calls a second that one machine answers, retries included. */
  callsPerSecond: number;
  /** Calls in the busiest hours over the mean: machines are bought for these. */
  peak: number;
  /** US dollars a month for the people who keep them running, however many machines there are. */
  peopleUsd: number;
}

/** Calls a month that one machine answers when its busiest hours are to be met. */
export const callsPerMachine = ({ callsPerSecond, peak }: MachineTerms): number =>
  (callsPerSecond * secondsPerMonth) / peak;

/** At least one: a machine that waits costs the same. */
export const machinesFor = (terms: MachineTerms, calls: number): number =>
  Math.max(1, Math.ceil(calls / callsPerMachine(terms) - 1e-9));

/** US dollars a month of so many machines and the people beside them. */
export const fixedCost = (terms: MachineTerms, machines: number): number =>
  machines * hoursPerMonth * terms.perHour + terms.peopleUsd;

/** Calls a month between which own machines cost less; `to` null = from there on. */
export interface CheaperRange {
  from: number;
  to: number | null;
}

/** Beyond so many machines nobody decides by this table. */
const mostMachines = 1000;

/**
 * Volumes at which own machines are cheaper, in order. `savedPerCall`: US dollars that a call of the whole mix saves
 * before machines and people; `movedShare`: the share of calls that the machines answer, in (0, 1].
 */
export function cheaperRanges(savedPerCall: number, movedShare: number, terms: MachineTerms): CheaperRange[] {
  if (savedPerCall <= 0 || movedShare <= 0) return [];
  const capacity = callsPerMachine(terms) / movedShare;
  const ranges: CheaperRange[] = [];
  for (let machines = 1; machines <= mostMachines; machines += 1) {
    const pays = fixedCost(terms, machines) / savedPerCall;
    const [from, to] = [Math.max(pays, (machines - 1) * capacity), machines * capacity];
    if (from >= to) continue;
    const last = ranges.at(-1);
    if (last?.to === from) last.to = to;
    else ranges.push({ from, to });
    const reached = ranges.at(-1);
    if (reached && nextPays(savedPerCall, capacity, terms, machines)) {
      reached.to = null;
      return ranges;
    }
  }
  return ranges;
}

/** The calls of the machines before it pay for the next one from its first hour, and each later one likewise. */
const nextPays = (savedPerCall: number, capacity: number, terms: MachineTerms, machines: number): boolean =>
  savedPerCall * capacity >= hoursPerMonth * terms.perHour &&
  fixedCost(terms, machines + 1) <= savedPerCall * machines * capacity + 1e-9;

/**
 * How long something lasts, where some were only watched for a while: Kaplan and Meier's estimate. Observations of one
 * cluster (several trials of one job) are alike, so the variance leaves out one cluster at a time. Source: Kaplan and
 * Meier 1958; log-log limits as in R's survfit; the jackknife over clusters as in Lipsitz and others 1994.
 */
import { tQuantile } from './paired-mean.ts';

export interface Lifetime {
  /** What is alike: limits count these, not observations. */
  cluster: string;
  /** When it ended or was last seen, in any unit, 0 and above. */
  time: number;
  /** False: it was only watched until then (right-censored). */
  event: boolean;
}

export interface CurvePoint {
  time: number;
  /** Still watched just before that time. */
  atRisk: number;
  /** Chance to last longer than that time, 0..1. */
  chance: number;
  /** 95 % limits; null with one cluster. */
  lower: number | null;
  upper: number | null;
}

/** The curve at every time at which something ended, ascending; the limits as `survivalAt`. */
export function survivalCurve(lifetimes: readonly Lifetime[], conf = 0.95): CurvePoint[] {
  return pointsAt(lifetimes, eventTimes(lifetimes), conf);
}

/**
 * The curve at these times. Null where the last observation had left before: nothing is known so late. The curve stays
 * known behind its end when everything has ended by then.
 */
export function survivalAt(
  lifetimes: readonly Lifetime[],
  times: readonly number[],
  conf = 0.95,
): (CurvePoint | null)[] {
  const last = lifetimes.reduce((most, { time }) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const points = pointsAt(lifetimes, times, conf);
  return points.map((point) => (point.time <= last || point.chance === 0 ? point : null));
}

const distinct = (times: readonly number[]): number[] => [...new Set(times)].sort((a, b) => a - b);
const eventTimes = (lifetimes: readonly Lifetime[]): number[] =>
  distinct(lifetimes.flatMap(({ event, time }) => (event ? [time] : [])));

/** One row per time at which something ended: who was watched, and how many ended, over all and by cluster. */
interface Row {
  time: number;
  atRisk: number;
  events: number;
  byCluster: ReadonlyMap<string, { atRisk: number; events: number }>;
}

/** One walk through time: the curve, and the curves without each cluster. */
function pointsAt(lifetimes: readonly Lifetime[], times: readonly number[], conf: number): CurvePoint[] {
  if (lifetimes.length === 0) return [];
  const rows = rowsOf(lifetimes);
  const leftOut = new Map(lifetimes.map(({ cluster }) => [cluster, 1]));
  let chance = 1;
  let next = 0;
  const found = new Map<number, CurvePoint>();
  for (const time of distinct(times)) {
    for (; next < rows.length && (rows[next] as Row).time <= time; next += 1) {
      const row = rows[next] as Row;
      chance *= share(row);
      for (const [cluster, sofar] of leftOut) leftOut.set(cluster, sofar * share(row, cluster));
    }
    const there = lifetimes.filter((one) => one.time >= time);
    const watched = new Set(there.map(({ cluster }) => cluster)).size;
    const precision = { watched, clusters: leftOut.size, conf };
    found.set(time, { time, atRisk: there.length, chance, ...limits(chance, [...leftOut.values()], precision) });
  }
  return times.map((time) => found.get(time) as CurvePoint);
}

function rowsOf(lifetimes: readonly Lifetime[]): Row[] {
  return eventTimes(lifetimes).map((time) => {
    const byCluster = new Map<string, { atRisk: number; events: number }>();
    for (const one of lifetimes) {
      if (one.time < time) continue;
      const own = byCluster.get(one.cluster) ?? { atRisk: 0, events: 0 };
      own.atRisk += 1;
      if (one.event && one.time === time) own.events += 1;
      byCluster.set(one.cluster, own);
    }
    const own = [...byCluster.values()];
    return {
      time,
      atRisk: own.reduce((sum, { atRisk }) => sum + atRisk, 0),
      events: own.reduce((sum, { events }) => sum + events, 0),
      byCluster,
    };
  });
}

/** Share that lasted that time, with one cluster left out where it is named; 1 where nothing was watched then. */
function share({ atRisk, events, byCluster }: Row, without?: string): number {
  const own = without === undefined ? undefined : byCluster.get(without);
  const watched = atRisk - (own?.atRisk ?? 0);
  return watched > 0 ? 1 - (events - (own?.events ?? 0)) / watched : 1;
}

interface Precision {
  /** Clusters with something still watched at that time. */
  watched: number;
  clusters: number;
  conf: number;
}

/** The log-log scale has no limits at 0 and 1: there they are exact ones (Clopper and Pearson), each cluster counted once. */
function limits(
  chance: number,
  leftOut: readonly number[],
  { watched, clusters, conf }: Precision,
): Pick<CurvePoint, 'lower' | 'upper'> {
  if (clusters < 2) return { lower: null, upper: null };
  const tail = (1 - conf) / 2;
  if (chance === 1) return { lower: watched === 0 ? 0 : tail ** (1 / watched), upper: 1 };
  if (chance === 0) return { lower: 0, upper: 1 - tail ** (1 / clusters) };
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / clusters;
  const variance = (leftOut.reduce((sum, value) => sum + (value - mean) ** 2, 0) * (clusters - 1)) / clusters;
  const log = Math.log(chance);
  const half = (tQuantile(clusters - 1, conf) * Math.sqrt(variance)) / Math.abs(chance * log);
  return { lower: chance ** Math.exp(half), upper: chance ** Math.exp(-half) };
}

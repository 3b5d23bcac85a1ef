/** Agents with known chances of getting lost, drawn by computer: does the curve say what is true, and how surely? */
import { type Lifetime, survivalAt } from '../../src/stats/kaplan-meier.ts';
import { seeded } from '../helpers/vote-paths.ts';

/** Steps until the first success of a chance at every step: 1, 2, 3 … */
const stepsUntil = (hazard: number, draw: () => number): number =>
  Math.max(1, Math.ceil(Math.log1p(-draw()) / Math.log1p(-hazard)));

const normal = (draw: () => number): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

/** A trial is lost at some step, or done before it. */
function lifetime(cluster: string, hazard: number, doneAt: number, draw: () => number): Lifetime {
  const lostAt = stepsUntil(hazard, draw);
  return { cluster, time: Math.min(lostAt, doneAt), event: lostAt <= doneAt };
}

/** Jobs differ: their chance to get lost at a step is log-normal around one in twenty. */
const jobHazard = (draw: () => number): number => Math.min(0.9, 0.05 * Math.exp(0.7 * normal(draw) - 0.245));

/** Chance to last longer than so many steps, over all such jobs. */
function trueChance(steps: number, draw: () => number, draws = 200_000): number {
  let sum = 0;
  for (let at = 0; at < draws; at += 1) sum += (1 - jobHazard(draw)) ** steps;
  return sum / draws;
}

/** Share of 95 % limits that hold the truth, over 8 to 20 unequal jobs of 3 trials, at 5, 10 and 20 steps. */
export function coverage(runs: number, seed: number): { steps: number; share: number; of: number }[] {
  const draw = seeded(seed);
  const places = [5, 10, 20].map((steps) => ({ steps, truth: trueChance(steps, draw), held: 0, of: 0 }));
  for (let run = 0; run < runs; run += 1) {
    const jobs = 8 + Math.floor(draw() * 13);
    const lifetimes = Array.from({ length: jobs }, (_, job) => {
      const hazard = jobHazard(draw);
      return [1, 2, 3].map(() => lifetime(`job ${job}`, hazard, stepsUntil(0.03, draw) + 4, draw));
    }).flat();
    for (const [at, point] of survivalAt(
      lifetimes,
      places.map(({ steps }) => steps),
    ).entries()) {
      const place = places[at];
      if (!place || !point || point.lower === null || point.upper === null) continue;
      place.of += 1;
      if (point.lower <= place.truth && place.truth <= point.upper) place.held += 1;
    }
  }
  return places.map(({ steps, held, of }) => ({ steps, share: held / of, of }));
}

/** Furthest that the curve of 400 trials is from .95 ** steps at 5, 10, 20 and 40 steps: one number a run, ascending. */
export function furthest(runs: number, seed: number): number[] {
  const draw = seeded(seed);
  const steps = [5, 10, 20, 40];
  const found = Array.from({ length: runs }, () => {
    const lifetimes = Array.from({ length: 400 }, (_, at) => lifetime(`job ${at}`, 0.05, 60, draw));
    const points = survivalAt(lifetimes, steps);
    return Math.max(...steps.map((n, at) => Math.abs((points[at]?.chance ?? Number.NaN) - 0.95 ** n)));
  });
  return found.sort((a, b) => a - b);
}

import { logEvidence, type Weighed } from './e-process.ts';
import { clamp, fallingRoot, type Interval } from './interval.ts';

/**
 * Confidence sequence for the mean score, in [-1, 1]: each side holds with probability 1 - alphaPerSide at all times
 * together, whenever anyone stopped. lower = sup{m: E_gt(m) >= 1/alphaPerSide}, -1 when every score is -1 (or none is).
 */
export function anytimeInterval(units: readonly Weighed[], alphaPerSide = 0.05): Interval {
  const mirror = units.map(({ score, count }) => ({ score: -score, count }));
  return { lower: lowerLimit(units, alphaPerSide), upper: -lowerLimit(mirror, alphaPerSide) };
}

function lowerLimit(units: readonly Weighed[], alpha: number): number {
  if (!units.some(({ score, count }) => count > 0 && score > -1)) return -1;
  const level = Math.log(1 / alpha);
  return clamp(
    fallingRoot((m) => (m <= -1 ? Number.MAX_VALUE : logEvidence(units, m, 'gt')), level, -1, 1),
    -1,
    1,
  );
}

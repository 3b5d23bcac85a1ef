/** Weight of each stratum: its share of traffic over its share of the plan; a stratum that is not planned has none. */
export function stratumWeights<S extends string>(
  traffic: Record<S, number>,
  plan: Record<S, number>,
): Record<S, number> {
  const weights = { ...traffic };
  for (const stratum of Object.keys(plan) as S[]) {
    weights[stratum] = plan[stratum] > 0 ? traffic[stratum] / plan[stratum] : 0;
  }
  return weights;
}

/**
 * Scores of over-sampled strata brought back to traffic: z = w x / max w, in [-1, 1], with mean theta_traffic / max w.
 * The margin shrinks with the same factor. `maxWeight` is fixed by the plan before the first vote.
 */
export function weightedEvidence(
  scores: readonly number[],
  weights: readonly number[],
  maxWeight: number,
  margin: number,
): { scores: number[]; margin: number } {
  const scaled = scores.map((score, at) => ((weights[at] ?? 1) * score) / maxWeight);
  return { scores: scaled, margin: margin / maxWeight };
}

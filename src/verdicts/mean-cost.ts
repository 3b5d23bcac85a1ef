/** What a call costs, with how well that is known. US dollars. */
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

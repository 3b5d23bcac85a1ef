/** Ballots for each rater: everybody reads the overlap, the other prompts are split evenly, the first raters one more. */
export function raterShares(planned: number, raters: number, overlap: number): number[] {
  const alone = Math.max(0, planned - overlap);
  const [each, over] = [Math.floor(alone / raters), alone % raters];
  return Array.from({ length: raters }, (_, at) => Math.min(planned, overlap) + each + Number(at < over));
}

/** Prompts to plan so that each of `raters` reads `n` ballots. */
export const promptsFor = (n: number, raters: number, overlap: number): number =>
  raters > 1 && overlap > 0 ? raters * (n - overlap) + overlap : n * raters;

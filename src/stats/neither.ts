const toleratedShare = 1 / 5;
const fewestAsked = 5;
const level = 0.05;

/**
 * Is neither model usable? Exact binomial P(X >= bothBad | asked, 1/5), of the prompts that somebody was asked about:
 * where one in five is unusable on both sides, the word comes up in at most 5 of 100 comparisons.
 */
export function neither(bothBad: number, asked: number): { p: number; neither: boolean } {
  const p = binomialTail(bothBad, asked, toleratedShare);
  return { p, neither: asked >= fewestAsked && p <= level };
}

/** P(X >= k), X ~ Bin(n, share). */
function binomialTail(k: number, n: number, share: number): number {
  if (k <= 0) return 1;
  let term = (1 - share) ** n;
  let sum = 0;
  for (let x = 0; x <= n; x += 1) {
    if (x >= k) sum += term;
    term *= ((n - x) / (x + 1)) * (share / (1 - share));
  }
  return Math.min(1, sum);
}

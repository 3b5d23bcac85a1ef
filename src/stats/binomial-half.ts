/**
 * Exact binomial test of k successes in n against one half (sign test; position habit: k = left among decisive).
 * Both p-values are 1 for n = 0. Throws RangeError unless 0 <= k <= n are whole numbers.
 */
export function binomialHalf(k: number, n: number): { twoSided: number; greater: number } {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || k > n) {
    throw new RangeError(`The binomial test needs whole numbers with 0 <= k <= n, not k = ${k}, n = ${n}.`);
  }
  const twoSided = 2 * k === n ? 1 : Math.min(1, 2 * lowerTail(Math.min(k, n - k), n));
  return { twoSided, greater: lowerTail(n - k, n) };
}

/** P(X <= k), X ~ Bin(n, 1/2): the largest term in logs, the others by their ratio to it. */
function lowerTail(k: number, n: number): number {
  if (2 * k >= n) return k >= n ? 1 : 1 - lowerTail(n - k - 1, n);
  let logTerm = -n * Math.LN2;
  for (let i = 1; i <= k; i += 1) logTerm += Math.log((n - k + i) / i);
  let ratio = 1;
  let sum = 1;
  for (let i = k; i > 0 && ratio > 1e-20; i -= 1) {
    ratio *= i / (n - i + 1);
    sum += ratio;
  }
  return Math.exp(logTerm) * sum;
}

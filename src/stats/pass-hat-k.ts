/**
 * pass^k of one prompt: the chance that k trials drawn from its n all pass, C(c,k) / C(n,k), c of n having passed.
 * Throws RangeError when k exceeds n: that many trials were not run. Source: τ-bench, arXiv 2406.12045.
 */
export function passHatK(n: number, c: number, k: number): number {
  if (k > n) throw new RangeError(`pass^${k} needs at least ${k} trials, there are ${n}.`);
  if (c < k) return 0;
  let chance = 1;
  for (let i = 0; i < k; i += 1) chance *= (c - i) / (n - i);
  return chance;
}

/** Mean over prompts that have at least k trials; null when none has. */
export function meanPassHatK(prompts: readonly { n: number; c: number }[], k: number): number | null {
  const enough = prompts.filter(({ n }) => n >= k);
  if (enough.length === 0) return null;
  return enough.reduce((sum, { n, c }) => sum + passHatK(n, c, k), 0) / enough.length;
}

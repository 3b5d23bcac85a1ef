/** Does it hold over many tries? pass^k over repeated trials (τ-bench). Pure. */
import type { Trial } from '../runs/trial.ts';
import { meanPassHatK } from '../stats/pass-hat-k.ts';

export interface PassHat {
  k: number;
  /** Chance that k tries at the same prompt all end usable, mean over prompts; null when no prompt has k trials done. */
  chance: number | null;
  /** Prompts behind it. */
  prompts: number;
}

/** pass^1 … pass^`most`, from all trials of one arm that are done. */
export const passHat = (trials: Iterable<Trial>, most: number): PassHat[] =>
  passHatOf(
    [...trials].flatMap(({ prompt, state }) => (state === 'missing' ? [] : [{ prompt, passed: state === 'usable' }])),
    most,
  );

/** The same of tries that passed or did not, whatever that means. */
export function passHatOf(tries: readonly { prompt: string; passed: boolean }[], most: number): PassHat[] {
  const byPrompt = new Map<string, { n: number; c: number }>();
  for (const { prompt, passed } of tries) {
    const { n, c } = byPrompt.get(prompt) ?? { n: 0, c: 0 };
    byPrompt.set(prompt, { n: n + 1, c: c + (passed ? 1 : 0) });
  }
  const counts = [...byPrompt.values()];
  return Array.from({ length: most }, (_, index) => {
    const k = index + 1;
    return { k, chance: meanPassHatK(counts, k), prompts: counts.filter(({ n }) => n >= k).length };
  });
}

import type { Hashing, PromptId } from '../records/ids.ts';

/** Lower-case hex of the HMAC of [first word, run id, other words] under the run's secret seed. */
export type KeyedDraw = (words: readonly (string | number)[]) => string;

export const keyedDraw =
  (run: string, seed: Uint8Array, hashing: Hashing): KeyedDraw =>
  ([first = '', ...others]) =>
    hashing.hmac(seed, JSON.stringify([first, run, ...others]));

/** The order in which the units of a batch are read: keyed, so that it does not depend on whose votes came back first. */
export function batchOrder(ids: readonly PromptId[], batch: number, draw: KeyedDraw): PromptId[] {
  const keyed = ids.map((id) => ({ id, key: draw(['evidence', batch, id]) }));
  return keyed.sort((x, y) => (x.key < y.key ? -1 : 1)).map(({ id }) => id);
}

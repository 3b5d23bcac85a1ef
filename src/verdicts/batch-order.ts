import type { Hashing, PromptId } from '../records/ids.ts';

/** The order in which the units of a batch are read: keyed, so that it does not depend on whose votes came back first. */
export function batchOrder<Id extends PromptId>(
  ids: readonly Id[],
  run: string,
  batch: number,
  seed: Uint8Array,
  hashing: Hashing,
): Id[] {
  const keyed = ids.map((id) => ({ id, key: hashing.hmac(seed, JSON.stringify(['evidence', run, batch, id])) }));
  return keyed.sort((x, y) => (x.key < y.key ? -1 : 1)).map(({ id }) => id);
}

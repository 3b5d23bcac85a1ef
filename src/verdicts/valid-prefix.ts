import type { PromptId } from '../records/ids.ts';
import { carryOverPrefix } from '../stats/carry-over-prefix.ts';
import type { EvidenceUnit } from './verdict.ts';

/** Units of the frozen order up to the first prompt without a vote that holds. */
export function validPrefix(
  order: readonly { id: PromptId }[],
  units: ReadonlyMap<PromptId, EvidenceUnit>,
  margin: number,
): EvidenceUnit[] {
  const items = order.map(({ id }) => ({ id, changed: false, oldVote: units.get(id)?.score ?? null, newVote: null }));
  const { usablePrefix } = carryOverPrefix(items, 0, margin);
  return order.slice(0, usablePrefix).flatMap(({ id }) => units.get(id) ?? []);
}

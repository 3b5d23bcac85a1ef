/** Whether what an arm costs is known: the one place that says so, for routes, money and every sentence about them. */
import type { ArmRecord } from '../records/run-record.ts';

/** `price`: fees per call that a price or the server states; `machine`: hours of an own machine; `unknown`: neither. */
export type CostKind = 'price' | 'machine' | 'unknown';

type Placed = Pick<ArmRecord, 'leavesMachine' | 'host' | 'role'>;

/** The closed model has no machine of ours: behind a local address it is reached through a proxy. */
export const isOwnMachine = ({ leavesMachine, host, role }: Placed): boolean =>
  !leavesMachine && host !== null && role !== 'closed';

/**
 * A machine whose hours are paid for charges no fees. Without its price, a model on a local address costs what nobody
 * has said: it is not free, and a proxy may stand there. `fee`: US dollars as calls were recorded; null = not known.
 */
export function costKindOf(arm: Placed, { machine, fee }: { machine: boolean; fee: number | null }): CostKind {
  if (machine && isOwnMachine(arm)) return 'machine';
  return fee === null ? 'unknown' : 'price';
}

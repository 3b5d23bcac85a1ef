/**
 * Records of earlier editions, as today's rules read them. Nothing is written back: a folder of schema 1 keeps its bytes,
 * because its hashes are sealed, and its verdicts stand as the rule of its edition recorded them.
 */
import { whereOf } from './arm-where.ts';
import { isObject, type JsonObject } from './plain-json.ts';
import type { RunEvent } from './run-events.ts';
import { type RunRecord, schemaVersion } from './run-record.ts';

/** A run of an earlier edition: it is shown, and nothing is added to it. */
export const isOldRun = ({ schema }: Pick<RunRecord, 'schema'>): boolean => schema < schemaVersion;

/**
 * run.json as parsed → as today's rule describes it; `schema` stays what it was. A field that this edition made
 * necessary is derived here for runs that lack it.
 */
export function migrateRun(raw: JsonObject): JsonObject {
  if (raw.schema !== 1 || !Array.isArray(raw.arms)) return raw;
  return {
    ...raw,
    arms: raw.arms.map((arm) => (isObject(arm) ? { ...arm, where: whereOf({ provider: String(arm.provider) }) } : arm)),
  };
}

/** What the rule of that edition decided, in the order of the ledger; a verdict once reached stays. */
export const recordedVerdicts = (events: readonly RunEvent[]): Extract<RunEvent, { event: 'verdict' }>[] =>
  events.filter((event) => event.event === 'verdict');

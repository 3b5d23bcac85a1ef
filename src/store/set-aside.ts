/** A voided votes file: out of the way of its rater's next one, and kept. */
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunEvent } from '../records/run-events.ts';
import { cannotWrite } from './cannot-write.ts';
import { lastLineHash } from './jsonl.ts';
import type { RunPaths } from './layout.ts';
import { makeFolder } from './make-folder.ts';

/** Returns where it is kept. Hold the rater's lock. */
export function setAside(paths: RunPaths, rater: string, lastHash: string): string {
  const kept = paths.voided(rater, lastHash);
  if (!existsSync(paths.votes(rater))) return kept;
  try {
    makeFolder(dirname(kept));
    renameSync(paths.votes(rater), kept);
    return kept;
  } catch (error) {
    throw cannotWrite(dirname(kept), error);
  }
}

/** The ledger has a voiding first: a crash between the two leaves a file behind that is moved now. */
export function finishVoiding(paths: RunPaths, events: readonly RunEvent[]): void {
  for (const event of events) {
    if (event.event !== 'voided' || !existsSync(paths.votes(event.rater))) continue;
    if (lastLineHash(paths.votes(event.rater)) === event.lastHash) setAside(paths, event.rater, event.lastHash);
  }
}

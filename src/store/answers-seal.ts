/**
 * attempts/*.jsonl only grow. Whenever answering ends, the ledger notes how long each file was and its hash up to there,
 * so that an answer swapped or edited after a vote on it is seen.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { RunEvent, SealedFile } from '../records/run-events.ts';
import { hashing } from './hashing.ts';
import type { RunPaths } from './layout.ts';

/** By arm. An arm that was never called has no file. */
export function sealAnswers(paths: RunPaths, arms: readonly string[]): Record<string, SealedFile> {
  const sealed = arms.flatMap((arm): [string, SealedFile][] => {
    const path = paths.attempts(arm);
    if (!existsSync(path)) return [];
    const bytes = readFileSync(path);
    return [[arm, { bytes: bytes.length, sha256: hashing.sha256(bytes) }]];
  });
  return Object.fromEntries(sealed);
}

/** The first file whose beginning is not what it was when answering ended; every time is checked. */
export function editedAnswers(paths: RunPaths, events: readonly RunEvent[]): string | undefined {
  const seals = events.flatMap((event) => (event.event === 'answered' ? Object.entries(event.files ?? {}) : []));
  for (const arm of new Set(seals.map(([name]) => name))) {
    const path = paths.attempts(arm);
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const whole = seals.every(
      ([name, seal]) =>
        name !== arm || (bytes.length >= seal.bytes && hashing.sha256(bytes.subarray(0, seal.bytes)) === seal.sha256),
    );
    if (!whole) return path;
  }
  return undefined;
}

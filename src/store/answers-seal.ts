/**
 * attempts/*.jsonl only grow. Whenever answering ends, the ledger notes how long each file was and its hash up to there,
 * so that an answer swapped or edited after a vote on it is seen.
 */
import { existsSync } from 'node:fs';
import type { RunEvent, SealedFile } from '../records/run-events.ts';
import { hashFile, hashStarts } from './file-lines.ts';
import type { RunPaths } from './layout.ts';

/** By arm. An arm that was never called has no file. */
export function sealAnswers(paths: RunPaths, arms: readonly string[]): Record<string, SealedFile> {
  const sealed = arms.flatMap((arm): [string, SealedFile][] => {
    const path = paths.attempts(arm);
    if (!existsSync(path)) return [];
    return [[arm, hashFile(path)]];
  });
  return Object.fromEntries(sealed);
}

/** The first file whose beginning is not what it was when answering ended; every time is checked. */
export function editedAnswers(paths: RunPaths, events: readonly RunEvent[]): string | undefined {
  const seals = events.flatMap((event) => (event.event === 'answered' ? Object.entries(event.files ?? {}) : []));
  for (const arm of new Set(seals.map(([name]) => name))) {
    const path = paths.attempts(arm);
    const own = seals.flatMap(([name, seal]) => (name === arm ? [seal] : []));
    const starts = hashStarts(
      path,
      own.map(({ bytes }) => bytes),
    );
    if (!own.every(({ bytes, sha256 }) => isStart(starts.get(bytes), { bytes, sha256 }))) return path;
  }
  return undefined;
}

const isStart = (found: SealedFile | undefined, sealed: SealedFile): boolean =>
  found?.bytes === sealed.bytes && found.sha256 === sealed.sha256;

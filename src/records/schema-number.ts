import { exitCodes, GapcheckError, userError } from '../errors.ts';
import { schemaVersion } from './run-record.ts';

/** Throws (exit 2) on a schema of the future, and on what is no schema number at all. */
export function refuseNewer(path: string, schema: unknown): void {
  if (!Number.isInteger(schema) || Number(schema) < 1) throw oddRecord(path, 'schema');
  if (Number(schema) <= schemaVersion) return;
  throw userError(
    'newer-schema',
    `${path} was written by a newer gapcheck (schema ${schema}; this one reads up to ${schemaVersion}).`,
    'npm install gapcheck@latest',
  );
}

/** A record with a field that gapcheck never wrote so. `where`: its file, with the line where it has lines. */
export const oddRecord = (where: string, place: string): GapcheckError =>
  userError(
    'odd-record',
    `${where}: ${place} is missing, or not what gapcheck writes there.`,
    'put the file back from a copy, or start a new run',
  );

export const damaged = (path: string, cause?: unknown): GapcheckError =>
  new GapcheckError('damaged-file', `${path}: this is not what gapcheck wrote, so the file was changed or damaged.`, {
    exitCode: exitCodes.sealBroken,
    hint: 'put the file back from a copy, or start a new run',
    cause,
  });

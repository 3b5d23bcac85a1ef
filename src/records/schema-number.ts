import { exitCodes, GapcheckError, userError } from '../errors.ts';
import { schemaVersion } from './run-record.ts';

/** Throws (exit 2) on a schema of the future, (exit 5) on what is no schema number at all. */
export function refuseNewer(path: string, schema: unknown): void {
  if (!Number.isInteger(schema) || Number(schema) < 1) throw damaged(path);
  if (Number(schema) <= schemaVersion) return;
  throw userError(
    'newer-schema',
    `${path} was written by a newer gapcheck (schema ${schema}; this one reads up to ${schemaVersion}).`,
    'npm install gapcheck@latest',
  );
}

export const damaged = (path: string, cause?: unknown): GapcheckError =>
  new GapcheckError('damaged-file', `${path}: this is not what gapcheck wrote, so the file was changed or damaged.`, {
    exitCode: exitCodes.sealBroken,
    hint: 'put the file back from a copy, or start a new run',
    cause,
  });

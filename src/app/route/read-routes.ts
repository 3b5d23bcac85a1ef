/** routes.json as `report --routes` wrote it, or a sentence that says what is wrong with it. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { userError } from '../../errors.ts';
import { oddInRoutes, type RoutesRecord } from '../../records/routes-record.ts';

const writeAgain = 'gapcheck report --routes routes.json writes it';

/** Throws (exit 2) with the file and the field. */
export function readRoutes(path: string): RoutesRecord {
  const file = basename(path);
  const value = parsed(path, file);
  const odd = oddInRoutes(value);
  if (odd !== undefined) throw userError('bad-routes', `${file}: "${odd}" is not as gapcheck writes it.`, writeAgain);
  return value as RoutesRecord;
}

function parsed(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? `There is no file ${path}.` : `${file} cannot be read as JSON.`;
    throw userError(missing ? 'no-routes-file' : 'bad-routes', what, writeAgain, error);
  }
}

/** A file that is read in one piece: a config, a lock file, a packet. */
import { readFileSync, statSync } from 'node:fs';
import { userError } from '../errors.ts';

const mostBytes = 512 * (1 << 20);

/** Throws GapcheckError (exit 2) above 512 MB, where a string ends; what the system says of a file comes as it is. */
export function readWholeText(path: string): string {
  if (statSync(path).size > mostBytes)
    throw userError(
      'too-large',
      `${path} is larger than 512 MB: no file of this kind is.`,
      'check the path, or split the file',
    );
  return readFileSync(path, 'utf8');
}

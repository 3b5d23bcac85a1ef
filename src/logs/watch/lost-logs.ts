/** Logs that were read before and are gone now: what came into them since then would be missing unnoticed. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type GapcheckError, userError } from '../../errors.ts';
import type { ReadFileState } from '../../records/run-events.ts';
import { count, plural } from '../../text/numbers.ts';

/**
 * Of the states that no file goes on from: those that may have held more. A rotation deletes its oldest file, which was
 * read to its end and is not the one that the app wrote to last; that one is no loss.
 */
export function lostLogs(gone: readonly ReadFileState[], all: readonly ReadFileState[], cwd: string): ReadFileState[] {
  const newest = Math.max(...all.map(({ modifiedMs = Number.NEGATIVE_INFINITY }) => modifiedMs));
  return gone.filter((state) => {
    const now = found(state, cwd);
    // The same file was written over, or a table was saved again: it is read from its start.
    if (now && now.ino === state.inode && now.dev === state.device) return now.size < state.size;
    if (now && state.whole && now.size >= state.size) return false;
    return state.from !== undefined || state.modifiedMs === newest;
  });
}

const found = ({ path }: ReadFileState, cwd: string) => statSync(resolve(cwd, path), { throwIfNoEntry: false });

/** No day closes: the file may be under another name. */
export function lostError(lost: readonly ReadFileState[], cwd: string): GapcheckError {
  const said = lost.map((state) => {
    const { path, records, open = 0, inode } = state;
    const how = found(state, cwd)?.ino === inode ? 'is shorter now' : 'is gone';
    const missing =
      open > 0 ? `${plural(open, 'record')} of the day to close, and what came after,` : 'What came into it since then';
    return `${path}, read up to record ${count(records)} before, ${how}: ${missing} may be missing.`;
  });
  return userError(
    'watch.lost-logs',
    `${said.join(' ')} No day was closed.`,
    'put the file back under a name that the pattern fits, or add --without-gone to this start to go on without it',
  );
}

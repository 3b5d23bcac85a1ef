/** The first line of every command that works on a run: which one it is, and whether gapcheck chose it. */
import { basename, dirname } from 'node:path';
import { listRuns } from '../store/run-folder.ts';
import { printableLine } from '../text/printable.ts';
import type { Context } from './context.ts';

/** `ref`: how the run was named; undefined where the newest was taken. */
export function nameRun(folder: string, ref: string | undefined, context: Pick<Context, 'err'>): void {
  context.err(runLine(folder, ref));
}

export function runLine(folder: string, ref: string | undefined): string {
  const name = printableLine(basename(folder));
  const count = ref === undefined ? listRuns(dirname(folder)).length : 1;
  return `Run ${name}${count > 1 ? ` (newest of ${count})` : ''}`;
}

/** Runs of earlier editions: shown as they stand, and nothing is added to them. */
import { basename } from 'node:path';
import { userError } from '../errors.ts';
import { isOldRun } from '../records/migrate.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { StoredRun } from '../store/run-folder.ts';
import { typedCommand } from '../text/shell.ts';

/** A new run of the same prompts that takes the answers over. */
export const newRunCommand = ({ command, sources }: RunRecord): string =>
  `${command ?? typedCommand(['gapcheck', 'run', ...sources.map(({ file }) => file)])} --reuse`;

/** Throws (exit 2) when an earlier edition made the run: its rule is not today's, so votes and answers do not mix. */
export function refuseOldRun({ run, paths }: StoredRun, options = ''): void {
  if (!isOldRun(run)) return;
  throw userError(
    'old-run',
    `${basename(paths.folder)} was made by gapcheck ${run.gapcheck}, whose rule is no longer used: nothing is added to it.`,
    `${newRunCommand(run)}${options}   (a new run that takes its answers over)`,
  );
}

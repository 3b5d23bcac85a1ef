/** A run of the same file that stopped half way is offered before a new one is made. */
import { basename } from 'node:path';
import { printableLine } from '../../text/printable.ts';
import { askKey } from '../ask-key.ts';
import type { Context } from '../context.ts';
import { runWord } from '../short-path.ts';
import type { RunOptions } from '../verb-options.ts';
import type { UnfinishedRun } from './plan-notes.ts';

/** Without a person it is named, and the new run goes on. */
export async function offerUnfinished(
  { folder, what, command }: UnfinishedRun,
  options: Pick<RunOptions, 'yes' | 'dryRun'>,
  context: Context,
): Promise<'continue' | 'new' | 'quit'> {
  const name = printableLine(basename(folder));
  if (!context.interactive || options.yes || options.dryRun) {
    const at = runWord(context.cwd, folder);
    context.err(
      `Note: the run ${name} has the same prompts and is not finished (${what}). To continue it: gapcheck ${command} ${at}`,
    );
    return 'new';
  }
  const key = await askKey(
    `The run ${name} has the same prompts and is not finished.`,
    [
      { key: 'enter', does: `continue (${what})` },
      { key: 'n', does: 'new run' },
      { key: 'q', does: 'quit' },
    ],
    context,
  );
  return key === 'enter' ? 'continue' : key === 'n' ? 'new' : 'quit';
}

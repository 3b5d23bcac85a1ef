/** What to type after a CI job, in the order in which it is typed. */
import { basename } from 'node:path';
import { exitCodes } from '../../errors.ts';
import type { CiResult } from '../../releases/comment.ts';
import { watchesNothing } from '../../releases/gates.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { shellWord } from '../../text/shell.ts';
import { gather } from '../result/gather.ts';
import type { Job } from './job.ts';

type Found = Pick<CiResult, 'code' | 'packets' | 'needed'>;

export function nextLines({ code, packets, needed }: Found, job: Job, { paths }: StoredRun): string[] {
  const { results, out } = job.options;
  const where = results === undefined ? '' : ` --results ${shellWord(results)}`;
  // The second job looks where the first one wrote: else it would write the packet once more elsewhere.
  const verdict = `gapcheck ci --verdict${out === undefined ? '' : ` -o ${shellWord(out)}`}${where}`;
  if (watchesNothing(job.lock.verdicts, job.gates)) return decideBaseline(job, where);
  const run = basename(paths.folder);
  if (packets.length > 0) {
    const scored = packets.map(({ file }) => `gapcheck score ${shellWord(file)}`);
    const votes = packets.map(({ file }) => shellWord(file.replace(/\.json$/, '.votes.jsonl'))).join(' ');
    return [...scored, `gapcheck merge ${run} ${votes}${where}`, verdict];
  }
  if (needed > 0) return [`gapcheck merge ${run} NAME.votes.jsonl${where}`, verdict];
  // With --accept it is the locked one by then.
  if (code !== exitCodes.done || job.options.accept) return [];
  return [`gapcheck ci --verdict --accept${where}   (makes this run the locked one)`];
}

/** The locked run's own votes first: while somebody has not finished they are sealed, afterwards there are too few. */
function decideBaseline({ baseline, context }: Job, where: string): string[] {
  const { folder } = baseline.paths;
  const isSealed = gather(folder, folder, context).input.pairs === 'sealed';
  const run = basename(folder);
  return [isSealed ? `gapcheck score ${run}${where}` : `gapcheck more ${run} 15${where}`, `gapcheck ci${where}`];
}

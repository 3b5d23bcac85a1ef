/** What a rater left out, as the ledger has it. */
import { isLeftOut, isSameChoice } from '../../blind/session/leave-out.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { leftOutNames } from '../../records/vote-lines.ts';
import type { VotesFile } from '../../store/votes-file.ts';
import { leftOutBy } from '../../voting/left-out.ts';
import type { Scoring } from './scoring.ts';

/** The line that says in the ledger what the votes file says, none where it does already. */
export function leftOutEvents(
  { rater, stored, kindOf }: Pick<Scoring, 'rater' | 'stored' | 'kindOf'>,
  { lines }: Pick<VotesFile, 'lines'>,
  sofar: readonly RunEvent[],
): Omit<Extract<RunEvent, { event: 'left-out' }>, 'at'>[] {
  // A file from elsewhere may name anything: only what this run has is taken.
  const kinds = stored.prompts.map(({ id }) => kindOf(id));
  const names = [...new Set(leftOutNames(lines))]
    .filter((name) => kinds.some((kind) => isLeftOut(kind, [name])))
    .sort();
  if (isSameChoice(leftOutBy(sofar).get(rater)?.names ?? [], names)) return [];
  const prompts = stored.prompts.map(({ id }) => id).filter((id) => isLeftOut(kindOf(id), names));
  return [{ event: 'left-out', rater, names, prompts }];
}

/** Prompts on which one side lost, worst first: unusable, then those with a note, then in voting order. */
import { oneLine } from '../text/shell.ts';
import type { ReportBallot } from './ballot-list.ts';
import type { PairReport, Report } from './model.ts';

export type Side = 'open' | 'closed';

export interface LostBallot {
  ballot: ReportBallot;
  lost: Side;
  unusable: boolean;
  /** Of those who voted against it. */
  note: string | null;
}

export function lostBallots({ ballots }: Report, pair: PairReport, lost: Side): LostBallot[] {
  const winner = lost === 'open' ? 'closed' : 'open';
  const found = ballots
    .filter((ballot) => ballot.pair === pair.name && ballot.votes.some(({ outcome }) => outcome === winner))
    .map((ballot) => ({
      ballot,
      lost,
      unusable: ballot.votes.some(({ redo }) => redo[lost]),
      note: ballot.votes.find(({ outcome, note }) => outcome === winner && note !== null)?.note ?? null,
    }));
  const rank = ({ unusable, note }: LostBallot): number => (unusable ? 0 : 2) + (note === null ? 1 : 0);
  return found.sort((one, other) => rank(one) - rank(other) || one.ballot.n - other.ballot.n);
}

/** "unusable: promises a refund"; empty where nothing was marked. */
export const whyLost = ({ unusable, note }: LostBallot): string =>
  [unusable ? 'unusable' : '', note === null ? '' : oneLine(note, 200)].filter((part) => part !== '').join(': ');

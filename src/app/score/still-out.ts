import type { RunEvent } from '../../records/run-events.ts';
import type { Trial } from '../../runs/trial.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import type { VotesFile } from '../../store/votes-file.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import { everythingSettled, hasVotes, type PacketOut, type RaterState } from '../../voting/seal-reasons.ts';
import { orderBallots } from './open-ballots.ts';
import { hasLeft } from './run-port.ts';
import { openScoring } from './scoring.ts';

interface Voting {
  stored: StoredRun;
  events: readonly RunEvent[];
  files: readonly VotesFile[];
  raters: readonly RaterState[];
  trials: Record<string, Map<string, Trial>>;
}

/** Planned raters of whom nothing is there yet; 0 where no ballot is left that could come to them. */
export function ratersToCome(voting: Voting, packets: readonly PacketOut[]): number {
  const known = new Set([...voting.raters.filter(hasVotes), ...packets].map(({ rater }) => rater));
  // A rater who finished has had a turn, even where no ballot was left to read.
  for (const event of voting.events) if (event.event === 'finished') known.add(event.rater);
  const absent = Math.max(0, voting.stored.run.settings.raters - known.size);
  // A name that no rater can have: what is open to anybody is open to it.
  return absent === 0 || ballotsFor('\n', voting) === 0 ? 0 : absent;
}

/** The most ballots that can come, here and now, to one of those who have voted. */
export function ballotsWaiting(voting: Voting): number {
  if (everythingSettled({ ...voting.stored, events: voting.events })) return 0;
  return Math.max(0, ...voting.raters.filter(hasVotes).map(({ rater }) => ballotsFor(rater, voting)));
}

/** The most ballots that can be shown, here and now, to one person: who has voted, or who was planned and has not begun. */
export function ballotsToShow(voting: Omit<Voting, 'raters'>): number {
  const begun = voting.files.filter(({ lines }) => castVotes(lines).length > 0).map(({ header }) => header.rater);
  // A name that no rater can have: what is open to anybody is open to it.
  const names = begun.length < voting.stored.run.settings.raters ? [...begun, '\n'] : begun;
  return Math.max(0, ...names.map((rater) => ballotsFor(rater, { ...voting, raters: [] })));
}

/** Ballots that can come to this rater and need somebody to read them. */
export function ballotsFor(rater: string, { stored, events, files, trials }: Voting): number {
  const scoring = openScoring(stored, rater, events, trials);
  const file = files.find(({ header }) => header.rater === rater);
  if (file && hasLeft(rater, file, stored.run, events)) return 0;
  const lines = file?.lines ?? [];
  return orderBallots(scoring, castVotes(lines), events).ballots.filter(
    (dealt) => dealt.copy === 1 && scoring.settledAs(dealt) === undefined,
  ).length;
}

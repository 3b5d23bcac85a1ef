/** Which ballots a rater can still get, and in which order. */
import { existsSync } from 'node:fs';
import type { RunEvent } from '../../records/run-events.ts';
import type { VoteLine } from '../../records/vote-lines.ts';
import type { VotesFile } from '../../store/votes-file.ts';
import { type BallotsToCome, ballotsToCome } from '../../verdicts/next-ballot.ts';
import { claims } from '../../voting/ballot-plan.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import { leftOutOf } from '../../voting/left-out.ts';
import { wasOpen } from '../../voting/openings.ts';
import type { Scoring } from './scoring.ts';

/** What this rater can still get, in the order it would come. */
export function openBallots(scoring: Scoring, votes: readonly VoteLine[], events: readonly RunEvent[]): DealtBallot[] {
  const { rater, overlap, share } = scoring;
  const done = new Set(votes.map(({ ballot }) => ballot));
  const firstCopies = votes.filter(({ ballot }) => scoring.byId.get(ballot)?.copy === 1).length;
  const held = claims(events);
  const unread = leftOutOf(rater, events);
  const votedBy = new Set(
    events.flatMap((event) => (event.event === 'entered' && event.rater !== rater ? [event.prompt] : [])),
  );
  const settled = new Set(
    events.flatMap((event) =>
      event.event === 'entered-identical' || event.event === 'carried' ? [`${event.prompt} ${event.pair}`] : [],
    ),
  );
  const open = scoring.dealt.filter(
    (dealt) =>
      dealt.copy === 1 &&
      !done.has(dealt.id) &&
      !unread.has(dealt.prompt) &&
      !settled.has(`${dealt.prompt} ${dealt.pair}`) &&
      scoring.answered(dealt),
  );
  const owner = ({ prompt }: DealtBallot): string | undefined => held.get(prompt)?.rater;
  const mine = open.filter((dealt) => overlap.has(dealt.prompt) || (owner(dealt) ?? rater) === rater);
  // Taken by somebody who left without voting on it: for whoever is here, once nothing else is left.
  const left = open.filter(
    (dealt) =>
      !mine.includes(dealt) &&
      !votedBy.has(dealt.prompt) &&
      held.get(dealt.prompt)?.packet !== true &&
      !isScoring(scoring, owner(dealt)),
  );
  const [first, others] = [
    mine.filter(({ prompt }) => overlap.has(prompt)),
    mine.filter(({ prompt }) => !overlap.has(prompt)),
  ];
  return [...first, ...others, ...left].slice(0, Math.max(0, share - firstCopies));
}

/** The order in which they may come: the frozen one, with hidden repeats where they fall. */
export function orderBallots(scoring: Scoring, votes: readonly VoteLine[], events: readonly RunEvent[]): BallotsToCome {
  const { byId, dealt, share } = scoring;
  const of = ({ ballot }: VoteLine): DealtBallot | [] => byId.get(ballot) ?? [];
  return ballotsToCome({
    open: openBallots(scoring, votes, events),
    voted: votes.flatMap(of),
    repeatable: new Set(votes.filter(({ choice }) => choice !== 'skip').map(({ ballot }) => ballot)),
    dealt,
    share,
    opened: wasOpen(events),
  });
}

const isScoring = ({ stored }: Scoring, rater: string | undefined): boolean =>
  rater !== undefined && existsSync(stored.paths.votesLock(rater));

/** Ballots that could come if nothing were left out. Empty once there is a vote: the choice is made by then. */
export function freshBallots(scoring: Scoring, { lines }: VotesFile, events: readonly RunEvent[]): DealtBallot[] {
  if (lines.some((line) => 'ballot' in line)) return [];
  return openBallots(
    scoring,
    [],
    events.filter((event) => event.event !== 'left-out' || event.rater !== scoring.rater),
  );
}

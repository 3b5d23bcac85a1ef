/** What a run's voting still waits for, beyond raters in the middle of a session. Knows the key; tells no side. */
import type { PromptId } from '../../records/ids.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { pairName } from '../../records/run-record.ts';
import type { PacketOut, RaterInput } from '../../report/report-input.ts';
import type { Trial } from '../../runs/trial.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import type { VotesFile } from '../../store/votes-file.ts';
import { castVotes, claims } from '../../verdicts/ballot-plan.ts';
import { questionsOf } from '../../voting/questions.ts';
import { orderBallots } from './run-port.ts';
import { openScoring } from './scoring.ts';

/** Packets that were given away and have not come back whole. */
export function packetsOut(events: readonly RunEvent[]): PacketOut[] {
  const voted = new Set(events.flatMap((event) => (event.event === 'entered' ? [event.prompt] : [])));
  const ballots = new Map<string, number>();
  for (const [prompt, { rater, packet }] of claims(events)) {
    if (packet && !voted.has(prompt) && !isBack(rater, events)) ballots.set(rater, (ballots.get(rater) ?? 0) + 1);
  }
  return [...ballots].map(([rater, prompts]) => ({ rater, prompts }));
}

/** The rater's votes came in, or they finished here, after the last packet that they were given. */
function isBack(rater: string, events: readonly RunEvent[]): boolean {
  const given = events.findLastIndex(
    (event) => event.event === 'claimed' && event.packet === true && event.rater === rater,
  );
  const back = events.findLastIndex(
    (event) => (event.event === 'merged' || event.event === 'finished') && event.rater === rater,
  );
  return back > given;
}

interface Voting {
  stored: StoredRun;
  events: readonly RunEvent[];
  files: readonly VotesFile[];
  raters: readonly RaterInput[];
  trials: Record<string, Map<string, Trial>>;
}

/** Planned raters of whom nothing is there yet; 0 where no ballot is left that could come to them. */
export function ratersToCome(voting: Voting, packets: readonly PacketOut[]): number {
  const known = new Set([...voting.raters.filter(hasVotes), ...packets].map(({ rater }) => rater));
  const absent = Math.max(0, voting.stored.run.settings.raters - known.size);
  // A name that no rater can have: what is open to anybody is open to it.
  return absent === 0 || ballotsFor('\n', voting) === 0 ? 0 : absent;
}

/** The most ballots that can come, here and now, to one of those who have voted. */
export function ballotsWaiting(voting: Voting): number {
  if (everythingSettled(voting)) return 0;
  return Math.max(0, ...voting.raters.filter(hasVotes).map(({ rater }) => ballotsFor(rater, voting)));
}

/** Somebody who opened a session and left without a vote holds nobody up. */
export const hasVotes = ({ votes, skipped }: RaterInput): boolean => votes + skipped > 0;

function ballotsFor(rater: string, { stored, events, files, trials }: Voting): number {
  const scoring = openScoring(stored, rater, events, trials);
  const lines = files.find(({ header }) => header.rater === rater)?.lines ?? [];
  return orderBallots(scoring, castVotes(lines), events).ballots.filter(
    (dealt) => dealt.copy === 1 && scoring.settledAs(dealt) === undefined,
  ).length;
}

/** Every ballot of the plan has a vote, or needs none: its answers are the same, or its vote was carried over. */
export function everythingSettled({ stored: { run, prompts }, events }: Pick<Voting, 'stored' | 'events'>): boolean {
  const settled = new Set<string>();
  const key = (prompt: PromptId, pair: string): string => `${prompt} ${pair}`;
  for (const event of events) {
    if (event.event === 'entered-identical' || event.event === 'carried') settled.add(key(event.prompt, event.pair));
    if (event.event === 'entered') for (const pair of run.pairs) settled.add(key(event.prompt, pairName(pair)));
  }
  return questionsOf(run, prompts, events).all.every(({ id }) =>
    run.pairs.every((pair) => settled.has(key(id, pairName(pair)))),
  );
}

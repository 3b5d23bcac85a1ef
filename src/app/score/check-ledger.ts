/** Votes against the ledger, both ways and also while sealed: a line taken out of either must not change a verdict. */
import { basename } from 'node:path';
import { exitCodes, GapcheckError } from '../../errors.ts';
import type { BallotId } from '../../records/ids.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { ChainedLine } from '../../records/vote-lines.ts';
import type { RunPaths } from '../../store/layout.ts';
import type { VotesFile } from '../../store/votes-file.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import { isDraw } from '../../voting/questions.ts';

type Dealt = ReadonlyMap<BallotId, Pick<DealtBallot, 'copy'>>;

/** Throws (exit 5) naming file and line. `dealt` is asked for only when somebody's votes are closed. */
export function checkLedger(
  paths: RunPaths,
  files: readonly VotesFile[],
  events: readonly RunEvent[],
  dealt: () => Dealt,
): void {
  const byRater = new Map(files.map((file) => [file.header.rater, file]));
  for (const [index, event] of events.entries()) {
    if (event.event !== 'entered') continue;
    const file = byRater.get(event.rater);
    if (!file || !takenBackInTime(file, event.n, events)) checkEntered(paths, file, event, index + 1);
  }
  for (const file of files) {
    const name = shortName(paths, file.header.rater);
    refuseLateVotes(name, file, events);
    const until = closedUntil(paths, file, events);
    if (until > 0) checkAllEntered(name, file.lines.slice(0, until), events, file.header.rater, dealt());
  }
}

/**
 * The last vote of a half-finished packet can still be taken back when it has been merged: its undo window is open
 * until the rater's next ballot. It is no evidence then, and its line in the ledger is passed over.
 */
export function takenBackInTime(
  { header, lines, hashes }: VotesFile,
  vote: number,
  events: readonly RunEvent[],
): boolean {
  const undone = lines.some((line) => 'undo' in line && line.undo === vote && line.n === vote + 1);
  const isMergeOf = (event: RunEvent): boolean =>
    event.event === 'merged' && event.rater === header.rater && event.lastHash === hashes[vote];
  return undone && events.some(isMergeOf);
}

const shortName = (paths: RunPaths, rater: string): string => `votes/${basename(paths.votes(rater))}`;

function checkEntered(
  paths: RunPaths,
  file: VotesFile | undefined,
  { rater, n, ballot }: RunEvent & { event: 'entered' },
  at: number,
): void {
  const name = shortName(paths, rater);
  if (!file) throw broken(`events.jsonl: entry ${at} is vote ${n} of ${rater}, but ${name} is missing.`);
  const standing = castVotes(file.lines).some((line) => line.n === n && line.ballot === ballot);
  if (!standing) throw broken(`${name}:${n + 1}: vote ${n} is in events.jsonl, but it does not stand in this file.`);
}

/** How many lines a `finished` or `merged` event of this rater closes. */
function closedUntil(paths: RunPaths, { header, hashes }: VotesFile, events: readonly RunEvent[]): number {
  const { rater } = header;
  const ends = events.flatMap((event) => {
    if ((event.event !== 'finished' && event.event !== 'merged') || event.rater !== rater) return [];
    const end = hashes.indexOf(event.lastHash);
    if (end !== -1) return [end];
    throw broken(
      `${shortName(paths, rater)}: it does not hold the votes that events.jsonl has as ${event.event} (fingerprint ${event.lastHash.slice(0, 16)}).`,
    );
  });
  return Math.max(0, ...ends);
}

function checkAllEntered(
  name: string,
  lines: readonly ChainedLine[],
  events: readonly RunEvent[],
  rater: string,
  dealt: Dealt,
): void {
  const entered = new Set(
    events.flatMap((event) => (event.event === 'entered' && event.rater === rater ? [event.n] : [])),
  );
  for (const { n, ballot, choice } of castVotes(lines)) {
    const copy = dealt.get(ballot)?.copy;
    if (copy === undefined) throw broken(`${name}:${n + 1}: vote ${n} is on a ballot that this run never dealt.`);
    if (copy === 1 && choice !== 'skip' && !entered.has(n))
      throw broken(`${name}:${n + 1}: vote ${n} has no "entered" line in events.jsonl.`);
  }
}

/** After a finish only guesses follow, unless a draw came between that finish and the votes after it. */
export function refuseLateVotes(name: string, { header, lines, hashes }: VotesFile, events: readonly RunEvent[]): void {
  let finish: number | undefined;
  for (const line of lines) {
    if ('finish' in line) finish = line.n;
    if (finish === undefined || !('ballot' in line || 'undo' in line)) continue;
    const ends = new Set(hashes.slice(finish, line.n));
    const closed = events.findIndex(
      (event) => event.event === 'finished' && event.rater === header.rater && ends.has(event.lastHash),
    );
    const draw = events.findLastIndex(isDraw);
    if (closed === -1 || draw < closed)
      throw broken(`${name}:${line.n + 1}: line ${line.n} changes the votes after "finish".`);
    finish = undefined;
  }
}

const broken = (message: string): GapcheckError =>
  new GapcheckError('ledger-broken', message, {
    exitCode: exitCodes.sealBroken,
    hint: 'put back events.jsonl and votes/ as the sessions left them; nothing here can repair them',
  });

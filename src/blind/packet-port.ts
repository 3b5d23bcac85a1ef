/**
 * A packet's ballots and a rater's votes file as a session's port, wherever both are kept: a folder or a browser.
 * No key there, so frozen order and no early stop.
 */

import { standingVotes } from '../records/standing-votes.ts';
import { type ChainedLine, leftOutNames, type UnchainedLine, type VoteLine } from '../records/vote-lines.ts';
import type { Ballot } from './ballot.ts';
import type { Packet } from './packet.ts';
import type { SessionLine, SessionPort } from './session/engine.ts';
import { isLeftOut, openingOf, type PromptKind, type PromptsToCome } from './session/leave-out.ts';
import { hasImage } from './shown-text.ts';

/** Ballots that the guess round shows again. */
export const mostGuesses = 20;

export interface PacketVotes {
  file: { readonly lines: readonly ChainedLine[]; readonly lastHash: string };
  /** Stored when it returns. A GapcheckError is shown to the rater, who can try again. */
  append(line: UnchainedLine): ChainedLine;
  /** Resolves when what was appended outlives a killed program; absent where `append` itself does that. */
  settled?(): Promise<void>;
}

export function createPacketPort(
  { ballots }: Pick<Packet, 'ballots'>,
  votes: PacketVotes,
  now: () => Date,
): SessionPort {
  const standing = (): VoteLine[] => [...standingVotes(votes.file.lines).values()];
  const skips = (): number => standing().filter(({ choice }) => choice === 'skip').length;
  const byId = new Map(ballots.map((ballot): [string, Ballot] => [ballot.id, ballot]));
  return {
    toCome: () => packetToCome(ballots, votes.file),
    async next() {
      const done = new Set<string>(standing().map(({ ballot }) => ballot));
      const left = isFinished(votes.file) ? [] : readBallots(ballots, votes.file).filter(({ id }) => !done.has(id));
      const [ballot] = left;
      const open = !isFinished(votes.file) && done.size > 0 && { open: true as const };
      if (!ballot) return { votes: done.size, skips: skips(), ...open };
      return { ballot, progress: { number: done.size + 1, atMost: left.length, voted: done.size } };
    },
    async append(line) {
      if (line.kind === 'finish' && isFinished(votes.file)) return { n: 0 };
      const { n } = votes.append({ ...lineBody(line), at: now().toISOString() });
      await votes.settled?.();
      return { n };
    },
    pace: () => paceOf(standing()),
    async guesses() {
      const asked = new Set(votes.file.lines.flatMap((line) => ('guess' in line ? [line.of] : [])));
      const drawn = standing()
        .filter(({ choice }) => choice !== 'skip')
        .sort((a, b) => (a.ballot < b.ballot ? -1 : 1))
        .slice(0, mostGuesses);
      return drawn.flatMap(({ n, ballot }) => {
        const shown = byId.get(ballot);
        return shown && !asked.has(n) ? [{ ballot: shown, of: n }] : [];
      });
    },
    close: async () => ({ votes: standing().length, skips: skips(), fingerprint: votes.file.lastHash }),
  };
}

/** Ballots of the packet without what its rater left out. */
export function readBallots(
  ballots: readonly Ballot[],
  { lines }: { readonly lines: readonly ChainedLine[] },
): readonly Ballot[] {
  const out = leftOutNames(lines);
  return out.length === 0 ? ballots : ballots.filter((ballot) => !isLeftOut(kindOf(ballot), out));
}

const kindOf = ({ prompt, language, shared }: Ballot): PromptKind => ({
  language,
  image: hasImage(prompt.messages),
  opening: openingOf(prompt.messages, shared),
});

/** None once there is a vote. A prompt that comes twice, or for two pairs, counts once. */
export function packetToCome(
  ballots: readonly Ballot[],
  { lines }: { readonly lines: readonly ChainedLine[] },
): PromptsToCome {
  const byPrompt = new Map(ballots.map((ballot) => [JSON.stringify(ballot.prompt), kindOf(ballot)]));
  const hasVoted = lines.some((line) => 'ballot' in line);
  return { prompts: hasVoted ? [] : [...byPrompt.values()], leftOut: leftOutNames(lines) };
}

/** Votes that the estimate of what is left rests on, ms. */
const pacedVotes = 12;

export const paceOf = (votes: readonly Pick<VoteLine, 'choice' | 'ms'>[]): number[] =>
  votes.flatMap(({ choice, ms }) => (choice === 'skip' || ms === null ? [] : [ms])).slice(-pacedVotes);

/** What a session says, as the votes file has it. */
export function lineBody(line: SessionLine) {
  if (line.kind === 'vote') return line.vote;
  if (line.kind === 'undo') return { undo: line.undo };
  if (line.kind === 'guess') return { guess: line.guess, of: line.of };
  if (line.kind === 'leave-out') return { leaveOut: [...line.names] };
  return { finish: true as const };
}

/** A finish line with no vote behind it. */
export function isFinished({ lines }: { readonly lines: readonly ChainedLine[] }): boolean {
  const last = lines.findLast((line) => !('guess' in line));
  return last !== undefined && 'finish' in last;
}

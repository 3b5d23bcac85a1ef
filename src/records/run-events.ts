/** A line of events.jsonl: what happened to a run, and when. */

import type { BallotId, PromptId } from './ids.ts';
import type { Side } from './vote-lines.ts';

/** A file that only grows: its first `bytes` bytes had this SHA-256, hex. */
export interface SealedFile {
  bytes: number;
  sha256: string;
}

/** A vote of an earlier run with its sides turned back into arms: that run was open when it was carried over. */
export interface CarriedVote {
  rater: string;
  n: number;
  ballot: BallotId;
  /** The side on which arm `a` was shown. */
  aSide: Side;
  outcome: 'a' | 'both-fine' | 'both-bad' | 'b';
  redo: { a: boolean; b: boolean };
  ms: number | null;
  note?: string;
  recognised?: { closed: Side; cause: string; right: boolean };
}

/** Most calls that may be in flight, by arm: what a process that is killed can leave without a record. */
export type CallsAtOnce = Record<string, number>;

export type RunEvent = {
  at: string;
} /** `runHash`: SHA-256, hex, of run.json's bytes; absent in runs of before it was kept. */ & (
  | { event: 'started'; gapcheck: string; node: string; runHash?: string; atOnce?: CallsAtOnce }
  | { event: 'resumed'; gapcheck: string; atOnce?: CallsAtOnce }
  | { event: 'arm-observed'; arm: string; model?: string; context?: number; fingerprint?: string; note?: string }
  /** `files`: attempts files by arm as they were then; absent in runs of before it was kept. */
  | { event: 'answered'; answers: number; missing: number; files?: Record<string, SealedFile> }
  /** `packet`: given away in a file, so it stays claimed although nobody is scoring. */
  | { event: 'claimed'; rater: string; prompt: PromptId; packet?: true }
  /** A vote became evidence: `n` of `rater`'s file. The order of these lines is the order of evidence. */
  | { event: 'entered'; rater: string; n: number; ballot: BallotId; prompt: PromptId }
  /** Equal records, or (`empty`) nothing to read on either side: nobody is asked, and preference counts it as a tie. */
  | { event: 'entered-identical'; prompt: PromptId; pair: string; empty?: true }
  /** Votes of run `from` that still hold: the prompt and both answers are what they were. */
  | { event: 'carried'; prompt: PromptId; pair: string; from: string; votes: CarriedVote[] }
  | { event: 'verdict'; pair: string; task: string | null; verdict: 'open-good-enough' | 'keep-closed'; units: number }
  /** `imported`: not from a packet, so nothing shows that they were cast blind. */
  | { event: 'merged'; rater: string; votes: number; lastHash: string; imported?: true }
  | { event: 'more'; prompts: PromptId[]; task?: string }
  | { event: 'finished'; rater: string; votes: number; lastHash: string }
  | { event: 'unblinded'; early: boolean; voted: number; planned: number }
);

/** Put in place of a line that a crash cut off; the reader skips line N aloud. */
export interface TornLine {
  torn: number;
}

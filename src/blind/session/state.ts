/** What a session knows, what happens to it, and what it asks for. Data only. */
import type { BallotId } from '../../records/ids.ts';
import type { Choice, Side, View } from '../../records/vote-lines.ts';
import type { Ballot } from '../ballot.ts';
import type { Choosing } from './leave-out.ts';

export type Phase =
  /** Asked for the next ballot. */
  | 'waiting'
  /** What this is about, before the first ballot of a run. */
  | 'start'
  /** What to leave out, before the first ballot. */
  | 'leave-out'
  | 'ballot'
  /** A line is on its way to the disk. */
  | 'saving'
  | 'prompt'
  | 'help'
  | 'paused'
  | 'skip'
  | 'reason'
  | 'note'
  | 'recognise'
  | 'cause'
  /** Everything is voted; the last vote can still be taken back. */
  | 'last'
  | 'locking'
  | 'guess-offer'
  | 'guess'
  /** The guesses are put off: nothing is shown. */
  | 'guess-paused'
  /** Something between two ballots failed: nothing is lost, and it can be tried again. */
  | 'stuck'
  | 'end';

export const panes = ['left', 'right', 'prompt'] as const;
export type Pane = (typeof panes)[number];

/** How the answers stand on the screen; `single` shows one at a time. */
export type PaneMode = 'beside' | 'stacked' | 'single';

export interface Progress {
  /** This ballot's number, from 1. */
  number: number;
  /** Ballots that can still come, this one included: never how many will. */
  atMost: number;
  /** Votes cast before this one. */
  voted: number;
}

interface Recognised {
  closed: Side;
  cause: string;
}

/** A vote as the rater gave it; whoever stores it adds number, time and chain. */
export interface VoteEntry {
  ballot: BallotId;
  choice: Choice;
  retry: Side[];
  view: View;
  recognised?: Recognised;
  reason?: string;
  note?: string;
  ms: number;
}

export interface GuessBallot {
  ballot: Ballot;
  /** Number of the vote that is asked about. */
  of: number;
}

interface Undoable {
  n: number;
  ballot: Ballot;
  progress: Progress;
  /** Negative time off the screen: what the vote took goes on counting. */
  kept: { note?: string | undefined; recognised?: Recognised | undefined; offScreenMs: number };
}

/** What is being written, and where to go back to when it cannot be. */
interface Pending {
  phase: Phase;
  vote?: VoteEntry;
  undo?: Undoable;
  guess?: true;
  leaveOut?: readonly string[];
}

/** Where the two texts differ: offsets into the text as shown, per side. */
export interface Difference {
  left: number;
  right: number;
}

/** `toCome` is there only before the first ballot, `leaveOut` while a choice is not saved. */
export interface SessionState extends Choosing {
  rater: string;
  /** Whoever draws this has no page of its own before the first ballot. */
  introduces: boolean;
  phase: Phase;
  /** Time of the last event, ms. */
  now: number;
  shownAt: number;
  offScreenMs: number;
  hiddenAt?: number | undefined;
  /** The keys are looked at before the first ballot, which their page goes back to. */
  helpAtStart?: true | undefined;
  lastVoteKeyAt: number;
  ballot?: Ballot | undefined;
  view: View;
  /** What the arrow keys move. */
  focus: 'both' | Side;
  /** First line shown, per pane. */
  top: Record<Pane, number>;
  /** Whether the end of each has been on the screen. */
  seen: Record<Pane, boolean>;
  /** Text offsets to bring into view at the next drawing. */
  anchor?: Difference | undefined;
  difference?: Difference | undefined;
  /** One answer at a time, at the full width. */
  fullWidth?: boolean;
  /** In place of the answers, what the agents did; `top` is where the answers stood. */
  steps?: { top: Record<Pane, number> } | undefined;
  shown?: { height: number; mode: PaneMode } | undefined;
  input: string;
  note?: string | undefined;
  recognised?: Recognised | undefined;
  recognisedSide?: Side | undefined;
  undoable?: Undoable | undefined;
  pending?: Pending | undefined;
  progress: Progress;
  /** What skips cost in this run, where the plan says it. */
  skipCost?: string | undefined;
  /** Reading times of the last votes, for the time left. */
  paceMs: readonly number[];
  /** The rater has been told that the votes come too fast. */
  isWarned?: true;
  guesses: readonly GuessBallot[];
  guessAt: number;
  /** Ballots that are done, and those of them that were skipped. */
  votes?: number;
  skips?: number;
  /** Prompts whose answers were identical, so that nobody had to read them. */
  identical?: number;
  /** More ballots will come another time: the votes are saved, and not final. */
  later?: boolean;
  fingerprint?: string;
  /** One short line for the rater; gone with the next key. */
  notice?: string | undefined;
  /** Why something could not be saved; nothing is lost, the same key tries again. */
  failure?: string | undefined;
  /** What `stuck` tries again. */
  retry?: Effect | undefined;
}

export interface PaneView {
  /** The top line really shown, after clamping. */
  top: number;
  /** Its last line was on the screen. */
  end: boolean;
}

/** Nothing is left to read. `open`: nobody has made these votes final. `later`: more will come, so nobody can. */
export interface NoMore {
  votes: number;
  skips?: number;
  identical?: number;
  open?: true;
  later?: true;
}

export type SessionEvent =
  | { type: 'ballot'; at: number; ballot: Ballot; progress: Progress }
  | ({ type: 'no-more'; at: number } & NoMore)
  /** The line is on the disk. */
  | { type: 'appended'; at: number; n: number }
  | { type: 'failed'; at: number; message: string; retry?: Effect }
  | { type: 'guesses'; at: number; guesses: readonly GuessBallot[] }
  | { type: 'closed'; at: number; votes: number; skips?: number; fingerprint: string }
  | { type: 'viewed'; mode: PaneMode; height: number; left?: PaneView; right?: PaneView; prompt?: PaneView }
  | { type: 'tick'; at: number }
  /** `key`: a character, or enter, escape, tab, space, backspace, up, down, left, right, pageup, pagedown, home, end, ctrl-c, field. `text`: what it types. */
  | { type: 'key'; at: number; key: string; text?: string };

export type Effect =
  | { type: 'next' }
  | { type: 'vote'; vote: VoteEntry }
  | { type: 'undo'; n: number }
  | { type: 'finish' }
  | { type: 'guesses' }
  | { type: 'leave-out'; names: readonly string[] }
  | { type: 'guess'; guess: Side | 'unknown'; of: number }
  /** All is said: write down that this rater has finished (`asked`: and was asked to guess), and show the end. */
  | { type: 'close'; asked?: true }
  | { type: 'quit'; why: 'saved' | 'interrupted' | 'done' };

export interface Step {
  state: SessionState;
  effects: Effect[];
}

/**
 * Carries out what the state machine asks for, through a port: one event after the other, so a vote is stored before
 * anything else happens. Terminal, plain text and browser each put their own keys and picture around it.
 */
import { exitCodes, GapcheckError } from '../../errors.ts';
import type { Side } from '../../records/vote-lines.ts';
import type { Ballot } from '../ballot.ts';
import type { PromptsToCome } from './leave-out.ts';
import { reduce, startSession } from './reduce.ts';
import type { Effect, GuessBallot, NoMore, Progress, SessionEvent, SessionState, VoteEntry } from './state.ts';

export type SessionLine =
  | { kind: 'vote'; vote: VoteEntry }
  | { kind: 'undo'; undo: number }
  | { kind: 'guess'; guess: Side | 'unknown'; of: number }
  /** English names of languages, or `images`; said before the first vote. */
  | { kind: 'leave-out'; names: readonly string[] }
  | { kind: 'finish' };

/** Where ballots come from and votes go to. */
export interface SessionPort {
  /**
   * The next ballot, or how many votes there are when none is left. A ballot whose vote was undone comes again.
   */
  next(): Promise<{ ballot: Ballot; progress: Progress } | NoMore>;
  /** Resolves when the line is on the disk. A GapcheckError is shown to the rater, who can try again. */
  append(line: SessionLine): Promise<{ n: number }>;
  /** Which prompts can come to this rater; none once a vote was cast. */
  toCome?(): PromptsToCome;
  /** What the rater's last votes took, ms: the time left is reckoned from it in every session. */
  pace?(): readonly number[];
  /** What skips cost in this run, by the rule that decides; empty where nobody can say. */
  skipCost?(): string;
  /** Ballots to show once more after the last vote is locked; empty for none. */
  guesses(): Promise<readonly GuessBallot[]>;
  /** Writes down that this rater has finished, and whether the session asked for guesses. */
  close(asked?: true): Promise<{ votes: number; skips?: number; fingerprint: string }>;
}

/** `terminated`: another process ended it, with SIGTERM. */
export type SessionEnd = 'saved' | 'interrupted' | 'terminated' | 'done';

export interface SessionEngine {
  state(): SessionState;
  /** Queues an event; resolves when it and what follows from it are done. Rejects when the port breaks. */
  dispatch(event: SessionEvent): Promise<void>;
  /** Applies what was on screen: no effects, no waiting. */
  viewed(event: Extract<SessionEvent, { type: 'viewed' }>): void;
  ended(): SessionEnd | undefined;
}

export function createSessionEngine(
  rater: string,
  port: SessionPort,
  now: () => number,
  options: { introduces?: boolean } = {},
): SessionEngine {
  const first = startSession(rater, now(), {
    ...options,
    paceMs: port.pace?.() ?? [],
    toCome: port.toCome?.(),
    skipCost: port.skipCost?.(),
  });
  let { state } = first;
  let end: SessionEnd | undefined;
  const perform = async (effects: readonly Effect[]): Promise<void> => {
    for (const effect of effects) {
      if (effect.type === 'quit') end ??= effect.why;
      else await apply(await carryOut(effect, port, now));
    }
  };
  const apply = async (event: SessionEvent): Promise<void> => {
    const next = reduce(state, event);
    state = next.state;
    await perform(next.effects);
  };
  let queue = perform(first.effects);
  return {
    state: () => state,
    ended: () => end,
    viewed: (event) => {
      state = reduce(state, event).state;
    },
    dispatch(event) {
      queue = queue.then(() => (end === undefined ? apply(event) : undefined));
      return queue;
    },
  };
}

type Wanted = Exclude<Effect, { type: 'quit' }>;

async function carryOut(effect: Wanted, port: SessionPort, now: () => number): Promise<SessionEvent> {
  if (effect.type !== 'next' && effect.type !== 'guesses' && effect.type !== 'close')
    return store(lineOf(effect), port, now);
  try {
    return await fetchFor(effect, port, now);
  } catch (error) {
    if (canTryAgain(error)) return { type: 'failed', at: now(), message: error.message, retry: effect };
    throw error;
  }
}

async function fetchFor(
  effect: Extract<Effect, { type: 'next' | 'guesses' | 'close' }>,
  port: SessionPort,
  now: () => number,
): Promise<SessionEvent> {
  if (effect.type === 'guesses') return { type: 'guesses', at: now(), guesses: await port.guesses() };
  if (effect.type === 'close') return { type: 'closed', at: now(), ...(await port.close(effect.asked)) };
  const next = await port.next();
  return 'ballot' in next ? { type: 'ballot', at: now(), ...next } : { type: 'no-more', at: now(), ...next };
}

/** A full disk, a busy lock: known, and the rater's to mend. A broken seal or a bug ends the session loudly. */
const canTryAgain = (error: unknown): error is GapcheckError =>
  error instanceof GapcheckError && error.exitCode === exitCodes.userCanFix;

function lineOf(effect: Extract<Effect, { type: 'vote' | 'undo' | 'guess' | 'leave-out' | 'finish' }>): SessionLine {
  if (effect.type === 'vote') return { kind: 'vote', vote: effect.vote };
  if (effect.type === 'undo') return { kind: 'undo', undo: effect.n };
  if (effect.type === 'guess') return { kind: 'guess', guess: effect.guess, of: effect.of };
  if (effect.type === 'leave-out') return { kind: 'leave-out', names: effect.names };
  return { kind: 'finish' };
}

async function store(line: SessionLine, port: SessionPort, now: () => number): Promise<SessionEvent> {
  try {
    const { n } = await port.append(line);
    return { type: 'appended', at: now(), n };
  } catch (error) {
    if (canTryAgain(error)) return { type: 'failed', at: now(), message: error.message };
    throw error;
  }
}

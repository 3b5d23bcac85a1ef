/**
 * Votes + key → evidence. The one place that takes votes and the deal together: one unit per prompt and pair, in the
 * order in which votes entered the run. Undone votes and hidden repeats never enter; a skip is no evidence.
 */

import { exitCodes, GapcheckError } from '../errors.ts';
import type { BallotId, PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import { type PairRecord, pairName, type RunRecord } from '../records/run-record.ts';
import { standingVotes } from '../records/standing-votes.ts';
import type { ChainedLine, Choice, Side, VoteLine } from '../records/vote-lines.ts';
import { orderOverall } from './overall-order.ts';
import { scoringFinishedAt } from './scoring-finished.ts';
import { validPrefix } from './valid-prefix.ts';
import type { EvidenceUnit, UnblindedVote } from './verdict.ts';

/** What the key says about a ballot. */
export interface DealtBallot {
  id: BallotId;
  prompt: PromptId;
  pair: string;
  rater: string;
  /** 1, or 2 for a hidden repeat. */
  copy: number;
  /** The side on which arm `a` of the pair is shown. */
  aSide: Side;
}

export interface EvidenceInput {
  run: RunRecord;
  /** The frozen prompts in their order, reserve included. */
  prompts: readonly PromptRecord[];
  /** Every rater's lines, after the store has verified the chain. */
  votes: ReadonlyMap<string, readonly ChainedLine[]>;
  events: readonly RunEvent[];
  ballots: ReadonlyMap<BallotId, DealtBallot>;
  /** Prompts that every rater gets; none when absent. */
  overlap?: ReadonlySet<PromptId>;
  /** Prompts that cannot be dealt, because an arm's answer is missing. */
  missing?: ReadonlySet<PromptId>;
}

export interface PairEvidence {
  pair: PairRecord;
  /** In order of entry: what each task's verdict reads. */
  units: EvidenceUnit[];
  /** The run's own sequence, all tasks together: what the overall verdict reads. */
  overall: EvidenceUnit[];
  /** Every unit with a vote that holds; more than `units` only where the prefix rule leaves some out. */
  valid: EvidenceUnit[];
  /** Units that count for their task, not yet overall: an earlier prompt is still to be voted on. */
  waiting: number;
  /** Prompts that somebody skipped and nobody voted on. */
  skipped: Set<PromptId>;
  /** Overlap prompts with votes, which enter as a mean when scoring is finished. */
  pending: Set<PromptId>;
}

/** Where a unit entered: the position of its line in the ledger. */
export interface PlacedUnit {
  at: number;
  unit: EvidenceUnit;
}

interface Entered {
  at: number;
  line: VoteLine;
  ballot: DealtBallot;
  seen?: UnblindedVote['seen'];
}

/**
 * Evidence of one pair, from the ledger's order. Throws GapcheckError (exit 5) when ledger, votes and key do not fit.
 */
export function collectEvidence(input: EvidenceInput, pair: PairRecord): PairEvidence {
  const name = pairName(pair);
  const closed = closedArmOf(input.run, pair);
  const prompts = new Map(input.prompts.map((prompt) => [prompt.id, prompt]));
  const entered = enteredVotes(input).filter(({ ballot }) => ballot.pair === name && ballot.copy === 1);
  const voted = entered.filter(({ line }) => line.choice !== 'skip');
  const inOverlap = ({ ballot }: Entered): boolean => input.overlap?.has(ballot.prompt) === true;
  const finishedAt = scoringFinishedAt(input.events, input.run.settings.raters);

  const placed = new Map<PromptId, PlacedUnit>();
  const placeUnit = (prompt: PromptId, at: number, votes: readonly UnblindedVote[], asked: Asked): void => {
    const record = prompts.get(prompt);
    if (!record || placed.has(prompt) || isOutside(record)) return;
    placed.set(prompt, { at, unit: unitOf(record, votes, asked) });
  };
  const place = (prompt: PromptId, at: number, votes: readonly Entered[]): void =>
    placeUnit(
      prompt,
      at,
      votes.map(({ line, ballot, seen }) => ({ ...unblind(line, ballot, closed), ...(seen && { seen }) })),
      'asked',
    );
  for (const [at, event] of input.events.entries()) {
    if (event.event === 'entered-identical' && event.pair === name)
      placeUnit(event.prompt, at, [], event.empty ? 'no-answer' : 'identical');
    if (event.event === 'carried' && event.pair === name) placeUnit(event.prompt, at, event.votes, 'asked');
  }
  for (const vote of voted) if (!inOverlap(vote)) place(vote.ballot.prompt, vote.at, [vote]);
  for (const [prompt, votes] of groupByPrompt(voted.filter(inOverlap))) {
    const inTime = votes.filter(({ at }) => finishedAt !== null && at <= finishedAt);
    if (finishedAt !== null && inTime.length > 0) place(prompt, finishedAt, inTime);
  }

  const skips = skippedPrompts(input, name);
  const rank = new Map(input.prompts.map((prompt, index) => [prompt.id, index]));
  const inOrder = [...placed.values()].sort((x, y) => x.at - y.at || rankOf(rank, x) - rankOf(rank, y));
  const touched = entered.map(({ at, ballot }) => ({ at, prompt: ballot.prompt }));
  const outside = input.prompts.filter(
    (prompt) => isOutside(prompt) || input.missing?.has(prompt.id) || input.overlap?.has(prompt.id),
  );
  const overall = orderOverall({
    rank,
    placed: inOrder,
    claims: claimsOf(input.events, touched),
    resolved: touched,
    nobodyWaitsFor: new Set(outside.map(({ id }) => id)),
    skippedAtLast: skips,
  });
  const valid = inOrder.map(({ unit }) => unit);
  const pending = new Set(voted.filter((vote) => inOverlap(vote) && !placed.has(vote.ballot.prompt)).map(promptOf));
  const read = input.run.baseline === undefined ? { units: valid, overall } : prefixes(input, valid, skips);
  return {
    pair,
    ...read,
    valid,
    waiting: valid.length - read.overall.length,
    skipped: new Set([...skips].filter((prompt) => !placed.has(prompt) && !pending.has(prompt))),
    pending,
  };
}

/**
 * A run that answers an earlier one's prompts again: statistics.md §8. Each task reads its own prefix of the frozen
 * order, overall the prefix of all; prompts that nobody can be asked about are no gap.
 */
function prefixes(
  { prompts, missing, run }: EvidenceInput,
  valid: readonly EvidenceUnit[],
  skips: ReadonlySet<PromptId>,
): Pick<PairEvidence, 'units' | 'overall'> {
  const units = new Map(valid.map((unit) => [unit.prompt, unit]));
  const order = prompts.filter(
    (prompt) => units.has(prompt.id) || !(isOutside(prompt) || missing?.has(prompt.id) || skips.has(prompt.id)),
  );
  const prefix = (within: readonly PromptRecord[]): EvidenceUnit[] => validPrefix(within, units, run.margin);
  const tasks = [...new Set(order.map(({ task }) => task))];
  const inTask = new Set(tasks.flatMap((task) => prefix(order.filter((prompt) => prompt.task === task))));
  const inFrozenOrder = order.flatMap(({ id }) => units.get(id) ?? []);
  return { units: inFrozenOrder.filter((unit) => inTask.has(unit)), overall: prefix(order) };
}

/** Which arm of the pair is the closed one. */
export function closedArmOf(run: RunRecord, { a, b }: PairRecord): 'a' | 'b' | null {
  const closed = new Set(run.arms.filter(({ role }) => role === 'closed').map(({ name }) => name));
  if (closed.has(b)) return 'b';
  return closed.has(a) ? 'a' : null;
}

const promptOf = ({ ballot }: Entered): PromptId => ballot.prompt;
const rankOf = (rank: ReadonlyMap<PromptId, number>, { unit }: PlacedUnit): number => rank.get(unit.prompt) ?? 0;

/** Questions about who the model is: decided from the text before any vote, and outside the result. */
const isOutside = (prompt: PromptRecord): boolean => prompt.flags?.includes('identity') === true;

/** Votes by their ledger lines, in ledger order, undone ones left out. */
function enteredVotes({ events, votes, ballots }: EvidenceInput): Entered[] {
  const lines = new Map<string, Map<number, VoteLine>>();
  for (const [rater, chain] of votes) lines.set(rater, standingVotes(chain));
  const entered: Entered[] = [];
  const seen = new Set<string>();
  for (const [at, event] of events.entries()) {
    if (event.event !== 'entered') continue;
    const key = `${event.rater}#${event.n}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const ballot = ballots.get(event.ballot);
    if (!ballot || ballot.prompt !== event.prompt)
      throw broken(`events.jsonl: the key deals no ballot ${event.ballot}.`);
    const line = lines.get(event.rater)?.get(event.n);
    if (!line) {
      if (wasUndone(votes.get(event.rater), event.n)) continue;
      throw broken(`votes/${event.rater}.jsonl: vote ${event.n} is in the run's ledger, but not in this file.`);
    }
    if (line.ballot !== event.ballot || ballot.rater !== event.rater) {
      throw broken(`votes/${event.rater}.jsonl: vote ${event.n} is not on the ballot that entered the ledger.`);
    }
    entered.push({ at, line, ballot, ...(event.seen && { seen: event.seen }) });
  }
  return entered;
}

const wasUndone = (chain: readonly ChainedLine[] | undefined, n: number): boolean =>
  chain?.some((line) => 'undo' in line && line.undo === n) === true;

const broken = (message: string): GapcheckError =>
  new GapcheckError('ledger-broken', message, {
    exitCode: exitCodes.sealBroken,
    hint: 'put back events.jsonl, key.json and votes/ as the sessions left them; nothing here can repair them',
  });

function groupByPrompt(votes: readonly Entered[]): Map<PromptId, Entered[]> {
  const groups = new Map<PromptId, Entered[]>();
  for (const vote of votes) groups.set(vote.ballot.prompt, [...(groups.get(vote.ballot.prompt) ?? []), vote]);
  return groups;
}

function skippedPrompts({ votes, ballots }: EvidenceInput, pair: string): Set<PromptId> {
  const skipped = new Set<PromptId>();
  for (const chain of votes.values()) {
    for (const line of standingVotes(chain).values()) {
      const ballot = ballots.get(line.ballot);
      if (line.choice === 'skip' && ballot?.pair === pair && ballot.copy === 1) skipped.add(ballot.prompt);
    }
  }
  return skipped;
}

/** When each prompt was first dealt: its claim, or the first vote on it. */
function claimsOf(
  events: readonly RunEvent[],
  touched: readonly { at: number; prompt: PromptId }[],
): Map<PromptId, number> {
  const claims = new Map<PromptId, number>();
  const note = (prompt: PromptId, at: number): void => {
    claims.set(prompt, Math.min(at, claims.get(prompt) ?? at));
  };
  for (const [at, event] of events.entries()) {
    if (event.event === 'claimed' || event.event === 'entered-identical') note(event.prompt, at);
  }
  for (const { prompt, at } of touched) note(prompt, at);
  return claims;
}

/** Skips never come here: they are no evidence. */
function outcomeOf(choice: Choice, aSide: Side): UnblindedVote['outcome'] {
  if (choice === 'left' || choice === 'right') return choice === aSide ? 'a' : 'b';
  return choice === 'both-bad' ? 'both-bad' : 'both-fine';
}

/** A vote with its sides turned back into arms. */
export function unblind(line: VoteLine, ballot: DealtBallot, closed: 'a' | 'b' | null): UnblindedVote {
  const { aSide } = ballot;
  const bSide: Side = aSide === 'left' ? 'right' : 'left';
  const closedSide = closed === null ? null : closed === 'a' ? aSide : bSide;
  const vote: UnblindedVote = {
    rater: ballot.rater,
    n: line.n,
    ballot: line.ballot,
    aSide,
    outcome: outcomeOf(line.choice, aSide),
    redo: { a: line.retry.includes(aSide), b: line.retry.includes(bSide) },
    ms: line.ms,
  };
  if (line.note !== undefined) vote.note = line.note;
  if (line.recognised && closedSide) {
    vote.recognised = { ...line.recognised, right: line.recognised.closed === closedSide };
  }
  return vote;
}

const scoreOf = { a: 1, 'both-fine': 0, 'both-bad': 0, b: -1 } as const;

/** Whether a rater was asked, or why not. */
type Asked = 'asked' | 'identical' | 'no-answer';

/** What nobody read is a tie in preference, and says nothing on whether the answers are fine or must be redone. */
function unitOf(prompt: PromptRecord, votes: readonly UnblindedVote[], asked: Asked): EvidenceUnit {
  const share = (test: (vote: UnblindedVote) => boolean): number =>
    votes.length === 0 ? 0 : votes.filter(test).length / votes.length;
  const shares = {
    a: share(({ outcome }) => outcome === 'a'),
    bothFine: share(({ outcome }) => outcome === 'both-fine'),
    bothBad: share(({ outcome }) => outcome === 'both-bad'),
    b: share(({ outcome }) => outcome === 'b'),
  };
  const redo = { a: share((vote) => vote.redo.a), b: share((vote) => vote.redo.b) };
  const sum = votes.reduce((total, vote) => total + scoreOf[vote.outcome], 0);
  const redoSum = votes.reduce((total, vote) => total + Number(vote.redo.b) - Number(vote.redo.a), 0);
  return {
    prompt: prompt.id,
    task: prompt.task,
    difficulty: prompt.difficulty,
    weight: prompt.weight,
    score: votes.length === 0 ? 0 : sum / votes.length,
    retryScore: votes.length === 0 ? 0 : redoSum / votes.length,
    shares,
    redo,
    identical: asked === 'identical',
    noAnswer: asked === 'no-answer',
    votes: [...votes],
  };
}

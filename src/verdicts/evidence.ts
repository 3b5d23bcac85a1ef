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
import type { DealtBallot } from '../voting/ballots.ts';
import { returnedPrompts } from '../voting/left-out.ts';
import { batchAt } from '../voting/openings.ts';
import { isOutside, questionsOf } from '../voting/questions.ts';
import { batchOrder, type KeyedDraw } from './batch-order.ts';
import type { EvidenceUnit, UnblindedVote } from './verdict-shapes.ts';

export interface EvidenceInput {
  run: RunRecord;
  /** The frozen prompts in their order, reserve included. */
  prompts: readonly PromptRecord[];
  /** Every rater's lines, after the store has verified the chain. */
  votes: ReadonlyMap<string, readonly ChainedLine[]>;
  events: readonly RunEvent[];
  ballots: ReadonlyMap<BallotId, DealtBallot>;
  /** Lower-case hex of a keyed hash of these words and the run's id: fixed before the first vote, known to nobody. */
  draw: KeyedDraw;
  /** Prompts that cannot be dealt, because an arm's answer is missing. */
  missing?: ReadonlySet<PromptId>;
  /** Of those, prompts that one arm of the pair alone can never answer, by its own limits. */
  unasked?: ReadonlyMap<PromptId, 'a' | 'b'>;
}

export interface PairEvidence {
  pair: PairRecord;
  /** Units by batch: what entered before a result could first be seen, then between openings; each in keyed order. */
  batches: EvidenceUnit[][];
  /** The same in the frozen order of their prompts, for people to read. */
  units: EvidenceUnit[];
  /** Prompts that somebody skipped and nobody voted on. */
  skipped: Set<PromptId>;
  /** Of a run that answers an earlier one's prompts again: planned prompts without a vote that holds. */
  toGo: Set<PromptId>;
}

interface Entered {
  at: number;
  line: VoteLine;
  ballot: DealtBallot;
  seen?: UnblindedVote['seen'];
}

/**
 * Evidence of one pair: one unit per prompt, in the batch in which its first vote entered. Throws GapcheckError (exit 5)
 * when ledger, votes and key do not fit.
 */
export function collectEvidence(input: EvidenceInput, pair: PairRecord): PairEvidence {
  const name = pairName(pair);
  const entered = enteredVotes(input).filter(({ ballot }) => ballot.pair === name && ballot.copy === 1);
  const units = placeUnits(input, pair, entered);
  const skips = skippedPrompts(input, name);
  const skipped = new Set([...skips].filter((prompt) => !units.has(prompt)));
  const toGo = input.run.baseline === undefined ? new Set<PromptId>() : stillToGo(input, units, skipped);
  const batches = batchesOf(input, [...units.values()]);
  return { pair, batches, units: inFrozenOrder(input.prompts, batches.flat()), skipped, toGo };
}

function inFrozenOrder(prompts: readonly PromptRecord[], units: readonly EvidenceUnit[]): EvidenceUnit[] {
  const rank = new Map(prompts.map(({ id }, index) => [id, index]));
  return [...units].sort((x, y) => (rank.get(x.prompt) ?? 0) - (rank.get(y.prompt) ?? 0));
}

interface Placed {
  unit: EvidenceUnit;
  batch: number;
}

/** The earliest batch makes the unit, and nothing later moves it: equal records, carried votes, or its votes. */
function placeUnits(input: EvidenceInput, pair: PairRecord, entered: readonly Entered[]): Map<PromptId, Placed> {
  const name = pairName(pair);
  const closed = closedArmOf(input.run, pair);
  const prompts = new Map(input.prompts.map((prompt) => [prompt.id, prompt]));
  const inBatch = batchAt(input.events);
  const candidates: { prompt: PromptId; at: number; votes: UnitVotes }[] = [];
  const place = (prompt: PromptId, at: number, votes: UnitVotes): void => void candidates.push({ prompt, at, votes });
  for (const [at, event] of input.events.entries()) {
    if (event.event === 'entered-identical' && event.pair === name)
      place(event.prompt, at, { ...nobody, asked: event.empty ? 'no-answer' : 'identical' });
    if (event.event === 'carried' && event.pair === name)
      place(event.prompt, at, { asked: 'asked', votes: event.votes, deciding: event.votes });
  }
  const imported = importedRaters(input.events);
  for (const [prompt, votes] of groupByPrompt(entered.filter(({ line }) => line.choice !== 'skip'))) {
    const first = Math.min(...votes.map(({ at }) => inBatch(at)));
    const inTime = votes.filter(({ at }) => inBatch(at) === first);
    const deciding = decidingVotes(inTime, imported, input, prompt);
    const unblinded = (some: readonly Entered[]) =>
      some.map(({ line, ballot, seen }) => ({ ...unblind(line, ballot, closed), ...(seen && { seen }) }));
    place(prompt, inTime[0]?.at ?? 0, { asked: 'asked', votes: unblinded(inTime), deciding: unblinded(deciding) });
  }
  const placed = new Map<PromptId, Placed>();
  // Stable: within a batch, what the records settle comes first, whoever entered before.
  for (const { prompt, at, votes } of candidates.sort((x, y) => inBatch(x.at) - inBatch(y.at))) {
    const record = prompts.get(prompt);
    if (!record || placed.has(prompt) || isOutside(record)) continue;
    placed.set(prompt, { batch: inBatch(at), unit: unitOf(record, votes) });
  }
  return placed;
}

const importedRaters = (events: readonly RunEvent[]): Set<string> =>
  new Set(events.flatMap((event) => (event.event === 'merged' && event.imported === true ? [event.rater] : [])));

/**
 * Of several votes on a prompt one is the unit, drawn by a keyed hash and so fixed before anybody voted. Several judges
 * of imported votes decide by majority: nothing was planned there.
 */
function decidingVotes(
  votes: readonly Entered[],
  imported: ReadonlySet<string>,
  { draw }: EvidenceInput,
  prompt: PromptId,
): readonly Entered[] {
  if (votes.length < 2 || votes.every(({ ballot }) => imported.has(ballot.rater))) return votes;
  const keyed = votes.map((vote) => ({ vote, key: draw(['unit', prompt, vote.ballot.rater]) }));
  return keyed
    .sort((x, y) => (x.key < y.key ? -1 : 1))
    .slice(0, 1)
    .map(({ vote }) => vote);
}

function batchesOf({ run, prompts, events, draw }: EvidenceInput, placed: readonly Placed[]): EvidenceUnit[][] {
  const planned = new Set(questionsOf(run, prompts, events).plan.map(({ id }) => id));
  const count = placed.reduce((most, { batch }) => Math.max(most, batch + 1), 1);
  // Votes that hold and new ones together are the planned look of a run that answers an earlier one's prompts again.
  const of = ({ unit, batch }: Placed): number => (run.baseline !== undefined && planned.has(unit.prompt) ? 0 : batch);
  return Array.from({ length: count }, (_, number) => {
    const units = new Map(placed.filter((each) => of(each) === number).map(({ unit }) => [unit.prompt, unit]));
    return batchOrder([...units.keys()], number, draw).flatMap((id) => units.get(id) ?? []);
  });
}

/** Prompts of the plan that somebody could be asked about and that have no vote that holds; none that came back unread. */
function stillToGo(
  { run, prompts, events, missing }: EvidenceInput,
  units: ReadonlyMap<PromptId, Placed>,
  skipped: ReadonlySet<PromptId>,
): Set<PromptId> {
  const returned = returnedPrompts(run, events);
  const isSettled = ({ id }: PromptRecord): boolean =>
    units.has(id) || missing?.has(id) === true || skipped.has(id) || returned.has(id);
  const open = questionsOf(run, prompts, events).plan.filter((prompt) => !isSettled(prompt) && !isOutside(prompt));
  return new Set(open.map(({ id }) => id));
}

/** Which arm of the pair is the closed one. */
export function closedArmOf(run: RunRecord, { a, b }: PairRecord): 'a' | 'b' | null {
  const closed = new Set(run.arms.filter(({ role }) => role === 'closed').map(({ name }) => name));
  if (closed.has(b)) return 'b';
  return closed.has(a) ? 'a' : null;
}

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

/** Whether a rater was asked, or why not. */
type Asked = 'asked' | 'identical' | 'no-answer';

interface UnitVotes {
  asked: Asked;
  /** All votes on the prompt, and those of them that are the evidence. */
  votes: readonly UnblindedVote[];
  deciding: readonly UnblindedVote[];
}

const nobody = { votes: [], deciding: [] } satisfies Omit<UnitVotes, 'asked'>;

/** What nobody read is a tie in preference, and says nothing on whether the answers are fine or must be redone. */
function unitOf(prompt: PromptRecord, { asked, votes, deciding }: UnitVotes): EvidenceUnit {
  const score = majority(deciding, ({ outcome }) => Number(outcome === 'a') - Number(outcome === 'b'));
  const count = (test: (vote: UnblindedVote) => boolean): number => deciding.filter(test).length;
  const isBad = 2 * count(({ outcome }) => outcome === 'both-bad') > deciding.length;
  const isAsked = deciding.length > 0;
  return {
    prompt: prompt.id,
    task: prompt.task,
    difficulty: prompt.difficulty,
    weight: prompt.weight,
    score,
    retryScore: majority(deciding, ({ redo }) => Number(redo.b) - Number(redo.a)),
    shares: {
      a: Number(score > 0),
      bothFine: Number(isAsked && score === 0 && !isBad),
      bothBad: Number(isAsked && score === 0 && isBad),
      b: Number(score < 0),
    },
    redo: {
      a: Number(2 * count(({ redo }) => redo.a) > deciding.length),
      b: Number(2 * count(({ redo }) => redo.b) > deciding.length),
    },
    identical: asked === 'identical',
    noAnswer: asked === 'no-answer',
    votes: [...votes],
    deciding: [...deciding],
  };
}

/** +1, 0 or -1. */
const majority = (votes: readonly UnblindedVote[], value: (vote: UnblindedVote) => number): number =>
  Math.sign(votes.reduce((sum, vote) => sum + value(vote), 0));

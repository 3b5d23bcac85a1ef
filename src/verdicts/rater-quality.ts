/** Can these votes be trusted? Everything about raters and blinding that a report shows, for one pair. */
import type { PromptId } from '../records/ids.ts';
import type { PairRecord } from '../records/run-record.ts';
import type { AdjustedBlinding } from '../stats/adjusted-blinding-index.ts';
import type { LengthOf } from '../voting/ballots.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { closedArmOf, type EvidenceInput } from './evidence.ts';
import { type LengthHabit, lengthHabit } from './length-habit.ts';
import {
  type PositionHabit,
  positionHabit,
  type RatedBallot,
  ratedBallots,
  type SelfConsistency,
  selfConsistency,
} from './rater-habits.ts';
import { type Recognition, recognition, recognitionOn } from './recognition.ts';
import type { EvidenceUnit, UnblindedVote } from './verdict-shapes.ts';

export interface RaterRow {
  rater: string;
  /** Standing votes without skips and hidden repeats. */
  votes: number;
  position: PositionHabit;
  /** Null: too few ballots for hidden repeats, "consistency not measured". */
  consistency: SelfConsistency | null;
  /** Votes with a known time, on ballots with something to read on both sides. */
  timed: number;
  /** Median milliseconds of those. */
  medianMs: number | null;
}

/** Names of one arm's answers, as raters saw them. */
export interface ArmMasks {
  /** Replacements that masking made: names and cut-off dates that would have told. */
  count: number;
  /** Names of the run's models and their makers that still stand on the screen and in no prompt. */
  left: number;
  /** Which names those are. */
  names: string[];
  /** Prompts whose ballots show one. */
  prompts: string[];
}

export interface RaterQuality {
  raters: RaterRow[];
  /** Of raters whose votes an earlier run gave to this one, and who have none here; absent without any. */
  carried?: Pick<RaterRow, 'rater' | 'position'>[];
  /** All raters together. */
  position: PositionHabit;
  consistency: SelfConsistency | null;
  agreement: Agreement | null;
  /** Null for a pair without a closed arm. */
  recognition: Recognition | null;
  /** Of the votes alone that came after a result had been open; absent where none did or no rater was asked about them. */
  laterRecognition?: AdjustedBlinding;
  length: LengthHabit;
  /** By arm. */
  masks: Record<string, ArmMasks>;
}

export interface RaterQualityInput extends Pick<EvidenceInput, 'run' | 'votes' | 'ballots'> {
  pair: PairRecord;
  evidence: readonly EvidenceUnit[];
  lengthOf: LengthOf;
  /** Prompts whose votes came after a result had been open. */
  later?: ReadonlySet<PromptId>;
  masks: Record<string, ArmMasks>;
}

export function raterQuality(input: RaterQualityInput): RaterQuality {
  const { votes, ballots, evidence, pair } = input;
  const byRater = new Map([...votes].map(([rater, chain]) => [rater, ratedBallots(chain, ballots)]));
  const carried = carriedByRater(evidence, ballots);
  const others = [...carried].filter(([rater]) => !byRater.has(rater));
  const everybody = [...byRater.values()].flat();
  const closed = closedArmOf(input.run, pair);
  const later =
    closed && input.later && input.later.size > 0
      ? recognitionOn({ votes, ballots, pair, closed }, input.later)
      : undefined;
  return {
    raters: [...byRater].map(([rater, rated]) => raterRow(rater, rated, carried.get(rater) ?? [], input.lengthOf)),
    ...(others.length > 0 && {
      carried: others.map(([rater, votes]) => ({ rater, position: positionHabit([], votes) })),
    }),
    position: positionHabit(everybody, [...carried.values()].flat()),
    consistency: selfConsistency(everybody),
    agreement: agreementOf(byRater),
    recognition: closed && recognition({ votes, ballots, pair, closed, evidence }),
    ...(later && later.asked > 0 && { laterRecognition: later }),
    length: lengthHabit(evidence, input.lengthOf),
    masks: input.masks,
  };
}

/** Votes on ballots that this run did not deal. */
function carriedByRater(evidence: readonly EvidenceUnit[], ballots: RaterQualityInput['ballots']) {
  const byRater = new Map<string, UnblindedVote[]>();
  for (const vote of evidence.flatMap(({ votes }) => votes)) {
    if (!ballots.has(vote.ballot)) byRater.set(vote.rater, [...(byRater.get(vote.rater) ?? []), vote]);
  }
  return byRater;
}

function raterRow(
  rater: string,
  rated: readonly RatedBallot[],
  carried: readonly UnblindedVote[],
  lengthOf: LengthOf,
): RaterRow {
  const first = rated.filter(({ ballot }) => ballot.copy === 1);
  // A ballot with "No usable answer." on a side is voted on at a glance, and rightly so.
  const read = first.filter(({ ballot }) => lengthOf(ballot.prompt, 'a') && lengthOf(ballot.prompt, 'b'));
  const times = read.flatMap(({ line }) => line.ms ?? []).sort((x, y) => x - y);
  return {
    rater,
    votes: first.length,
    position: positionHabit(rated, carried),
    consistency: selfConsistency(rated),
    timed: times.length,
    medianMs: times[Math.floor(times.length / 2)] ?? null,
  };
}

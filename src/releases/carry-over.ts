/**
 * Which votes of the baseline still hold: those on prompts whose text and whose two answers are what they were. Once
 * every planned prompt has a vote that holds they are one planned look (statistics.md, section 7): verdicts/evidence.ts.
 * There is no earlier look at the prompts that have votes so far: docs/ci.md says why.
 */
import type { RawAnswer } from '../blind/mask.ts';
import type { Hashing, PromptId } from '../records/ids.ts';
import { canonicalJson } from '../records/plain-json.ts';
import type { RunEvent } from '../records/run-events.ts';
import { type PairRecord, pairName } from '../records/run-record.ts';
import type { Trial } from '../runs/trial.ts';
import type { EvidenceUnit } from '../verdicts/verdict-shapes.ts';
import { answerOf } from '../voting/ballots.ts';

/** SHA-256 of the recorded answer, whatever a check says of it; null while it is missing. One hash for all that have none. */
export function answerHash(trial: Trial | undefined, hashing: Hashing): string | null {
  if (trial === undefined || trial.state === 'missing') return null;
  const answer: RawAnswer | undefined = answerOf(trial);
  return hashing.sha256(canonicalJson(answer ?? 'no usable answer'));
}

/** Hash of an arm's answer to a prompt in trial 1. */
export type AnswerHashes = (arm: string, prompt: PromptId) => string | null;

export interface CarryOverInput {
  pair: PairRecord;
  /** Id of the baseline run. */
  from: string;
  /** Every unit of the baseline with votes that hold there. */
  units: readonly EvidenceUnit[];
  /** Prompts on which its votes came when its result had been open. */
  afterOpen?: ReadonlySet<PromptId>;
  before: AnswerHashes;
  now: AnswerHashes;
}

export type CarriedEvent = Omit<Extract<RunEvent, { event: 'carried' }>, 'at'>;

/** Both answers as they were, and both there. */
export const isUnchanged = (
  { before, now, pair }: Pick<CarryOverInput, 'before' | 'now' | 'pair'>,
  prompt: PromptId,
): boolean =>
  [pair.a, pair.b].every((arm) => {
    const hash = now(arm, prompt);
    return hash !== null && hash === before(arm, prompt);
  });

/** One event per unit whose votes hold. Identical answers have no votes: they are told apart again in the new run. */
export function carriedEvents(input: CarryOverInput): CarriedEvent[] {
  return input.units
    .filter((unit) => !unit.identical && unit.votes.length > 0 && isUnchanged(input, unit.prompt))
    .map(({ prompt, deciding }) => ({
      event: 'carried',
      prompt,
      pair: pairName(input.pair),
      from: input.from,
      votes: deciding.map((vote) => (input.afterOpen?.has(prompt) ? { ...vote, afterOpen: true as const } : vote)),
    }));
}

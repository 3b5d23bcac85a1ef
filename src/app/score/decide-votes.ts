/** Votes + key → verdicts, on a run folder's files. */
import type { BallotId, PromptId } from '../../records/ids.ts';
import { faultOf } from '../../records/outcomes.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { pairName, type RunRecord } from '../../records/run-record.ts';
import { type Trial, trialKey } from '../../runs/trial.ts';
import { hashing } from '../../store/hashing.ts';
import { readKey, type StoredRun } from '../../store/run-folder.ts';
import type { VotesFile } from '../../store/votes-file.ts';
import { keyedDraw } from '../../verdicts/batch-order.ts';
import { decideRun } from '../../verdicts/decide.ts';
import type { EvidenceInput } from '../../verdicts/evidence.ts';
import { type NotBlind, notBlind } from '../../verdicts/not-blind.ts';
import { type BestOf, bestOpenArm } from '../../verdicts/ranking.ts';
import { type RaterQuality, raterQuality } from '../../verdicts/rater-quality.ts';
import type { PairVerdicts } from '../../verdicts/verdict-shapes.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import { answerLengths, ballotsOf } from '../../voting/ballots.ts';
import { promptsAfterOpening } from '../../voting/openings.ts';
import { questionsOf } from '../../voting/questions.ts';
import { maskCounts } from './scoring.ts';

export interface VotesAtHand {
  stored: StoredRun;
  events: readonly RunEvent[];
  files: readonly VotesFile[];
  trials: Record<string, Map<string, Trial>>;
}

interface Decided {
  pairs: PairVerdicts[];
  quality: Record<string, RaterQuality>;
  bestOf: BestOf | null;
  /** By pair name; only where a vote was not blind. */
  notBlind: Record<string, NotBlind>;
}

/** The same, how far the votes can be trusted, and which of several open arms may be picked. */
export function decideVotes(at: VotesAtHand): Decided {
  const { stored, events, trials } = at;
  const { run, prompts } = stored;
  const input = evidenceInput(at);
  const pairs = decideRun(input);
  const { all } = questionsOf(run, prompts, events);
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const masks = maskCounts(run, all, trials);
  const quality = pairs.map(({ pair, evidence }): [string, RaterQuality] => [
    pairName(pair),
    raterQuality({
      ...input,
      pair,
      evidence,
      later: promptsAfterOpening(events),
      masks,
      lengthOf: answerLengths(run, byId, trials, pair),
    }),
  ]);
  const known = pairs.flatMap((pair): [string, NotBlind][] => {
    const found = notBlind(input, pair);
    return found ? [[pairName(pair.pair), found]] : [];
  });
  return {
    pairs,
    quality: Object.fromEntries(quality),
    bestOf: bestOpenArm(input),
    notBlind: Object.fromEntries(known),
  };
}

export function evidenceInput({ stored, events, files, trials }: VotesAtHand): EvidenceInput {
  const { run, prompts } = stored;
  const seed = readKey(stored);
  const { plan, draws, all: asked } = questionsOf(run, prompts, events);
  const ballots = new Map<BallotId, DealtBallot>();
  for (const { header } of files) {
    for (const ballot of ballotsOf(run, seed, header.rater, { plan, draws }, hashing)) ballots.set(ballot.id, ballot);
  }
  const stateOf = (arm: string, prompt: PromptId) => trials[arm]?.get(trialKey(prompt, 1))?.state ?? 'missing';
  const missing = asked.filter(({ id }) =>
    run.pairs.some(({ a, b }) => [a, b].some((arm) => stateOf(arm, id) === 'missing')),
  );
  return {
    run,
    prompts,
    votes: new Map(files.map(({ header, lines }) => [header.rater, lines])),
    events,
    ballots,
    draw: keyedDraw(run.id, seed, hashing),
    missing: new Set(missing.map(({ id }) => id)),
    unasked: unaskedBy(run, missing, trials),
  };
}

/** Prompts that one arm of the first deciding pair alone can never answer, because of its own limits (window, tools). */
function unaskedBy(
  { pairs }: RunRecord,
  missing: readonly PromptRecord[],
  trials: VotesAtHand['trials'],
): Map<PromptId, 'a' | 'b'> {
  const unasked = new Map<PromptId, 'a' | 'b'>();
  const pair = pairs.find(({ decides }) => decides);
  if (!pair) return unasked;
  for (const { id } of missing) {
    const [a, b] = [pair.a, pair.b].map((arm) => trials[arm]?.get(trialKey(id, 1)));
    const [lostA, lostB] = [a, b].map((trial) => trial === undefined || trial.state === 'missing');
    if (lostA && !lostB && isOwnLimit(a)) unasked.set(id, 'a');
    if (lostB && !lostA && isOwnLimit(b)) unasked.set(id, 'b');
  }
  return unasked;
}

function isOwnLimit(trial: Trial | undefined): boolean {
  const last = trial?.attempts.at(-1)?.steps.at(-1);
  return trial?.state === 'missing' && trial.forGood === true && last !== undefined && faultOf(last) === 'model';
}

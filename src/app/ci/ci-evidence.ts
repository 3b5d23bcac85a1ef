/** Votes of the baseline that still hold, entered into the new run's ledger; what the ledger then says. */

import type { PromptId } from '../../records/ids.ts';
import { type PairRecord, pairName } from '../../records/run-record.ts';
import { type AnswerHashes, answerHash, type CarriedEvent, carriedEvents } from '../../releases/carry-over.ts';
import type { GateSettings } from '../../releases/gate-input.ts';
import { watchedScopes } from '../../releases/gates.ts';
import type { LockFile } from '../../releases/lock-file.ts';
import { votesNeeded } from '../../releases/votes-needed.ts';
import { type Trial, trialKey } from '../../runs/trial.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { hashing } from '../../store/hashing.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { readAllVotes } from '../../store/votes-file.ts';
import { plannedPrompts } from '../../verdicts/decide.ts';
import { collectEvidence } from '../../verdicts/evidence.ts';
import { type FreshVotes, freshVotes } from '../../verdicts/fresh-votes.ts';
import type { NotBlind } from '../../verdicts/not-blind.ts';
import type { RaterQuality } from '../../verdicts/rater-quality.ts';
import type { PairVerdicts } from '../../verdicts/verdict-shapes.ts';
import { onlyAfterOpening } from '../../voting/carried-votes.ts';
import type { Context } from '../context.ts';
import { gather } from '../result/gather.ts';
import { allTrials } from '../run-trials.ts';
import { decideVotes, evidenceInput, type VotesAtHand } from '../score/decide-votes.ts';
import { identicalEvents } from '../score/run-port.ts';
import { openScoring } from '../score/scoring.ts';

export type Trials = Record<string, Map<string, Trial>>;

export const trialsOf = (stored: StoredRun): Trials => allTrials(stored, readEvents(stored.paths));

export const hashesOf =
  (trials: Trials): AnswerHashes =>
  (arm, prompt) =>
    answerHash(trials[arm]?.get(trialKey(prompt, 1)), hashing);

const atHand = (stored: StoredRun, trials: Trials): VotesAtHand => ({
  stored,
  events: readEvents(stored.paths),
  files: readAllVotes(stored.paths, stored.run),
  trials,
});

/** Safe to repeat. A baseline that is still being scored is sealed: nothing of it is carried over. */
export async function carryOver(baseline: StoredRun, stored: StoredRun, trials: Trials, context: Context) {
  const { folder } = baseline.paths;
  const { input } = gather(folder, folder, context);
  const carried = input.pairs === 'sealed' ? [] : carriedFrom(baseline, trialsOf(baseline), stored.run.pairs, trials);
  // Nobody's name: identical answers are identical for whoever is dealt them.
  const scoring = openScoring(stored, 'ci', readEvents(stored.paths));
  const identical = scoring.dealt.filter(
    (dealt) => dealt.copy === 1 && scoring.answered(dealt) && scoring.settledAs(dealt) !== undefined,
  );
  await addEvents(stored.paths, context.now, (sofar) => {
    const known = new Set(
      sofar.flatMap((event) => ('pair' in event && 'prompt' in event ? [`${event.prompt} ${event.pair}`] : [])),
    );
    const voted = new Set(sofar.flatMap((event) => (event.event === 'entered' ? [event.prompt] : [])));
    const fresh = carried.filter(({ prompt, pair }) => !known.has(`${prompt} ${pair}`) && !voted.has(prompt));
    const taken = new Set(fresh.map(({ prompt, pair }) => `${prompt} ${pair}`));
    const same = identicalEvents(scoring, identical, sofar).filter(
      (event) => 'pair' in event && 'prompt' in event && !taken.has(`${event.prompt} ${event.pair}`),
    );
    return [...fresh, ...same];
  });
  return { sealed: input.pairs === 'sealed' };
}

function carriedFrom(baseline: StoredRun, before: Trials, pairs: readonly PairRecord[], now: Trials): CarriedEvent[] {
  const input = evidenceInput(atHand(baseline, before));
  return pairs.flatMap((pair) =>
    carriedEvents({
      pair,
      from: baseline.run.id,
      units: collectEvidence(input, pair).units,
      afterOpen: onlyAfterOpening(input.events),
      before: hashesOf(before),
      now: hashesOf(now),
    }),
  );
}

export interface Standing {
  pairs: PairVerdicts[];
  quality: Record<string, RaterQuality>;
  notBlind: Record<string, NotBlind>;
  /** Prompts to vote on for the gates' sake, by pair name; in frozen order. */
  needed: Record<string, PromptId[]>;
  /** By pair name, for every scope: re-used votes, and what the new ones say alone. */
  fresh: Record<string, FreshVotes[]>;
  /** Prompts with carried votes that hold. */
  carried: number;
  /** Votes that count, those included. */
  votes: number;
}

/** The verdicts of the votes that hold, and the votes that are missing. Throws (exit 5) when seal or chain is broken. */
export function standingOf(stored: StoredRun, trials: Trials, lock: LockFile, settings: GateSettings): Standing {
  const at = atHand(stored, trials);
  const { pairs, quality, notBlind } = decideVotes(at);
  const input = evidenceInput(at);
  const needed: Standing['needed'] = {};
  const fresh: Standing['fresh'] = {};
  for (const verdicts of pairs.filter(({ pair }) => pair.decides)) {
    const name = pairName(verdicts.pair);
    const evidence = collectEvidence(input, verdicts.pair);
    const { units, skipped } = evidence;
    fresh[name] = [verdicts.overall, ...verdicts.tasks].map(({ task }) => freshVotes(input, evidence, { task }));
    const planned = plannedPrompts(input).filter(({ id }) => !input.missing?.has(id) && !skipped.has(id));
    const plannedIn = (task: string | null): number =>
      task === null ? planned.length : planned.filter((prompt) => prompt.task === task).length;
    needed[name] = votesNeeded({
      verdicts,
      planned,
      valid: new Set(units.map(({ prompt }) => prompt)),
      watched: watchedScopes(name, lock.verdicts, settings, plannedIn),
    });
  }
  const carried = at.events.filter(({ event }) => event === 'carried').length;
  const counted = pairs.filter(({ pair }) => pair.decides).flatMap(({ evidence }) => evidence);
  const votes = counted.filter((unit) => unit.votes.length > 0).length;
  return { pairs, quality, notBlind, needed, fresh, carried, votes };
}

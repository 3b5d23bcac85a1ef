/** A run folder → what the report is made from. The only place besides scoring that opens the key. */
import { relative } from 'node:path';
import type { BallotId, PromptId, RunEvent } from '../records.ts';
import type { ObservedInput, RaterInput, ReportInput, SealInput } from '../report/report-input.ts';
import { foldTrials, retriesOf, type Trial, trialKey } from '../runs/trial.ts';
import { readAttempts } from '../store/attempts-file.ts';
import { readEvents } from '../store/events-file.ts';
import { hashing } from '../store/hashing.ts';
import { findRun, openRun, readKey, type StoredRun } from '../store/run-folder.ts';
import { readAllVotes, type VotesFile } from '../store/votes-file.ts';
import { castVotes, overlapPrompts, plannedBatches } from '../verdicts/ballot-plan.ts';
import { dealBallots } from '../verdicts/ballots.ts';
import { decideRun } from '../verdicts/decide.ts';
import type { DealtBallot } from '../verdicts/evidence.ts';
import type { PairVerdicts } from '../verdicts/verdict.ts';
import type { Context } from './context.ts';

export interface Gathered {
  stored: StoredRun;
  events: RunEvent[];
  votes: VotesFile[];
  input: ReportInput;
  /** Torn lines that were skipped. */
  warnings: string[];
}

export function gather(results: string, ref: string | undefined, context: Context): Gathered {
  const folder = findRun(results, ref);
  const stored = openRun(folder);
  const { run, prompts, paths } = stored;
  const events = readEvents(paths);
  const votes = readAllVotes(paths, run);
  const attempts = new Map(run.arms.map((arm) => [arm, readAttempts(paths, arm.name)]));
  const trials: Record<string, Map<string, Trial>> = {};
  for (const [arm, { steps }] of attempts) trials[arm.name] = foldTrials(steps, retriesOf(arm, run.settings));
  const raters = votes.map((file) => raterInput(file));
  const seal = sealOf(raters, events);
  const newest = ref === undefined;
  const input: ReportInput = {
    run,
    prompts,
    trials,
    pairs: seal.sealed ? 'sealed' : pairVerdicts(stored, events, votes, trials),
    raters,
    seal,
    generatedAt: context.now().toISOString(),
    observed: events.flatMap(observedInput),
    ...(newest ? {} : { runFolder: relative(context.cwd, folder) || '.' }),
  };
  const warnings = [...stored.warnings, ...votes.flatMap((file) => file.warnings)];
  for (const { warnings: torn } of attempts.values()) warnings.push(...torn);
  return { stored, events, votes, input, warnings };
}

function raterInput({ header, lines, lastHash }: VotesFile): RaterInput {
  const cast = castVotes(lines);
  const skipped = cast.filter(({ choice }) => choice === 'skip').length;
  const finished = lines.some((line) => 'finish' in line);
  return { rater: header.rater, votes: cast.length - skipped, skipped, lastHash, finished, chainOk: true };
}

/** Sealed until everybody who has voted has finished; opened early on request, which is recorded. */
function sealOf(raters: readonly RaterInput[], events: readonly RunEvent[]): SealInput {
  const early = events.find((event) => event.event === 'unblinded' && event.early);
  if (early?.event === 'unblinded') {
    const { voted, planned } = early;
    return { sealed: false, reason: 'unblinded early', unblindedEarly: { voted, planned } };
  }
  const waiting = raters.filter((rater) => !rater.finished).map(({ rater }) => rater);
  if (raters.length === 0) return { sealed: true, reason: 'nobody has voted yet.' };
  if (waiting.length > 0)
    return {
      sealed: true,
      reason: `${waiting.join(', ')} ${waiting.length === 1 ? 'has' : 'have'} not finished scoring.`,
    };
  return { sealed: false, reason: 'everybody who voted has finished' };
}

export function pairVerdicts(
  stored: StoredRun,
  events: readonly RunEvent[],
  votes: readonly VotesFile[],
  trials: Record<string, Map<string, Trial>>,
): PairVerdicts[] {
  const { run, prompts } = stored;
  const seed = readKey(stored);
  const { plan, batches } = plannedBatches(run, prompts, events);
  const ballots = new Map<BallotId, DealtBallot>();
  for (const { header } of votes) {
    const { rater } = header;
    const dealt = dealBallots({
      run: run.id,
      seed,
      rater,
      prompts: plan,
      batches,
      pairs: run.pairs,
      copies: 2,
      hashing,
    });
    for (const ballot of dealt) ballots.set(ballot.id, ballot);
  }
  const stateOf = (arm: string, prompt: PromptId) => trials[arm]?.get(trialKey(prompt, 1))?.state ?? 'missing';
  const asked = [...plan, ...batches.flat()];
  const missing = asked.filter(({ id }) =>
    run.pairs.some(({ a, b }) => [a, b].some((arm) => stateOf(arm, id) === 'missing')),
  );
  return decideRun({
    run,
    prompts,
    votes: new Map(votes.map(({ header, lines }) => [header.rater, lines])),
    events,
    ballots,
    overlap: overlapPrompts(run, plan, seed, hashing),
    missing: new Set(missing.map(({ id }) => id)),
  });
}

function observedInput(event: RunEvent): ObservedInput[] {
  if (event.event !== 'arm-observed') return [];
  const { event: _event, at: _at, ...observed } = event;
  return [observed];
}

/** A run folder → what the report is made from. */
import { relative } from 'node:path';
import { isFinished } from '../blind/packet-port.ts';
import type { RunEvent } from '../records.ts';
import type { ObservedInput, RaterInput, ReportInput, SealInput } from '../report/report-input.ts';
import { foldTrials, retriesOf, type Trial } from '../runs/trial.ts';
import { readAttempts } from '../store/attempts-file.ts';
import { readEvents } from '../store/events-file.ts';
import { findRun, openRun, type StoredRun } from '../store/run-folder.ts';
import { readAllVotes, type VotesFile } from '../store/votes-file.ts';
import { castVotes } from '../verdicts/ballot-plan.ts';
import type { Context } from './context.ts';
import { decideVotes } from './decide-votes.ts';

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
  const raters = votes.map((file) => raterInput(file, events));
  const seal = sealOf(raters, events);
  const newest = ref === undefined;
  const decided = seal.sealed ? undefined : decideVotes({ stored, events, files: votes, trials });
  const input: ReportInput = {
    run,
    prompts,
    trials,
    pairs: decided?.pairs ?? 'sealed',
    raters,
    seal,
    generatedAt: context.now().toISOString(),
    observed: events.flatMap(observedInput),
    ...(decided && { quality: decided.quality, bestOf: decided.bestOf }),
    ...(run.command !== undefined && { command: run.command }),
    ...(newest ? {} : { runFolder: relative(context.cwd, folder) || '.' }),
  };
  const warnings = [...stored.warnings, ...votes.flatMap((file) => file.warnings)];
  for (const { warnings: torn } of attempts.values()) warnings.push(...torn);
  return { stored, events, votes, input, warnings };
}

/**
 * A rater has finished when nothing was added after the finish: neither a vote to their file nor one to the ledger.
 * The ledger's `finished` comes behind the guesses, so that the report never stands beside the question who is who.
 */
function raterInput({ header, lines, lastHash }: VotesFile, events: readonly RunEvent[]): RaterInput {
  const cast = castVotes(lines);
  const skipped = cast.filter(({ choice }) => choice === 'skip').length;
  const last = (kind: RunEvent['event']): number =>
    events.findLastIndex((event) => event.event === kind && 'rater' in event && event.rater === header.rater);
  const finished = isFinished({ lines }) && last('finished') > last('entered');
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
  if (raters.length === 0 && !needsNobody(events)) return { sealed: true, reason: 'nobody has voted yet.' };
  if (waiting.length > 0)
    return {
      sealed: true,
      reason: `${waiting.join(', ')} ${waiting.length === 1 ? 'has' : 'have'} not finished scoring.`,
    };
  return { sealed: false, reason: 'everybody who voted has finished' };
}

/** Every vote was carried over from a run that is open already, and no ballot is out. */
const needsNobody = (events: readonly RunEvent[]): boolean =>
  events.some(({ event }) => event === 'carried') && !events.some(({ event }) => event === 'claimed');

function observedInput(event: RunEvent): ObservedInput[] {
  if (event.event !== 'arm-observed') return [];
  const { event: _event, at: _at, ...observed } = event;
  return [observed];
}

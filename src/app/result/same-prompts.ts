/** Testing the same prompts again until they please is no new evidence: which run this is on its prompts and models. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GapcheckError } from '../../errors.ts';
import type { ArmRecord, RunRecord } from '../../records/run-record.ts';
import { isRecognised } from '../../report/five-answers.ts';
import type { Report } from '../../report/model.ts';
import type { RaterInput, ReportInput, RunBefore } from '../../report/report-input.ts';
import { isReplay, sameStep, type Trial } from '../../runs/trial.ts';
import { readEvents } from '../../store/events-file.ts';
import { runPaths } from '../../store/layout.ts';
import { listRuns, openRun, readRun, type StoredRun } from '../../store/run-folder.ts';
import { readAllVotes } from '../../store/votes-file.ts';
import { count, listed, plural } from '../../text/numbers.ts';
import { oneLine } from '../../text/shell.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import { readTrials } from '../run-trials.ts';

/** Earlier runs beside this one count that have votes, a prompt of it and both models of a pair. */
export function againOn(
  stored: StoredRun,
  raters: readonly RaterInput[],
  trials: ReportInput['trials'],
): Pick<ReportInput, 'runOnThesePrompts' | 'runBefore'> {
  const earlier = earlierRuns(stored);
  const newest = earlier.at(-1)?.name;
  return {
    runOnThesePrompts: earlier.length + 1,
    ...(newest !== undefined && { runBefore: comparedWith(newest, { stored, raters, trials }) }),
  };
}

/** Oldest first. */
function earlierRuns({ run, prompts, paths }: StoredRun): { name: string; createdAt: string }[] {
  const results = dirname(paths.folder);
  const ids = new Set<string>(prompts.map(({ id }) => id));
  const found = listRuns(results).flatMap((name) => {
    const before = earlierVotedRun(join(results, name), run);
    return before?.prompts.some(({ id }) => ids.has(id)) ? [{ name, createdAt: before.run.createdAt }] : [];
  });
  return found.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** An earlier run with votes that compares the same two models; undefined for any other, and for one that cannot be read. */
export function earlierVotedRun(folder: string, run: RunRecord): StoredRun | undefined {
  try {
    const other = readRun(folder);
    if (other.id === run.id || other.createdAt >= run.createdAt || !sharesPair(run, other)) return undefined;
    return readEvents(runPaths(folder)).some(({ event }) => event === 'entered') ? openRun(folder) : undefined;
  } catch (error) {
    // A run that cannot be read says so itself when it is asked.
    if (error instanceof GapcheckError) return undefined;
    throw error;
  }
}

interface Now {
  stored: StoredRun;
  raters: readonly RaterInput[];
  trials: ReportInput['trials'];
}

function comparedWith(name: string, now: Now): RunBefore {
  const before = openRun(join(dirname(now.stored.paths.folder), name));
  const sameAnswers = hasSameAnswers(before, now);
  return {
    run: name,
    differs: [
      ...otherPrompts(before, now.stored),
      ...otherTasks(before, now.stored),
      ...otherSettings(before.run, now.stored.run),
      ...otherRaters(before, now.raters),
      ...(sameAnswers ? [] : ['the answers']),
    ],
    sameAnswers,
    recognised: sameAnswers && wasRecognised(before),
  };
}

/** As the report beside it says. Where nobody has opened one, nobody knows. */
function wasRecognised({ paths }: StoredRun): boolean {
  try {
    return isRecognised(JSON.parse(readFileSync(paths.report('json'), 'utf8')) as Report);
  } catch {
    return false;
  }
}

/** Prompts of the plan, without those in reserve. */
export const toRead = ({ run, prompts }: Pick<StoredRun, 'run' | 'prompts'>): string[] =>
  prompts
    .slice(
      0,
      run.tasks.reduce((sum, { planned }) => sum + planned, 0),
    )
    .map(({ id }) => id);

function otherPrompts(before: StoredRun, now: StoredRun): string[] {
  const known = new Set(toRead(before));
  const all = toRead(now);
  const fresh = all.filter((id) => !known.has(id)).length;
  return fresh === 0 ? [] : [`${count(fresh)} of ${plural(all.length, 'prompt')}`];
}

/** Arms of the same model with another identity: sampling, system prompt, digest or quantization. */
function otherSettings(before: RunRecord, now: RunRecord): string[] {
  const other = now.arms.filter((arm) => {
    const same = before.arms.filter((one) => modelOf(one) === modelOf(arm));
    return same.length > 0 && !same.some(({ identity }) => identity === arm.identity);
  });
  return other.map(({ role }) => `how ${role} was set up`);
}

function otherRaters(before: StoredRun, raters: readonly RaterInput[]): string[] {
  const now = namedRaters(raters.filter(({ votes, skipped }) => votes + skipped > 0).map(({ rater }) => rater));
  const then = namedRaters(votersOf(before));
  return now === then || now === '' || then === '' ? [] : [`the raters (${now}, before: ${then})`];
}

export const namedRaters = (names: readonly string[]): string =>
  listed([...names].sort().map((name) => oneLine(name, 40)));

/** Whoever has cast a vote there. */
export const votersOf = ({ paths, run }: StoredRun): string[] =>
  readAllVotes(paths, run).flatMap(({ header, lines }) => (castVotes(lines).length > 0 ? [header.rater] : []));

/** A prompt is the same whatever task it is in. */
function otherTasks(before: StoredRun, now: StoredRun): string[] {
  const taskOf = new Map(before.prompts.map(({ id, task }): [string, string] => [id, task]));
  const asked = new Set(toRead(now));
  const moved = now.prompts.filter(({ id, task }) => asked.has(id) && (taskOf.get(id) ?? task) !== task);
  return moved.length === 0 ? [] : [`the tasks of ${plural(moved.length, 'prompt')}`];
}

/** Read from the same file, word for word the same in another one, or taken over with `--reuse`. */
function hasSameAnswers({ run: before, paths, prompts }: StoredRun, { stored: { run }, trials }: Now): boolean {
  const hashes = new Set(before.sources.map(({ sha256 }) => sha256));
  const sameFile = run.sources.every(({ sha256 }) => hashes.has(sha256));
  return run.arms.every((arm) => {
    const own = trials[arm.name] ?? new Map<string, Trial>();
    if (!isReplay(arm)) return [...own.values()].every((trial) => isTakenOver(trial, before.id));
    const [then] = sameFile ? [] : before.arms.filter((one) => modelOf(one) === modelOf(arm) && isReplay(one));
    return (
      sameFile || (then !== undefined && sameTexts(readTrials({ run: before, paths, prompts }, then, []).trials, own))
    );
  });
}

/** On every prompt that both have, and there is one. */
function sameTexts(then: ReadonlyMap<string, Trial>, now: ReadonlyMap<string, Trial>): boolean {
  const shared = [...now].flatMap(([key, trial]) => {
    const earlier = then.get(key);
    return earlier ? [[lastStep(earlier), lastStep(trial)] as const] : [];
  });
  return shared.length > 0 && shared.every(([a, b]) => (a && b ? sameStep(a, b) : a === b));
}

const lastStep = ({ answer }: Trial) => answer?.steps.at(-1);

const isTakenOver = ({ answer }: { answer?: { steps: { reused?: string | undefined }[] } }, from: string): boolean =>
  answer === undefined || answer.steps.some(({ reused }) => reused === from);

const modelOf = ({ provider, model }: Pick<ArmRecord, 'provider' | 'model'>): string => `${provider} ${model}`;

function sharesPair(run: RunRecord, other: RunRecord): boolean {
  const of = ({ arms, pairs }: RunRecord): string[] => {
    const model = (name: string): string => {
      const arm = arms.find((one) => one.name === name);
      return arm ? modelOf(arm) : '';
    };
    return pairs.filter(({ decides }) => decides).map(({ a, b }) => JSON.stringify([model(a), model(b)]));
  };
  const before = new Set(of(other));
  return of(run).some((pair) => before.has(pair));
}

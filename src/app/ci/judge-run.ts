/** A run that was answered again → its gates, the votes that are still needed, and what there is to do next. */
import { dirname } from 'node:path';
import { votingMinutes } from '../../blind/session/pace.ts';
import { voidings } from '../../records/standing-events.ts';
import { armChanges } from '../../releases/arm-changes.ts';
import type { CiResult } from '../../releases/comment.ts';
import { compareArm, sealedComparison } from '../../releases/compare.ts';
import type { Coverage } from '../../releases/coverage.ts';
import { exitCodeOfGates, judge, retirementGates, watchesNothing } from '../../releases/gates.ts';
import { lockedArm } from '../../releases/lock-file.ts';
import type { Report } from '../../report/model.ts';
import { endNotes } from '../../runs/end-notes.ts';
import { readEvents } from '../../store/events-file.ts';
import { hashing } from '../../store/hashing.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { identifyLicence } from '../../verdicts/licence.ts';
import { type MayRest, mayRestOn } from '../../verdicts/may-rest-on.ts';
import type { NotBlind } from '../../verdicts/not-blind.ts';
import { keepReport } from '../result/write-reports.ts';
import { shortPath } from '../short-path.ts';
import { carryOver, hashesOf, type Standing, standingOf, type Trials, trialsOf } from './ci-evidence.ts';
import type { CiFiles } from './ci-files.ts';
import { nextLines } from './ci-next.ts';
import { areClaimed, writePackets } from './ci-packets.ts';
import type { Job } from './job.ts';
import { usualWithin } from './usual-within.ts';

export function notesOf(stored: StoredRun): string[] {
  const trials = trialsOf(stored);
  const { arms, settings } = stored.run;
  return arms.flatMap((arm) => endNotes(arm, trials[arm.name]?.values() ?? [], settings));
}

export const changedArms = ({ lock }: Job, { run, paths }: StoredRun): CiResult['arms'] => {
  const observed = readEvents(paths).flatMap((event) => (event.event === 'arm-observed' ? [event] : []));
  return run.arms.map((record) => {
    const locked = lock.arms.find(({ name }) => name === record.name);
    const now = lockedArm(record, observed, hashing);
    return { arm: record.name, spec: record.spec, changes: locked ? armChanges(locked, now) : [] };
  });
};

export function compared({ baseline }: Job, stored: StoredRun): CiResult['comparisons'] {
  const [before, now] = [trialsOf(baseline), trialsOf(stored)];
  const [hashBefore, hashNow] = [hashesOf(before), hashesOf(now)];
  const of = (run: StoredRun, trials: Trials, name: string) => {
    const record = run.run.arms.find((arm) => arm.name === name);
    return record && { record, trials: trials[name] ?? new Map() };
  };
  return stored.run.arms.flatMap(({ name }) => {
    const [after, locked] = [of(stored, now, name), of(baseline, before, name)];
    if (!after || !locked) return [];
    const changed = stored.prompts.filter(({ id }) => {
      const [a, b] = [hashNow(name, id), hashBefore(name, id)];
      return a !== null && b !== null && a !== b;
    });
    return [compareArm(stored.prompts, after, locked, changed.length)];
  });
}

interface Judged {
  result: CiResult;
  report: Report;
  standing: Standing;
}

export async function judged(
  job: Job,
  stored: StoredRun,
  files: CiFiles,
  base: Pick<CiResult, 'run' | 'baseline' | 'arms' | 'comparisons'>,
  coverage: Pick<Coverage, 'missing' | 'gates'>,
): Promise<Judged> {
  const { lock, baseline, gates: settings, options, context } = job;
  const trials = trialsOf(stored);
  await carryOver(baseline, stored, trials, context);
  const standing = standingOf(stored, trials, lock, settings);
  // Where no verdict could fall, votes on this run would gate nothing: those of the locked run come first.
  const missing = watchesNothing(lock.verdicts, settings) ? {} : standing.needed;
  const needed = new Set(
    Object.entries(missing).flatMap(([pair, prompts]) => prompts.map((prompt) => `${prompt} ${pair}`)),
  );
  const isOut = options.verdict === true && options.out === undefined && areClaimed(needed, stored);
  const raters = options.rater ?? ['reviewer'];
  const packets = needed.size === 0 || isOut ? [] : await writePackets(stored, needed, raters, files.folder, context);
  const { model } = await keepReport(dirname(stored.paths.folder), stored.paths.folder, context);
  const sealed = needed.size > 0 || (model.sealed !== null && isVotedOn(stored));
  const judgedGates = judge({
    settings,
    open: model.arms
      .filter(({ role }) => role === 'open')
      .map(({ name, figures }) => ({
        arm: name,
        figures,
        licence: identifyLicence(stored.run.arms.find((arm) => arm.name === name)?.licence),
        comparison: base.comparisons.find(({ arm }) => arm === name) ?? null,
      })),
    pairs: standing.pairs,
    locked: lock.verdicts,
    waiting: Object.fromEntries(Object.entries(standing.needed).map(([pair, prompts]) => [pair, prompts.length])),
    fresh: standing.fresh,
    sealed,
    notBlind: notBlindVotes(standing),
    voidedLate: voidings(readEvents(stored.paths)).reduce(
      (sum, { voided, afterOpening }) => sum + (afterOpening ? voided.votes : 0),
      0,
    ),
    rest: restsOn(stored, standing, model),
    imported: readEvents(stored.paths).flatMap((event) =>
      event.event === 'merged' && event.imported ? [event.rater] : [],
    ),
  });
  const today = context.now().toISOString().slice(0, 10);
  const ending = retirementGates(stored.run.arms, today, options.within ?? usualWithin);
  const gates = [...coverage.gates, ...judgedGates, ...ending];
  const code = exitCodeOfGates(gates);
  const shown = packets.map((packet) => ({ ...packet, file: shortPath(context.cwd, packet.file) }));
  const result: CiResult = {
    code,
    ...base,
    comparisons: sealed ? base.comparisons.map(sealedComparison) : base.comparisons,
    gates,
    ...(coverage.missing.length > 0 && { missing: coverage.missing }),
    notes: notesOf(stored),
    carried: standing.carried,
    votes: standing.votes,
    needed: needed.size,
    minutes: votingMinutes(needed.size),
    packets: shown,
    next: nextLines({ code, packets: shown, needed: needed.size }, job, stored),
  };
  return { result, report: model, standing };
}

/** Somebody votes on this run, or has its ballots: then nobody may learn whose answers failed. */
const isVotedOn = ({ paths }: StoredRun): boolean =>
  readEvents(paths).some(({ event }) => event === 'claimed' || event === 'entered' || event === 'carried');

const notBlindVotes = ({ notBlind }: Standing): { votes: number; of: number } => {
  const all = Object.values(notBlind);
  const sum = (of: (one: NotBlind) => number): number => all.reduce((total, one) => total + of(one), 0);
  return { votes: sum(({ votes }) => votes), of: sum(({ of }) => of) };
};

const restsOn = ({ paths }: StoredRun, { quality }: Standing, { raters }: Report): MayRest =>
  mayRestOn({
    quality,
    raters,
    unblindedEarly: readEvents(paths).some((event) => event.event === 'unblinded' && event.early),
  });

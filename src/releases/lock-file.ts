/**
 * gapcheck.lock.json: what a team has accepted, small enough to be committed and free of prompts and answers. Runs are
 * found by id; their files by how they began, because most of them are only ever appended to.
 */
import { userError } from '../errors.ts';
import type { Hashing } from '../records/ids.ts';
import {
  type LockedArm,
  type LockedFile,
  type LockedVerdict,
  type LockFile,
  oddInLock,
} from '../records/lock-record.ts';
import { canonicalJson, objectIn } from '../records/plain-json.ts';
import type { ArmRecord, Price, RunRecord } from '../records/run-record.ts';
import { pairName, reachOf } from '../records/run-record.ts';
import type { ObservedInput } from '../report/report-input.ts';
import { identifyLicence } from '../verdicts/licence.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict-shapes.ts';

export type { LockedArm, LockedFile, LockedVerdict, LockFile } from '../records/lock-record.ts';

export const lockName = 'gapcheck.lock.json';
export const lockSchema = 1;

export interface LockInput {
  run: RunRecord;
  prompts: number;
  observed: readonly ObservedInput[];
  files: Record<string, LockedFile>;
  pairs: readonly PairVerdicts[] | 'sealed';
  hashing: Hashing;
}

export function makeLock({ run, prompts, observed, files, pairs, hashing }: LockInput): LockFile {
  return {
    kind: 'gapcheck-lock',
    schema: lockSchema,
    gapcheck: run.gapcheck,
    run: { id: run.id, createdAt: run.createdAt, keyCommitment: run.keyCommitment, files },
    prompts: {
      hash: run.promptsHash,
      count: prompts,
      planned: run.tasks.reduce((sum, task) => sum + task.planned, 0),
      sources: run.sources.map(({ file, sha256 }) => ({ file, sha256 })),
    },
    arms: run.arms.map((arm) => lockedArm(arm, observed, hashing)),
    verdicts: pairs === 'sealed' ? [] : pairs.flatMap(lockedVerdicts),
  };
}

export function lockedArm(arm: ArmRecord, observed: readonly ObservedInput[], hashing: Hashing): LockedArm {
  const { name, digest, weights, quantization, template, contextAsked } = arm;
  const seen = observed.filter((one) => one.arm === name);
  const last = <K extends 'model' | 'fingerprint' | 'context'>(key: K): ObservedInput[K] =>
    seen.findLast((one) => one[key] !== undefined)?.[key];
  const parameters = { sends: arm.sends, system: arm.system, think: arm.think };
  return dropUnset({
    name,
    ...reachOf(arm),
    digest,
    weights,
    quantization,
    template,
    contextAsked,
    parameters: hashing.sha256(canonicalJson(parameters)),
    modelParameters: arm.modelParameters,
    licence: arm.licence && licenceName(arm.licence),
    listed: arm.listed,
    ends: arm.ends,
    price: arm.price && dropUnset(pricePart(arm.price)),
    observed: dropUnset({ model: last('model'), fingerprint: last('fingerprint'), context: last('context') }),
  });
}

const licenceName = (licence: NonNullable<ArmRecord['licence']>): string | null =>
  identifyLicence(licence).licence?.name ?? null;

const pricePart = ({ in: read, out, cached, source }: Price) => ({ in: read, out, cached, source });

type Unset<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];
type Dropped<T> = Omit<T, Unset<T>> & { [K in Unset<T>]?: Exclude<T[K], undefined> };

const dropUnset = <T extends object>(value: T): Dropped<T> =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Dropped<T>;

export function lockedVerdicts({ pair, overall, tasks, evidence }: PairVerdicts): LockedVerdict[] {
  if (!pair.decides) return [];
  const notBlind = (task: string | null): number =>
    evidence
      .filter((unit) => task === null || unit.task === task)
      .flatMap(({ votes }) => votes)
      .filter(({ seen }) => seen === 'one').length;
  return [overall, ...tasks].map((scope) => ({
    pair: pairName(pair),
    task: scope.task,
    verdict: scope.verdict,
    units: reachedAt(scope) ?? scope.units,
    ...(notBlind(scope.task) > 0 && { notBlind: notBlind(scope.task) }),
  }));
}

const reachedAt = ({ verdict, goodAt, keepAt }: ScopeVerdict): number | null =>
  verdict === 'open-good-enough' || verdict === 'open-better' ? goodAt : verdict === 'keep-closed' ? keepAt : null;

export const lockText = (lock: LockFile): string => `${JSON.stringify(lock, null, 2)}\n`;

/** Throws (exit 2) when it is none, or a newer gapcheck wrote it. */
export function parseLock(written: string, path: string): LockFile {
  const value = objectIn(written);
  if (value?.kind !== 'gapcheck-lock') {
    throw userError(
      'bad-lock',
      `${path} is not a lock file of gapcheck.`,
      'gapcheck run prompts.csv --lock   (writes one)',
    );
  }
  if (typeof value.schema === 'number' && value.schema > lockSchema) {
    throw userError(
      'newer-schema',
      `${path} was written by a newer gapcheck (schema ${String(value.schema)}; this one reads up to ${lockSchema}).`,
      'npm install gapcheck@latest',
    );
  }
  const odd = oddInLock(value);
  if (odd === undefined) return value as unknown as LockFile;
  throw userError(
    'bad-lock',
    `${path}: ${odd} is missing, or not what gapcheck writes there.`,
    'put it back from version control, or gapcheck run prompts.csv --lock for a new one',
  );
}

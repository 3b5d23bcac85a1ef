/**
 * gapcheck.lock.json: what a team has accepted, small enough to be committed and free of prompts and answers. Runs are
 * found by id; their files by how they began, because most of them are only ever appended to.
 */
import { userError } from '../errors.ts';
import type { Hashing } from '../records/ids.ts';
import type { JsonObject } from '../records/plain-json.ts';
import { canonicalJson } from '../records/plain-json.ts';
import type { ArmRecord, ArmRole, Price, RunRecord } from '../records/run-record.ts';
import { pairName } from '../records/run-record.ts';
import { isFields, list, maybe, number, object, orNull, record, text } from '../records/shape.ts';
import type { ObservedInput } from '../report/report-input.ts';
import { identifyLicence } from '../verdicts/licence.ts';
import type { PairVerdicts, ScopeVerdict, Verdict } from '../verdicts/verdict.ts';

export const lockName = 'gapcheck.lock.json';
export const lockSchema = 1;

export interface LockedArm {
  name: string;
  role: ArmRole;
  spec: string;
  provider: string;
  model: string;
  identity: string;
  host: string | null;
  digest?: string;
  quantization?: string;
  template?: string;
  contextAsked?: number;
  /** SHA-256 of the parameters sent with every request and of the model file's system prompt. */
  parameters: string;
  /** Name of the licence; null where its text is not identified, absent where there is none. */
  licence?: string | null;
  price?: Pick<Price, 'in' | 'out' | 'cached' | 'source'>;
  /** What came back while answering; an alias that moves shows here. */
  observed: { model?: string; fingerprint?: string; context?: number };
}

/** `units`: prompts after which the verdict was first reached; while undecided, votes so far. */
export interface LockedVerdict {
  pair: string;
  /** Null: overall. */
  task: string | null;
  verdict: Verdict;
  units: number;
}

export interface LockedFile {
  bytes: number;
  sha256: string;
}

export interface LockFile {
  kind: 'gapcheck-lock';
  schema: number;
  gapcheck: string;
  run: { id: string; createdAt: string; keyCommitment: string; files: Record<string, LockedFile> };
  prompts: { hash: string; count: number; planned: number; sources: { file: string; sha256: string }[] };
  arms: LockedArm[];
  /** Empty until every rater has finished. */
  verdicts: LockedVerdict[];
}

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
  const { name, role, spec, provider, model, identity, host, digest, quantization, template, contextAsked } = arm;
  const seen = observed.filter((one) => one.arm === name);
  const last = <K extends 'model' | 'fingerprint' | 'context'>(key: K): ObservedInput[K] =>
    seen.findLast((one) => one[key] !== undefined)?.[key];
  const parameters = { sends: arm.sends, system: arm.system, think: arm.think };
  return dropUnset({
    name,
    role,
    spec,
    provider,
    model,
    identity,
    host,
    digest,
    quantization,
    template,
    contextAsked,
    parameters: hashing.sha256(canonicalJson(parameters)),
    licence: arm.licence && licenceName(arm.licence),
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

export function lockedVerdicts({ pair, overall, tasks }: PairVerdicts): LockedVerdict[] {
  if (!pair.decides) return [];
  return [overall, ...tasks].map((scope) => ({
    pair: pairName(pair),
    task: scope.task,
    verdict: scope.verdict,
    units: reachedAt(scope) ?? scope.units,
  }));
}

const reachedAt = ({ verdict, goodAt, keepAt }: ScopeVerdict): number | null =>
  verdict === 'open-good-enough' ? goodAt : verdict === 'keep-closed' ? keepAt : null;

export const lockText = (lock: LockFile): string => `${JSON.stringify(lock, null, 2)}\n`;

/** Throws (exit 2) when it is none, or a newer gapcheck wrote it. */
export function parseLock(written: string, path: string): LockFile {
  const value = parseObject(written);
  if (value?.kind !== 'gapcheck-lock') {
    throw userError(
      'bad-lock',
      `${path} is not a lock file of gapcheck.`,
      'gapcheck run prompts.csv --lock   (writes one)',
    );
  }
  if (typeof value.schema !== 'number' || value.schema > lockSchema) {
    throw userError(
      'newer-schema',
      `${path} was written by a newer gapcheck (schema ${String(value.schema)}; this one reads up to ${lockSchema}).`,
      'npm install gapcheck@latest',
    );
  }
  if (isWhole(value)) return value as unknown as LockFile;
  throw userError(
    'bad-lock',
    `${path}: its fields are not what gapcheck wrote, so the file was changed or damaged.`,
    'put it back from version control, or gapcheck run prompts.csv --lock for a new one',
  );
}

/** What every reader of a lock follows without asking. */
const digested = object({ bytes: number, sha256: text });
const lockedArmShape = object({
  name: text,
  role: text,
  spec: text,
  provider: text,
  model: text,
  identity: text,
  host: orNull(text),
  digest: maybe(text),
  quantization: maybe(text),
  template: maybe(text),
  parameters: text,
  licence: maybe(orNull(text)),
  price: maybe(object({ in: number, out: number, source: text })),
  observed: object({ model: maybe(text), fingerprint: maybe(text) }),
});
const isWhole = object({
  gapcheck: text,
  run: object({ id: text, createdAt: text, keyCommitment: text, files: record(digested) }),
  prompts: object({ hash: text, count: number, planned: number, sources: list(object({ file: text, sha256: text })) }),
  arms: list(lockedArmShape),
  verdicts: list(object({ pair: text, task: orNull(text), verdict: text, units: number })),
});

function parseObject(written: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(written);
    return isFields(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file still begins with the bytes that were locked. */
export const beginsAsLocked = (bytes: Uint8Array, locked: LockedFile, hashing: Hashing): boolean =>
  bytes.length >= locked.bytes && hashing.sha256(bytes.subarray(0, locked.bytes)) === locked.sha256;

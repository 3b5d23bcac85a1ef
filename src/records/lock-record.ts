/** gapcheck.lock.json: what a team has accepted. */
import * as v from 'valibot';
import { amount, bytes, count, hash, number, oddPlace, runId, time } from './rules.ts';
import { armRole } from './run-record.ts';

const lockedArm = v.object({
  name: v.string(),
  role: armRole,
  spec: v.string(),
  provider: v.string(),
  model: v.string(),
  identity: v.string(),
  host: v.nullable(v.string()),
  digest: v.optional(v.string()),
  weights: v.optional(v.string()),
  quantization: v.optional(v.string()),
  template: v.optional(v.string()),
  contextAsked: v.optional(number),
  /** SHA-256 of the parameters sent with every request and of the model file's system prompt. */
  parameters: v.string(),
  /** Parameters of the model file itself, by name. */
  modelParameters: v.optional(v.record(v.string(), v.string())),
  /** Name of the licence; null where its text is not identified, absent where there is none. */
  licence: v.optional(v.nullable(v.string())),
  /** The provider's list named it. */
  listed: v.optional(v.boolean()),
  /** Its date of retirement, as said then. */
  ends: v.optional(
    v.object({ on: v.string(), replacement: v.optional(v.string()), lifecycle: v.optional(v.string()) }),
  ),
  price: v.optional(v.object({ in: amount, out: amount, cached: v.optional(amount), source: v.string() })),
  /** What came back while answering; an alias that moves shows here. */
  observed: v.object({
    model: v.optional(v.string()),
    fingerprint: v.optional(v.string()),
    context: v.optional(number),
  }),
});
export type LockedArm = v.InferOutput<typeof lockedArm>;

/** `units`: prompts after which the verdict was first reached; while undecided, votes so far. */
const lockedVerdict = v.object({
  pair: v.string(),
  /** Null: overall. */
  task: v.nullable(v.string()),
  verdict: v.picklist(['open-better', 'open-good-enough', 'keep-closed', 'undecided']),
  units: count,
  /** Votes behind it that were not blind. */
  notBlind: v.optional(count),
});
export type LockedVerdict = v.InferOutput<typeof lockedVerdict>;

const lockedFile = v.object({ bytes, sha256: hash });
export type LockedFile = v.InferOutput<typeof lockedFile>;

/** Of a run folder, and of nothing beside it. */
const fileName = v.pipe(v.string(), v.regex(/^(?:run\.json|prompts\.jsonl|(?:attempts|votes)\/[^/\\]+\.jsonl)$/));

const lockFile = v.object({
  kind: v.literal('gapcheck-lock'),
  schema: count,
  gapcheck: v.string(),
  run: v.object({
    id: runId,
    createdAt: time,
    keyCommitment: hash,
    files: v.record(fileName, lockedFile),
  }),
  prompts: v.object({
    hash,
    count,
    planned: count,
    sources: v.array(v.object({ file: v.string(), sha256: v.string() })),
  }),
  arms: v.array(lockedArm),
  /** Empty until every rater has finished. */
  verdicts: v.array(lockedVerdict),
});
export type LockFile = v.InferOutput<typeof lockFile>;

/** The field that is not as gapcheck writes it. */
export const oddInLock = (value: unknown): string | undefined => oddPlace(lockFile, value);

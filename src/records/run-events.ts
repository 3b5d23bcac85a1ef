/** A line of events.jsonl: what happened to a run, and when. */
import * as v from 'valibot';
import { agentEnd } from './agent-record.ts';
import type { BallotId, PromptId } from './ids.ts';
import { isObject } from './plain-json.ts';
import { amount, bytes, count, hash, number, oddPlace, openWord, raterName, time } from './rules.ts';
import { side } from './vote-lines.ts';

const prompt = openWord<PromptId>();
const ballot = openWord<BallotId>();

/** A file that only grows: its first `bytes` bytes had this SHA-256, hex. */
const sealedFile = v.object({ bytes, sha256: v.string() });
export type SealedFile = v.InferOutput<typeof sealedFile>;

/** A vote of an earlier run with its sides turned back into arms: that run was open when it was carried over. */
const carriedVote = v.object({
  rater: raterName,
  n: count,
  ballot,
  /** The side on which arm `a` was shown. */
  aSide: side,
  outcome: v.picklist(['a', 'both-fine', 'both-bad', 'b']),
  redo: v.object({ a: v.boolean(), b: v.boolean() }),
  ms: v.nullable(amount),
  note: v.optional(v.string()),
  recognised: v.optional(v.object({ closed: side, cause: v.string(), right: v.boolean() })),
  /** Answers that the rater had read beside a model's name before. */
  seen: v.optional(v.picklist(['one', 'both'])),
  /** It came when the result of its own run had been open. */
  afterOpen: v.optional(v.literal(true)),
});
export type CarriedVote = v.InferOutput<typeof carriedVote>;

/** How far a log file was read when a day closed. Recognised again by inode or by its first bytes, whatever its name. */
const readFile = v.object({
  path: v.string(),
  device: number,
  inode: number,
  /** Bytes on the disk. */
  size: bytes,
  /** Unpacked bytes that were read, up to the end of the last whole record. */
  bytes,
  /** Records that were read; of a file that is read whole again, those of closed days. */
  records: count,
  /** SHA-256, hex, of the first 4 KB unpacked, or of as much as there was: `head` bytes. */
  sha256: hash,
  head: bytes,
  /** The same of the last 4 KB that were read. */
  tail: v.optional(hash),
  /** Where records of days that are still open begin; absent where all before `bytes` are of closed days. */
  from: v.optional(bytes),
  /** Lines before that place. */
  lines: v.optional(bytes),
  /** Records of days that were still open. */
  open: v.optional(count),
  /** A table, an archive or a database: read whole again whenever it changed. */
  whole: v.optional(v.literal(true)),
  /** When it was last written; the newest is the one that the app was writing to. */
  modifiedMs: v.optional(number),
  /** How it was read. */
  format: v.optional(v.string()),
});
export type ReadFileState = v.InferOutput<typeof readFile>;

/** A calendar day in the time zone of the run. */
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));

/** Most calls that may be in flight, by arm: what a process that is killed can leave without a record. */
const callsAtOnce = v.record(v.string(), number);
export type CallsAtOnce = v.InferOutput<typeof callsAtOnce>;

const event = <Name extends string, Entries extends v.ObjectEntries>(name: Name, entries: Entries) =>
  v.object({ at: time, event: v.literal(name), ...entries });

const runEvent = v.variant('event', [
  /** `runHash`: SHA-256, hex, of run.json's bytes; absent in runs of before it was kept. */
  event('started', {
    gapcheck: v.string(),
    node: v.string(),
    runHash: v.optional(v.string()),
    atOnce: v.optional(callsAtOnce),
  }),
  event('resumed', { gapcheck: v.string(), atOnce: v.optional(callsAtOnce) }),
  event('arm-observed', {
    arm: v.string(),
    model: v.optional(v.string()),
    context: v.optional(amount),
    contextAsked: v.optional(amount),
    /** Share of the model in GPU memory, 0..1. */
    onGpu: v.optional(amount),
    fingerprint: v.optional(v.string()),
    note: v.optional(v.string()),
  }),
  /**
   * `files`: attempts files by arm as they were then; absent in runs of before it was kept. `budget`: the limit of cost
   * keeps a next start from asking for what is missing.
   */
  event('answered', {
    answers: count,
    missing: count,
    files: v.optional(v.record(v.string(), sealedFile)),
    budget: v.optional(v.literal(true)),
  }),
  /** A later start of a watched week raised its limit of cost, US dollars. */
  event('limit-raised', { maxCostUsd: amount }),
  /** `packet`: given away in a file, so it stays claimed although nobody is scoring. */
  event('claimed', { rater: raterName, prompt, packet: v.optional(v.literal(true)) }),
  /**
   * A vote became evidence: `n` of `rater`'s file. The order of these lines is the order of evidence. `seen`: the rater
   * had read one answer, or both, beside a model's name in a run that was open by then.
   */
  event('entered', {
    rater: raterName,
    n: count,
    ballot,
    prompt,
    seen: v.optional(v.picklist(['one', 'both'])),
  }),
  /** Equal records, or (`empty`) nothing to read on either side: nobody is asked, and preference counts it as a tie. */
  event('entered-identical', { prompt, pair: v.string(), empty: v.optional(v.literal(true)) }),
  /** Votes of run `from` that still hold: the prompt and both answers are what they were. */
  event('carried', { prompt, pair: v.string(), from: v.string(), votes: v.array(carriedVote) }),
  /** The first moment at which anybody could see a result; `units` had entered then. Closes the batch of that number. */
  event('opened', { batch: count, units: count }),
  /** Reached when `units` had been read, in that batch. Absent batch: a verdict of the first edition's rule. */
  event('verdict', {
    pair: v.string(),
    task: v.nullable(v.string()),
    verdict: v.picklist(['open-better', 'open-good-enough', 'keep-closed']),
    units: amount,
    batch: v.optional(count),
  }),
  /** `imported`: not from a packet, so nothing shows that they were cast blind. */
  event('merged', { rater: raterName, votes: count, lastHash: v.string(), imported: v.optional(v.literal(true)) }),
  /** A packet was written: `token` is the SHA-256, hex, of the token in it, which its votes must carry. */
  event('given', { rater: raterName, token: hash, ballots: count }),
  /** The packet of this rater counts no more: its prompts are free, and its votes are refused. */
  event('withdrawn', { rater: raterName }),
  /** Everything this rater's file had brought counts no more; `lastHash` is the fingerprint it had then. */
  event('voided', { rater: raterName, votes: count, lastHash: v.string(), reason: v.optional(v.string()) }),
  /** Prompts in languages (or with `images`) that this rater cannot judge, said before the first vote; the last line counts. */
  event('left-out', { rater: raterName, names: v.array(v.string()), prompts: v.array(prompt) }),
  event('more', { prompts: v.array(prompt), task: v.optional(v.string()) }),
  /**
   * A watched day closed: the first `toRead` of its prompts are voted on, the others are its reserve; `sha256` is that of
   * prompts/<day>.jsonl. `records` came in that day; `late` ones are of a day that had closed when they came; `different`
   * is how many prompts that could be drawn the day had.
   */
  event('day', {
    day,
    prompts: v.array(prompt),
    toRead: count,
    sha256: hash,
    records: count,
    different: count,
    late: count,
    files: v.array(readFile),
  }),
  /** `asked`: the session asked this rater to tell the models apart. Absent where nobody can know: a page, an old run. */
  event('finished', {
    rater: raterName,
    votes: count,
    lastHash: v.string(),
    asked: v.optional(v.literal(true)),
  }),
  /** A whole agent began: its process group, and the copy that it works in. `startTime`: as the system tells it. */
  event('trial-started', {
    arm: v.string(),
    prompt,
    trial: count,
    pid: count,
    startTime: v.string(),
    folder: v.string(),
  }),
  /** Its attempt is on the disk. A trial that began and has neither this nor an interruption is still running, or was killed. */
  event('trial-ended', {
    arm: v.string(),
    prompt,
    trial: count,
    end: agentEnd,
    why: v.optional(v.string()),
    steps: count,
    failedSteps: count,
    seconds: amount,
    costUsd: v.nullable(amount),
  }),
  /** A try that a kill or Ctrl-C cut off, as far as it had come: the trial begins again from a fresh copy. */
  event('trial-interrupted', {
    arm: v.string(),
    prompt,
    trial: count,
    steps: count,
    seconds: amount,
    costUsd: v.nullable(amount),
  }),
  event('unblinded', { early: v.boolean(), voted: count, planned: count }),
]);
export type RunEvent = v.InferOutput<typeof runEvent>;

const unknownEvent = v.object({ at: time, event: v.string() });

const known: ReadonlySet<unknown> = new Set(runEvent.options.map(({ entries }) => entries.event.literal));

/** The field of a line that is not as gapcheck writes it. An event that this version does not know is passed over. */
export function oddInEvent(value: unknown): string | undefined {
  if (!isObject(value) || typeof value.event !== 'string') return 'event';
  return oddPlace(known.has(value.event) ? runEvent : unknownEvent, value);
}

/** Put in place of a line that a crash cut off; the reader skips line N aloud. */
export interface TornLine {
  torn: number;
}

/** run.json: everything that is fixed before the first call. */
import * as v from 'valibot';
import { agentSettings } from './agent-record.ts';
import { armKinds } from './challenger.ts';
import { checkSpec } from './prompt-record.ts';
import { amount, anyJson, anyObject, count, hash, number, oddPlace, runId, share, time } from './rules.ts';

/**
 * Of every file that gapcheck writes. Field names are short and stable: people read these files with jq, and later
 * versions read old ones.
 */
export const schemaVersion = 2;

/** 2: a draw of fewer than 16 prompts has a keyed coin for each of its ballots. Runs of version 1 keep their sides. */
export const dealVersion = 2;

export const armRole = v.picklist(['closed', 'open', 'control']);
export type ArmRole = v.InferOutput<typeof armRole>;

/** Where an arm's answers are made; a hosted one at a loopback address may be behind a proxy. */
const armPlace = v.picklist(['nowhere', 'program', 'local', 'hosted']);
export type ArmPlace = v.InferOutput<typeof armPlace>;

/** US dollars per million tokens. */
const price = v.object({
  in: amount,
  out: amount,
  cached: v.optional(amount),
  /** Where it came from: `config`, `--prices FILE`, or the price table and its date. */
  source: v.string(),
  /** The model id the price was found under. */
  matched: v.string(),
  date: v.string(),
});
export type Price = v.InferOutput<typeof price>;

/** An arm as described before the first call; identity is SHA-256 over `identityOf`'s fields. */
const armRecord = v.object({
  name: v.string(),
  role: armRole,
  /** What the sentences call an open arm; absent: open. */
  as: v.optional(v.picklist(armKinds)),
  spec: v.string(),
  provider: v.string(),
  model: v.string(),
  identity: v.string(),
  /** Endpoint host and port, or null when nothing is called. */
  host: v.nullable(v.string()),
  where: v.optional(armPlace),
  /** It does a whole job in a folder of its own: every arm of such a run does. */
  agent: v.optional(v.literal(true)),
  /** Whose stream of steps it prints, where the config or its script says so. */
  stream: v.optional(v.string()),
  /** Prompts go to another machine. */
  leavesMachine: v.boolean(),
  digest: v.optional(v.string()),
  quantization: v.optional(v.string()),
  parameterSize: v.optional(v.string()),
  /** The model's own maximum, tokens. */
  contextMax: v.optional(amount),
  /** Bytes of memory for each token of the window, and of the model on its disk. */
  windowBytes: v.optional(amount),
  modelBytes: v.optional(amount),
  /** The context window we ask for, tokens. */
  contextAsked: v.optional(amount),
  /** The window that its server says it serves, tokens. */
  contextServed: v.optional(amount),
  /** Calls that its server works on at once, by its own word. */
  slots: v.optional(amount),
  /** SHA-256 of the weights' own file, where the server tells it: the same model under another digest. */
  weights: v.optional(v.string()),
  /** SHA-256 of the chat template. */
  template: v.optional(v.string()),
  /** The tag that the chat template writes last: the model's block of thought is open before its first token. */
  templateEnds: v.optional(v.string()),
  /** System prompt that the model file adds when the prompt has none. */
  system: v.optional(v.string()),
  /** Parameters the model file sets. */
  modelParameters: v.optional(v.record(v.string(), v.string())),
  think: v.optional(v.union([v.boolean(), v.picklist(['low', 'medium', 'high'])])),
  capabilities: v.optional(v.array(v.string())),
  licence: v.optional(
    v.object({ text: v.optional(v.string()), spdx: v.optional(v.string()), url: v.optional(v.string()) }),
  ),
  /** Its id at Hugging Face, as the server's list says. */
  huggingFace: v.optional(v.string()),
  /** The provider's list named it when it was described. */
  listed: v.optional(v.boolean()),
  /** Its date of retirement, as the list or the config says it, and what takes its place. */
  ends: v.optional(
    v.object({ on: v.string(), replacement: v.optional(v.string()), lifecycle: v.optional(v.string()) }),
  ),
  /** What this arm declares for itself: {name, system: {sha256, words, mode}, params}. The rest is asked as logged. */
  variant: v.optional(anyObject),
  /** What was found while it was described, and a reader must know. */
  notes: v.optional(v.array(v.string())),
  serverVersion: v.optional(v.string()),
  /** Parameters that we send with every request unless the prompt brings its own. */
  sends: v.optional(anyObject),
  price: v.optional(price),
  /** How the user set it up, so that `--resume` makes the same arm again; no secret in it. */
  setup: v.optional(anyObject),
});
export type ArmRecord = v.InferOutput<typeof armRecord>;

type Reached = 'role' | 'spec' | 'provider' | 'model' | 'identity' | 'host';

/** What a lock, a router and a new run take over from a record, so that the arm can be asked again. */
export const reachOf = ({
  role,
  spec,
  provider,
  model,
  identity,
  host,
}: Pick<ArmRecord, Reached>): Pick<ArmRecord, Reached> => ({ role, spec, provider, model, identity, host });

/** Evidence and verdicts are per pair; +1 means `a` is better. `a` is the challenger. */
const pairRecord = v.object({
  a: v.string(),
  b: v.string(),
  /** True for (open, closed): these get verdicts. Others explain the gap. */
  decides: v.boolean(),
});
export type PairRecord = v.InferOutput<typeof pairRecord>;

const taskPlan = v.object({
  task: v.string(),
  /** Prompts to vote on / prompts in reserve. */
  planned: count,
  reserve: count,
  /** Share of this task in the log's traffic, 0..1. */
  traffic: share,
  /** Share of hard prompts within the task: in the traffic, and in the plan. */
  hardTraffic: share,
  hardPlan: share,
  /** What a wrong answer costs here; moves the margin when routing. */
  failureCost: v.optional(v.picklist(['low', 'medium', 'high'])),
});
export type TaskPlan = v.InferOutput<typeof taskPlan>;

/** Where tool results come from when the log has none for a call. */
const toolSources = v.object({
  /** A program: `{name, arguments, prompt, task}` as JSON on its stdin, the result as JSON on its stdout. */
  exec: v.optional(v.union([v.string(), v.array(v.string())])),
  /** Its time limit in seconds; default 30. */
  seconds: v.optional(amount),
  /** One fixed result per tool name, whatever the arguments. */
  stubs: v.optional(v.record(v.string(), anyJson)),
});
export type ToolSources = v.InferOutput<typeof toolSources>;

/** A week of real traffic: what `gapcheck watch` froze at its first start. */
const watchSettings = v.object({
  /** By which further starts find this run. */
  name: v.string(),
  /** Files and patterns, as typed. */
  logs: v.array(v.string()),
  /** First calendar day, YYYY-MM-DD in `tz`, and how many there are. */
  from: v.string(),
  days: count,
  /** Prompts of a day to read; three times as many are in reserve. */
  perDay: count,
  /** An IANA time zone. */
  tz: v.string(),
  /** How long after its end a day waits for late records, ms. */
  lateMs: amount,
  /** The log holds both answers: a call and its silent copy to another model. */
  mirror: v.optional(v.literal(true)),
  /** What fixes the run, as typed at the first start: further starts must say the same. */
  flags: v.record(v.string(), anyJson),
});
export type WatchSettings = v.InferOutput<typeof watchSettings>;

const runSettings = v.object({
  /** Ballots a rater reads. */
  n: count,
  raters: count,
  /** Prompts that every rater reads; absent in runs of before it was kept. */
  overlap: v.optional(count),
  /** Prompts answered for machine checks, ballots included. */
  checkN: count,
  trials: count,
  /** Answer retries after a failed check. */
  retries: count,
  retryMode: v.picklist(['same', 'feedback']),
  seed: number,
  maxTokens: count,
  temperature: v.nullable(number),
  endpoint: v.picklist(['preference', 'retry']),
  hard: v.nullable(share),
  redact: v.boolean(),
  maxSteps: count,
  maxCostUsd: v.optional(amount),
  /** Checks per task from the config; `*` is every task. `checks/` knows their options. */
  checks: v.optional(v.record(v.string(), v.array(checkSpec))),
  faults: v.optional(v.object({ toolError: v.optional(share) })),
  tools: v.optional(toolSources),
  /** Absent where no arm is an agent. */
  agent: v.optional(agentSettings),
  watch: v.optional(watchSettings),
});
export type RunSettings = v.InferOutput<typeof runSettings>;

const sourceRecord = v.object({ file: v.string(), sha256: v.string(), format: v.string(), records: count });
export type SourceRecord = v.InferOutput<typeof sourceRecord>;

const logTraffic = v.object({
  /** First and last time, ISO 8601. */
  from: v.string(),
  to: v.string(),
  /** Calls of each whole week, in order. */
  weekly: v.array(count),
  /** 95th percentile of the calls an hour over their mean; null below seven days. */
  peak: v.nullable(amount),
  /** Cached share of the input tokens, 0..1; null where the log does not say. */
  cachedShare: v.nullable(share),
});
export type LogTraffic = v.InferOutput<typeof logTraffic>;

/** run.json, written once, before the first call. */
const runRecord = v.object({
  schema: count,
  gapcheck: v.string(),
  /** Opaque and random (`r_` + 16 hex): goes into packets and vote headers. */
  id: runId,
  createdAt: time,
  arms: v.array(armRecord),
  /** A run compares: at least one pair. */
  pairs: v.pipe(v.array(pairRecord), v.minLength(1)),
  settings: runSettings,
  /** Net preference that closed may win by, 0..1. */
  margin: share,
  alpha: share,
  /** Ballots planned in all: n × raters. */
  plannedBallots: count,
  tasks: v.array(taskPlan),
  /**
   * gapcheck guessed the tasks: from so many system prompts, from so many lines with which prompts begin, or from the
   * form of the prompts; with the tasks that this found. Absent where the log names them, and in runs of before it was kept.
   */
  guessedTasks: v.optional(v.object({ systemPrompts: count, openings: v.optional(count), tasks: v.optional(count) })),
  /** What was left out of the sample, for the report. */
  leftOut: v.array(v.object({ task: v.string(), prompts: count })),
  /** The command that made the run, for repeating it. */
  command: v.optional(v.string()),
  /** Calls a month at the log's own rate; absent where its records carry no time. */
  logCallsPerMonth: v.optional(amount),
  /** What the bill rests on, from the log's times and usage. */
  logTraffic: v.optional(logTraffic),
  /**
   * Usable records of the log, and how many different prompts they are: each counts once, with its first answers.
   * `failed` of them are not asked: their call failed in the log that an arm answers from.
   */
  logged: v.optional(
    v.object({ records: count, different: count, otherAnswers: v.optional(count), failed: v.optional(count) }),
  ),
  /** Counts by kind of what redaction replaced. */
  redacted: v.record(v.string(), count),
  sources: v.array(sourceRecord),
  /** SHA-256, hex, of prompts.jsonl's bytes. */
  promptsHash: hash,
  /** SHA-256, hex, of the 32 bytes in key.json. */
  keyCommitment: hash,
  dealVersion: count,
  /** Id of the run whose prompts this one answers again: `gapcheck ci`. Its evidence follows the prefix rule. */
  baseline: v.optional(v.string()),
});
export type RunRecord = v.InferOutput<typeof runRecord>;

/** The field of run.json that is not as gapcheck writes it; every pair is of two arms that are there. */
export function oddInRun(value: unknown): string | undefined {
  const odd = oddPlace(runRecord, value);
  if (odd !== undefined) return odd;
  const { arms, pairs, tasks, settings } = value as RunRecord;
  // Only a week begins without one: its days bring them.
  if (tasks.length === 0 && settings.watch === undefined) return 'tasks';
  const names = arms.map(({ name }) => name);
  const twice = names.findIndex((name, at) => names.indexOf(name) < at);
  if (twice !== -1) return `arms[${twice}].name`;
  const alone = pairs.findIndex(({ a, b }) => !names.includes(a) || !names.includes(b));
  return alone === -1 ? undefined : `pairs[${alone}]`;
}

/** key.json, mode 0600. */
export interface KeyRecord {
  schema: number;
  run: string;
  /** 32 random bytes, base64. */
  seed: string;
}

/** The name a pair goes by in ids, events and files. */
export const pairName = (pair: Pick<PairRecord, 'a' | 'b'>): string => `${pair.a}:${pair.b}`;

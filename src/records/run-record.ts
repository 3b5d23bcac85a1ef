/** run.json: everything that is fixed before the first call. */
import type { Json, JsonObject } from './plain-json.ts';
import type { CheckSpec } from './prompt-record.ts';

/**
 * Every shape that reaches the disk, with its schema version, and how the ids on disk are made.
 * Field names are short and stable: people read these files with jq, and later versions read old ones.
 */
export const schemaVersion = 1;

export const dealVersion = 1;

export type ArmRole = 'closed' | 'open' | 'control';

/** US dollars per million tokens. */
export interface Price {
  in: number;
  out: number;
  cached?: number;
  /** Where it came from: `config`, `--prices FILE`, or the price table and its date. */
  source: string;
  /** The model id the price was found under. */
  matched: string;
  date: string;
}

/** An arm as described before the first call; identity is SHA-256 over `identityOf`'s fields. */
export interface ArmRecord {
  name: string;
  role: ArmRole;
  spec: string;
  provider: string;
  model: string;
  identity: string;
  /** Endpoint host and port, or null when nothing is called. */
  host: string | null;
  /** Prompts go to another machine. */
  leavesMachine: boolean;
  digest?: string;
  quantization?: string;
  parameterSize?: string;
  /** The model's own maximum, tokens. */
  contextMax?: number;
  /** The context window we ask for, tokens. */
  contextAsked?: number;
  /** SHA-256 of the chat template. */
  template?: string;
  /** The tag that the chat template writes last: the model's block of thought is open before its first token. */
  templateEnds?: string;
  /** System prompt that the model file adds when the prompt has none. */
  system?: string;
  /** Parameters the model file sets. */
  modelParameters?: Record<string, string>;
  think?: boolean | 'low' | 'medium' | 'high';
  capabilities?: string[];
  licence?: { text?: string; spdx?: string };
  serverVersion?: string;
  /** Parameters that we send with every request unless the prompt brings its own. */
  sends?: JsonObject;
  price?: Price;
  /** How the user set it up, so that `--resume` makes the same arm again; no secret in it. */
  setup?: JsonObject;
}

/** Evidence and verdicts are per pair; +1 means `a` is better. `a` is the challenger. */
export interface PairRecord {
  a: string;
  b: string;
  /** True for (open, closed): these get verdicts. Others explain the gap. */
  decides: boolean;
}

export interface TaskPlan {
  task: string;
  /** Prompts to vote on / prompts in reserve. */
  planned: number;
  reserve: number;
  /** Share of this task in the log's traffic, 0..1. */
  traffic: number;
  /** Share of hard prompts within the task: in the traffic, and in the plan. */
  hardTraffic: number;
  hardPlan: number;
  /** What a wrong answer costs here; moves the margin when routing. */
  failureCost?: 'low' | 'medium' | 'high';
}

export interface RunSettings {
  /** Ballots a rater reads. */
  n: number;
  raters: number;
  /** Prompts answered for machine checks, ballots included. */
  checkN: number;
  trials: number;
  /** Answer retries after a failed check. */
  retries: number;
  retryMode: 'same' | 'feedback';
  seed: number;
  maxTokens: number;
  temperature: number | null;
  endpoint: 'preference' | 'retry';
  hard: number | null;
  redact: boolean;
  maxSteps: number;
  maxCostUsd?: number;
  /** Checks per task from the config; `*` is every task. */
  checks?: Record<string, CheckSpec[]>;
  faults?: { toolError?: number };
  tools?: ToolSources;
}

/** Where tool results come from when the log has none for a call. */
export interface ToolSources {
  /** A program: `{name, arguments, prompt, task}` as JSON on its stdin, the result as JSON on its stdout. */
  exec?: string | string[];
  /** Its time limit in seconds; default 30. */
  seconds?: number;
  /** One fixed result per tool name, whatever the arguments. */
  stubs?: { [tool: string]: Json };
}

export interface SourceRecord {
  file: string;
  sha256: string;
  format: string;
  records: number;
}

/** run.json, written once, before the first call. */
export interface RunRecord {
  schema: number;
  gapcheck: string;
  /** Opaque and random (`r_` + 16 hex): goes into packets and vote headers. */
  id: string;
  createdAt: string;
  arms: ArmRecord[];
  pairs: PairRecord[];
  settings: RunSettings;
  /** Net preference that closed may win by, 0..1. */
  margin: number;
  alpha: number;
  /** Ballots planned in all: n × raters. */
  plannedBallots: number;
  tasks: TaskPlan[];
  /** What was left out of the sample, for the report. */
  leftOut: { task: string; prompts: number }[];
  /** The command that made the run, for repeating it. */
  command?: string;
  /** Calls a month at the log's own rate; absent where its records carry no time. */
  logCallsPerMonth?: number;
  /** Counts by kind of what redaction replaced. */
  redacted: Record<string, number>;
  sources: SourceRecord[];
  /** SHA-256, hex, of prompts.jsonl's bytes. */
  promptsHash: string;
  /** SHA-256, hex, of the 32 bytes in key.json. */
  keyCommitment: string;
  dealVersion: number;
  /** Id of the run whose prompts this one answers again: `gapcheck ci`. Its evidence follows the prefix rule. */
  baseline?: string;
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

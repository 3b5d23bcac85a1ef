/**
 * Every shape that reaches the disk, with its schema version, and how the ids on disk are made.
 * Field names are short and stable: people read these files with jq, and later versions read old ones.
 */
export const schemaVersion = 1;
export const dealVersion = 1;

export type PromptId = `p_${string}`;
export type BallotId = `b_${string}`;
export type Side = 'left' | 'right';
export type ArmRole = 'closed' | 'open' | 'control';
export type Difficulty = 'easy' | 'hard';
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

// ───────────────────────────── prompts ─────────────────────────────

export interface TextPart {
  type: 'text';
  text: string;
}
/** Image, audio, file: kept so that the record is whole, never shown or guessed at. */
export interface MediaPart {
  type: 'media';
  media: string;
  /** What the source held, as it was. */
  value: Json;
}
export type ContentPart = TextPart | MediaPart;

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text exactly as the model wrote it; may be invalid. Ollama's objects are serialised once, here. */
  arguments: string;
}

export interface Message {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  content: string | ContentPart[] | null;
  name?: string;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
}

export interface Tool {
  name: string;
  description?: string;
  /** JSON Schema of the arguments, as the log had it (may use non-standard type names). */
  parameters?: JsonObject;
  strict?: boolean;
}

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; name?: string; schema: JsonObject; strict?: boolean };

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

/** Sampling parameters in OpenAI's names; absent = not set by the log. */
export interface SamplingParams {
  temperature?: number;
  top_p?: number;
  max_tokens?: number;
  seed?: number;
  stop?: string[];
  presence_penalty?: number;
  frequency_penalty?: number;
}

/** Tokens. Absent = unknown, never 0. `out` includes `reasoning`; `in` includes `cached`. */
export interface Usage {
  in?: number;
  out?: number;
  cached?: number;
  reasoning?: number;
}

/** An answer that came with the prompt: production's own, or a column of a CSV. */
export interface LoggedAnswer {
  text: string;
  tool_calls?: ToolCall[];
  finish?: string;
  refusal?: string;
  model?: string;
  usage?: Usage;
  latency_ms?: number;
  ttft_ms?: number;
  cost_usd?: number;
  /** The logged call failed: what the log said. */
  error?: string;
}

export type PromptFlag =
  | 'truncated'
  | 'redacted-at-source'
  | 'media'
  | 'no-user-turn'
  | 'null-input'
  | 'embedding'
  | 'partial-history'
  | 'dangling-tool-call'
  | 'identity';

/** What a tool answered in the log: a tool loop answers the same call with it again. */
export interface LoggedToolResult {
  name: string;
  /** JSON text of the call's arguments. */
  arguments: string;
  result: string;
}

/** One item to answer. Frozen, one line of prompts.jsonl, when a run starts. */
export interface PromptRecord {
  id: PromptId;
  task: string;
  messages: Message[];
  tools?: Tool[];
  tool_choice?: ToolChoice;
  response_format?: ResponseFormat;
  params?: SamplingParams;
  difficulty: Difficulty;
  /** 0 (plain) to 1 (hard); how it is made is in logs/difficulty.ts. */
  difficulty_score?: number;
  /** w_h of statistics.md §3; 1 unless `--hard` over-sampled. */
  weight: number;
  checks?: CheckSpec[];
  /** The production answer of the log. */
  ref?: LoggedAnswer;
  /**
   * Results that tools gave in the log, in order. When the log went through several steps after the last user turn,
   * `messages` end with that turn and what came after stands here: every arm walks the way again by itself.
   */
  tool_log?: LoggedToolResult[];
  /** Answers from columns named `answer:NAME`, by NAME. */
  answers?: Record<string, LoggedAnswer>;
  source: { format: string; file: string; line: number };
  /** The source's own id, kept apart from ours. */
  source_id?: string;
  /** ISO 8601, UTC. */
  ts?: string;
  session_id?: string;
  tags?: string[];
  flags?: PromptFlag[];
  /** How many identical records the log had. */
  count?: number;
}

/** A check as configured: its name and what it needs. `checks/` validates the rest. */
export interface CheckSpec {
  check: string;
  /** Where it came from: the config, the prompt record, or inferred from the log. */
  from?: 'config' | 'prompt' | 'inferred' | 'default';
  [option: string]: Json | undefined;
}

export interface CheckResult {
  check: string;
  pass: boolean;
  /** One sentence that says what failed. */
  why?: string;
  /** Failure kind for counting, e.g. `truncated`, `unknown-tool`. */
  kind?: string;
  /** False when the check itself could not decide (its pattern ran out of time): then `pass` is true and `why` says so. */
  judged?: false;
}

// ───────────────────────────── run.json ─────────────────────────────

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

// ───────────────────────────── attempts ─────────────────────────────

/**
 * How a step ended. `answered` means a whole reply with a finish reason; whether it is usable is for the checks.
 * Transport failures may be retried; final ones stop the arm; `too-long` is the prompt not fitting.
 */
export type StepOutcome = 'answered' | TransportFailure | FinalFailure;
export type TransportFailure = 'rate-limit' | 'overload' | 'timeout' | 'network' | 'server' | 'cut' | 'garbage';
export type FinalFailure =
  | 'auth'
  | 'quota'
  | 'model-missing'
  | 'out-of-memory'
  | 'bad-request'
  | 'too-long'
  | 'aborted'
  | 'no-answer';

/** Milliseconds of the provider's own work: no queueing, back-off or model loading in them. */
export interface StepTimings {
  ttft?: number;
  total: number;
  load?: number;
  /** Output tokens per second of generation. */
  tokensPerSecond?: number;
}

/**
 * What went wrong with a tool call: the model's fault (unknown tool, arguments that do not parse or fit), nobody's
 * (no result anywhere for a valid call), or the user's own program's.
 */
export type ToolTrouble = 'unknown-tool' | 'bad-json' | 'schema-mismatch' | 'no-result' | 'exec-failed';

export interface ToolResultRecord {
  id: string;
  name: string;
  content: string;
  /** `log-order`: the next logged result of this tool, for other arguments than the log's. */
  from: 'log' | 'log-order' | 'exec' | 'stub' | 'error' | 'fault';
  /** Only where `from` is `error`. */
  trouble?: ToolTrouble;
}

/** One line of attempts/<arm>.jsonl: one model call. Key: (prompt, trial, attempt, step), all from 1. */
export interface StepRecord {
  prompt: PromptId;
  trial: number;
  attempt: number;
  step: number;
  outcome: StepOutcome;
  /** What went wrong, in a sentence without secrets. */
  message?: string;
  text?: string;
  reasoning?: string;
  tool_calls?: ToolCall[];
  /** Tool results given back after this step (tool loop). */
  tool_results?: ToolResultRecord[];
  finish?: string;
  refusal?: string;
  /** The model the provider says it used. */
  model?: string;
  fingerprint?: string;
  usage?: Usage;
  ms?: StepTimings;
  /** Milliseconds waited before this attempt: back-off and Retry-After. */
  waited?: number;
  costUsd?: number;
  /** Parameters the provider refused and how we went on, e.g. `temperature: model default`. */
  adjusted?: string[];
  /** Only on the last step of an attempt. */
  checks?: CheckResult[];
  /** This attempt ends here (a tool loop has several steps). */
  last: boolean;
  /** Run id this answer was reused from. */
  reused?: string;
  at: string;
}

// ───────────────────────────── votes ─────────────────────────────

export type Choice = 'left' | 'right' | 'tie' | 'both-bad' | 'skip';
export type View = 'plain' | 'raw';

/** First line of votes/<rater>.jsonl. */
export interface VotesHeader {
  schema: number;
  kind: 'votes';
  run: string;
  rater: string;
  keyCommitment: string;
  view: View;
  at: string;
}

export interface VoteLine {
  n: number;
  ballot: BallotId;
  choice: Choice;
  /** Sides that would have to be redone. */
  retry: Side[];
  view: View;
  recognised?: { closed: Side; cause: string };
  /** Why a ballot was skipped. */
  reason?: string;
  note?: string;
  /** Milliseconds on screen. */
  ms: number;
  at: string;
  /** SHA-256, hex, of the line before (bytes, no newline). */
  prev: string;
}
export interface UndoLine {
  n: number;
  undo: number;
  at: string;
  prev: string;
}
export interface GuessLine {
  n: number;
  guess: Side | 'unknown';
  /** The `n` of the vote that is asked about. */
  of: number;
  at: string;
  prev: string;
}
/** Written when a rater says "that is all": votes can no longer change. */
export interface FinishLine {
  n: number;
  finish: true;
  at: string;
  prev: string;
}
export type ChainedLine = VoteLine | UndoLine | GuessLine | FinishLine;
/** A line before it has its number and its place in the chain. */
export type UnchainedLine = ChainedLine extends infer Line
  ? Line extends ChainedLine
    ? Omit<Line, 'prev' | 'n'>
    : never
  : never;

/** What ties votes to a run: a packet has no more than this. */
export type RunSeal = Pick<RunRecord, 'id' | 'keyCommitment'>;

/** Key order counts: terminal and page write the same bytes. */
export const votesHeader = (run: RunSeal, rater: string, view: View, at: string): VotesHeader => ({
  schema: schemaVersion,
  kind: 'votes',
  run: run.id,
  rater,
  keyCommitment: run.keyCommitment,
  view,
  at,
});

/** The line that follows `lines`; `lastHash` is the SHA-256 of the last of them, or of the header. */
export const chainLine = (lines: readonly ChainedLine[], lastHash: string, line: UnchainedLine): ChainedLine =>
  ({ n: (lines.at(-1)?.n ?? 0) + 1, ...line, prev: lastHash }) as ChainedLine;

// ───────────────────────────── events ─────────────────────────────

/** A file that only grows: its first `bytes` bytes had this SHA-256, hex. */
export interface SealedFile {
  bytes: number;
  sha256: string;
}

/** A vote of an earlier run with its sides turned back into arms: that run was open when it was carried over. */
export interface CarriedVote {
  rater: string;
  n: number;
  ballot: BallotId;
  /** The side on which arm `a` was shown. */
  aSide: Side;
  outcome: 'a' | 'both-fine' | 'both-bad' | 'b';
  redo: { a: boolean; b: boolean };
  ms: number;
  note?: string;
  recognised?: { closed: Side; cause: string; right: boolean };
}

/** Most calls that may be in flight, by arm: what a process that is killed can leave without a record. */
export type CallsAtOnce = Record<string, number>;

export type RunEvent = {
  at: string;
} /** `runHash`: SHA-256, hex, of run.json's bytes; absent in runs of before it was kept. */ & (
  | { event: 'started'; gapcheck: string; node: string; runHash?: string; atOnce?: CallsAtOnce }
  | { event: 'resumed'; gapcheck: string; atOnce?: CallsAtOnce }
  | { event: 'arm-observed'; arm: string; model?: string; context?: number; fingerprint?: string; note?: string }
  /** `files`: attempts files by arm as they were then; absent in runs of before it was kept. */
  | { event: 'answered'; answers: number; missing: number; files?: Record<string, SealedFile> }
  /** `packet`: given away in a file, so it stays claimed although nobody is scoring. */
  | { event: 'claimed'; rater: string; prompt: PromptId; packet?: true }
  /** A vote became evidence: `n` of `rater`'s file. The order of these lines is the order of evidence. */
  | { event: 'entered'; rater: string; n: number; ballot: BallotId; prompt: PromptId }
  /** Identical after masking: a tie that nobody was asked about. */
  | { event: 'entered-identical'; prompt: PromptId; pair: string }
  /** Votes of run `from` that still hold: the prompt and both answers are what they were. */
  | { event: 'carried'; prompt: PromptId; pair: string; from: string; votes: CarriedVote[] }
  | { event: 'verdict'; pair: string; task: string | null; verdict: 'open-good-enough' | 'keep-closed'; units: number }
  /** `imported`: not from a packet, so nothing shows that they were cast blind. */
  | { event: 'merged'; rater: string; votes: number; lastHash: string; imported?: true }
  | { event: 'more'; prompts: PromptId[]; task?: string }
  | { event: 'finished'; rater: string; votes: number; lastHash: string }
  | { event: 'unblinded'; early: boolean; voted: number; planned: number }
);

/** Put in place of a line that a crash cut off; the reader skips line N aloud. */
export interface TornLine {
  torn: number;
}

// ───────────────────────────── ids ─────────────────────────────

/** Hash functions are passed in, so that pure rooms run in a browser too. */
export interface Hashing {
  /** Lower-case hex. */
  sha256(data: string | Uint8Array): string;
  /** Lower-case hex of HMAC-SHA256. */
  hmac(key: Uint8Array, message: string): string;
}

/** JSON with sorted keys and no undefined: the same value gives the same bytes everywhere. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

type PromptCore = Pick<PromptRecord, 'messages' | 'tools' | 'response_format' | 'params'>;

/** `p_` + 16 hex of SHA-256 of canonical {messages, tools, response_format, params}. */
export function promptId({ messages, tools, response_format, params }: PromptCore, hashing: Hashing): PromptId {
  return `p_${hashing.sha256(canonicalJson({ messages, tools, response_format, params })).slice(0, 16)}`;
}

/** `b_` + 16 hex of HMAC(seed, run | rater | prompt | pair | copy). `copy` counts from 1; hidden repeats are 2. */
export function ballotId(
  parts: { run: string; rater: string; prompt: PromptId; pair: string; copy: number },
  seed: Uint8Array,
  hashing: Hashing,
): BallotId {
  const message = [parts.run, parts.rater, parts.prompt, parts.pair, String(parts.copy)].join('|');
  return `b_${hashing.hmac(seed, message).slice(0, 16)}`;
}

/** The name a pair goes by in ids, events and files. */
export const pairName = (pair: Pick<PairRecord, 'a' | 'b'>): string => `${pair.a}:${pair.b}`;

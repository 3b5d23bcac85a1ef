/**
 * One interface for every system under comparison. A provider is one file beside this one that makes an `Arm`,
 * and one line in registry.ts. Only that file knows its SDK; every SDK error becomes one ArmError.
 */

import type { FinalFailure, StepTimings, TransportFailure } from '../records/attempt-record.ts';
import type { ArmKind } from '../records/challenger.ts';
import { type Fault, nextOf } from '../records/outcomes.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type {
  Message,
  PromptRecord,
  ResponseFormat,
  SamplingParams,
  Tool,
  ToolCall,
  ToolChoice,
  Usage,
} from '../records/prompt-record.ts';
import type { ArmRecord, ArmRole } from '../records/run-record.ts';
import type { ProcessId } from './programs/process-id.ts';
import type { AgentStream, StreamEvent } from './programs/streams/agent-stream.ts';
import type { Listed } from './wire/listed.ts';

/** What a user asked for: `--open ollama:qwen3:8b`, or an arm of the config. */
export interface ArmConfig {
  name: string;
  role: ArmRole;
  /** Why an open arm is compared; absent: open. */
  as?: ArmKind;
  /** `provider:model`, as typed. */
  spec: string;
  provider: string;
  model: string;
  baseURL?: string;
  /** Name of the environment variable that holds the key; the key itself is never stored. */
  apiKeyEnv?: string;
  /** A program that prints the key: a line for the shell, or a program and its arguments. */
  keyCommand?: string | string[];
  think?: boolean | 'low' | 'medium' | 'high';
  /** Context window to ask for, tokens. */
  numCtx?: number;
  temperature?: number;
  topP?: number;
  topK?: number;
  minP?: number;
  stop?: string[];
  maxTokens?: number;
  /** System text of this arm alone: in place of the prompt's own, or behind it. */
  system?: { text: string; mode: 'replace' | 'append' };
  /** Sent as they are, for what an endpoint knows beyond these. */
  params?: JsonObject;
  /** Which of OpenAI's two APIs. */
  api?: 'chat' | 'responses';
  /** Name of the variant, where one model is asked in several ways. */
  variant?: string;
  concurrency?: number;
  /** Total time for one call, ms. */
  timeoutMs?: number;
  /** Silence allowed after the first token, ms. */
  idleMs?: number;
  /** Sent with every request; the config is kept in the run folder, so no secrets. */
  headers?: Record<string, string>;
  /** The same, from variables of the environment: header name → variable. */
  headersEnv?: Record<string, string>;
  /** Says under which licence the model is; wins over what its server says. */
  licence?: { spdx: string; url?: string };
  /** Of an agent: whose stream of steps it prints. */
  stream?: string;
  /** The day on which the model is retired, YYYY-MM-DD, where no list says it. */
  ends?: string;
  /** US dollars per million tokens; wins over every table. */
  price?: { in: number; out: number; cached?: number };
}

/** One model call. Every arm gets byte-identical messages. */
export interface ArmRequest {
  /** The prompt it belongs to: `logged` and `column` arms look up their answer here. */
  prompt: PromptRecord;
  messages: Message[];
  tools?: Tool[];
  toolChoice?: ToolChoice;
  responseFormat?: ResponseFormat;
  params: SamplingParams & { max_tokens: number };
  trial: number;
}

export interface ArmReply {
  text: string;
  reasoning?: string;
  toolCalls?: ToolCall[];
  /** Of a ready answer: the tool calls that led to it. */
  earlierCalls?: ToolCall[];
  refusal?: string;
  /** The provider's own word: stop, length, tool_calls, ... Never absent: no finish, no reply. */
  finish: string;
  model?: string;
  fingerprint?: string;
  usage: Usage;
  /** Absent when nobody measured it: unknown is not 0. */
  ms?: StepTimings;
  /** Parameters this arm could not honour. */
  adjusted?: string[];
  /** A cause of `outcomes`, where the arm knows more than text and finish word tell. */
  why?: string;
  /** Dollars, where the provider itself says so. */
  costUsd?: number;
}

/** Everything about an arm but its place in the run (name, role, spec, identity, price are added by `runs/`). */
export type ArmDescription = Omit<ArmRecord, 'name' | 'role' | 'spec' | 'identity' | 'price' | 'where'>;

export interface Arm {
  readonly config: ArmConfig;
  /** Metadata only, no generation. Throws ArmError when the arm cannot work (missing key, model not pulled). */
  describe(signal: AbortSignal): Promise<ArmDescription>;
  /** What the endpoint can serve, for choosing: its own names. Empty where it keeps no list. Throws ArmError. */
  listModels?(signal: AbortSignal): Promise<string[]>;
  /** The same with dates, where the list has them (ISO 8601): released, or for a local model pulled. */
  listDated?(signal: AbortSignal): Promise<Listed[]>;
  /**
   * Loads the model so that no answer's latency holds it; `digest` is that of the run's record. Returns the window that was asked for and the one really
   * served, tokens, and the share of the model in GPU memory (0..1), when known.
   */
  warmUp?(
    signal: AbortSignal,
    needs: { contextTokens: number; digest?: string | undefined },
  ): Promise<{ context?: number; contextAsked?: number; onGpu?: number; ms: number }>;
  /** Works on a whole job in a folder of its own, until the process ends by itself or the signal ends it. */
  job?(job: AgentJob, options: { signal: AbortSignal }): AsyncIterable<AgentEvent>;
  /** One attempt, one call, no retries. Throws ArmError. */
  call(request: ArmRequest, options: { signal: AbortSignal; onToken?: () => void }): Promise<ArmReply>;
}

/** One job of an agent. */
export interface AgentJob {
  request: ArmRequest;
  /** The copy that it works in; also the mark by which its processes are found. */
  folder: string;
  /** The program begins when this is done. */
  before(id: ProcessId): Promise<void>;
}

export type AgentEvent =
  | StreamEvent
  /** As it was printed. */
  | { type: 'output'; piece: Uint8Array; from: 'stdout' | 'stderr' }
  /** Nothing of its process group is left. `text`: lines that belong to no stream. */
  | { type: 'exit'; code: number | null; signal: string | null; text: string; stderr: string; stream?: AgentStream };

export type ArmFailure = TransportFailure | FinalFailure;

export class ArmError extends Error {
  readonly failure: ArmFailure;
  /** What exactly: a cause of `outcomes`. */
  readonly why: string | undefined;
  readonly fault: Fault | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** What to type next. */
  readonly hint: string | undefined;
  /** What had arrived before it broke. */
  readonly partial: string | undefined;
  /** Another request seems to have ended this one: fewer at once may help. */
  readonly crowded: boolean;
  /** Asking again gives the same, whatever the row of its cause says. */
  readonly once: boolean;

  constructor(
    failure: ArmFailure,
    message: string,
    options: {
      why?: string | undefined;
      fault?: Fault | undefined;
      status?: number | undefined;
      retryAfterMs?: number | undefined;
      hint?: string | undefined;
      partial?: string | undefined;
      crowded?: boolean | undefined;
      once?: boolean | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ArmError';
    this.failure = failure;
    this.why = options.why;
    this.fault = options.fault;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    const { why, fault } = options;
    const row = { outcome: failure, ...(why !== undefined && { cause: why }), ...(fault && { fault }) };
    this.hint = options.hint ?? (why === undefined ? undefined : nextOf(row));
    this.partial = options.partial;
    this.crowded = options.crowded === true;
    this.once = options.once === true;
  }
}

/** Makes an arm; may load its SDK on first use. `env` is passed in so that tests and configs can set it. */
export type ArmFactory = (config: ArmConfig, env: Record<string, string | undefined>) => Arm;

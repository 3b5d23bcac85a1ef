/** How the ids on disk are made. Hash functions are passed in, so that pure rooms run in a browser too. */
import { canonicalJson } from './plain-json.ts';

export type PromptId = `p_${string}`;

export type BallotId = `b_${string}`;

/** Hash functions are passed in, so that pure rooms run in a browser too. */
export interface Hashing {
  /** Lower-case hex. */
  sha256(data: string | Uint8Array): string;
  /** Lower-case hex of HMAC-SHA256. */
  hmac(key: Uint8Array, message: string): string;
}

/** What an answer depends on. */
interface PromptCore {
  messages: unknown;
  tools?: unknown;
  response_format?: unknown;
  params?: unknown;
  /** Where an agent works on it. */
  folder?: unknown;
}

/** `p_` + 16 hex of SHA-256 of canonical {messages, tools, response_format, params}, and folder where there is one. */
export function promptId({ messages, tools, response_format, params, folder }: PromptCore, hashing: Hashing): PromptId {
  return `p_${hashing.sha256(canonicalJson({ messages, tools, response_format, params, folder })).slice(0, 16)}`;
}

/** 64 hex of HMAC(seed, packet | run | rater | round): what a packet's votes carry to show where they were cast. */
export const packetToken = (
  { run, rater, round }: { run: string; rater: string; round: number },
  seed: Uint8Array,
  hashing: Hashing,
): string => hashing.hmac(seed, JSON.stringify(['packet', run, rater, round]));

/** `b_` + 16 hex of HMAC(seed, run | rater | prompt | pair | copy). `copy` counts from 1; hidden repeats are 2. */
export function ballotId(
  parts: { run: string; rater: string; prompt: PromptId; pair: string; copy: number },
  seed: Uint8Array,
  hashing: Hashing,
): BallotId {
  const message = [parts.run, parts.rater, parts.prompt, parts.pair, String(parts.copy)].join('|');
  return `b_${hashing.hmac(seed, message).slice(0, 16)}`;
}

/**
 * Folds the chunks of a streamed chat completion into one reply. Compatible servers differ in where they put
 * reasoning, refusals and errors; a stream without a finish reason was cut and is never an answer.
 */

import { isObject } from '../../records/plain-json.ts';
import type { ToolCall, Usage } from '../../records/prompt-record.ts';
import { ArmError, type ArmReply } from '../arm.ts';
import { messageIn } from '../wire/guarded-fetch.ts';
import { StreamError } from '../wire/sdk-failures.ts';

export interface Folded {
  text: string;
  thought: string;
  refusal: string;
  calls: Map<number, ToolCall>;
  finish: string | undefined;
  model: string | undefined;
  fingerprint: string | undefined;
  usage: Usage;
  costUsd: number | undefined;
  tokensPerSecond: number | undefined;
  chunks: number;
}

export const emptyFold = (): Folded => ({
  text: '',
  thought: '',
  refusal: '',
  calls: new Map(),
  finish: undefined,
  model: undefined,
  fingerprint: undefined,
  usage: {},
  costUsd: undefined,
  tokensPerSecond: undefined,
  chunks: 0,
});

/** Adds one chunk; true when it carried something that the model generated. Throws on an error in the stream. */
export function addChunk(folded: Folded, chunk: unknown): boolean {
  folded.chunks += 1;
  if (!isObject(chunk)) throw new ArmError('garbage', 'the stream holds something that is no object');
  // LM Studio and others: `event: error` under 200, without an `error` key.
  if (!('choices' in chunk) && 'message' in chunk)
    throw new StreamError(messageIn(chunk) ?? 'error in the stream', chunk);
  if (isObject(chunk.usage)) folded.usage = usageOf(chunk.usage);
  if (isObject(chunk.usage) && typeof chunk.usage.cost === 'number') folded.costUsd = chunk.usage.cost;
  if (isObject(chunk.timings)) folded.tokensPerSecond = number(chunk.timings.predicted_per_second);
  if (typeof chunk.model === 'string' && chunk.model) folded.model = chunk.model;
  if (typeof chunk.system_fingerprint === 'string') folded.fingerprint = chunk.system_fingerprint;
  if (!Array.isArray(chunk.choices)) return false;
  const choice: unknown = chunk.choices[0];
  if (!isObject(choice)) return false;
  if (isObject(choice.error)) throw new StreamError(messageIn(choice.error) ?? 'error in the stream', choice.error);
  if (typeof choice.finish_reason === 'string' && choice.finish_reason) folded.finish = choice.finish_reason;
  // A server that ignored `stream: true` sends a whole message.
  const delta = isObject(choice.delta) ? choice.delta : choice.message;
  return isObject(delta) && addDelta(folded, delta);
}

function addDelta(folded: Folded, delta: Record<string, unknown>): boolean {
  const content = contentOf(delta.content);
  const thought = thoughtOf(delta) + content.thought;
  folded.text += content.text;
  folded.thought += thought;
  if (typeof delta.refusal === 'string') folded.refusal += delta.refusal;
  const calls = Array.isArray(delta.tool_calls) ? delta.tool_calls : [];
  for (const [position, call] of calls.entries()) if (isObject(call)) addCall(folded.calls, call, position);
  return Boolean(content.text || thought || delta.refusal || calls.length > 0);
}

/** A string, or Mistral's list of text and thinking parts. */
function contentOf(content: unknown): { text: string; thought: string } {
  if (typeof content === 'string') return { text: content, thought: '' };
  const result = { text: '', thought: '' };
  if (!Array.isArray(content)) return result;
  for (const part of content) {
    if (!isObject(part)) continue;
    if (typeof part.text === 'string') result.text += part.text;
    if (part.type === 'thinking') result.thought += contentOf(part.thinking).text;
  }
  return result;
}

function thoughtOf(delta: Record<string, unknown>): string {
  const field = delta.reasoning_content ?? delta.reasoning;
  if (typeof field === 'string') return field;
  if (!Array.isArray(delta.reasoning_details)) return '';
  return delta.reasoning_details
    .map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : ''))
    .join('');
}

/** Merges by index: id and name come once, arguments in fragments. */
function addCall(calls: Map<number, ToolCall>, call: Record<string, unknown>, position: number): void {
  const index = number(call.index) ?? position;
  const fn = isObject(call.function) ? call.function : isObject(call.custom) ? call.custom : {};
  const known = calls.get(index) ?? { id: '', name: '', arguments: '' };
  const piece = fn.arguments ?? fn.input;
  known.id ||= typeof call.id === 'string' ? call.id : '';
  known.name ||= typeof fn.name === 'string' ? fn.name : '';
  // Some servers send an object where OpenAI sends text.
  known.arguments +=
    typeof piece === 'string' ? piece : piece === undefined || piece === null ? '' : JSON.stringify(piece);
  calls.set(index, known);
}

function usageOf(usage: Record<string, unknown>): Usage {
  const details = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const outDetails = isObject(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  return defined({
    in: number(usage.prompt_tokens),
    out: number(usage.completion_tokens),
    cached: number(details.cached_tokens),
    reasoning: number(outDetails.reasoning_tokens),
  });
}

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

const defined = <T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

/** The reply without its timings. Throws ArmError when the stream did not end as a stream must. */
export function replyOf(folded: Folded, nameOf: (name: string) => string): Omit<ArmReply, 'ms'> {
  const { text, thought, refusal, calls, finish } = folded;
  if (folded.chunks === 0) throw new ArmError('garbage', 'the reply was empty: not one chunk arrived');
  if (finish === undefined) {
    const arrived = text || thought || calls.size > 0;
    throw new ArmError(
      arrived ? 'cut' : 'garbage',
      arrived ? 'the reply ended without a finish reason' : 'the reply holds no answer and no finish reason',
      text ? { partial: text } : {},
    );
  }
  if (finish === 'error') throw new ArmError('server', 'the provider ended the reply with an error', { partial: text });
  return {
    text,
    ...(thought && { reasoning: thought }),
    ...(calls.size > 0 && { toolCalls: [...calls.values()].map((call) => ({ ...call, name: nameOf(call.name) })) }),
    ...(refusal && { refusal }),
    finish,
    ...(folded.model !== undefined && { model: folded.model }),
    ...(folded.fingerprint !== undefined && { fingerprint: folded.fingerprint }),
    usage: folded.usage,
    ...(folded.costUsd !== undefined && { costUsd: folded.costUsd }),
  };
}

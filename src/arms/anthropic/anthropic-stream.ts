/** Folds Anthropic's stream events into one reply. A stream without stop_reason and message_stop was cut. */

import { isObject } from '../../records/plain-json.ts';
import type { ToolCall, Usage } from '../../records/prompt-record.ts';
import { ArmError, type ArmReply } from '../arm.ts';
import { messageIn } from '../wire/guarded-fetch.ts';
import { StreamError } from '../wire/sdk-failures.ts';

export interface AnthropicFold {
  text: string;
  thought: string;
  calls: Map<number, ToolCall>;
  stopReason: string | undefined;
  ended: boolean;
  model: string | undefined;
  usage: Usage;
  events: number;
}

export const emptyAnthropicFold = (): AnthropicFold => ({
  text: '',
  thought: '',
  calls: new Map(),
  stopReason: undefined,
  ended: false,
  model: undefined,
  usage: {},
  events: 0,
});

/** Adds one event; true when it carried something that the model generated. */
export function addEvent(fold: AnthropicFold, event: unknown): boolean {
  if (!isObject(event)) throw new ArmError('garbage', 'the stream holds something that is no object');
  fold.events += 1;
  switch (event.type) {
    case 'message_start':
      return startMessage(fold, event.message);
    case 'content_block_start':
      return startBlock(fold, Number(event.index), event.content_block);
    case 'content_block_delta':
      return addDelta(fold, Number(event.index), event.delta);
    case 'message_delta':
      if (isObject(event.delta) && typeof event.delta.stop_reason === 'string')
        fold.stopReason = event.delta.stop_reason;
      addUsage(fold.usage, event.usage);
      return false;
    case 'message_stop':
      fold.ended = true;
      return false;
    case 'message':
      return wholeMessage(fold, event);
    case 'error':
      throw new StreamError(messageIn(event.error) ?? 'error in the stream', isObject(event.error) ? event.error : {});
    default:
      if ('message' in event && typeof event.message === 'string') throw new StreamError(event.message, event);
      return false;
  }
}

function startMessage(fold: AnthropicFold, message: unknown): boolean {
  if (!isObject(message)) return false;
  if (typeof message.model === 'string') fold.model = message.model;
  addUsage(fold.usage, message.usage);
  // At the start this is a count of nothing yet.
  delete fold.usage.out;
  return false;
}

/** A server that ignored `stream: true`. */
function wholeMessage(fold: AnthropicFold, message: Record<string, unknown>): boolean {
  startMessage(fold, message);
  addUsage(fold.usage, message.usage);
  const blocks = Array.isArray(message.content) ? message.content : [];
  for (const [index, block] of blocks.entries()) startBlock(fold, index, block);
  if (typeof message.stop_reason === 'string') fold.stopReason = message.stop_reason;
  fold.ended = true;
  return blocks.length > 0;
}

function startBlock(fold: AnthropicFold, index: number, block: unknown): boolean {
  if (!isObject(block)) return false;
  if (typeof block.text === 'string') fold.text += block.text;
  if (typeof block.thinking === 'string') fold.thought += block.thinking;
  if (block.type !== 'tool_use') return Boolean(block.text || block.thinking);
  const whole = isObject(block.input) && Object.keys(block.input).length > 0 ? JSON.stringify(block.input) : '';
  fold.calls.set(index, { id: String(block.id ?? ''), name: String(block.name ?? ''), arguments: whole });
  return true;
}

function addDelta(fold: AnthropicFold, index: number, delta: unknown): boolean {
  if (!isObject(delta)) return false;
  if (typeof delta.text === 'string') fold.text += delta.text;
  if (typeof delta.thinking === 'string') fold.thought += delta.thinking;
  const call = fold.calls.get(index);
  if (call && typeof delta.partial_json === 'string') call.arguments += delta.partial_json;
  return true;
}

/** input_tokens leaves out what the cache read and wrote: the prompt is the sum of the three. */
function addUsage(usage: Usage, given: unknown): void {
  if (!isObject(given)) return;
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = given;
  if (typeof input_tokens === 'number') {
    const read = numberOr0(cache_read_input_tokens);
    usage.in = input_tokens + read + numberOr0(cache_creation_input_tokens);
    usage.cached = read;
  }
  if (typeof output_tokens === 'number') usage.out = output_tokens;
}

const numberOr0 = (value: unknown): number => (typeof value === 'number' ? value : 0);

export function anthropicReply(fold: AnthropicFold, nameOf: (name: string) => string): Omit<ArmReply, 'ms'> {
  const { text, thought, calls, stopReason, ended, events } = fold;
  if (events === 0) throw new ArmError('garbage', 'the reply was empty: not one event arrived');
  if (stopReason === undefined || !ended) {
    const arrived = text || thought || calls.size > 0;
    throw new ArmError(
      arrived ? 'cut' : 'garbage',
      arrived ? 'the reply ended without a stop reason' : 'the reply holds no answer and no stop reason',
      text ? { partial: text } : {},
    );
  }
  return {
    text,
    ...(thought && { reasoning: thought }),
    // A call without arguments streams no JSON at all.
    ...(calls.size > 0 && {
      toolCalls: [...calls.values()].map((call) => ({
        ...call,
        name: nameOf(call.name),
        arguments: call.arguments || '{}',
      })),
    }),
    finish: stopReason,
    ...(fold.model !== undefined && { model: fold.model }),
    usage: fold.usage,
  };
}

/** Anthropic's messages: its events, or the whole message. Ended only with stop_reason and message_stop. */
import { isObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import type { Folded } from '../folded.ts';
import { number } from './values.ts';

const types = [
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'message',
];

export const isMessageEvent = ({ type, role, content }: Record<string, unknown>): boolean =>
  types.includes(String(type)) && (type !== 'message' || role !== undefined || Array.isArray(content));

export function addMessageEvent(folded: Folded, event: Record<string, unknown>): boolean {
  folded.needsEnd = true;
  const index = Number(event.index);
  switch (event.type) {
    case 'message_start':
      return startMessage(folded, event.message);
    case 'content_block_start':
      return startBlock(folded, index, event.content_block);
    case 'content_block_delta':
      return addDelta(folded, index, event.delta);
    case 'message_delta':
      if (isObject(event.delta) && typeof event.delta.stop_reason === 'string') folded.finish = event.delta.stop_reason;
      addUsage(folded.usage, event.usage);
      return false;
    case 'message_stop':
      folded.ended = true;
      return false;
    case 'message':
      return wholeMessage(folded, event);
    default:
      return false;
  }
}

function startMessage(folded: Folded, message: unknown): boolean {
  if (!isObject(message)) return false;
  if (typeof message.model === 'string') folded.model = message.model;
  addUsage(folded.usage, message.usage);
  // At the start this is a count of nothing yet.
  delete folded.usage.out;
  return false;
}

/** A server that ignored `stream: true`. */
function wholeMessage(folded: Folded, message: Record<string, unknown>): boolean {
  startMessage(folded, message);
  addUsage(folded.usage, message.usage);
  const blocks = Array.isArray(message.content) ? message.content : [];
  for (const [index, block] of blocks.entries()) startBlock(folded, index, block);
  if (typeof message.stop_reason === 'string') folded.finish = message.stop_reason;
  folded.ended = true;
  return blocks.length > 0;
}

function startBlock(folded: Folded, index: number, block: unknown): boolean {
  if (!isObject(block)) return false;
  if (typeof block.text === 'string') folded.text += block.text;
  if (typeof block.thinking === 'string') folded.reasoning += block.thinking;
  if (block.type !== 'tool_use') return Boolean(block.text || block.thinking);
  const input = isObject(block.input) && Object.keys(block.input).length > 0 ? block.input : undefined;
  folded.calls.add({ index, id: String(block.id ?? ''), name: String(block.name ?? ''), arguments: input });
  return true;
}

function addDelta(folded: Folded, index: number, delta: unknown): boolean {
  if (!isObject(delta)) return false;
  if (typeof delta.text === 'string') folded.text += delta.text;
  if (typeof delta.thinking === 'string') folded.reasoning += delta.thinking;
  if (typeof delta.partial_json === 'string' && delta.partial_json !== '')
    folded.calls.add({ index, arguments: delta.partial_json });
  return delta.type !== 'signature_delta';
}

/** input_tokens leaves out what the cache read and wrote: the prompt is the sum of the three. */
function addUsage(usage: Usage, given: unknown): void {
  if (!isObject(given)) return;
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = given;
  const fresh = number(input_tokens);
  if (fresh !== undefined) {
    const read = number(cache_read_input_tokens) ?? 0;
    usage.in = fresh + read + (number(cache_creation_input_tokens) ?? 0);
    usage.cached = read;
  }
  const out = number(output_tokens);
  if (out !== undefined) usage.out = out;
}

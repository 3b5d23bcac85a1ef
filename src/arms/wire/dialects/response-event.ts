/** OpenAI's Responses: its events, or the whole response. Ended with response.completed, .incomplete or .failed. */
import { isObject } from '../../../records/plain-json.ts';
import type { Folded } from '../folded.ts';
import { messageIn } from '../guarded-fetch.ts';
import { StreamError } from '../sdk-failures.ts';
import { defined, number } from './values.ts';

export const isResponseEvent = ({ type, object, output }: Record<string, unknown>): boolean =>
  String(type).startsWith('response.') || (object === 'response' && Array.isArray(output));

export function addResponseEvent(folded: Folded, event: Record<string, unknown>): boolean {
  folded.needsEnd = true;
  if (event.object === 'response') {
    addItems(folded, event.output);
    return endWith(folded, event);
  }
  const delta = typeof event.delta === 'string' ? event.delta : '';
  const index = number(event.output_index);
  const at = index === undefined ? {} : { index };
  switch (event.type) {
    case 'response.output_text.delta':
      folded.text += delta;
      return delta !== '';
    case 'response.refusal.delta':
      folded.refusal += delta;
      return delta !== '';
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning.delta':
      folded.reasoning += delta;
      return delta !== '';
    case 'response.output_item.added':
      return addCall(folded, event.item, at, false);
    case 'response.function_call_arguments.delta':
      folded.calls.add({ ...at, arguments: delta });
      return delta !== '';
    case 'response.output_item.done':
      return addCall(folded, event.item, at, true);
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
    case 'response.cancelled':
      return isObject(event.response) ? endWith(folded, event.response) : false;
    default:
      if (isObject(event.response) && typeof event.response.model === 'string') folded.model = event.response.model;
      return false;
  }
}

/** `done`: the item is whole, its arguments included. */
function addCall(folded: Folded, item: unknown, at: { index?: number }, done: boolean): boolean {
  if (!isObject(item) || item.type !== 'function_call') return false;
  const whole = done && typeof item.arguments === 'string' ? parsed(item.arguments) : undefined;
  folded.calls.add({
    ...at,
    id: String(item.call_id ?? item.id ?? ''),
    name: String(item.name ?? ''),
    arguments: whole,
  });
  return true;
}

/** As an object, so that it takes the place of what had come in pieces; text that does not parse is in the pieces. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function addItems(folded: Folded, output: unknown): void {
  for (const [index, item] of (Array.isArray(output) ? output : []).entries()) {
    if (!isObject(item)) continue;
    if (item.type === 'function_call')
      folded.calls.add({
        index,
        id: String(item.call_id ?? ''),
        name: String(item.name ?? ''),
        arguments: item.arguments,
      });
    const parts = [...list(item.content), ...list(item.summary)];
    for (const part of parts) {
      if (item.type === 'reasoning' && typeof part.text === 'string') folded.reasoning += part.text;
      else if (typeof part.text === 'string') folded.text += part.text;
      if (typeof part.refusal === 'string') folded.refusal += part.refusal;
    }
  }
}

const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : []);

function endWith(folded: Folded, response: Record<string, unknown>): boolean {
  const { status, error, incomplete_details: incomplete, model, usage } = response;
  if (isObject(error)) throw new StreamError(messageIn(error) ?? 'the response failed', error);
  if (typeof model === 'string') folded.model = model;
  if (isObject(usage)) {
    const inDetails = isObject(usage.input_tokens_details) ? usage.input_tokens_details : {};
    const outDetails = isObject(usage.output_tokens_details) ? usage.output_tokens_details : {};
    folded.usage = defined({
      in: number(usage.input_tokens),
      out: number(usage.output_tokens),
      cached: number(inDetails.cached_tokens),
      reasoning: number(outDetails.reasoning_tokens),
    });
  }
  const reason = isObject(incomplete) ? incomplete.reason : undefined;
  folded.finish = typeof reason === 'string' ? reason : typeof status === 'string' ? status : 'completed';
  // Ollama says `completed` of an answer that used up its cap.
  const cap = number(response.max_output_tokens);
  if (folded.finish === 'completed' && cap !== undefined && (folded.usage.out ?? 0) >= cap) folded.finish = 'length';
  folded.ended = true;
  // Servers that stream nothing put all of it here.
  if (folded.text === '' && folded.calls.size === 0 && folded.refusal === '') addItems(folded, response.output);
  return false;
}

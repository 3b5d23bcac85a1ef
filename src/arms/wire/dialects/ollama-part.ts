/** Ollama's own chat: one object per line, the last with `done` and the counts. */
import { isObject } from '../../../records/plain-json.ts';
import type { Folded } from '../folded.ts';
import { fragmentOf } from '../tool-calls.ts';
import { defined, number } from './values.ts';

export const isOllamaPart = (value: Record<string, unknown>): boolean =>
  typeof value.done === 'boolean' || (isObject(value.message) && value.type === undefined);

export function addOllamaPart(folded: Folded, part: Record<string, unknown>): boolean {
  folded.needsEnd = true;
  const message = isObject(part.message) ? part.message : {};
  const content = typeof message.content === 'string' ? message.content : '';
  const thinking = typeof message.thinking === 'string' ? message.thinking : '';
  folded.text += content;
  folded.reasoning += thinking;
  const calls = (Array.isArray(message.tool_calls) ? message.tool_calls : []).filter(isObject);
  for (const call of calls) {
    // Each comes whole; the index that newer servers put in is inside `function`.
    const { index: _, ...fragment } = fragmentOf(call);
    const id = fragment.id ?? `call_${folded.calls.size + 1}`;
    folded.calls.add({ ...fragment, id, arguments: fragment.arguments ?? {} });
  }
  if (typeof part.model === 'string' && part.model) folded.model = part.model;
  if (part.done === true) end(folded, part);
  return content !== '' || thinking !== '' || calls.length > 0;
}

function end(folded: Folded, part: Record<string, unknown>): void {
  folded.ended = true;
  folded.last = part;
  if (typeof part.done_reason === 'string' && part.done_reason) folded.finish = part.done_reason;
  folded.usage = defined({ in: number(part.prompt_eval_count), out: number(part.eval_count) });
}

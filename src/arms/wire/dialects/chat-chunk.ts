/** Chat completions: chunks of OpenAI and of every compatible server, and whole replies where `stream` was ignored. */
import { isObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import type { Folded } from '../folded.ts';
import { messageIn } from '../guarded-fetch.ts';
import { StreamError } from '../sdk-failures.ts';
import { fragmentOf } from '../tool-calls.ts';
import { defined, number } from './values.ts';

export const isChatChunk = (value: Record<string, unknown>): boolean => 'choices' in value;

/** `whole`: the body is this one object, so that its end is the end of the reply. */
export function addChatChunk(folded: Folded, chunk: Record<string, unknown>, whole: boolean): boolean {
  // Groq puts its counts beside.
  const usage = chunk.usage ?? (isObject(chunk.x_groq) ? chunk.x_groq.usage : undefined);
  if (isObject(usage)) {
    folded.usage = { ...folded.usage, ...usageOf(usage) };
    // A part says 0 where the sum comes last.
    if (typeof usage.cost === 'number' && (usage.cost > 0 || folded.costUsd === undefined)) folded.costUsd = usage.cost;
  }
  if (isObject(chunk.timings)) {
    folded.tokensPerSecond = number(chunk.timings.predicted_per_second);
    // What came from the cache was not read: a few tokens say nothing about the speed.
    if ((number(chunk.timings.prompt_n) ?? 0) >= 16) folded.readPerSecond = number(chunk.timings.prompt_per_second);
  }
  if (typeof chunk.model === 'string' && chunk.model) folded.model = chunk.model;
  if (typeof chunk.system_fingerprint === 'string') folded.fingerprint = chunk.system_fingerprint;
  if (!Array.isArray(chunk.choices)) return false;
  const choices = chunk.choices.filter(isObject);
  const choice = choices.find(({ index }) => index === undefined || index === null || index === 0);
  if (!choice) return false;
  if (isObject(choice.error)) throw new StreamError(messageIn(choice.error) ?? 'error in the reply', choice.error);
  if (typeof choice.finish_reason === 'string' && choice.finish_reason) folded.finish = choice.finish_reason;
  if (whole) folded.ended = true;
  if (isObject(choice.delta)) return addDelta(folded, choice.delta);
  if (isObject(choice.message)) return addWhole(folded, choice.message);
  if (typeof choice.text !== 'string') return false;
  folded.text += choice.text;
  return choice.text !== '';
}

/** A whole message; some servers send it after its parts. */
function addWhole(folded: Folded, message: Record<string, unknown>): boolean {
  if (folded.text !== '' && contentOf(message.content).text === folded.text) return false;
  return addDelta(folded, message);
}

function addDelta(folded: Folded, delta: Record<string, unknown>): boolean {
  const content = contentOf(delta.content);
  const thought = thoughtOf(delta) || content.thought;
  folded.text += content.text;
  folded.reasoning += thought;
  const refusal = (typeof delta.refusal === 'string' ? delta.refusal : '') + content.refusal;
  folded.refusal += refusal;
  const calls = (Array.isArray(delta.tool_calls) ? delta.tool_calls : []).filter(isObject);
  for (const call of calls) folded.calls.add(fragmentOf(call));
  if (isObject(delta.function_call)) folded.calls.add(fragmentOf(delta.function_call));
  return Boolean(content.text || thought || refusal || calls.length > 0 || isObject(delta.function_call));
}

/** A string, or a list of text, thinking and refusal parts. */
function contentOf(content: unknown): { text: string; thought: string; refusal: string } {
  const result = { text: '', thought: '', refusal: '' };
  if (typeof content === 'string') return { ...result, text: content };
  if (isObject(content)) return contentOf([content]);
  if (!Array.isArray(content)) return result;
  for (const part of content) {
    if (typeof part === 'string') result.text += part;
    if (!isObject(part)) continue;
    if (part.type === 'thinking' || part.type === 'reasoning') {
      const inner = part.thinking ?? part.reasoning ?? part.text;
      result.thought += contentOf(inner).text;
    } else if (typeof part.text === 'string') result.text += part.text;
    if (typeof part.refusal === 'string') result.refusal += part.refusal;
  }
  return result;
}

/** The same thought under several names counts once. */
function thoughtOf(delta: Record<string, unknown>): string {
  for (const field of [delta.reasoning_content, delta.reasoning, delta.thinking, delta.reasoning_text]) {
    if (typeof field === 'string' && field !== '') return field;
  }
  if (!Array.isArray(delta.reasoning_details)) return '';
  return delta.reasoning_details
    .map((part) => (isObject(part) ? (typeof part.text === 'string' ? part.text : (part.summary ?? '')) : ''))
    .join('');
}

function usageOf(usage: Record<string, unknown>): Usage {
  const details = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const outDetails = isObject(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  return defined({
    in: number(usage.prompt_tokens),
    out: number(usage.completion_tokens),
    cached: number(details.cached_tokens) ?? number(usage.prompt_cache_hit_tokens),
    reasoning: number(outDetails.reasoning_tokens) ?? number(usage.reasoning_tokens),
  });
}

/**
 * Folds the objects of any reply into one: chat completions, messages, Responses and Ollama's own, streamed or whole.
 * Which dialect it is shows in each object. A reply that did not end as its dialect ends is cut, and never an answer.
 */

import { isObject } from '../../records/plain-json.ts';
import { ArmError, type ArmReply } from '../arm.ts';
import { addChatChunk, isChatChunk } from './dialects/chat-chunk.ts';
import { addMessageEvent, isMessageEvent } from './dialects/message-event.ts';
import { addOllamaPart, isOllamaPart } from './dialects/ollama-part.ts';
import { addResponseEvent, isResponseEvent } from './dialects/response-event.ts';
import { errorInEnvelope } from './error-envelope.ts';
import type { Folded } from './folded.ts';
import { messageIn } from './guarded-fetch.ts';
import { StreamError } from './sdk-failures.ts';
import type { WireEvent } from './stream-events.ts';

/** Adds one event; true when it carried something that the model generated. Throws on an error in the reply. */
export function addEvent(folded: Folded, event: WireEvent): boolean {
  if (event.is === 'heartbeat') return false;
  if (event.is === 'error') throw new StreamError(event.text, {});
  if (event.is === 'done') {
    folded.ended = event.clean;
    folded.brokenEnd = !event.clean;
    return false;
  }
  const { value, name, whole = false } = event;
  if (isObject(value.error) || (typeof value.error === 'string' && value.error !== '')) throw errorOf(value.error);
  const typed = value.type === undefined && name !== undefined ? { ...value, type: name } : value;
  if (typed.type === 'error' || value.object === 'error') throw errorOf(value);
  const generated = addObject(folded, typed, whole);
  if (generated === undefined) return false;
  folded.objects += 1;
  return generated;
}

/** Undefined for an object that says nothing: a heartbeat. */
function addObject(folded: Folded, value: Record<string, unknown>, whole: boolean): boolean | undefined {
  if (value.choices === undefined || value.choices === null) throwEnvelope(value);
  if (isChatChunk(value)) return addChatChunk(folded, value, whole);
  if (isResponseEvent(value)) return addResponseEvent(folded, value);
  if (isMessageEvent(value)) return addMessageEvent(folded, value);
  if (isOllamaPart(value)) return addOllamaPart(folded, value);
  // LM Studio and others: the sentence alone, under 200.
  if (typeof value.message === 'string' && value.message !== '') throw errorOf(value);
  if (isObject(value.usage)) return addChatChunk(folded, value, whole);
  return undefined;
}

/** Types of events carry codes and names of their own. */
function throwEnvelope(value: Record<string, unknown>): void {
  if (isResponseEvent(value) || isMessageEvent(value) || isOllamaPart(value)) return;
  const told = errorInEnvelope(value);
  if (told) throw new StreamError(told.message, told.body);
}

function errorOf(error: unknown): StreamError {
  const body = isObject(error) ? error : {};
  return new StreamError(messageIn(error) ?? 'error in the reply', body);
}

/** Ends by which a server says that it could not go on. */
const gaveUp = [
  ...['error', 'abort', 'aborted', 'cancelled', 'canceled', 'failed', 'insufficient_system_resource'],
  ...['network_error', 'server_error', 'internal_error', 'engine_error', 'timeout', 'timed_out', 'unavailable'],
];
const isGivenUp = (finish: string): boolean => gaveUp.includes(finish.toLowerCase()) || /^error_|_error$/i.test(finish);

const notGenerated = ['load', 'unload'];

/** The reply without its timings. `hadFinish`: earlier replies of this arm had a finish reason. Throws ArmError. */
export function replyOf(folded: Folded, nameOf: (name: string) => string, hadFinish = false): Omit<ArmReply, 'ms'> {
  const { text, reasoning, refusal, calls, finish, objects } = folded;
  if (objects === 0) throw new ArmError('garbage', 'the reply was empty: not one event arrived');
  const partial = text === '' ? {} : { partial: text };
  if (finish !== undefined && isGivenUp(finish))
    throw new ArmError('cut', `the provider gave up: ${finish}`, { why: 'gave-up', ...partial });
  if (finish !== undefined && notGenerated.includes(finish))
    throw new ArmError('garbage', `the server only said "${finish}"`, { why: 'not-generated' });
  const isAbsent = finish === undefined && folded.ended && !hadFinish && (text !== '' || calls.size > 0);
  if ((finish === undefined && !isAbsent) || (folded.needsEnd && !folded.ended)) throw cutReply(folded);
  return {
    text,
    ...(reasoning && { reasoning }),
    ...(calls.size > 0 && { toolCalls: calls.all().map((call) => ({ ...call, name: nameOf(call.name) })) }),
    ...(refusal && { refusal }),
    finish: finish ?? '',
    ...(isAbsent && { why: 'finish-absent' }),
    ...(folded.model !== undefined && { model: withoutFolder(folded.model) }),
    ...(folded.fingerprint !== undefined && { fingerprint: folded.fingerprint }),
    usage: folded.usage,
    ...(folded.costUsd !== undefined && { costUsd: folded.costUsd }),
  };
}

/** llama.cpp names a file of its disk, vLLM a folder: where it lies must not get into a run that is shared. */
const withoutFolder = (model: string): string =>
  /^(?:\.{0,2}|~)[\\/]|^[A-Za-z]:[\\/]|\.gguf$/i.test(model)
    ? (model.split(/[\\/]/).findLast(Boolean) ?? model)
    : model;

function cutReply({ text, reasoning, calls, finish, ended, brokenEnd }: Folded): ArmError {
  const arrived = text !== '' || reasoning !== '' || calls.size > 0 || finish !== undefined;
  const sentence = arrived
    ? 'the reply ended without a finish reason'
    : 'the reply holds no answer and no finish reason';
  // The formal end without a finish reason: so a server ends one stream when the next request comes.
  const crowded = finish === undefined && (ended || brokenEnd);
  return new ArmError(arrived ? 'cut' : 'garbage', sentence, { crowded, ...(text !== '' && { partial: text }) });
}

/** A streamed reply as it was logged (server-sent events, or a list of chunks) → the answer it makes. */
import type { JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { LoggedAnswer } from '../records/prompt-record.ts';
import { compact, decoded, filled, listOf, type Maybe, objectOf, parseJson, textOf } from './fields.ts';

interface Readers {
  usage(value: Maybe): LoggedAnswer['usage'];
  /** A whole response body. */
  whole(body: JsonObject): LoggedAnswer | undefined;
}

export function streamedAnswer(value: Maybe, read: Readers): LoggedAnswer | undefined {
  const chunks = typeof value === 'string' && /^\s*(?:data:|event:)/.test(value) ? events(value) : chunkList(value);
  if (!chunks?.length) return undefined;
  const items = chunks.some(isItemEvent) ? itemsAnswer(chunks, read) : undefined;
  return items ?? joined(chunks, read);
}

const events = (text: string): JsonObject[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => parseJson(line.slice(5)))
    .filter(isObject);

const isItemEvent = (chunk: JsonObject): boolean =>
  typeof chunk.type === 'string' && /^response\.(?:created|output|completed|in_progress)/.test(chunk.type);

/** The Responses API sends the whole response last; of a stream that broke off, its finished items. */
function itemsAnswer(chunks: readonly JsonObject[], read: Readers): LoggedAnswer | undefined {
  const whole = objectOf(chunks.findLast(({ response }) => listOf(objectOf(response)?.output)?.length)?.response);
  const items = chunks.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item ?? null);
  return read.whole(whole ?? { object: 'response', output: items });
}

/** Ollama streams JSON lines, each with `done`. */
function doneLines(text: string): JsonObject[] | undefined {
  if (!/^\s*\{/.test(text) || !text.includes('"done"')) return undefined;
  const chunks = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson)
    .filter(isObject);
  return chunks.length > 1 && chunks.every(isDoneChunk) ? chunks : undefined;
}

const isDoneChunk = (chunk: JsonObject): boolean =>
  typeof chunk.done === 'boolean' && (isObject(chunk.message) || typeof chunk.response === 'string');

function chunkList(value: Maybe): JsonObject[] | undefined {
  const lines = typeof value === 'string' ? doneLines(value) : undefined;
  if (lines) return lines;
  const list = listOf(typeof value === 'string' && value.includes('.chunk') ? decoded(value) : value);
  const chunks = list
    ?.map((item) => (typeof item === 'string' ? parseJson(item.replace(/^data:/, '')) : item))
    .filter(isObject);
  return chunks?.some(
    (chunk) =>
      chunk.object === 'chat.completion.chunk' ||
      chunk.type === 'content_block_delta' ||
      isItemEvent(chunk) ||
      (isDoneChunk(chunk) && chunks.length > 1),
  )
    ? chunks
    : undefined;
}

function joined(chunks: JsonObject[], read: Readers): LoggedAnswer | undefined {
  let text = '';
  let finish: string | undefined;
  let model: string | undefined;
  let usage: LoggedAnswer['usage'];
  const pieces = new Map<number, Call>();
  for (const chunk of chunks) {
    const choice = objectOf(listOf(chunk.choices)?.[0]);
    const delta = objectOf(choice?.delta) ?? objectOf(chunk.delta);
    const candidate = objectOf(listOf(chunk.candidates)?.[0]);
    const message = typeof chunk.done === 'boolean' ? objectOf(chunk.message) : undefined;
    text += textIn({ chunk, choice, delta, message, candidate });
    for (const part of listOf(delta?.tool_calls ?? message?.tool_calls) ?? []) addCall(pieces, part);
    addBlock(pieces, chunk, delta);
    finish =
      filled(choice?.finish_reason) ??
      filled(delta?.stop_reason) ??
      filled(chunk.done_reason) ??
      filled(candidate?.finishReason) ??
      finish;
    model = filled(chunk.model) ?? filled(chunk.modelVersion) ?? filled(objectOf(chunk.message)?.model) ?? model;
    const counted = read.usage(
      chunk.usage ?? chunk.usageMetadata ?? objectOf(chunk.message)?.usage ?? (chunk.done === true ? chunk : undefined),
    );
    // Anthropic counts the prompt in the first event and the answer in the last.
    usage = counted ? { ...usage, ...counted } : usage;
  }
  const calls = [...pieces].sort(([one], [other]) => one - other).map(([, call]) => call);
  if (text === '' && calls.length === 0) return undefined;
  return compact<LoggedAnswer>({ text, tool_calls: calls.length ? calls : undefined, finish, model, usage });
}

type Part = JsonObject | undefined;

/** Each API has its own place for the next piece of the text. */
const textIn = ({
  chunk,
  choice,
  delta,
  message,
  candidate,
}: Record<'choice' | 'delta' | 'message' | 'candidate', Part> & {
  chunk: JsonObject;
}): string =>
  textOf(delta?.content) ??
  textOf(delta?.text) ??
  textOf(choice?.text) ??
  textOf(message?.content) ??
  (typeof chunk.done === 'boolean' ? textOf(chunk.response) : undefined) ??
  (chunk.type === 'response.output_text.delta' ? textOf(chunk.delta) : undefined) ??
  partsText(candidate);

const partsText = (candidate: JsonObject | undefined): string =>
  (listOf(objectOf(candidate?.content)?.parts) ?? [])
    .map((part) => (isObject(part) ? (textOf(part.text) ?? '') : ''))
    .join('');

/** A block of Anthropic's stream that calls a tool, and the pieces of its arguments. */
function addBlock(calls: Map<number, Call>, chunk: JsonObject, delta: JsonObject | undefined): void {
  if (typeof chunk.index !== 'number') return;
  const block = objectOf(chunk.content_block);
  if (block?.type === 'tool_use')
    calls.set(chunk.index, { id: filled(block.id) ?? '', name: filled(block.name) ?? 'tool', arguments: '' });
  const open = calls.get(chunk.index);
  if (open) open.arguments += textOf(delta?.partial_json) ?? '';
}

interface Call {
  id: string;
  name: string;
  arguments: string;
}

/** By the index that the log says, which may be any number: a list would grow up to it. */
function addCall(calls: Map<number, Call>, part: Maybe): void {
  if (!isObject(part)) return;
  const index = typeof part.index === 'number' ? part.index : calls.size;
  const inner = objectOf(part.function);
  const known = calls.get(index) ?? { id: '', name: '', arguments: '' };
  calls.set(index, {
    id: filled(part.id) ?? known.id,
    name: known.name + (textOf(inner?.name) ?? ''),
    arguments: known.arguments + (textOf(inner?.arguments) ?? ''),
  });
}

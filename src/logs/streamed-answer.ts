/** A streamed reply as it was logged (server-sent events, or a list of chunks) → the answer it makes. */
import type { JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { LoggedAnswer } from '../records/prompt-record.ts';
import { compact, decoded, filled, listOf, type Maybe, objectOf, parseJson, textOf } from './fields.ts';

type ReadUsage = (value: Maybe) => LoggedAnswer['usage'];

export function streamedAnswer(value: Maybe, usageFrom: ReadUsage): LoggedAnswer | undefined {
  const chunks = typeof value === 'string' && /^\s*(?:data:|event:)/.test(value) ? events(value) : chunkList(value);
  return chunks?.length ? joined(chunks, usageFrom) : undefined;
}

const events = (text: string): JsonObject[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => parseJson(line.slice(5)))
    .filter(isObject);

function chunkList(value: Maybe): JsonObject[] | undefined {
  const list = listOf(typeof value === 'string' && value.includes('.chunk') ? decoded(value) : value);
  const chunks = list
    ?.map((item) => (typeof item === 'string' ? parseJson(item.replace(/^data:/, '')) : item))
    .filter(isObject);
  return chunks?.some((chunk) => chunk.object === 'chat.completion.chunk' || chunk.type === 'content_block_delta')
    ? chunks
    : undefined;
}

function joined(chunks: JsonObject[], usageFrom: ReadUsage): LoggedAnswer | undefined {
  let text = '';
  let finish: string | undefined;
  let model: string | undefined;
  let usage: LoggedAnswer['usage'];
  const pieces = new Map<number, Call>();
  for (const chunk of chunks) {
    const choice = objectOf(listOf(chunk.choices)?.[0]);
    const delta = objectOf(choice?.delta) ?? objectOf(chunk.delta);
    text += textOf(delta?.content) ?? textOf(delta?.text) ?? textOf(choice?.text) ?? '';
    for (const part of listOf(delta?.tool_calls) ?? []) addCall(pieces, part);
    finish = filled(choice?.finish_reason) ?? filled(delta?.stop_reason) ?? finish;
    model = filled(chunk.model) ?? filled(objectOf(chunk.message)?.model) ?? model;
    usage = usageFrom(chunk.usage ?? objectOf(chunk.message)?.usage) ?? usage;
  }
  const calls = [...pieces].sort(([one], [other]) => one - other).map(([, call]) => call);
  if (text === '' && calls.length === 0) return undefined;
  return compact<LoggedAnswer>({ text, tool_calls: calls.length ? calls : undefined, finish, model, usage });
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

/**
 * Chat messages in any provider's shape → ours. One reader for all formats: OpenAI chat and Responses items, Anthropic
 * blocks, Gemini and OTel parts, AI SDK parts, LangChain, ShareGPT. Text is never altered; what is not text is kept
 * as media; model reasoning is dropped, because no provider takes another one's back.
 */

import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { ContentPart, Message, ToolCall } from '../records/prompt-record.ts';
import { attachmentPart, isMedia } from './fields/media.ts';
import { decoded, filled, firstOf, type Maybe, objectOf, textOf } from './fields.ts';
import { roleFrom } from './message-roles.ts';
import { toolCallFrom, toolCallsFrom } from './tools.ts';

/** All messages, or undefined when any item cannot be read: half a conversation is not the prompt that was sent. */
export function messagesFrom(value: Maybe): Message[] | undefined {
  const list = decoded(value);
  if (!Array.isArray(list)) return undefined;
  // LangChain wraps a batch of one conversation in another list.
  const items = list.length === 1 && Array.isArray(list[0]) ? list[0] : list;
  const messages: Message[] = [];
  for (const item of items) {
    const read = isObject(item) ? messageFrom(item) : undefined;
    if (!read) return undefined;
    messages.push(...read);
  }
  return nameCalls(mergeCalls(messages));
}

/** Why a list of messages cannot be read: the first turn that cannot, by its role or by its fields. */
export function unreadableTurn(value: Maybe): string | undefined {
  const list = decoded(value);
  if (!Array.isArray(list)) return undefined;
  const item = list.find((one) => !isObject(one) || messageFrom(one) === undefined);
  if (!isObject(item)) return item === undefined ? undefined : 'a message is no object';
  const who = item.role ?? item.from ?? item.type;
  if (roleFrom(who) === undefined && typeof who === 'string')
    return `a message of an unknown role: ${who.slice(0, 40)}`;
  return `a message cannot be read: it has the fields ${Object.keys(item).slice(0, 8).join(', ')}`;
}

/** One logged item → messages: an Anthropic turn with tool results is several, a reasoning item is none. */
export function messageFrom(item: JsonObject): Message[] | undefined {
  const type = textOf(item.type);
  if (type === 'reasoning' || type === 'item_reference') return [];
  if (type === 'function_call' || type === 'custom_tool_call') return callTurn(toolCallFrom(item, 0));
  if (type === 'function_call_output' || type === 'custom_tool_call_output')
    return [toolTurn(item.call_id, item.output)];
  if (item.from === 'function_call') return callTurn(toolCallFrom(decoded(item.value), 0));
  if (isObject(item.kwargs) && Array.isArray(item.id)) return langChain(item);
  const inner = objectOf(item.message);
  if (inner && item.role === undefined) return messageFrom(inner);
  const role = roleFrom(item.role ?? item.from ?? (type === 'message' ? undefined : type));
  if (!role) return undefined;
  // LangChain's message_to_dict: all but the type is in `data`.
  const data = objectOf(item.data);
  if (data?.content !== undefined && item.content === undefined) return turn(role, data, data.content);
  const content = firstOf(item, 'parts', 'content', 'value', 'contents', 'text', 'blocks') ?? textOf(item.message);
  // A turn that is there without any field we read is unreadable, not empty.
  if (content === undefined && !saysNothing(item, role)) return undefined;
  return turn(role, item, content);
}

/** Whether a turn has a known field for its text that is null, or calls a tool: then it may be without text. */
const saysNothing = (item: JsonObject, role: Message['role']): boolean =>
  role === 'tool' ||
  [
    'content',
    'parts',
    'value',
    'text',
    'contents',
    'tool_calls',
    'toolCalls',
    'function_call',
    'refusal',
    'additional_kwargs',
  ].some((name) => item[name] !== undefined);

function langChain(item: JsonObject): Message[] | undefined {
  const name = (item.id as Json[]).at(-1);
  const kwargs = objectOf(item.kwargs);
  const role = roleFrom(name) ?? roleFrom(kwargs?.role);
  return role && kwargs ? turn(role, kwargs, kwargs.content) : undefined;
}

function turn(role: Message['role'], item: JsonObject, content: Maybe): Message[] | undefined {
  const read = readContent(content);
  if (!read) return role === 'tool' && isObject(content) ? [toolTurn(item.tool_call_id, content)] : undefined;
  const extra = objectOf(item.additional_kwargs);
  const legacy = objectOf(item.function_call ?? extra?.function_call);
  const calls = [
    ...toolCallsFrom(item.tool_calls ?? item.toolCalls ?? extra?.tool_calls),
    ...read.calls,
    ...(legacy ? [toolCallFrom(legacy, 0)].flatMap((call) => call ?? []) : []),
  ];
  for (const field of ['images', 'audios', 'videos', 'files', 'attachments', 'experimental_attachments'] as const)
    for (const value of Array.isArray(item[field]) ? item[field] : []) read.parts.push(attachmentPart(field, value));
  for (const field of ['image', 'audio', 'video'] as const)
    if (item[field] !== undefined && isMedia(item[field])) read.parts.push(attachmentPart(field, item[field]));
  const name = filled(item.name);
  if (role === 'tool' && !read.results.length) {
    return [
      {
        ...toolTurn(firstOf(item, 'tool_call_id', 'toolCallId', 'call_id', 'id') ?? name, resultText(read.parts)),
        ...(name && { name }),
      },
    ];
  }
  // The message names the call where its result does not.
  const results = read.results.map((result) =>
    result.tool_call_id ? result : toolTurn(item.tool_call_id, result.content),
  );
  const own = read.parts.length > 0 || calls.length > 0 || read.results.length === 0;
  const message: Message = { role, content: calls.length && !read.parts.length ? null : collapse(read.parts) };
  if (name && role !== 'assistant') message.name = name;
  if (calls.length && role === 'assistant') message.tool_calls = calls;
  const invoked = role === 'assistant' && Array.isArray(item.toolInvocations) ? invokedTurns(item.toolInvocations) : [];
  return [...results, ...invoked, ...(own && (invoked.length === 0 || read.parts.some(isSaid)) ? [message] : [])];
}

const isSaid = (part: ContentPart): boolean => part.type !== 'text' || part.text !== '';

/** Version 4 of the AI SDK: calls with their results, before what was said because of them. */
function invokedTurns(list: readonly Json[]): Message[] {
  const calls = toolCallsFrom([...list]);
  const results = list.flatMap((call) =>
    isObject(call) && call.result !== undefined ? [toolTurn(call.toolCallId, call.result)] : [],
  );
  return calls.length > 0 ? [{ role: 'assistant', content: null, tool_calls: calls }, ...results] : [];
}

const callTurn = (call: ToolCall | undefined): Message[] | undefined =>
  call && [{ role: 'assistant', content: null, tool_calls: [call] }];

function toolTurn(id: Maybe, content: Maybe): Message {
  const text =
    typeof content === 'string'
      ? content
      : Array.isArray(content)
        ? blocksText(content)
        : JSON.stringify(content ?? '');
  return { role: 'tool', content: text, tool_call_id: typeof id === 'string' ? id : '' };
}

/** A tool's answer is text to the model; media in it is kept as JSON text. */
function resultText(parts: ContentPart[]): string {
  const texts = parts.map((part) => (part.type === 'text' ? part.text : JSON.stringify(part.value)));
  return texts.join('');
}

/** Tool results as blocks are text; anything else in them is kept as JSON. */
function blocksText(blocks: Json[]): string {
  const read = readContent(blocks);
  const plain = read && read.parts.length > 0 && !read.calls.length && read.parts.every((part) => part.type === 'text');
  return plain ? resultText(read.parts) : JSON.stringify(blocks);
}

interface ReadContent {
  parts: ContentPart[];
  calls: ToolCall[];
  results: Message[];
}

function readContent(content: Maybe): ReadContent | undefined {
  const read: ReadContent = { parts: [], calls: [], results: [] };
  if (content === undefined || content === null) return read;
  const blocks = Array.isArray(content) ? content : [content];
  for (const block of blocks) {
    if (typeof block === 'string') read.parts.push({ type: 'text', text: block });
    else if (!isObject(block) || !readBlock(block, read, Array.isArray(content))) return undefined;
  }
  return read;
}

const dropped = new Set(['thinking', 'redacted_thinking', 'reasoning', 'tool_plan', 'step-start', 'cache_point']);

/** False when the block means nothing to us. */
function readBlock(block: JsonObject, read: ReadContent, inList: boolean): boolean {
  const type = textOf(block.type) ?? textOf(block.block_type) ?? '';
  if (dropped.has(type) || block.thought === true) return true;
  const result = resultFrom(block, type);
  if (result) read.results.push(result);
  else if (isCall(block, type)) pushCall(block, read);
  else if (typeof block.text === 'string') read.parts.push({ type: 'text', text: block.text });
  else if ((type === 'text' || type === '') && typeof block.value === 'string')
    read.parts.push({ type: 'text', text: block.value });
  else if (
    block.content_type === 'text' &&
    Array.isArray(block.parts) &&
    block.parts.every((part) => typeof part === 'string')
  )
    read.parts.push({ type: 'text', text: block.parts.join('\n') });
  else if (type === 'text' && typeof block.content === 'string') read.parts.push({ type: 'text', text: block.content });
  else if (type === 'refusal' && typeof block.refusal === 'string')
    read.parts.push({ type: 'text', text: block.refusal });
  else if (inList && Object.keys(block).length > 0)
    read.parts.push({ type: 'media', media: mediaKind(block, type), value: block });
  else return false;
  return true;
}

const isCall = (block: JsonObject, type: string): boolean =>
  type === 'tool_use' ||
  type === 'tool-call' ||
  type === 'tool_call' ||
  type === 'server_tool_call' ||
  isObject(block.functionCall) ||
  isObject(block.function_call);

function pushCall(block: JsonObject, read: ReadContent): void {
  const at = read.calls.length;
  const call = toolCallFrom(block, at) ?? toolCallFrom(decoded(block.value ?? block.content), at);
  if (call) read.calls.push(call);
}

function resultFrom(block: JsonObject, type: string): Message | undefined {
  if (type === 'tool_result')
    return toolTurn(block.tool_use_id ?? block.tool_call_id, block.content ?? block.tool_result);
  if (type === 'tool_call_response' || type === 'server_tool_call_response') {
    return toolTurn(block.id, block.response ?? block.result);
  }
  if (type === 'tool-result') return toolTurn(block.toolCallId, aiSdkOutput(block.output ?? block.result));
  const gemini = objectOf(block.functionResponse) ?? objectOf(block.function_response);
  return gemini ? toolTurn(gemini.id ?? gemini.name, gemini.response) : undefined;
}

/** AI SDK 5 and later wrap a tool's output as {type: text|json, value}. */
const aiSdkOutput = (output: Maybe): Maybe =>
  isObject(output) && typeof output.type === 'string' && output.value !== undefined ? output.value : output;

const mediaKind = (block: JsonObject, type: string): string =>
  type || Object.keys(block).find((key) => isObject(block[key])) || 'unknown';

/** One text stays a string, as most logs write it; none is empty text. */
function collapse(parts: ContentPart[]): string | ContentPart[] {
  const [only] = parts;
  if (!only) return '';
  return parts.length === 1 && only.type === 'text' ? only.text : parts;
}

/** Responses items log each call of one turn as an item of its own: one assistant message holds them. */
function mergeCalls(messages: Message[]): Message[] {
  const merged: Message[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    const joins = last?.role === 'assistant' && message.role === 'assistant' && message.content === null;
    if (joins && last)
      merged[merged.length - 1] = { ...last, tool_calls: [...(last.tool_calls ?? []), ...(message.tool_calls ?? [])] };
    else merged.push(message);
  }
  return merged;
}

/** Gemini and legacy functions answer a call by its name: give the result the id of the open call with that name. */
function nameCalls(messages: Message[]): Message[] {
  const open: ToolCall[] = [];
  const ids = new Set<string>();
  return messages.map((message, index) => {
    const calls = message.tool_calls?.map((call) =>
      ids.has(call.id) && /^call_\d+$/.test(call.id) ? { ...call, id: `${call.id}_${index}` } : call,
    );
    for (const call of calls ?? []) {
      ids.add(call.id);
      open.push(call);
    }
    if (message.role !== 'tool') return calls ? { ...message, tool_calls: calls } : message;
    const at = openCall(open, message);
    const [call] = at >= 0 ? open.splice(at, 1) : [];
    return call ? { ...message, tool_call_id: call.id } : message;
  });
}

/** Index of the call that a result answers: by id, by name, or the only one that is still open. */
function openCall(open: ToolCall[], { tool_call_id, name }: Message): number {
  const byId = open.findIndex((call) => call.id === tool_call_id);
  if (byId >= 0) return byId;
  const byName = open.findIndex((call) => call.name === tool_call_id || call.name === name);
  return byName < 0 && tool_call_id === '' && open.length === 1 ? 0 : byName;
}

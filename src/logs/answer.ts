/** Answers that a log holds, in any provider's shape → LoggedAnswer. */
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { LoggedAnswer, Message, Usage } from '../records/prompt-record.ts';
import { isCompletion } from './completion.ts';
import { plainText, type ReadAnswer } from './draft.ts';
import { compact, decoded, filled, firstOf, listOf, type Maybe, numberOf, objectOf, textOf } from './fields.ts';
import { messageFrom, messagesFrom } from './messages.ts';
import { streamedAnswer } from './streamed-answer.ts';
import { toolCallsFrom } from './tools.ts';

const readers = { usage: (value: Maybe) => usageFrom(value), whole: (body: JsonObject) => answerFrom(body) };

/** The answer in a field that holds text or an object: text stays text, also where it is JSON; only a stream is joined. */
export function textAnswer(value: Maybe): ReadAnswer | undefined {
  if (typeof value !== 'string') return answerFrom(value);
  return streamedAnswer(value, readers) ?? (value === '' ? undefined : { text: value });
}

/** chat.completion, Responses, Anthropic, Gemini, LangChain generations, one message, a list of them, or plain text. */
export function answerFrom(value: Maybe): ReadAnswer | undefined {
  const streamed = streamedAnswer(value, readers);
  if (streamed) return streamed;
  const inside = decoded(value);
  // An answer that is JSON text by itself stays text: only what a provider wrote is opened.
  const at = typeof value === 'string' && typeof inside !== 'string' && !isCompletion(inside) ? value : inside;
  if (typeof at === 'string') return at === '' ? undefined : { text: at };
  if (Array.isArray(at))
    return fromTurns(messagesFrom(at), finishOf(objectOf(at.at(-1)))) ?? fromBlocks(at) ?? fromCalls(at);
  if (!isObject(at)) return undefined;
  const message = fromLangChain(at);
  if (message) return message;
  const read =
    fromChoices(at) ?? fromItems(at) ?? fromGenerations(at) ?? fromCandidate(at) ?? fromMessage(at) ?? fromList(at);
  if (!read) return errorAnswer(at);
  return compact<ReadAnswer>({
    ...read,
    choices: choicesOf(at),
    model: read.model ?? filled(firstOf(at, 'model', 'model_name', 'modelVersion')),
    usage: read.usage ?? usageOf(at),
  });
}

/** A message of LangChain: serialised as a constructor, or as its type and data. What it knows of the call is metadata. */
function fromLangChain(at: JsonObject): ReadAnswer | undefined {
  const body = Array.isArray(at.id) ? objectOf(at.kwargs) : typeof at.type === 'string' ? objectOf(at.data) : undefined;
  if (body?.content === undefined) return undefined;
  const metadata = objectOf(body.response_metadata);
  const read = fromTurns(messageFrom(at), finishOf(metadata));
  return (
    read &&
    compact<ReadAnswer>({
      ...read,
      model: filled(firstOf(metadata, 'model_name', 'model')),
      usage: usageFrom(body.usage_metadata) ?? usageFrom(metadata?.token_usage),
    })
  );
}

function choicesOf(body: JsonObject): number | undefined {
  const count = (listOf(body.choices) ?? listOf(body.candidates))?.length ?? 0;
  return count > 1 ? count : undefined;
}

function fromChoices(body: JsonObject): LoggedAnswer | undefined {
  const choice = objectOf(listOf(body.choices)?.[0]);
  if (!choice) return undefined;
  const finish = finishOf(choice);
  if (typeof choice.text === 'string') return compact<LoggedAnswer>({ text: choice.text, finish });
  const message = objectOf(choice.message);
  return message && withFinish(fromMessage(message), finish);
}

/** Responses API: `output` items. */
function fromItems(body: JsonObject): LoggedAnswer | undefined {
  const items = listOf(body.output);
  if (!items || (body.object !== 'response' && !items.some((item) => isObject(item) && typeof item.type === 'string')))
    return undefined;
  const finish = body.status === 'incomplete' ? 'length' : textOf(body.status);
  return withFinish(fromTurns(messagesFrom(items)), finish === 'completed' ? 'stop' : finish);
}

function fromGenerations(body: JsonObject): ReadAnswer | undefined {
  const outer = listOf(body.generations)?.[0];
  const generation = objectOf(Array.isArray(outer) ? outer[0] : outer);
  if (!generation) return undefined;
  const message = objectOf(generation.message);
  return (
    (message && (fromLangChain(message) ?? fromTurns(messageFrom(message)))) ??
    (typeof generation.text === 'string' ? { text: generation.text } : undefined)
  );
}

function fromCandidate(body: JsonObject): LoggedAnswer | undefined {
  const candidate = objectOf(listOf(body.candidates)?.[0]) ?? body;
  const content = objectOf(candidate.content);
  return Array.isArray(content?.parts)
    ? withFinish(fromTurns(messageFrom({ role: 'model', ...content })), finishOf(candidate))
    : undefined;
}

function fromMessage(message: JsonObject): LoggedAnswer | undefined {
  const finish = finishOf(message);
  const inner = objectOf(message.message);
  if (inner && message.role === undefined) return withFinish(fromMessage(inner), finish);
  const body =
    message.role === undefined && (message.content !== undefined || message.tool_calls !== undefined)
      ? { role: 'assistant', ...message }
      : message;
  const turns =
    typeof body.type === 'string' && body.type !== 'message' && body.role === undefined ? undefined : messageFrom(body);
  const read = withFinish(fromTurns(turns), finish) ?? fromText(message);
  return read && compact<LoggedAnswer>({ ...read, refusal: filled(message.refusal) });
}

/** `output: {messages: […]}`: what the assistant said last. */
function fromList({ messages }: JsonObject): LoggedAnswer | undefined {
  const turns = listOf(messages) && messagesFrom(messages);
  const last = turns?.findLastIndex((turn) => turn.role !== 'assistant') ?? -1;
  return fromTurns(turns?.slice(last + 1));
}

/** `{text}`, `{completion}`, `{response}` and AI SDK `{text, toolCalls}` outputs. */
function fromText(body: JsonObject): LoggedAnswer | undefined {
  const text = textOf(firstOf(body, 'text', 'completion', 'output_text', 'answer', 'response'));
  const calls = toolCallsFrom(body.toolCalls ?? body.tool_calls);
  if (text === undefined && !calls.length) return undefined;
  return compact<LoggedAnswer>({
    text: text ?? '',
    tool_calls: calls.length ? calls : undefined,
    finish: finishOf(body),
  });
}

/** Blocks of an answer without the message around them. */
const fromBlocks = (list: Json[]): LoggedAnswer | undefined =>
  list.length > 0 && list.every((item) => isObject(item) && blockKinds.has(textOf(item.type) ?? ''))
    ? fromTurns(messageFrom({ role: 'assistant', content: list }))
    : undefined;
const blockKinds = new Set(['text', 'output_text', 'tool_use', 'thinking']);

function fromCalls(list: Maybe): LoggedAnswer | undefined {
  const calls = toolCallsFrom(list);
  return calls.length ? { text: '', tool_calls: calls } : undefined;
}

function fromTurns(turns: Message[] | undefined, finish?: string): LoggedAnswer | undefined {
  const said = turns?.filter((turn) => turn.role === 'assistant');
  if (!said?.length) return undefined;
  const calls = said.flatMap((turn) => turn.tool_calls ?? []);
  const text = said.map((turn) => plainText(turn.content)).join('');
  return compact<LoggedAnswer>({ text, tool_calls: calls.length ? calls : undefined, finish });
}

const withFinish = (answer: LoggedAnswer | undefined, finish: string | undefined): LoggedAnswer | undefined =>
  answer && compact<LoggedAnswer>({ ...answer, finish: answer.finish ?? finish });

function finishOf(body: JsonObject | undefined): string | undefined {
  return filled(firstOf(body, 'finish_reason', 'stop_reason', 'finishReason', 'done_reason'));
}

function errorAnswer(body: JsonObject): LoggedAnswer | undefined {
  const error = decoded(body.error);
  const message = typeof error === 'string' ? error : filled(objectOf(error)?.message);
  return message ? { text: '', error: message } : undefined;
}

/** Usage in any provider's names; absent stays absent. */
export function usageFrom(value: Maybe): Usage | undefined {
  const usage = objectOf(decoded(value));
  if (!usage) return undefined;
  const inDetails = objectOf(usage.prompt_tokens_details ?? usage.input_tokens_details ?? usage.input_token_details);
  const outDetails = objectOf(
    usage.completion_tokens_details ?? usage.output_tokens_details ?? usage.output_token_details,
  );
  const read = compact<Usage>({
    in: numberOf(
      firstOf(
        usage,
        'prompt_tokens',
        'input_tokens',
        'promptTokens',
        'inputTokens',
        'input',
        'prompt_token_count',
        'promptTokenCount',
        'prompt_eval_count',
      ),
    ),
    out: numberOf(
      firstOf(
        usage,
        'completion_tokens',
        'output_tokens',
        'completionTokens',
        'outputTokens',
        'output',
        'candidates_token_count',
        'candidatesTokenCount',
        'eval_count',
      ),
    ),
    cached: numberOf(
      firstOf(inDetails, 'cached_tokens', 'cache_read') ??
        firstOf(usage, 'cache_read_input_tokens', 'cached_tokens', 'cachedInputTokens'),
    ),
    reasoning: numberOf(firstOf(outDetails, 'reasoning_tokens', 'reasoning') ?? firstOf(usage, 'reasoningTokens')),
  });
  return anthropicTotal(read, usage);
}

/** Anthropic counts cached input beside `input_tokens`; ours includes it. */
function anthropicTotal(read: Usage, usage: JsonObject): Usage | undefined {
  const beside = (numberOf(usage.cache_read_input_tokens) ?? 0) + (numberOf(usage.cache_creation_input_tokens) ?? 0);
  if (beside > 0 && read.in !== undefined && usage.prompt_tokens === undefined) read.in += beside;
  return Object.keys(read).length ? read : undefined;
}

const usageOf = (body: JsonObject): Usage | undefined =>
  usageFrom(
    body.usage ??
      body.usage_metadata ??
      body.usageMetadata ??
      // Cohere's first API counts in `meta`.
      objectOf(body.meta)?.tokens ??
      (body.eval_count === undefined ? undefined : body),
  );

/** Model invocation logs of Amazon Bedrock: Converse, and InvokeModel with the body of the provider's own API. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, listOf, type Maybe, numberOf, objectOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';
import { joinedStream } from './stream-answer.ts';

/** A log entry, or a bare Converse request with its reply. */
const entryOf = (record: JsonObject): JsonObject | undefined => {
  if (
    record.schemaType === 'ModelInvocationLog' ||
    (record.modelId !== undefined && isObject(record.input) && record.operation !== undefined)
  )
    return record;
  const inner = objectOf(decoded(record.message)) ?? objectOf(decoded(record['@message']));
  return inner?.schemaType === 'ModelInvocationLog' ? inner : undefined;
};

export const bedrock: LogFormat = {
  name: 'bedrock',
  title: 'invocation logs of Amazon Bedrock',
  sign: (record) => (entryOf(record) ? { score: 0.99, why: 'entries have schemaType ModelInvocationLog' } : undefined),
  unwrap: (value) => {
    const list = [listOf(value.events), listOf(value.Records), listOf(value.logs)].find((each) =>
      each?.some((item) => isObject(item) && entryOf(item)),
    );
    return list?.filter(isObject);
  },
  map: (record): Mapped => {
    const entry = entryOf(record);
    if (!entry) return skip('entries that are no model calls');
    const input = objectOf(entry.input);
    const body = objectOf(decoded(input?.inputBodyJson));
    if (!body)
      return reject(
        input?.inputBodyS3Path ? 'the body is in a file of its own (inputBodyS3Path)' : 'the body was not logged',
      );
    const request = requestFrom(converse(body)) ?? requestFrom(nativeBody(body));
    if (!request) return reject('no chat request in input.inputBodyJson');
    if (/embed/i.test(wordOf(entry.modelId))) return skip('embedding calls');
    const output = objectOf(entry.output);
    const answer = bodyAnswer(decoded(output?.outputBodyJson));
    return settle(
      compact<Draft>({
        ...request,
        model: modelName(filled(entry.modelId)) ?? request.model,
        ref: answer,
        measured: compact({
          usage: compact({ in: numberOf(input?.inputTokenCount), out: numberOf(output?.outputTokenCount) }),
        }),
        source_id: filled(entry.requestId),
        ts: isoTime(entry.timestamp),
        task: filled(objectOf(entry.requestMetadata)?.task) ?? filled(objectOf(entry.requestMetadata)?.feature),
      }),
    );
  },
  noPrompts:
    'turn on text data delivery in the logging settings of Bedrock, and export the entries with input.inputBodyJson',
};

/** An inference profile or an ARN ends with the model's id. */
const modelName = (id: string | undefined): string | undefined => id?.replace(/^arn:.*\//, '');

/** Converse's blocks carry their kind as a key; ours (as Anthropic's) as a type. */
export function converse(body: JsonObject): JsonObject {
  const config = objectOf(body.inferenceConfig) ?? {};
  const tools = listOf(objectOf(body.toolConfig)?.tools)
    ?.map((tool) => objectOf(objectOf(tool)?.toolSpec))
    .filter(isObject);
  return compact({
    ...body,
    ...config,
    messages: listOf(body.messages)?.map(converseMessage),
    tools: tools?.length
      ? tools.map((tool) => ({ ...tool, inputSchema: objectOf(tool.inputSchema)?.json ?? null }))
      : body.tools,
  }) as JsonObject;
}

function converseMessage(message: Json): Json {
  if (!isObject(message) || !Array.isArray(message.content)) return message;
  return { ...message, content: message.content.map(converseBlock) };
}

function converseBlock(block: Json): Json {
  if (!isObject(block)) return block;
  const call = objectOf(block.toolUse);
  if (call) return { type: 'tool_use', id: call.toolUseId ?? null, name: call.name ?? null, input: call.input ?? {} };
  const result = objectOf(block.toolResult);
  if (result)
    return {
      type: 'tool_result',
      tool_use_id: result.toolUseId ?? null,
      content: (listOf(result.content) ?? []).map(resultBlock),
    };
  if (block.reasoningContent !== undefined) return { type: 'thinking' };
  if (block.cachePoint !== undefined) return { type: 'cache_point' };
  return block;
}

const resultBlock = (block: Json): Json =>
  isObject(block) && block.json !== undefined ? { type: 'text', text: JSON.stringify(block.json) } : block;

/** Titan, Llama and Mistral take a text under names of their own. */
const nativeBody = (body: JsonObject): JsonObject => {
  const text = filled(body.inputText) ?? filled(body.prompt);
  return text === undefined ? body : { ...body, ...objectOf(body.textGenerationConfig), prompt: text };
};

function bodyAnswer(output: Maybe): Draft['ref'] {
  if (Array.isArray(output)) return joinedStream(output);
  const body = objectOf(output);
  if (!body) return undefined;
  const message = objectOf(objectOf(body.output)?.message);
  if (message)
    return compact({
      ...answerFrom(converseMessage(message)),
      text: answerFrom(converseMessage(message))?.text ?? '',
      finish: filled(body.stopReason),
      usage: usageFrom(body.usage),
    });
  const text =
    filled(body.generation) ??
    filled(objectOf(listOf(body.results)?.[0])?.outputText) ??
    filled(objectOf(listOf(body.outputs)?.[0])?.text);
  return text === undefined ? answerFrom(body) : { text };
}

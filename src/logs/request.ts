/** Request bodies of the four big APIs → the prompt half of a draft. */
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { Message, ResponseFormat, SamplingParams } from '../records/prompt-record.ts';
import { templatedMessages } from './chat-templates.ts';
import type { Draft } from './draft.ts';
import { isOneWord } from './fields/names.ts';
import { compact, decoded, filled, listOf, type Maybe, numberOf, objectOf, textOf } from './fields.ts';
import { messagesFrom } from './messages.ts';
import { toolChoiceFrom, toolsFrom } from './tools.ts';

/** OpenAI chat, Responses, Anthropic Messages, Gemini, or `{prompt}`; undefined when it is none of them. */
export function requestFrom(value: Maybe): Draft | undefined {
  const body = objectOf(decoded(value));
  if (!body) return undefined;
  const messages = bodyMessages(body);
  if (!messages) return undefined;
  return { ...besideMessages(body), messages: [...systemTurns(body, messages), ...messages] };
}

/** What a request says besides its messages: tools, the form of the answer, parameters, the model. */
export function besideMessages(body: JsonObject): Omit<Draft, 'messages'> {
  const config = objectOf(body.config) ?? objectOf(body.generationConfig) ?? objectOf(body.options);
  return compact<Omit<Draft, 'messages'>>({
    tools:
      toolsFrom(body.tools) ??
      toolsFrom(body.functions) ??
      toolsFrom(body.tool_definitions) ??
      toolsFrom(config?.tools),
    tool_choice: toolChoiceFrom(body.tool_choice ?? body.function_call),
    response_format: responseFormatFrom(body.response_format ?? objectOf(body.text)?.format) ?? geminiFormat(config),
    params: paramsFrom(body, config),
    model: filled(body.model),
    flags: body.previous_response_id || body.conversation ? ['partial-history'] : undefined,
  });
}

function bodyMessages(body: JsonObject): Message[] | undefined {
  const listed =
    body.messages ??
    body.contents ??
    (body.instructions !== undefined || body.model !== undefined || Array.isArray(decoded(body.input))
      ? body.input
      : undefined);
  const value = decoded(listed);
  if (typeof value === 'string') return [{ role: 'user', content: value }];
  const messages = messagesFrom(value);
  if (messages) return messages;
  if (Array.isArray(value) && value.length > 0) return undefined;
  const prompt = body.prompt;
  if (typeof prompt !== 'string') return undefined;
  return templatedMessages(prompt) ?? [{ role: 'user', content: prompt }];
}

/** Anthropic `system`, Responses `instructions`, Gemini `system_instruction`: a system turn in front. */
export function systemTurns(body: JsonObject, messages: readonly Message[]): Message[] {
  const config = objectOf(body.config);
  const value =
    body.system ?? body.instructions ?? body.system_instruction ?? body.systemInstruction ?? config?.system_instruction;
  const own = systemText(value);
  const known = messages.some((message) => message.role === 'system' && message.content === own);
  if (own !== undefined) return known ? [] : [{ role: 'system', content: own }];
  const text = messages.some(({ role }) => role === 'system' || role === 'developer') ? undefined : besideIn(body);
  return text === undefined ? [] : [{ role: 'system', content: text }];
}

/** A logger's own name for it, where the messages have none; one word names a prompt that is kept elsewhere. */
function besideIn(body: JsonObject): string | undefined {
  const text =
    filled(body.system_prompt) ??
    filled(body.systemPrompt) ??
    filled(body.system_message) ??
    filled(body.systemMessage);
  return text === undefined || isOneWord(text) ? undefined : text;
}

export function systemText(value: Maybe): string | undefined {
  const at = decoded(value);
  if (typeof at === 'string') return at === '' ? undefined : at;
  const parts = listOf(at) ?? listOf(objectOf(at)?.parts);
  if (!parts) return undefined;
  const texts = parts.map(
    (part) => (isObject(part) ? (textOf(part.text) ?? textOf(part.content)) : textOf(part)) ?? '',
  );
  return texts.join('\n') || undefined;
}

function responseFormatFrom(value: Maybe): ResponseFormat | undefined {
  const format = objectOf(decoded(value));
  if (format?.type === 'json_object') return { type: 'json_object' };
  if (format?.type !== 'json_schema') return undefined;
  const inner = objectOf(format.json_schema) ?? format;
  const schema = objectOf(inner.schema);
  if (!schema) return { type: 'json_object' };
  const strict = typeof inner.strict === 'boolean' ? inner.strict : undefined;
  return compact<ResponseFormat>({ type: 'json_schema', name: filled(inner.name), schema, strict });
}

function geminiFormat(config: JsonObject | undefined): ResponseFormat | undefined {
  if ((config?.response_mime_type ?? config?.responseMimeType) !== 'application/json') return undefined;
  const schema = objectOf(config?.response_schema ?? config?.responseSchema);
  return schema ? { type: 'json_schema', schema } : { type: 'json_object' };
}

/** Sampling parameters under any provider's name. */
export function paramsFrom(value: Maybe, fallback?: JsonObject): SamplingParams | undefined {
  const own = objectOf(decoded(value));
  const read = samplingParams(own ?? {});
  const params = fallback ? { ...samplingParams(fallback), ...read } : read;
  return Object.keys(params).length ? params : undefined;
}

function samplingParams(body: JsonObject): SamplingParams {
  const stop = stopFrom(body.stop ?? body.stop_sequences ?? body.stopSequences);
  return compact<SamplingParams>({
    temperature: numberOf(body.temperature),
    top_p: numberOf(body.top_p ?? body.topP),
    max_tokens: numberOf(
      body.max_tokens ??
        body.max_completion_tokens ??
        body.max_output_tokens ??
        body.maxOutputTokens ??
        body.maxTokens ??
        body.num_predict,
    ),
    seed: numberOf(body.seed),
    stop,
    presence_penalty: numberOf(body.presence_penalty),
    frequency_penalty: numberOf(body.frequency_penalty),
  });
}

function stopFrom(value: Json | undefined): string[] | undefined {
  if (typeof value === 'string' && value !== '') return [value];
  const list = listOf(value)?.filter((item): item is string => typeof item === 'string');
  return list?.length ? list : undefined;
}

/** One Vercel AI SDK span (v5, v6) → draft. The leaf (`…doGenerate`, `…doStream`) holds the messages that were sent. */
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, numberOf, objectOf, textOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { elapsedMs } from '../moments.ts';
import { requestFrom } from '../request.ts';
import { toolCallsFrom, toolChoiceFrom, toolsFrom } from '../tools.ts';
import type { Draft } from './format.ts';
import { requestParams, spanFields, spanUsage } from './span-fields.ts';
import type { Span } from './spans.ts';

export function mapAiSdk(span: Span): Mapped {
  const { attributes } = span;
  const operation = textOf(attributes['ai.operationId']) ?? '';
  if (/toolCall|embed|rerank|image|speech|transcribe/i.test(operation)) return skip(`${operation} spans`);
  const prompt = requestFrom(attributes['ai.prompt']);
  const messages = messagesFrom(attributes['ai.prompt.messages']) ?? prompt?.messages;
  if (!messages) return reject('a model call without its messages (recordInputs was off)');
  const schema = objectOf(decoded(attributes['ai.schema']));
  return settle(
    compact<Draft>({
      messages,
      tools: toolsFrom(attributes['ai.prompt.tools']),
      tool_choice: toolChoiceFrom(attributes['ai.prompt.toolChoice']),
      response_format: schema
        ? { type: 'json_schema', schema }
        : /Object/.test(operation)
          ? { type: 'json_object' }
          : undefined,
      params: requestParams(attributes),
      ref: answerOf(span),
      ...spanFields(span),
      model: filled(attributes['ai.model.id']) ?? filled(attributes['gen_ai.request.model']),
      task: filled(firstOf(attributes, 'ai.telemetry.functionId', 'resource.name')),
      session_id: filled(firstOf(attributes, 'ai.telemetry.metadata.sessionId', 'session.id')),
      tags: metadataTags(span),
    }),
  );
}

function answerOf(span: Span): Draft['ref'] {
  const { attributes } = span;
  const calls = toolCallsFrom(attributes['ai.response.toolCalls']);
  const text = textOf(
    firstOf(attributes, 'ai.response.text', 'ai.response.object', 'ai.result.text', 'ai.result.object'),
  );
  if (text === undefined && !calls.length && !span.error) return undefined;
  const read = text === undefined ? undefined : answerFrom({ role: 'assistant', content: text });
  return compact({
    text: read?.text ?? text ?? '',
    tool_calls: calls.length ? calls : undefined,
    finish: filled(attributes['ai.response.finishReason']),
    model: filled(attributes['ai.response.model']),
    usage: spanUsage(attributes),
    latency_ms: numberOf(attributes['ai.response.msToFinish']) ?? elapsedMs(span.start, span.end),
    ttft_ms: numberOf(attributes['ai.response.msToFirstChunk']),
    error: span.error,
  });
}

function metadataTags({ attributes }: Span): string[] | undefined {
  const prefix = 'ai.telemetry.metadata.';
  const tags = Object.entries(attributes).flatMap(([key, value]) =>
    key.startsWith(prefix) && typeof value === 'string' ? [`${key.slice(prefix.length)}:${value}`] : [],
  );
  return tags.length ? tags : undefined;
}

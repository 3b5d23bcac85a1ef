/** What every span format reads the same way: ids and times, usage, request parameters. */
import type { JsonObject } from '../../records/plain-json.ts';
import { compact, filled, firstOf, numberOf, objectOf } from '../fields.ts';
import { paramsFrom } from '../request.ts';
import type { Draft } from './format.ts';
import type { Span } from './spans.ts';

export const hasKey = (attributes: JsonObject, prefix: string): boolean =>
  Object.keys(attributes).some((key) => key.startsWith(prefix));

/** Fields that every span has. */
export const spanFields = (span: Span): Partial<Draft> =>
  compact({ ts: span.start, source_id: filled(span.spanId), session_id: filled(span.attributes['session.id']) });

export function spanUsage(attributes: JsonObject): NonNullable<Draft['ref']>['usage'] {
  const usage = compact({
    in: numberOf(
      firstOf(
        attributes,
        'gen_ai.usage.input_tokens',
        'gen_ai.usage.prompt_tokens',
        'ai.usage.inputTokens',
        'ai.usage.promptTokens',
      ),
    ),
    out: numberOf(
      firstOf(
        attributes,
        'gen_ai.usage.output_tokens',
        'gen_ai.usage.completion_tokens',
        'ai.usage.outputTokens',
        'ai.usage.completionTokens',
      ),
    ),
    cached: numberOf(firstOf(attributes, 'gen_ai.usage.cache_read.input_tokens', 'ai.usage.cachedInputTokens')),
    reasoning: numberOf(firstOf(attributes, 'gen_ai.usage.reasoning.output_tokens', 'ai.usage.reasoningTokens')),
  });
  return Object.keys(usage).length ? usage : undefined;
}

/** `gen_ai.request.*` under the names of the shared reader. */
export function requestParams(attributes: JsonObject): Draft['params'] {
  const request = Object.entries(attributes).flatMap(([key, value]) =>
    key.startsWith('gen_ai.request.') ? [[key.slice('gen_ai.request.'.length), value] as const] : [],
  );
  return paramsFrom(objectOf(Object.fromEntries(request) as JsonObject));
}

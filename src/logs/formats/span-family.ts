/** A file of spans mixes them: each span is mapped by what it holds, whichever format the file was taken for. */
import type { Mapped } from '../draft.ts';
import { mapAiSdk } from './ai-sdk-span.ts';
import type { LogFormat } from './format.ts';
import { mapOpenInference } from './openinference-span.ts';
import { mapGenAi } from './otel-genai-span.ts';
import { hasKey } from './span-fields.ts';
import { arrangeSpans, type Span, spanOf, unwrapSpans } from './spans.ts';

function mapSpan(span: Span): Mapped {
  const { attributes } = span;
  if (attributes['ai.operationId'] !== undefined) return mapAiSdk(span);
  if (attributes['openinference.span.kind'] !== undefined || hasKey(attributes, 'llm.input_messages'))
    return mapOpenInference(span);
  return mapGenAi(span);
}

export const spanFormat = {
  unwrap: unwrapSpans,
  arrange: (rows) => arrangeSpans(rows, (span) => 'draft' in mapSpan(span)),
  map: (record) => mapSpan(spanOf(record)),
  noPrompts:
    'export the spans of the model calls, and the log events of the same calls where the messages stand in those. Where neither holds messages, capture of content is off: set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true (OpenTelemetry) or recordInputs: true (AI SDK)',
} satisfies Partial<LogFormat>;

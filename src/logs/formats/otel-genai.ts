/** OpenTelemetry GenAI: OTLP files, SDK dumps, bare attributes. */
import type { LogFormat } from './format.ts';
import { spanFormat } from './span-family.ts';
import { hasKey } from './span-fields.ts';
import { attributesOf, isSpan } from './spans.ts';

export const otelGenAi: LogFormat = {
  name: 'otel',
  title: 'OpenTelemetry GenAI spans',
  sign: (record) => {
    if (hasKey(attributesOf(record), 'gen_ai.')) return { score: 0.9, why: 'spans have gen_ai.* attributes' };
    return isSpan(record) ? { score: 0.35, why: 'it holds OTLP spans or log records' } : undefined;
  },
  ...spanFormat,
};

/** Spans that Langfuse's SDK writes over OpenTelemetry: langfuse.observation.* */
import { answerFrom, usageFrom } from '../answer.ts';
import { reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { elapsedMs } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';
import { spanFormat } from './span-family.ts';
import { attributesOf, spanOf } from './spans.ts';

export const langfuseSpans: LogFormat = {
  name: 'langfuse-otel',
  title: 'spans of Langfuse’s SDK',
  sign: (record) =>
    attributesOf(record)['langfuse.observation.type'] === undefined
      ? undefined
      : { score: 0.995, why: 'spans have langfuse.observation.type' },
  ...(spanFormat.unwrap && { unwrap: spanFormat.unwrap }),
  map: (record) => {
    const span = spanOf(record);
    const { attributes } = span;
    const kind = filled(attributes['langfuse.observation.type'])?.toLowerCase();
    if (kind !== 'generation') return skip(`${kind ?? 'other'} spans`);
    if (span.error || attributes['langfuse.observation.level'] === 'ERROR') return skip('failed calls');
    const input = decoded(attributes['langfuse.observation.input']);
    const messages = messagesFrom(input);
    const text = filled(input);
    const request = messages
      ? { messages }
      : (requestFrom(input) ?? (text === undefined ? undefined : requestFrom({ prompt: text })));
    if (!request) return reject('a model call without its messages');
    return settle(
      compact<Draft>({
        ...request,
        params: paramsFrom(attributes['langfuse.observation.model.parameters']),
        model: filled(attributes['langfuse.observation.model.name']),
        ref: answerFrom(attributes['langfuse.observation.output']),
        measured: compact({
          usage: usageFrom(attributes['langfuse.observation.usage_details']),
          latency_ms: elapsedMs(span.start, span.end),
        }),
        task:
          labelFrom({ metadata: attributes['langfuse.observation.metadata'] ?? null }) ??
          filled(attributes['langfuse.observation.prompt.name']) ??
          filled(attributes['langfuse.trace.name']),
        tags: tagsFrom(attributes['langfuse.trace.tags']),
        source_id: span.spanId || undefined,
        session_id: filled(attributes['session.id']) ?? filled(attributes['langfuse.session.id']),
        ts: span.start,
      }),
    );
  },
};

/** Spans of Datadog LLM Observability: kind llm with input.messages and output.messages. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, filled, objectOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import { paramsFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

/** Of the export API under attributes; of the span API under meta. */
const spanOf = (record: JsonObject): JsonObject | undefined => {
  const attributes = objectOf(record.attributes);
  if (attributes?.span_kind !== undefined && attributes.ml_app !== undefined) return attributes;
  const meta = objectOf(record.meta);
  if (meta && isObject(meta.input) && (meta.kind !== undefined || meta['span.kind'] !== undefined))
    return { ...record, ...meta, span_kind: meta.kind ?? meta['span.kind'] ?? null };
  return record.span_kind !== undefined && record.ml_app !== undefined ? record : undefined;
};

export const datadog: LogFormat = {
  name: 'datadog',
  title: 'spans of Datadog LLM Observability',
  sign: (record) => (spanOf(record) ? { score: 0.97, why: 'spans have span_kind and ml_app' } : undefined),
  map: (record): Mapped => {
    const span = spanOf(record);
    const kind = filled(span?.span_kind)?.toLowerCase();
    if (!span || kind !== 'llm') return skip(`${kind ?? 'other'} spans`);
    const input = objectOf(span.input);
    const messages = messagesFrom(input?.messages) ?? textTurn(filled(input?.value));
    if (!messages?.length) return reject('a model call without its messages');
    const output = objectOf(span.output);
    const metadata = objectOf(span.metadata);
    return settle(
      compact<Draft>({
        messages,
        ref: answerFrom(output?.messages ?? output?.value),
        measured: compact({ usage: usageFrom(span.metrics) }),
        tools: toolsFrom(span.tool_definitions ?? metadata?.tools),
        params: paramsFrom(metadata),
        model: filled(span.model_name) ?? filled(metadata?.model_name),
        task: filled(span.ml_app),
        source_id: filled(record.id) ?? filled(span.span_id),
        session_id: filled(span.session_id),
        ts: isoTime(span.start_ns ?? span.start_ms ?? span.timestamp),
      }),
    );
  },
};

const textTurn = (text: string | undefined): Draft['messages'] | undefined =>
  text === undefined ? undefined : [{ role: 'user', content: text }];

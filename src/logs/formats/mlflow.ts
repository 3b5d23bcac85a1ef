/** MLflow traces: info and data with spans whose attributes are JSON text; or the rows of its data frame. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, listOf, type Maybe, objectOf, wordOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

const calls = new Set(['CHAT_MODEL', 'LLM']);

interface Trace {
  info: JsonObject;
  spans: JsonObject[];
}

/** `{info, data: {spans}}`, the same as text in a column `trace`, or a row with a column `spans`. */
function traceOf(record: JsonObject): Trace | undefined {
  const whole = objectOf(decoded(record.trace)) ?? record;
  const data = objectOf(decoded(whole.data));
  const spans = listOf(decoded(data?.spans)) ?? listOf(decoded(whole.spans));
  const own = spans?.map((span) => decoded(span)).filter(isObject);
  if (!own?.some((span) => attribute(span, 'mlflow.spanType') !== undefined || isTypedSpan(span))) return undefined;
  return { info: objectOf(decoded(whole.info)) ?? record, spans: own };
}

/** Older versions wrote the kind beside the attributes. */
const isTypedSpan = (span: JsonObject): boolean =>
  filled(span.span_type) !== undefined && (span.inputs !== undefined || isObject(decoded(span.attributes)));

/** Attributes are JSON, each value encoded once more. */
function attribute(span: JsonObject, name: string): Maybe {
  const attributes = objectOf(decoded(span.attributes));
  const value = attributes?.[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export const mlflow: LogFormat = {
  name: 'mlflow',
  title: 'traces of MLflow',
  sign: (record) => (traceOf(record) ? { score: 0.98, why: 'traces have spans with mlflow.spanType' } : undefined),
  unwrap: (value) => {
    const traces = listOf(value.traces)?.filter(isObject);
    return traces?.some((trace) => traceOf(trace)) ? traces : undefined;
  },
  map: (record): Mapped | Mapped[] => {
    const trace = traceOf(record);
    if (!trace) return reject('a trace without spans');
    const own = trace.spans.filter((span) => calls.has(kindOf(span)));
    const parents = new Set(own.flatMap((span) => filled(span.parent_span_id) ?? filled(span.parent_id) ?? []));
    const leaves = own.filter((span) => !parents.has(filled(span.span_id) ?? ' '));
    return leaves.length ? leaves.map((span) => callOf(span, trace.info)) : skip('traces without a model call');
  },
  noPrompts:
    'export traces with their spans: mlflow.search_traces(return_type="list"), then [t.to_dict() for t in traces]',
};

const kindOf = (span: JsonObject): string =>
  wordOf(attribute(span, 'mlflow.spanType') ?? span.span_type ?? '').toUpperCase();

function callOf(span: JsonObject, info: JsonObject): Mapped {
  const status = objectOf(span.status);
  const failed = /ERROR/.test(wordOf(status?.code ?? status?.status_code ?? span.status_code ?? ''));
  if (failed) return skip('failed calls');
  const inputs = attribute(span, 'mlflow.spanInputs') ?? decoded(span.inputs);
  const outputs = attribute(span, 'mlflow.spanOutputs') ?? decoded(span.outputs);
  const request = requestOf(inputs);
  if (!request) return reject('a model call without its messages');
  const usage = usageFrom(attribute(span, 'mlflow.chat.tokenUsage'));
  const answer = answerFrom(outputs);
  return settle(
    compact<Draft>({
      ...request,
      tools: request.tools ?? toolsFrom(attribute(span, 'mlflow.chat.tools')),
      params: request.params ?? paramsFrom(attribute(span, 'mlflow.invocation_params')),
      model: filled(attribute(span, 'mlflow.llm.model')) ?? request.model,
      ref: answer && compact({ ...answer, usage: answer.usage ?? usage }),
      measured: compact({ latency_ms: elapsedMs(span.start_time_unix_nano, span.end_time_unix_nano) }),
      task: labelFrom(objectOf(decoded(info.tags))),
      source_id: filled(info.trace_id) ?? filled(info.request_id),
      session_id: filled(objectOf(decoded(info.trace_metadata))?.['mlflow.trace.session']),
      ts: isoTime(span.start_time_unix_nano) ?? isoTime(info.request_time),
    }),
  );
}

/** A request body, LangChain's nested lists, or a list of messages. */
function requestOf(inputs: Maybe): Draft | undefined {
  const body = objectOf(inputs);
  if (body)
    return (
      requestFrom(body) ??
      (typeof body.prompts === 'object' ? requestFrom({ prompt: listOf(body.prompts)?.[0] ?? null }) : undefined)
    );
  if (Array.isArray(inputs)) return requestFrom({ messages: inputs });
  return typeof inputs === 'string' && inputs.trim() !== '' ? requestFrom({ prompt: inputs }) : undefined;
}

/** Traces of DeepEval: lists of spans by kind; the model calls are in llmSpans. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { pythonLiteral } from '../fields/python-literal.ts';
import { compact, decoded, filled, listOf, numberOf, objectOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

export const deepEval: LogFormat = {
  name: 'deepeval',
  title: 'traces of DeepEval',
  sign: (record) => (Array.isArray(record.llmSpans) ? { score: 0.98, why: 'traces have llmSpans' } : undefined),
  map: (record) => {
    const spans = (listOf(record.llmSpans) ?? []).filter(isObject);
    const steps = joined(spans);
    return steps.length ? steps.map((span) => callOf(span, record)) : skip('traces without a model call');
  },
};

/** A call whose messages go on from those of another one is a later step of the same turn: the last one holds it whole. */
function joined(spans: JsonObject[]): JsonObject[] {
  const texts = spans.map((span) => (listOf(decoded(span.input)) ?? []).map((item) => JSON.stringify(item)));
  return spans.filter((_, at) => {
    const own = texts[at] ?? [];
    return !texts.some(
      (other, index) =>
        index !== at &&
        own.length > 0 &&
        other.length > own.length &&
        own.every((text, place) => other[place] === text),
    );
  });
}

function callOf(span: JsonObject, trace: JsonObject): Mapped {
  const input = decoded(span.input);
  const items = listOf(input) ?? [];
  const messages =
    typeof input === 'string' && input.trim() !== ''
      ? [{ role: 'user' as const, content: input }]
      : messagesFrom(items.filter((item) => !isToolInput(item)).map(plainItem));
  if (!messages?.length) return reject('a model call without its messages');
  const invocation = objectOf(objectOf(span.metadata)?.invocation_params);
  const answer = answerFrom(span.output);
  const usage = compact({ in: numberOf(span.inputTokenCount), out: numberOf(span.outputTokenCount) });
  return settle(
    compact<Draft>({
      messages,
      tools: toolsFrom(invocation?.tools) ?? toolsFrom(span.tools) ?? toolsFrom(items.flatMap(toolInput)),
      model: filled(span.model),
      ref: answer && { ...answer, usage: answer.usage ?? usage },
      measured: compact({ usage, latency_ms: elapsedMs(span.startTime, span.endTime) }),
      source_id: filled(span.uuid),
      session_id: filled(trace.threadId),
      ts: isoTime(span.startTime),
    }),
  );
}

/** The tools that LangChain's handler was given stand among the messages, as Python prints them. */
const isToolInput = (item: Json): boolean => isObject(item) && item.role === 'Tool Input';
const toolInput = (item: Json): Json[] =>
  isObject(item) && isToolInput(item) && typeof item.content === 'string' ? [pythonLiteral(item.content) ?? ''] : [];

/** Calls and results are written without a type: {call_id, name, arguments}, {role: tool, call_id, output}. */
function plainItem(item: Json): Json {
  if (!isObject(item) || item.call_id === undefined || item.type !== undefined) return item;
  if (item.output !== undefined) return { type: 'function_call_output', call_id: item.call_id, output: item.output };
  return item.name === undefined ? item : { ...item, type: 'function_call' };
}

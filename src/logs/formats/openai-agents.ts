/** Traces and sessions of the OpenAI Agents SDK: generations among the spans, or the stored items of a session. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, filled, listOf, objectOf, wordOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { paramsFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

const isTraceItem = (record: JsonObject): boolean =>
  (record.object === 'trace.span' && isObject(record.span_data)) ||
  (record.object === 'trace' && record.workflow_name !== undefined);

export const openAiAgents: LogFormat = {
  name: 'openai-agents',
  title: 'traces of the OpenAI Agents SDK',
  sign: (record) => {
    if (isTraceItem(record)) return { score: 0.98, why: 'spans have span_data' };
    return Array.isArray(record.agent_session_items) ? { score: 0.98, why: 'a session holds items' } : undefined;
  },
  map: (record) => (record.agent_session_items === undefined ? mapSpan(record) : mapSession(record)),
  noPrompts:
    'a span of type response holds only the id of its response: export the generations, or read the database of the session (SQLiteSession)',
};

function mapSession(record: JsonObject): Mapped | Mapped[] {
  const messages = messagesFrom(record.agent_session_items);
  if (!messages) return reject('a session whose items cannot be read');
  return turnPrompts(
    messages.map((message) => ({ message })),
    compact({ session_id: filled(record.session_id) }),
  );
}

function mapSpan(span: JsonObject): Mapped {
  const data = objectOf(span.span_data);
  const kind = wordOf(data?.type) || 'trace';
  if (!data || (kind !== 'generation' && kind !== 'response')) return skip(`${kind} spans`);
  const messages = messagesFrom(data.input);
  if (!messages?.length) return reject('a model call without its messages');
  const read = answerFrom(listOf(data.output)?.[0] ?? data.response);
  const error = filled(objectOf(span.error)?.message);
  const usage = usageFrom(data.usage);
  return settle(
    compact<Draft>({
      messages,
      tools: toolsFrom(data.tools) ?? toolsFrom(objectOf(listOf(data.output)?.[0])?.tools),
      params: paramsFrom(data.model_config),
      model: filled(data.model),
      ref:
        read || error
          ? compact({
              ...(read ?? { text: '' }),
              // A stream is written with zeros where nothing was counted.
              usage: usage && (usage.in || usage.out) ? usage : read?.usage,
              latency_ms: elapsedMs(span.started_at, span.ended_at),
              error,
            })
          : undefined,
      source_id: filled(span.id),
      session_id: filled(span.trace_id),
      ts: isoTime(span.started_at),
    }),
  );
}

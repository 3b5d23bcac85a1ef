/** PostHog LLM analytics: `$ai_generation` events as JSON, or CSV with `properties.$ai_…` columns. */
import type { JsonObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, type Maybe, numberOf, objectOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import { paramsFrom, systemText } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

export const posthog: LogFormat = {
  name: 'posthog',
  title: 'PostHog $ai_generation events',
  sign: (record) => {
    const properties = propertiesOf(record);
    return record.event === '$ai_generation' || properties.$ai_input !== undefined
      ? { score: 0.98, why: 'events have $ai_input' }
      : undefined;
  },
  map: mapEvent,
  noPrompts: 'privacy mode leaves out the prompts: export events that have $ai_input',
};

function propertiesOf(record: JsonObject): JsonObject {
  const nested = objectOf(decoded(record.properties));
  if (nested) return nested;
  const prefix = 'properties.';
  const flat = Object.entries(record).filter(([key]) => key.startsWith(prefix));
  return flat.length ? Object.fromEntries(flat.map(([key, value]) => [key.slice(prefix.length), value])) : record;
}

function mapEvent(record: JsonObject): Mapped {
  const event = filled(record.event);
  if (event && event !== '$ai_generation') return skip(`${event} events`);
  const properties = propertiesOf(record);
  const messages = inputOf(decoded(properties.$ai_input));
  if (!messages) return reject('the input was not logged (privacy mode?)');
  const system = systemText(properties.$ai_instructions);
  const answer = answerFrom(firstOf(properties, '$ai_output_choices', '$ai_output'));
  const seconds = numberOf(properties.$ai_latency);
  const failed = properties.$ai_is_error === true || properties.$ai_is_error === 'true';
  return settle(
    compact<Draft>({
      messages: system ? [{ role: 'system', content: system }, ...messages] : messages,
      tools: toolsFrom(properties.$ai_tools),
      params: paramsFrom(properties.$ai_model_parameters),
      model: filled(properties.$ai_model),
      ref:
        answer || failed
          ? compact({
              ...(answer ?? { text: '' }),
              finish: answer?.finish ?? filled(properties.$ai_stop_reason),
              usage: compact({
                in: numberOf(properties.$ai_input_tokens),
                out: numberOf(properties.$ai_output_tokens),
                cached: numberOf(properties.$ai_cache_read_input_tokens),
                reasoning: numberOf(properties.$ai_reasoning_tokens),
              }),
              latency_ms: seconds === undefined ? undefined : seconds * 1000,
              cost_usd: numberOf(properties.$ai_total_cost_usd),
              error: failed
                ? (filled(properties.$ai_error) ?? `HTTP ${filled(properties.$ai_http_status) ?? 'error'}`)
                : undefined,
            })
          : undefined,
      task: labelFrom(properties) ?? filled(properties.$ai_span_name),
      source_id: filled(firstOf(record, 'uuid', 'id')) ?? filled(properties.$ai_span_id),
      ts: isoTime(record.timestamp),
      session_id: filled(firstOf(properties, '$ai_session_id', '$ai_trace_id')),
    }),
  );
}

function inputOf(input: Maybe): Draft['messages'] | undefined {
  if (typeof input === 'string' && input.trim() !== '') return [{ role: 'user', content: input }];
  const messages = messagesFrom(input);
  return messages?.length ? messages : undefined;
}

/** LiteLLM: StandardLoggingPayload (whole) and SpendLogs rows (prompts only when the proxy stores them). */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, listOf, type Maybe, numberOf, objectOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';

export const litellm: LogFormat = {
  name: 'litellm',
  title: 'LiteLLM logs',
  sign: (record) =>
    record.custom_llm_provider !== undefined && (record.spend !== undefined || record.response_cost !== undefined)
      ? { score: 0.98, why: 'rows have custom_llm_provider and a cost' }
      : undefined,
  map: mapRow,
  noPrompts:
    'the proxy did not store prompts: set general_settings.store_prompts_in_spend_logs: true, or log StandardLoggingPayload',
};

const calls = /^a?(?:completion|responses|text_completion|anthropic_messages)$/;

function mapRow(record: JsonObject): Mapped {
  const call = filled(record.call_type);
  if (call && !calls.test(call)) return skip(`${call} calls`);
  const request = requestOf(record);
  if (!request) return reject('the prompt was not stored');
  const seconds = numberOf(record.response_time);
  const cached = record.cache_hit === true || record.cache_hit === 'True' || record.cache_hit === 'true';
  const answer = answerFrom(empty(record.response) ? undefined : record.response);
  const error = filled(record.error_str) ?? (record.status === 'failure' ? 'failure' : undefined);
  return settle(
    compact<Draft>({
      ...request,
      params: paramsFrom(record.model_parameters) ?? request.params,
      model: filled(firstOf(record, 'model_group', 'model')) ?? request.model,
      ref:
        ((answer || error) &&
          compact({
            ...(answer ?? { text: '' }),
            usage:
              answer?.usage ?? compact({ in: numberOf(record.prompt_tokens), out: numberOf(record.completion_tokens) }),
            // An answer out of the cache says nothing about the model's speed.
            latency_ms: cached
              ? undefined
              : (numberOf(record.request_duration_ms) ??
                (seconds === undefined ? elapsedMs(record.startTime, record.endTime) : seconds * 1000)),
            cost_usd: numberOf(firstOf(record, 'response_cost', 'spend')),
            error,
          })) ||
        undefined,
      task: labelFrom({
        metadata:
          objectOf(decoded(record.metadata))?.spend_logs_metadata ??
          objectOf(decoded(record.metadata))?.requester_metadata ??
          null,
      }),
      source_id: filled(firstOf(record, 'request_id', 'id')),
      ts: isoTime(record.startTime),
      session_id: filled(firstOf(record, 'session_id', 'trace_id')),
      tags: tagsFrom(record.request_tags),
    }),
  );
}

const empty = (value: Maybe): boolean => {
  const at = decoded(value);
  return (
    at === null || at === undefined || at === '' || at === 'None' || (isObject(at) && Object.keys(at).length === 0)
  );
};

function requestOf(record: JsonObject): Draft | undefined {
  const stored = objectOf(decoded(record.proxy_server_request));
  const messages = decoded(record.messages);
  if (listOf(messages)?.length || (typeof messages === 'string' && messages !== '')) {
    return requestFrom({
      ...objectOf(decoded(record.model_parameters)),
      ...(typeof messages === 'string' ? { prompt: messages } : { messages: messages ?? null }),
    });
  }
  return stored && !empty(stored) ? requestFrom(objectOf(stored.body) ?? stored) : undefined;
}

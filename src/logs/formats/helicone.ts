/** Helicone exports (`@helicone/export`, requests as JSON lines or CSV). Bodies are there only with --include-body. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { compact, decoded, filled, firstOf, type Maybe, numberOf, objectOf, parseJson } from '../fields.ts';
import { tagsFrom } from '../labels.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { LogFormat } from './format.ts';

export const helicone: LogFormat = {
  name: 'helicone',
  title: 'a Helicone export',
  sign: (record) => {
    const beside = ['response_status', 'helicone_user', 'delay_ms', 'request_user_id', 'signed_body_url'].find(
      (name) => record[name] !== undefined,
    );
    if (beside && (record.request_body !== undefined || record.request_created_at !== undefined))
      return { score: 0.95, why: `requests have request_body and ${beside}` };
    return record.user_message !== undefined &&
      record.assistant_response !== undefined &&
      record.request_id !== undefined
      ? { score: 0.9, why: 'it has the columns of a Helicone dataset' }
      : undefined;
  },
  map: mapRequest,
  noPrompts: 'export again with the bodies: npx @helicone/export --include-body',
};

/** CSV cells were escaped twice by the exporter: `{""model"":…`. */
function body(value: Maybe): Maybe {
  const at = decoded(value);
  if (typeof at !== 'string' || !/^\s*[{[]/.test(at)) return at;
  return parseJson(at.replaceAll('""', '"')) ?? at;
}

function mapRequest(record: JsonObject): Mapped {
  const sent = body(record.request_body);
  const text = filled(record.user_message);
  const request = requestFrom(sent) ?? (text ? { messages: [{ role: 'user' as const, content: text }] } : undefined);
  if (!request)
    return reject(
      isObject(sent) && Object.keys(sent).length
        ? 'no chat request in request_body'
        : 'the request body was not exported',
    );
  const properties = objectOf(body(firstOf(record, 'properties', 'request_properties')));
  const answer = answerFrom(body(firstOf(record, 'response_body', 'assistant_response')));
  const status = numberOf(record.response_status);
  const cost = numberOf(record.cost);
  return settle(
    compact({
      ...request,
      model: request.model ?? filled(firstOf(record, 'request_model', 'model')),
      ref:
        ((answer || (status !== undefined && status >= 400)) &&
          compact({
            ...(answer ?? { text: '' }),
            error: status !== undefined && status >= 400 ? (answer?.error ?? `HTTP ${status}`) : answer?.error,
            usage: answer?.usage ?? numbers(record),
            latency_ms: numberOf(firstOf(record, 'delay_ms', 'latency')),
            ttft_ms: numberOf(record.time_to_first_token),
            cost_usd: cost,
          })) ||
        undefined,
      task: filled(firstOf(properties, 'task', 'Task', 'feature', 'Feature')) ?? filled(record.prompt_id),
      source_id: filled(firstOf(record, 'request_id', 'response_id')),
      ts: isoTime(firstOf(record, 'request_created_at', 'created_at')),
      session_id: filled(firstOf(properties, 'Helicone-Session-Id')),
      tags: tagsFrom(properties),
    }),
  );
}

function numbers(record: JsonObject): { in?: number; out?: number; cached?: number } | undefined {
  const usage = compact({
    in: numberOf(record.prompt_tokens),
    out: numberOf(record.completion_tokens),
    cached: numberOf(record.prompt_cache_read_tokens),
  });
  return Object.keys(usage).length ? usage : undefined;
}

/** What LiteLLM hands to a callback of one's own (kwargs): tools and settings stand in optional_params. */
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, objectOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';

export const litellmCallback: LogFormat = {
  name: 'litellm-callback',
  title: 'LiteLLM’s arguments of a callback',
  sign: (record) =>
    record.messages !== undefined &&
    isObject(decoded(record.optional_params)) &&
    (record.response !== undefined || record.start_time !== undefined || record.litellm_params !== undefined)
      ? { score: 0.97, why: 'records have messages and optional_params' }
      : undefined,
  map: (record) => {
    const options = objectOf(decoded(record.optional_params)) ?? {};
    const response = decoded(record.response ?? record.complete_streaming_response ?? record.original_response);
    // The chunks of a stream are rows of their own; the last one is the whole answer.
    if (
      isObject(response) &&
      (response.object === 'chat.completion.chunk' || objectOf(record.response)?.object === 'chat.completion.chunk')
    )
      return skip('chunks of a stream');
    if (typeof response === 'string' && /^(?:None|null)?$/.test(response)) return skip('failed calls');
    if (record.exception !== undefined && record.exception !== null) return skip('failed calls');
    const request = requestFrom({ ...options, model: record.model ?? null, messages: record.messages ?? null });
    if (!request) return reject('the prompt was not stored');
    const metadata = objectOf(objectOf(decoded(record.litellm_params))?.metadata);
    return settle(
      compact<Draft>({
        ...request,
        ref: answerFrom(response ?? undefined),
        model: filled(record.model),
        measured: compact({ latency_ms: elapsedMs(record.start_time, record.end_time) }),
        task: labelFrom(metadata),
        source_id: filled(record.litellm_call_id),
        ts: isoTime(record.start_time),
      }),
    );
  },
};

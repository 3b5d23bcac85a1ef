/** Requests of PromptLayer: what the function was called with, and what it gave back. */
import type { JsonObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { reject, settle } from '../draft.ts';
import { compact, decoded, filled, firstOf, numberOf, objectOf, wordOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { LogFormat } from './format.ts';

const isRequest = (record: JsonObject): boolean =>
  objectOf(decoded(record.function_kwargs)) !== undefined && record.request_response !== undefined;

export const promptLayer: LogFormat = {
  name: 'promptlayer',
  title: 'requests of PromptLayer',
  sign: (record) =>
    isRequest(record) ? { score: 0.95, why: 'requests have function_kwargs and request_response' } : undefined,
  map: (record) => {
    const request = requestFrom(objectOf(decoded(record.function_kwargs)));
    if (!request) return reject('no chat request in function_kwargs');
    const answer = answerFrom(record.request_response);
    const metadata = decoded(record.metadata);
    return settle(
      compact({
        ...request,
        model: request.model ?? filled(record.engine),
        ref:
          answer &&
          compact({
            ...answer,
            latency_ms: elapsedMs(record.request_start_time, record.request_end_time),
            cost_usd: numberOf(record.price),
          }),
        task: labelFrom({ metadata: metadata ?? null }) ?? filled(firstOf(record, 'prompt_name', 'prompt_id')),
        source_id: filled(wordOf(record.id ?? null)),
        ts: isoTime(record.request_start_time),
        tags: tagsFrom(record.tags),
      }),
    );
  },
};

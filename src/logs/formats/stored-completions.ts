/** OpenAI stored completions: the list has answers but no input messages, which live behind another endpoint. */

import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { reject, settle } from '../draft.ts';
import { compact, filled, listOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { LogFormat } from './format.ts';

export const storedCompletions: LogFormat = {
  name: 'stored-completions',
  title: 'OpenAI stored completions',
  sign: (record) =>
    record.object === 'chat.completion' && Array.isArray(record.choices)
      ? { score: 0.9, why: 'objects are chat.completion' }
      : undefined,
  unwrap: (value) => (value.object === 'list' ? listOf(value.data)?.filter(isObject) : undefined),
  map: (record) => {
    const request = requestFrom({ ...record, messages: record.messages ?? record.input ?? null });
    if (!request) return reject('a stored completion without its messages');
    return settle(
      compact({
        ...request,
        ref: answerFrom(record),
        task: labelFrom(record),
        tags: tagsFrom(record.metadata),
        source_id: filled(record.id),
        ts: isoTime(record.created),
      }),
    );
  },
  noPrompts:
    'log each answer with its request, as {"request": …, "response": …}; for completions that OpenAI stored, GET /v1/chat/completions/{id}/messages gives the `messages`',
};

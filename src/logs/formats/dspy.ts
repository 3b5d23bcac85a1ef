/** Histories of DSPy: one entry for each call of a language model, with its outputs as a list. */
import { isObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { reject, settle } from '../draft.ts';
import { compact, filled, listOf, numberOf, objectOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

export const dspy: LogFormat = {
  name: 'dspy',
  title: 'the history of a DSPy language model',
  sign: (record) =>
    Array.isArray(record.outputs) &&
    isObject(record.kwargs) &&
    (record.messages !== undefined || record.prompt !== undefined)
      ? { score: 0.95, why: 'calls have kwargs and a list of outputs' }
      : undefined,
  map: (record) => {
    const request =
      requestFrom({ messages: record.messages ?? null }) ?? requestFrom({ prompt: record.prompt ?? null });
    if (!request) return reject('a call without its messages');
    // `response` is what Python prints of an object: the texts stand in `outputs`.
    const answer = answerFrom(listOf(record.outputs)?.[0]);
    const kwargs = objectOf(record.kwargs);
    return settle(
      compact<Draft>({
        ...request,
        params: request.params ?? paramsFrom(kwargs),
        tools: request.tools ?? toolsFrom(kwargs?.tools),
        ref: answer && compact({ ...answer, usage: usageFrom(record.usage), cost_usd: numberOf(record.cost) }),
        model: filled(record.response_model) ?? filled(record.model),
        source_id: filled(record.uuid),
        ts: isoTime(record.timestamp),
      }),
    );
  },
};

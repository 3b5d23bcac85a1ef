/** Runs of HELM (scenario_state.json): each state has the request as it was sent, the result, and the references. */
import { isObject } from '../../records/plain-json.ts';
import { reject, settle } from '../draft.ts';
import { compact, filled, listOf, objectOf, textOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import type { Draft, LogFormat } from './format.ts';

export const helm: LogFormat = {
  name: 'helm',
  title: 'a run of HELM (scenario_state.json)',
  unwrap: (value) => {
    const states = listOf(value.request_states);
    return states?.length && states.every(isObject) ? states : undefined;
  },
  sign: (record) =>
    isObject(record.instance) && isObject(record.request) && objectOf(record.request)?.prompt !== undefined
      ? { score: 0.96, why: 'records have an instance, its request and the result' }
      : undefined,
  map: (record) => {
    const request = objectOf(record.request);
    const sent = messagesFrom(request?.messages);
    const prompt = filled(request?.prompt);
    if (!sent?.length && prompt === undefined) return reject('a state without a prompt');
    const first = listOf(objectOf(record.result)?.completions)?.[0];
    const said = textOf(objectOf(first)?.text);
    const model = filled(request?.model);
    return settle(
      compact<Draft>({
        messages: sent?.length ? sent : [{ role: 'user', content: prompt ?? '' }],
        ref: said === undefined ? undefined : compact({ text: said, model }),
        model,
        task: labelFrom(record),
        source_id: filled(objectOf(record.instance)?.id),
      }),
    );
  },
};

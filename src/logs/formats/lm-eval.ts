/** Samples that the LM Evaluation Harness logs: the text of the request, what came back, and the target. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject, settle, skip } from '../draft.ts';
import { compact, decoded, listOf, type Maybe, objectOf, textOf, wordOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import type { Draft, LogFormat } from './format.ts';

export const lmEval: LogFormat = {
  name: 'lm-eval',
  title: 'samples of the LM Evaluation Harness',
  sign: (record) =>
    record.doc_id !== undefined && record.arguments !== undefined && record.filtered_resps !== undefined
      ? { score: 0.98, why: 'samples have doc_id, arguments and filtered_resps' }
      : undefined,
  map: (record) => {
    const requests = requestsOf(record.arguments);
    // Several requests for one question weigh its choices: nobody wrote an answer.
    if (requests.length > 1) return skip('questions whose choices were only weighed');
    const asked = requests[0];
    if (asked === undefined) return reject('a sample without the text of its request');
    const messages = messagesFrom(decoded(asked)) ?? [{ role: 'user' as const, content: asked }];
    return settle(compact<Draft>({ messages, ref: answerOf(record), source_id: wordOf(record.doc_id) || undefined }));
  },
};

/** `[[text, settings]]`, or `{gen_args_0: {arg_0: text, arg_1: settings}}` in newer logs. */
function requestsOf(value: Maybe): string[] {
  const list = listOf(value) ?? Object.values(objectOf(value) ?? {});
  return list.flatMap((item) => textOf(isObject(item) ? item.arg_0 : listOf(item)?.[0]) ?? []);
}

function answerOf(record: JsonObject): Draft['ref'] {
  const first = listOf(record.resps)?.[0];
  const text = textOf(listOf(first)?.[0]) ?? textOf(first);
  return text === undefined ? undefined : { text };
}

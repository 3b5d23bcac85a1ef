/** Events of LlamaIndex's instrumentation: a call starts, goes on in pieces and ends, all under one span. */
import type { JsonObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Row, reject, settle, skip } from '../draft.ts';
import { compact, filled, objectOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';

const call = /^LLM(?:Chat|Completion|Predict)(?:Start|InProgress|End)Event$/;
const nameOf = (record: JsonObject): string => wordOf(record.class_name);

export const llamaIndex: LogFormat = {
  name: 'llama-index',
  title: "events of LlamaIndex's instrumentation",
  sign: (record) =>
    call.test(nameOf(record)) && record.span_id !== undefined
      ? { score: 0.97, why: 'events are LLMChatStartEvent and its kin' }
      : undefined,
  arrange: callsOf,
  map: (event) => {
    if (!call.test(nameOf(event))) return skip('events of other kinds');
    const request = requestFrom(event);
    if (!request) return reject('a model call without its messages');
    const response = objectOf(event.response);
    const raw = objectOf(response?.raw);
    const answer = answerFrom(response);
    const error = filled(event.err_str);
    return settle(
      compact<Draft>({
        ...request,
        ref:
          answer || error
            ? compact({
                ...(answer ?? { text: '' }),
                finish: answer?.finish ?? answerFrom(raw)?.finish,
                usage: usageFrom(raw?.usage) ?? usageFrom(response?.additional_kwargs),
                error,
              })
            : undefined,
        model: filled(raw?.model) ?? filled(objectOf(event.model_dict)?.model_name),
        source_id: filled(event.id_),
        ts: isoTime(event.timestamp),
      }),
    );
  },
};

/** One row for each call: its start and its end together, and the error of a span that was dropped. */
function callsOf(rows: Row[]): Row[] {
  const calls = new Map<string, Row>();
  const others: Row[] = [];
  for (const row of rows) {
    const name = nameOf(row.value);
    const span = filled(row.value.span_id);
    const known = span === undefined ? undefined : calls.get(span);
    if (name === 'SpanDropEvent' && known) known.value = { ...known.value, err_str: row.value.err_str ?? null };
    else if (span === undefined || !call.test(name)) others.push(row);
    else if (!name.endsWith('InProgressEvent')) {
      if (known) known.value = { ...known.value, ...row.value };
      else calls.set(span, { ...row });
    }
  }
  return [...calls.values(), ...others];
}

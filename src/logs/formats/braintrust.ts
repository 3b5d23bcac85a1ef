/** Braintrust logs: rows of spans of which only `llm` ones are calls. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, type Maybe, numberOf, objectOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

export const braintrust: LogFormat = {
  name: 'braintrust',
  title: 'a Braintrust export',
  sign: (record) => {
    if (record._xact_id !== undefined && record.root_span_id !== undefined)
      return { score: 0.98, why: 'rows have _xact_id and root_span_id' };
    const flat = isObject(record.metrics) && isObject(record.metadata) && 'type' in record && 'name' in record;
    if (flat) return { score: 0.85, why: 'rows have metrics, metadata, name and type' };
    return isPlainRow(record) && inputOf(decoded(record.input))
      ? { score: 0.85, why: 'rows have an input, metadata, metrics and scores' }
      : undefined;
  },
  map: mapRow,
  noPrompts: 'export rows of type llm',
};

/** A row that an application logged without spans: it is one call. */
const isPlainRow = (record: JsonObject): boolean =>
  record.span_attributes === undefined &&
  record.type === undefined &&
  record.output !== undefined &&
  record.scores !== undefined &&
  objectOf(decoded(record.metrics)) !== undefined &&
  objectOf(decoded(record.metadata)) !== undefined;

function mapRow(record: JsonObject): Mapped {
  const span = objectOf(decoded(record.span_attributes));
  const type = filled(span?.type) ?? filled(record.type);
  if (type !== 'llm' && !isPlainRow(record)) return skip(`${type ?? 'untyped'} rows`);
  const messages = inputOf(decoded(record.input));
  if (!messages) return reject('no messages in the input');
  const metadata = objectOf(decoded(record.metadata));
  const metrics = objectOf(decoded(record.metrics));
  const answer = answerFrom(outputOf(decoded(record.output)));
  return settle(
    compact<Draft>({
      ...messages,
      tools: messages.tools ?? toolsFrom(metadata?.tools),
      params: paramsFrom(metadata) ?? messages.params,
      model: filled(metadata?.model) ?? messages.model,
      ref:
        answer || filled(record.error)
          ? compact({
              ...(answer ?? { text: '' }),
              ...numbers(metrics),
              finish: answer?.finish ?? filled(firstOf(metadata, 'stop_reason', 'finish_reason')),
              error: filled(record.error),
            })
          : undefined,
      task: labelFrom({ metadata: metadata ?? null }) ?? filled(span?.name ?? record.name),
      source_id: filled(record.id),
      ts: isoTime(record.created),
      tags: tagsFrom(record.tags),
    }),
  );
}

function inputOf(input: Maybe): Draft | undefined {
  if (typeof input === 'string' && input.trim() !== '') return { messages: [{ role: 'user', content: input }] };
  const messages = messagesFrom(input);
  return messages?.length ? { messages } : requestFrom(input);
}

/** Output is a list of choices, one message, or text. */
const outputOf = (output: Maybe): Maybe =>
  Array.isArray(output) && output.some((item) => isObject(item) && isObject(item.message))
    ? { choices: output }
    : output;

function numbers(metrics: JsonObject | undefined): Partial<NonNullable<Draft['ref']>> {
  const start = numberOf(metrics?.start);
  const end = numberOf(metrics?.end);
  const first = numberOf(metrics?.time_to_first_token);
  const usage = compact({
    in: numberOf(metrics?.prompt_tokens),
    out: numberOf(metrics?.completion_tokens),
    cached: numberOf(metrics?.prompt_cached_tokens),
  });
  return compact({
    usage: Object.keys(usage).length ? usage : undefined,
    latency_ms: start && end && end > start ? (end - start) * 1000 : undefined,
    ttft_ms: first ? first * 1000 : undefined,
  });
}

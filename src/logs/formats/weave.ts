/** Weights & Biases Weave calls: JSON, or CSV flattened with dots (`inputs.messages`). */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, numberOf, objectOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';

export const weave: LogFormat = {
  name: 'weave',
  title: 'Weave calls',
  sign: (record) =>
    record.op_name !== undefined && record.started_at !== undefined
      ? { score: 0.97, why: 'calls have op_name and started_at' }
      : undefined,
  arrange: (rows) => {
    const withPrompt = rows.filter((row) => 'draft' in mapCall(row.value));
    const parents = new Set(withPrompt.map((row) => filled(row.value.parent_id)));
    return rows.filter((row) => !parents.has(filled(row.value.id) ?? '\u0000') || !withPrompt.includes(row));
  },
  map: mapCall,
  noPrompts: 'export calls of a model op (openai.chat.completions.create, …) with their inputs',
};

/** `inputs.messages` columns → `{messages}`. */
function field(record: JsonObject, name: string): JsonObject | undefined {
  const nested = objectOf(decoded(record[name]));
  if (nested) return nested;
  const prefix = `${name}.`;
  const flat = Object.entries(record).filter(([key, value]) => key.startsWith(prefix) && value !== '');
  return flat.length
    ? Object.fromEntries(flat.map(([key, value]) => [key.slice(prefix.length), decoded(value) as Json]))
    : undefined;
}

function mapCall(record: JsonObject): Mapped {
  const request = requestFrom(field(record, 'inputs'));
  if (!request) return skip('ops without messages in their inputs');
  const answer = answerFrom(decoded(record.output) || field(record, 'output'));
  const summary = objectOf(decoded(record.summary));
  const weaveSummary = objectOf(summary?.weave);
  const usage = Object.values(objectOf(summary?.usage) ?? {})[0];
  const costs = Object.values(objectOf(weaveSummary?.costs) ?? {}).map(objectOf);
  const cost = costs.reduce(
    (sum, each) =>
      sum + (numberOf(each?.prompt_tokens_total_cost) ?? 0) + (numberOf(each?.completion_tokens_total_cost) ?? 0),
    0,
  );
  const error = filled(record.exception);
  return settle(
    compact<Draft>({
      ...request,
      ref:
        answer || error
          ? compact({
              ...(answer ?? { text: '' }),
              usage: answer?.usage ?? usageFrom(usage),
              latency_ms: numberOf(weaveSummary?.latency_ms) ?? elapsedMs(record.started_at, record.ended_at),
              cost_usd: cost || undefined,
              error,
            })
          : undefined,
      task: labelFrom({ metadata: field(record, 'attributes') ?? null }),
      source_id: filled(record.id),
      ts: isoTime(record.started_at),
      session_id: filled(firstOf(record, 'thread_id')),
    }),
  );
}

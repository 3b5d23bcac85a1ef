/** LangSmith runs: `list_runs` JSON, dataset rows, and the SDK's wire capture of posts and patches. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, type Row, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, listOf, numberOf, objectOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { LogFormat } from './format.ts';

export const langsmith: LogFormat = {
  name: 'langsmith',
  title: 'LangSmith runs',
  sign: (record) => {
    if (record.run_type !== undefined && record.inputs !== undefined)
      return { score: 0.98, why: 'runs have run_type and inputs' };
    return record.dotted_order !== undefined ? { score: 0.9, why: 'runs have dotted_order' } : undefined;
  },
  unwrap: (value) =>
    listOf(value.post) || listOf(value.patch)
      ? [...(listOf(value.post) ?? []), ...(listOf(value.patch) ?? [])].filter(isObject)
      : treeOf(value),
  arrange: merge,
  map: mapRun,
  noPrompts: 'export runs of type llm with their inputs and outputs',
};

/** A run with the runs inside it, as the SDK loads them. */
function treeOf(run: JsonObject): JsonObject[] | undefined {
  const inside = listOf(run.child_runs)?.filter(isObject) ?? [];
  if (run.run_type === undefined || inside.length === 0) return undefined;
  const { child_runs: _, ...own } = run;
  return [own, ...inside.flatMap((child) => treeOf(child) ?? [child])];
}

/** A patch completes its post: the same id, or the same dotted_order (JS patches carry no id). */
function merge(rows: Row[]): Row[] {
  const byKey = new Map<string, Row>();
  const merged: Row[] = [];
  for (const row of rows) {
    const keys = [row.value.id, row.value.dotted_order].flatMap((key) => filled(key) ?? []);
    const known = keys.map((key) => byKey.get(key)).find((found) => found !== undefined);
    if (known) known.value = { ...known.value, ...present(row.value) };
    else merged.push({ ...row });
    const target = known ?? merged.at(-1);
    for (const key of keys) if (target) byKey.set(key, target);
  }
  return withoutParents(merged);
}

const present = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined));

/** llm runs inside llm runs are one call: the leaf stays. */
function withoutParents(rows: Row[]): Row[] {
  const parents = new Set(rows.filter((row) => isModelRun(row.value)).map((row) => filled(row.value.parent_run_id)));
  return rows.filter((row) => !isModelRun(row.value) || !parents.has(filled(row.value.id) ?? '\u0000'));
}

/** A tracer of LangChain writes chat_model where LangSmith keeps llm. */
const isModelRun = ({ run_type }: JsonObject): boolean => run_type === 'llm' || run_type === 'chat_model';

function mapRun(run: JsonObject): Mapped {
  if (run.run_type !== undefined && !isModelRun(run))
    return skip(`${typeof run.run_type === 'string' ? run.run_type : 'other'} runs`);
  const inputs = objectOf(decoded(run.inputs));
  const request = requestFrom(inputs) ?? requestFrom({ prompt: listOf(inputs?.prompts)?.[0] ?? null });
  if (!request) return reject(inputs ? 'no messages in the inputs' : 'the input was not logged');
  const extra = objectOf(decoded(run.extra));
  const metadata = objectOf(extra?.metadata);
  const invocation = objectOf(extra?.invocation_params);
  const answer = answerFrom(run.outputs) ?? answerFrom({ error: run.error ?? null });
  return settle(
    compact({
      ...request,
      tools: request.tools ?? toolsFrom(invocation?.tools),
      params: request.params ?? paramsFrom(invocation),
      model: request.model ?? filled(firstOf(metadata, 'ls_model_name')) ?? filled(invocation?.model),
      ref:
        answer &&
        compact({
          ...answer,
          usage: answer.usage ?? usageFrom(run),
          latency_ms: elapsedMs(run.start_time, run.end_time),
          ttft_ms: elapsedMs(run.start_time, run.first_token_time),
          cost_usd: numberOf(run.total_cost),
          error: filled(run.error),
        }),
      task: labelFrom({ metadata: metadata ?? null }),
      source_id: filled(run.id),
      ts: isoTime(run.start_time),
      session_id: filled(firstOf(metadata, 'session_id', 'thread_id', 'conversation_id')),
      tags: tagsFrom(run.tags),
    }),
  );
}

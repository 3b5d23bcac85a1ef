/** Records of OpenAI Evals (oaieval): events of one run; the sampling events hold the prompt and what was sampled. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Row, reject, settle, skip } from '../draft.ts';
import { compact, filled, listOf, type Maybe, objectOf, textOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';

const isEvent = (record: JsonObject): boolean =>
  record.run_id !== undefined && record.event_id !== undefined && isObject(record.data);

export const oaiEval: LogFormat = {
  name: 'oaieval',
  title: 'records of an OpenAI Evals run',
  sign: (record) =>
    isEvent(record) ||
    (isObject(record.spec) && record.spec.eval_name !== undefined) ||
    (isObject(record.final_report) && Object.keys(record).length === 1)
      ? { score: 0.97, why: 'events have a run_id, an event_id and data' }
      : undefined,
  arrange: withRun,
  map: (record) => {
    const data = objectOf(record.data);
    if (record.type !== 'sampling' || !data) return skip('events that are no sampling');
    const prompt = data.prompt ?? data.input;
    const messages = typeof prompt === 'string' ? [{ role: 'user' as const, content: prompt }] : messagesFrom(prompt);
    if (!messages?.length) return reject('a sampling event whose prompt cannot be read');
    const said = sampled(data.sampled ?? data.output);
    return settle(
      compact<Draft>({
        messages,
        ref: said === undefined ? undefined : { text: said },
        model: filled(record.model) ?? filled(data.model),
        task: filled(record.task),
        source_id: filled(record.sample_id),
        ts: isoTime(record.created_at),
      }),
    );
  },
};

const sampled = (value: Maybe): string | undefined => textOf(value) ?? textOf(listOf(value)?.[0]);

/** The name of the eval and the model stand in the first line of the file. */
function withRun(rows: Row[]): Row[] {
  const runs = new Map<string, { task: string | null; model: string | null }>();
  for (const { file, value } of rows) {
    const spec = objectOf(value.spec);
    if (spec)
      runs.set(file, {
        task: filled(spec.base_eval) ?? filled(spec.eval_name) ?? null,
        model: filled(listOf(spec.completion_fns)?.[0]) ?? null,
      });
  }
  return rows
    .filter(({ value }) => isEvent(value))
    .map((row) => ({ ...row, value: { ...runs.get(row.file), ...row.value } }));
}

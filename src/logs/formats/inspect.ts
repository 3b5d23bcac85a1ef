/** Evaluation logs of Inspect as JSON: each sample has messages, an output, its usage and a target. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Row, reject, settle } from '../draft.ts';
import { compact, filled, firstOf, listOf, objectOf, wordOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

export const inspectLog: LogFormat = {
  name: 'inspect',
  title: 'an evaluation log of Inspect',
  sign: (record) =>
    (record.epoch !== undefined &&
      record.input !== undefined &&
      record.messages !== undefined &&
      record.output !== undefined) ||
    isLog(record) ||
    isHead(record)
      ? { score: 0.97, why: 'samples have an epoch, messages, an output and a target' }
      : undefined,
  unwrap: (value) => {
    if (!isLog(value)) return undefined;
    const run = objectOf(value.eval) ?? {};
    return (listOf(value.samples) ?? [])
      .filter(isObject)
      .map((sample) => ({ ...sample, eval: { task: run.task ?? null, created: run.created ?? null } }));
  },
  arrange: withTask,
  map: (record) => {
    const messages = messagesFrom(record.messages);
    if (!messages?.length) return reject('a sample without messages');
    const run = objectOf(record.eval);
    const answer = answerFrom(record.output);
    return settle(
      compact<Draft>({
        messages,
        ref: answer?.text || answer?.tool_calls ? answer : undefined,
        tools: toolsFrom(firstOf(record, 'tools')) ?? toolsFrom(toolsCalled(record)),
        model: filled(objectOf(record.output)?.model),
        task: filled(run?.task),
        source_id: record.id === undefined ? undefined : wordOf(record.id),
        ts: isoTime(run?.created),
      }),
    );
  },
  noPrompts: 'export the whole log with its samples: inspect log dump LOG.eval > log.json',
};

/** A sample lists its steps; each call of a model has the tools that it was given. */
const toolsCalled = (record: JsonObject): Json | undefined =>
  listOf(record.events)
    ?.filter(isObject)
    .findLast(({ event, tools }) => event === 'model' && listOf(tools)?.length)?.tools;

/** The head of a packed log, whose samples are files beside it. */
const isHead = (record: JsonObject): boolean =>
  isObject(record.eval) && record.plan !== undefined && record.samples === undefined && record.epoch === undefined;

/** Samples of a packed log get their task from its head. */
function withTask(rows: Row[]): Row[] {
  const log = ({ file }: Row): string => file.replace(/\/(?:samples|_journal)\/[^/]*$|\/header\.json$/, '');
  const heads = new Map(rows.filter(({ value }) => isHead(value)).map((row) => [log(row), row.value.eval as Json]));
  return rows
    .filter(({ value }) => !isHead(value))
    .map((row) => ({ ...row, value: { ...row.value, eval: row.value.eval ?? heads.get(log(row)) ?? null } }));
}

const isLog = (value: Parameters<LogFormat['sign']>[0]): boolean =>
  isObject(value.eval) &&
  Array.isArray(value.samples) &&
  (value.plan !== undefined || value.results !== undefined || value.status !== undefined);

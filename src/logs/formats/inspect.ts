/** Evaluation logs of Inspect as JSON: each sample has messages, an output, its usage and a target. */
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { reject, settle } from '../draft.ts';
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
    isLog(record)
      ? { score: 0.97, why: 'samples have an epoch, messages, an output and a target' }
      : undefined,
  unwrap: (value) => {
    if (!isLog(value)) return undefined;
    const run = objectOf(value.eval) ?? {};
    return (listOf(value.samples) ?? [])
      .filter(isObject)
      .map((sample) => ({ ...sample, eval: { task: run.task ?? null, created: run.created ?? null } }));
  },
  map: (record) => {
    const messages = messagesFrom(record.messages);
    if (!messages?.length) return reject('a sample without messages');
    const run = objectOf(record.eval);
    const answer = answerFrom(record.output);
    return settle(
      compact<Draft>({
        messages,
        ref: answer?.text || answer?.tool_calls ? answer : undefined,
        tools: toolsFrom(firstOf(record, 'tools')),
        model: filled(objectOf(record.output)?.model),
        task: filled(run?.task),
        source_id: record.id === undefined ? undefined : wordOf(record.id),
        ts: isoTime(run?.created),
      }),
    );
  },
  noPrompts: 'export the whole log with its samples: inspect log dump LOG.eval > log.json',
};

const isLog = (value: Parameters<LogFormat['sign']>[0]): boolean =>
  isObject(value.eval) &&
  Array.isArray(value.samples) &&
  (value.plan !== undefined || value.results !== undefined || value.status !== undefined);

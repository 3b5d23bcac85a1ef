/** A trace with its steps, spans or observations in one list: those that call a model are the prompts, and nothing else. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, listOf, type Maybe, objectOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';
import { mlflow } from './mlflow.ts';

const lists = ['spans', 'steps', 'observations', 'children', 'child_spans', 'childSpans', 'calls'] as const;
const kinds = [
  'type',
  'kind',
  'span_type',
  'spanType',
  'span_kind',
  'step_type',
  'stepType',
  'observation_type',
] as const;
const modelKind =
  /^(?:llm|generation|chat|chat[ _-]?(?:model|completion)|completion|llm[ _-]?(?:call|run|step|span))$/i;
const deepest = 6;

export const traceSteps: LogFormat = {
  name: 'trace-steps',
  title: 'traces with their steps in a list',
  // Spans with ids of their own are read by their formats, wherever they are written down.
  sign: (record) =>
    record.trace === undefined &&
    record.run_type === undefined &&
    !mlflow.sign(record) &&
    modelCalls(record).some(isWhole)
      ? { score: 0.96, why: 'each trace has a list of steps, and its model calls are the prompts' }
      : undefined,
  unwrap: (value) => (traceSteps.sign(value) ? [value] : undefined),
  map: (record) => {
    const calls = modelCalls(record);
    return calls.length ? calls.map((call) => callOf(call, record)) : skip('traces without a model call');
  },
};

function modelCalls(record: JsonObject, depth = 0): JsonObject[] {
  if (depth > deepest) return [];
  return lists.flatMap((name) =>
    (listOf(record[name]) ?? []).filter(isObject).flatMap((step) => {
      const inner = modelCalls(step, depth + 1);
      // A call that holds another one is the same call, told twice.
      return inner.length > 0 || !isModelCall(step) ? inner : [step];
    }),
  );
}

const isModelCall = (step: JsonObject): boolean => modelKind.test(filled(firstOf(step, ...kinds)) ?? '');
const isWhole = (step: JsonObject): boolean =>
  step.attributes === undefined && step.traceId === undefined && inputOf(step) !== undefined;

const inputOf = (step: JsonObject): Maybe => firstOf(step, 'input', 'inputs', 'messages', 'prompt', 'request');

function callOf(step: JsonObject, trace: JsonObject): Mapped {
  const asked = askedIn(inputOf(step));
  if (!asked) return reject('a model call without its messages');
  const answer = answerFrom(firstOf(step, 'output', 'outputs', 'response', 'completion'));
  const metadata = objectOf(decoded(step.metadata));
  return settle(
    compact<Draft>({
      ...asked,
      tools: asked.tools ?? toolsFrom(step.tools),
      model: filled(firstOf(step, 'model', 'model_name', 'modelName')) ?? filled(metadata?.model) ?? asked.model,
      ref: answer,
      measured: compact({
        usage: usageFrom(firstOf(step, 'usage', 'usageDetails', 'token_usage', 'metrics')),
        latency_ms: elapsedMs(
          firstOf(step, 'start_time', 'startTime', 'started_at'),
          firstOf(step, 'end_time', 'endTime', 'ended_at'),
        ),
      }),
      task: filled(trace.name),
      source_id: filled(firstOf(step, 'id', 'span_id', 'uuid')),
      session_id: filled(firstOf(trace, 'session_id', 'sessionId', 'thread_id', 'conversation_id')),
      ts: isoTime(firstOf(step, 'start_time', 'startTime', 'started_at') ?? trace.timestamp),
    }),
  );
}

function askedIn(input: Maybe): (Partial<Draft> & { messages: Message[] }) | undefined {
  const value = decoded(input);
  if (typeof value === 'string')
    return value.trim() === '' ? undefined : { messages: [{ role: 'user', content: value }] };
  const messages = messagesFrom(value);
  return messages?.length ? { messages } : requestFrom(value);
}

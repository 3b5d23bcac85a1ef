/** Sessions and checkpoints of Gemini CLI (~/.gemini/tmp): messages of type user and gemini. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message, ToolCall } from '../../records/prompt-record.ts';
import { usageFrom } from '../answer.ts';
import { compact, filled, listOf, type Maybe, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const geminiCli: LogFormat = {
  name: 'gemini-cli',
  title: 'a session of Gemini CLI',
  holds: 'conversations',
  sign: (record) =>
    record.sessionId !== undefined &&
    listOf(record.messages)?.some((item) => isObject(item) && (item.type === 'gemini' || item.type === 'user'))
      ? { score: 0.97, why: 'sessions have messages of type user and gemini' }
      : undefined,
  map: (record) =>
    turnPrompts((listOf(record.messages) ?? []).filter(isObject).flatMap(turnsOf), {
      session_id: filled(record.sessionId),
      task: filled(record.projectName),
    }),
};

/** A string, a list of strings, or a list of parts. */
const contentText = (content: Maybe): string =>
  typeof content === 'string'
    ? content
    : (listOf(content) ?? [])
        .map((part) => (isObject(part) ? (textOf(part.text) ?? '') : (textOf(part) ?? '')))
        .join('');

function turnsOf(item: JsonObject): Turn[] {
  const content = contentText(item.content);
  const ts = isoTime(item.timestamp);
  if (item.type === 'user') {
    if (/^[/?]/.test(content.trim()) || content.trim() === '') return [];
    return [{ message: { role: 'user', content }, ...(ts && { ts }) }];
  }
  if (item.type !== 'gemini') return [];
  const calls = (listOf(item.toolCalls) ?? []).filter(isObject);
  const model = filled(item.model);
  const usage = usageFrom(item.tokens);
  const said: Turn = {
    message: compact<Message>({ role: 'assistant', content, tool_calls: calls.length ? calls.map(callOf) : undefined }),
    ...(ts && { ts }),
    ...(model && { model }),
    ...(usage && { usage }),
  };
  return [said, ...calls.map((call, at): Turn => ({ message: resultOf(call, at) }))];
}

const callId = (call: JsonObject, at: number): string => filled(call.id) ?? `call_${at + 1}`;
const callOf = (call: JsonObject, at: number): ToolCall => ({
  id: callId(call, at),
  name: filled(call.name) ?? 'tool',
  arguments: JSON.stringify(call.args ?? {}),
});

/** The result as the model got it: a functionResponse, or what was shown. */
function resultOf(call: JsonObject, at: number): Message {
  const part = listOf(call.result)?.find(isObject);
  const response = isObject(part?.functionResponse) ? part.functionResponse.response : undefined;
  const output = isObject(response)
    ? (response.output ?? response.error ?? response)
    : (call.resultDisplay ?? call.result);
  return {
    role: 'tool',
    tool_call_id: callId(call, at),
    content: typeof output === 'string' ? output : JSON.stringify(output ?? ''),
  };
}

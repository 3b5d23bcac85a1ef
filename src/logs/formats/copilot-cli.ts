/** Sessions of GitHub Copilot CLI (events.jsonl): user and assistant messages among events; tools answer by their call's id. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { skip } from '../draft.ts';
import { compact, filled, listOf, objectOf, textOf, wordOf } from '../fields.ts';
import { oneRowPerFile } from '../group/one-row-per-file.ts';
import { isoTime } from '../moments.ts';
import { toolCallsFrom } from '../tools.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const kinds =
  /^(?:(?:user|assistant|system)\.message|assistant\.(?:turn_(?:start|end)|message_(?:start|delta)|reasoning(?:_delta)?)|session\.(?:start|resume|info|error|model_change|truncation)|tool\.execution_(?:start|complete|partial_result))$/;

export const copilotCli: LogFormat = {
  name: 'copilot-cli',
  title: 'a session of GitHub Copilot CLI',
  holds: 'conversations',
  sign: (record) =>
    Array.isArray(record.copilotCli) || (kinds.test(wordOf(record.type)) && isObject(record.data))
      ? { score: 0.97, why: 'lines are events such as user.message and assistant.message' }
      : undefined,
  arrange: (rows) => oneRowPerFile(rows, 'copilotCli', ({ type }) => type === 'user.message'),
  map: (record) => {
    const lines = listOf(record.copilotCli)?.filter(isObject);
    if (!lines) return skip('lines beside the conversation');
    const start = objectOf(lines.find(({ type }) => type === 'session.start')?.data);
    return turnPrompts(
      lines.flatMap(turnOf),
      compact({ session_id: filled(start?.sessionId), model: filled(start?.selectedModel) }),
    );
  },
};

function turnOf({ type, data, timestamp }: JsonObject): Turn[] {
  const message = messageOf(wordOf(type), objectOf(data) ?? {});
  const ts = isoTime(timestamp);
  return message ? [{ message, ...(ts && { ts }) }] : [];
}

function messageOf(type: string, data: JsonObject): Message | undefined {
  if (type === 'user.message') return { role: 'user', content: textOf(data.content) ?? '' };
  if (type === 'assistant.message') {
    const calls = toolCallsFrom(data.toolRequests);
    const content = textOf(data.content) ?? '';
    return compact<Message>({
      role: 'assistant',
      content: calls.length && content === '' ? null : content,
      tool_calls: calls.length ? calls : undefined,
    });
  }
  if (type !== 'tool.execution_complete') return undefined;
  const result = objectOf(data.result) ?? objectOf(data.error);
  return {
    role: 'tool',
    tool_call_id: filled(data.toolCallId) ?? '',
    content: textOf(result?.content) ?? textOf(result?.message) ?? JSON.stringify(data.result ?? data.error ?? ''),
  };
}

/** Sessions of opencode (`opencode export`, or its database): {info, messages: [{info, parts}]}. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message, ToolCall } from '../../records/prompt-record.ts';
import { type Row, skip } from '../draft.ts';
import { compact, filled, listOf, numberOf, objectOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { repositoryName } from './repository-name.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isMessage = (value: unknown): boolean =>
  isObject(value) && isObject(value.info) && Array.isArray(value.parts) && typeof value.info.role === 'string';

export const opencode: LogFormat = {
  name: 'opencode',
  title: 'a session of opencode',
  holds: 'conversations',
  sign: (record) =>
    isMessage(record) || listOf(record.messages)?.some(isMessage)
      ? { score: 0.97, why: 'messages have info and parts' }
      : undefined,
  arrange: sessions,
  map: (record) => {
    const messages = (listOf(record.messages) ?? []).filter(isObject).filter(isMessage);
    if (!messages.length) return skip('lines beside the conversation');
    const info = objectOf(record.info) ?? objectOf(messages[0]?.info);
    const path = objectOf(objectOf(messages.find((each) => objectOf(each.info)?.path)?.info)?.path);
    return turnPrompts(messages.flatMap(turnsOf), {
      session_id: filled(info?.sessionID) ?? filled(info?.id),
      task: repositoryName(filled(info?.directory) ?? filled(path?.root) ?? filled(path?.cwd)),
    });
  },
};

/** Rows of single messages become their session. */
function sessions(rows: Row[]): Row[] {
  const groups = new Map<string, Row & { messages: JsonObject[] }>();
  const whole: Row[] = [];
  for (const row of rows) {
    if (!isMessage(row.value)) {
      whole.push(row);
      continue;
    }
    const key = wordOf(objectOf(row.value.info)?.sessionID);
    const group = groups.get(key) ?? { ...row, messages: [] };
    groups.set(key, group);
    group.messages.push(row.value);
  }
  return [...whole, ...[...groups.values()].map(({ messages, ...row }) => ({ ...row, value: { messages } }))];
}

function turnsOf(message: JsonObject): Turn[] {
  const info = objectOf(message.info) ?? {};
  const parts = (listOf(message.parts) ?? [])
    .filter(isObject)
    .filter((part) => part.synthetic !== true && part.ignored !== true);
  const content = parts.flatMap((part) => (part.type === 'text' ? (textOf(part.text) ?? []) : [])).join('\n\n');
  const time = objectOf(info.time);
  const ts = isoTime(time?.created);
  if (info.role === 'user')
    return content.trim() === '' ? [] : [{ message: { role: 'user', content }, ...(ts && { ts }) }];
  const model = filled(info.modelID);
  const tokens = objectOf(info.tokens);
  const usage = tokens && compact({ in: numberOf(tokens.input), out: numberOf(tokens.output) });
  const cost = numberOf(info.cost);
  const calls = parts.filter((part) => part.type === 'tool');
  const said: Turn = {
    message: compact<Message>({ role: 'assistant', content, tool_calls: calls.length ? calls.map(callOf) : undefined }),
    ...(model && { model }),
    ...(usage && { usage }),
    ...(cost && { cost }),
  };
  return [said, ...calls.map((call): Turn => ({ message: resultOf(call) }))];
}

const callOf = (part: JsonObject): ToolCall => ({
  id: filled(part.callID) ?? filled(part.id) ?? '',
  name: filled(part.tool) ?? 'tool',
  arguments: JSON.stringify(objectOf(part.state)?.input ?? {}),
});

function resultOf(part: JsonObject): Message {
  const state = objectOf(part.state);
  return {
    role: 'tool',
    tool_call_id: filled(part.callID) ?? filled(part.id) ?? '',
    content: textOf(state?.output) ?? textOf(state?.error) ?? '',
  };
}

/** Sessions of Continue: a history of messages, each with the pieces of code that went along with it. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { compact, filled, listOf, objectOf, textOf } from '../fields.ts';
import { messageFrom } from '../messages.ts';
import type { LogFormat } from './format.ts';
import { repositoryName } from './repository-name.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isItem = (value: unknown): value is JsonObject =>
  isObject(value) && isObject(value.message) && value.message.role !== undefined;

export const continueSessions: LogFormat = {
  name: 'continue',
  title: 'a session of Continue',
  holds: 'conversations',
  sign: (record) => {
    const history = listOf(record.history);
    return record.sessionId !== undefined && history?.length && history.every(isItem)
      ? { score: 0.97, why: 'sessions have a history of messages with contextItems' }
      : undefined;
  },
  map: (record) =>
    turnPrompts(
      (listOf(record.history) ?? []).filter(isItem).flatMap(turnsOf),
      compact({
        session_id: filled(record.sessionId),
        task: repositoryName(filled(record.workspaceDirectory)?.replace(/^file:\/\//, '')),
      }),
    ),
};

/** What was put beside a question stands before it, as it did in the request. */
function turnsOf(item: JsonObject): Turn[] {
  const context = (listOf(item.contextItems) ?? []).filter(isObject).flatMap((each) => {
    const content = textOf(each.content);
    const name = filled(each.description) ?? filled(each.name) ?? '';
    return content === undefined ? [] : `${name}\n${content}`;
  });
  return (messageFrom(objectOf(item.message) ?? {}) ?? []).map((message) => ({
    message:
      message.role === 'user' && context.length && typeof message.content === 'string'
        ? { ...message, content: [...context, message.content].join('\n\n') }
        : message,
  }));
}

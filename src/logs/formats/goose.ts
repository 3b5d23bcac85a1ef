/** Sessions of goose: a first line about the session, then messages whose content has tool requests and responses. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { skip } from '../draft.ts';
import { compact, filled, listOf, objectOf, textOf } from '../fields.ts';
import { oneRowPerFile } from '../group/one-row-per-file.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { repositoryName } from './repository-name.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isHead = (record: JsonObject): boolean => record.working_dir !== undefined && record.role === undefined;
const isMessage = (record: JsonObject): boolean =>
  record.created !== undefined && typeof record.role === 'string' && Array.isArray(record.content);

export const goose: LogFormat = {
  name: 'goose',
  title: 'a session of goose',
  holds: 'conversations',
  sign: (record) =>
    isHead(record) || isMessage(record)
      ? { score: 0.97, why: 'the lines are a working_dir and messages with a time of creation' }
      : undefined,
  arrange: (rows) => oneRowPerFile(rows, 'goose'),
  map: (record) => {
    const lines = listOf(record.goose)?.filter(isObject);
    if (!lines) return skip('lines beside the conversation');
    const folder = filled(lines.find(isHead)?.working_dir);
    return turnPrompts(lines.filter(isMessage).flatMap(turnsOf), compact({ task: repositoryName(folder) }));
  },
};

/** A user message that only brings tool responses is the tool's. */
function turnsOf(line: JsonObject): Turn[] {
  const parts = (listOf(line.content) ?? []).filter(isObject);
  const text = parts.flatMap((part) => (part.type === 'text' ? (textOf(part.text) ?? []) : [])).join('\n\n');
  const calls = parts.filter(({ type }) => type === 'toolRequest').map(callOf);
  const results = parts
    .filter(({ type }) => type === 'toolResponse')
    .map((part): Turn => ({ message: resultOf(part) }));
  const ts = isoTime(line.created);
  const role = line.role === 'user' ? 'user' : 'assistant';
  const message = compact<Message>({
    role,
    content: calls.length && text === '' ? null : text,
    tool_calls: calls.length ? calls : undefined,
  });
  return text === '' && calls.length === 0 ? results : [...results, { message, ...(ts && { ts }) }];
}

function callOf(part: JsonObject, at: number): { id: string; name: string; arguments: string } {
  const call = objectOf(objectOf(part.toolCall)?.value);
  return {
    id: filled(part.id) ?? `call_${at + 1}`,
    name: filled(call?.name) ?? 'tool',
    arguments: JSON.stringify(call?.arguments ?? {}),
  };
}

function resultOf(part: JsonObject): Message {
  const value = objectOf(part.toolResult)?.value;
  const texts = (listOf(value) ?? listOf(objectOf(value)?.content) ?? [])
    .filter(isObject)
    .flatMap((each) => textOf(each.text) ?? []);
  return {
    role: 'tool',
    tool_call_id: filled(part.id) ?? '',
    content: texts.length ? texts.join('\n') : JSON.stringify(part.toolResult ?? ''),
  };
}

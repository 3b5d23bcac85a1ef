/** Tasks of Cline and Roo Code (api_conversation_history.json): Anthropic messages; what people typed is in tags. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { skip } from '../draft.ts';
import { listOf, textOf } from '../fields.ts';
import { oneRowPerFile } from '../group/one-row-per-file.ts';
import { messageFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { repositoryName } from './repository-name.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const typed = /<(task|feedback|user_message|answer)>\s*([\s\S]*?)\s*<\/\1>/;
const surroundings = /<environment_details>[\s\S]*?<\/environment_details>/g;

const texts = (content: Json | undefined): string[] =>
  typeof content === 'string'
    ? [content]
    : (listOf(content) ?? []).flatMap((part) =>
        isObject(part) && part.type === 'text' ? (textOf(part.text) ?? []) : [],
      );

export const cline: LogFormat = {
  name: 'cline',
  title: 'a task of Cline',
  holds: 'conversations',
  sign: (record) => {
    if (Array.isArray(record.cline)) return { score: 1, why: 'user messages hold <task> and <environment_details>' };
    const tagged = texts(record.content).some((text) =>
      /<environment_details>|^\s*<(?:task|feedback|user_message)>|^\s*\[\w+(?: for '[^\n]*')?\] Result:/.test(text),
    );
    if (record.role === 'user' && tagged)
      return { score: 0.98, why: 'user messages hold <task> and <environment_details>' };
    // Beside such messages; alone they are a table of messages.
    const answers = record.role === 'assistant' && Array.isArray(record.content);
    return answers ? { score: 0.95, why: 'messages are of one task' } : undefined;
  },
  // A history is one task.
  arrange: (rows) => oneRowPerFile(rows, 'cline'),
  map: (record) => {
    const messages = listOf(record.cline)?.filter(isObject);
    if (!messages) return skip('lines beside the conversation');
    const folder = /# Current (?:Working|Workspace) Directory \((.+?)\)/.exec(
      messages.flatMap(({ content }) => texts(content)).join('\n'),
    )?.[1];
    return turnPrompts(messages.flatMap(turnsOf), { task: repositoryName(folder) });
  },
};

/** A user message without typed text brings results: it is the tool's, not a person's. */
function turnsOf(message: JsonObject): Turn[] {
  const ts = isoTime(message.ts);
  if (message.role !== 'user') return (messageFrom(message) ?? []).map((each) => ({ message: each }));
  const own = texts(message.content);
  const asked = own.flatMap((text) => typed.exec(text)?.[2] ?? []);
  const results = (messageFrom(message) ?? []).filter(({ role }) => role === 'tool');
  const shown = own.map((text) => text.replace(surroundings, '').trim()).filter((text) => text !== '');
  const turns: Turn[] = results.map((each) => ({ message: each }));
  if (asked.length) turns.push({ message: { role: 'user', content: asked.join('\n\n') }, ...(ts && { ts }) });
  else if (!results.length && shown.length)
    turns.push({ message: { role: 'tool', content: shown.join('\n\n'), tool_call_id: '' } });
  return turns;
}

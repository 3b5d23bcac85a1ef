/** States of LangGraph threads: the messages among their values, with the thread in their config. */
import type { JsonObject } from '../../records/plain-json.ts';
import { reject } from '../draft.ts';
import { compact, filled, listOf, objectOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

const marks = ['next', 'config', 'checkpoint', 'checkpoint_id', 'thread_id', 'tasks', 'parent_config'];
const isState = (record: JsonObject): boolean =>
  Array.isArray(objectOf(record.values)?.messages) && marks.some((name) => record[name] !== undefined);

export const langGraph: LogFormat = {
  name: 'langgraph',
  title: 'states of LangGraph threads',
  holds: 'conversations',
  sign: (record) => (isState(record) ? { score: 0.96, why: 'states have values.messages' } : undefined),
  map: (record) => {
    const messages = messagesFrom(listOf(objectOf(record.values)?.messages));
    if (!messages) return reject('a state whose messages cannot be read');
    const thread = objectOf(objectOf(record.config)?.configurable)?.thread_id ?? record.thread_id;
    return turnPrompts(
      messages.map((message) => ({ message })),
      compact({ session_id: filled(thread), ts: isoTime(record.created_at) }),
    );
  },
};

/** Conversations as lists of strings that take turns, user first (UltraChat: id and data). */
import type { JsonObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { reject, settle } from '../draft.ts';
import { compact, filled, listOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import type { Draft, LogFormat } from './format.ts';

const turnsOf = (record: JsonObject): string[] | undefined => {
  const list = listOf(record.data) ?? listOf(record.dialog) ?? listOf(record.dialogue);
  return list && list.length > 1 && list.every((item) => typeof item === 'string') ? (list as string[]) : undefined;
};

export const ultraChat: LogFormat = {
  name: 'ultrachat',
  title: 'conversations as lists of strings',
  sign: (record) =>
    turnsOf(record) ? { score: 0.85, why: 'each record is a list of strings that take turns' } : undefined,
  map: (record) => {
    const turns = turnsOf(record);
    if (!turns) return reject('no list of strings');
    const messages = turns.map((content, at): Message => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
    return settle(compact<Draft>({ messages, task: labelFrom(record), source_id: filled(record.id) }));
  },
};

/** ShareGPT conversations: the last answer is the reference; what stands before it is the prompt. */

import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject, settle } from '../draft.ts';
import { mediaIn } from '../fields/media.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { compact, filled, listOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { toolsFrom } from '../tools.ts';
import type { LogFormat } from './format.ts';

export const shareGpt: LogFormat = {
  name: 'sharegpt',
  title: 'ShareGPT conversations',
  sign: (record) => {
    if (record.chosen !== undefined || isLabelled(record)) return undefined;
    const turns = listOf(record.conversations) ?? listOf(record.conversation);
    return turns?.length && turns.every((turn) => isObject(turn) && typeof (turn.from ?? turn.role) === 'string')
      ? { score: 0.97, why: 'conversations have turns with from and value' }
      : undefined;
  },
  map: (record) => {
    const messages = messagesFrom(record.conversations ?? record.conversation);
    if (!messages) return reject('a turn from somebody unknown');
    const system = filled(record.system);
    return settle(
      compact({
        // A conversation cut off at its front begins with an answer to nothing.
        messages: [...(system ? [{ role: 'system' as const, content: system }] : []), ...fromFirstQuestion(messages)],
        tools: toolsFrom(record.tools),
        source_id: filled(record.id),
        session_id: filled(record.conversation_id),
        model: filled(record.model),
        task: labelFrom(record),
        flags: mediaIn(new RecordFields(record)) ? (['media'] as const).slice() : undefined,
      }),
    );
  },
};

/** Preference data has a file of its own. */
const isLabelled = (record: JsonObject): boolean => typeof (record.label ?? record.kto_tag) === 'boolean';

function fromFirstQuestion<T extends { role: string }>(messages: T[]): T[] {
  const first = messages.findIndex((message) => message.role !== 'assistant');
  return first <= 0 ? messages : messages.slice(first);
}

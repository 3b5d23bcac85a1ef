/** Whole conversations as one text with Human: and Assistant: marks, as in HH-RLHF: chosen, and perhaps rejected. */
import type { JsonObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { reject, settle } from '../draft.ts';
import { filled, textOf } from '../fields.ts';
import type { LogFormat } from './format.ts';

const start = /^\s*(?:Human|User): /;
const mark = /(?:^|\n\n)\s{0,40}(Human|User|Assistant):/;

const transcriptOf = (record: JsonObject): string | undefined => {
  const text =
    filled(record.chosen) ??
    filled(record.transcript) ??
    filled(record.conversation) ??
    (Object.keys(record).length <= 2 ? filled(record.text) : undefined);
  return text !== undefined && start.test(text) && /\n\n\s{0,40}Assistant:/.test(text) ? text : undefined;
};

export const transcripts: LogFormat = {
  name: 'transcript',
  title: 'conversations as text with Human: and Assistant:',
  sign: (record) =>
    transcriptOf(record) === undefined
      ? undefined
      : {
          score: 0.95,
          why: `texts have Human: and Assistant: marks${record.rejected === undefined ? '' : '; the rejected answers are not used'}`,
        },
  map: (record) => {
    const text = transcriptOf(record);
    const messages = text === undefined ? [] : turnsIn(text);
    return messages.length > 1
      ? settle({ messages })
      : reject(textOf(record.chosen) === undefined ? 'no transcript' : 'a transcript that cannot be taken apart');
  },
};

function turnsIn(text: string): Message[] {
  const pieces = text.split(new RegExp(mark, 'g')).slice(1);
  const turns: Message[] = [];
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const content = (pieces[at + 1] ?? '').trim();
    turns.push({ role: pieces[at] === 'Assistant' ? 'assistant' : 'user', content });
  }
  return turns;
}

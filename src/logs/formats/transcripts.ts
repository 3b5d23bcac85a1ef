/** Whole conversations as one text with Human: and Assistant: marks, as in HH-RLHF: chosen, and perhaps rejected. */
import type { JsonObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { reject, settle } from '../draft.ts';
import { answerIn } from '../fields/combine.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { filled, textOf } from '../fields.ts';
import type { LogFormat } from './format.ts';

/** How the two sides are marked: `Human: ` after an empty line, or `[|Human|]` at the start of a line. */
const colons = /(?:^|\n\n)\s{0,40}(Human|User|Assistant):/;
const humans = new Set(['Human', 'User', 'Customer', 'Client', 'Visitor', 'Caller', 'Kunde', 'Nutzer']);
const answerers = ['Assistant', 'Agent', 'Bot', 'Chatbot', 'AI', 'Support'];
/** In a field that is called a talk, a mark begins a line. */
const lines = new RegExp(`(?:^|\\n)[ \\t]{0,40}(${[...humans, ...answerers].join('|')}):`);
const talks = [
  'transcript',
  'conversation',
  'chat',
  'dialog',
  'dialogue',
  'chat_log',
  'chat_transcript',
  'conversation_text',
];
const brackets = /(?:^|\n)[ \t]{0,40}\[\|(Human|User|AI|Assistant|Bot)\|\]:?/;

interface Transcript {
  text: string;
  mark: RegExp;
}

function transcriptOf(record: JsonObject): Transcript | undefined {
  const text =
    filled(record.chosen) ??
    talkOf(record) ??
    (Object.keys(record).length <= 2 ? (filled(record.text) ?? filled(record.input)) : undefined);
  if (text === undefined) return undefined;
  if (/^\s*(?:Human|User): /.test(text) && /\n\n\s{0,40}Assistant:/.test(text)) return { text, mark: colons };
  // A task about a talk that has ended, with its own answer, is asked whole.
  if (text === talkOf(record) && isTalk(text, lines) && !isAbout(record, text) && lines.exec(text)?.index === 0)
    return { text, mark: lines };
  return isTalk(text, brackets) ? { text, mark: brackets } : undefined;
}

function talkOf(record: JsonObject): string | undefined {
  const found = new RecordFields(record).json(...talks);
  return found.is === 'value' ? filled(found.value) : undefined;
}

/** The talk has its last answer, and the record another one: a summary, say. */
const isAbout = (record: JsonObject, text: string): boolean => {
  const marks = text.split(new RegExp(lines, 'g')).filter((_, at) => at % 2 === 1);
  return !humans.has(marks.at(-1) ?? '') && answerIn(record, 'made') !== undefined;
};

/** Both sides say something. */
function isTalk(text: string, mark: RegExp): boolean {
  const sides = text.split(new RegExp(mark, 'g')).filter((_, at) => at % 2 === 1);
  return sides.some((side) => humans.has(side)) && sides.some((side) => !humans.has(side));
}

export const transcripts: LogFormat = {
  name: 'transcript',
  title: 'conversations as text with marks of who speaks, such as Human: and Assistant:',
  sign: (record) =>
    transcriptOf(record) === undefined
      ? undefined
      : {
          score: 0.95,
          why: `texts have marks of who speaks${record.rejected === undefined ? '' : '; the rejected answers are not used'}`,
        },
  map: (record) => {
    const transcript = transcriptOf(record);
    const messages = transcript === undefined ? [] : turnsIn(transcript);
    const ref = messages.at(-1)?.role === 'user' ? answerIn(record, 'made') : undefined;
    return messages.length > 1
      ? settle({ messages, ...(ref && { ref }) })
      : reject(textOf(record.chosen) === undefined ? 'no transcript' : 'a transcript that cannot be taken apart');
  },
};

/** Text before the first mark tells the model who it is. A mark at the end, without a text, is no turn. */
function turnsIn({ text, mark }: Transcript): Message[] {
  const [before = '', ...pieces] = text.split(new RegExp(mark, 'g'));
  const turns: Message[] = before.trim() === '' ? [] : [{ role: 'system', content: before.trim() }];
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const content = (pieces[at + 1] ?? '').trim();
    const isHuman = humans.has(pieces[at] ?? '');
    if (content !== '' || at + 2 < pieces.length) turns.push({ role: isHuman ? 'user' : 'assistant', content });
  }
  return turns;
}

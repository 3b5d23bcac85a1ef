/** Dialogues as lists of turns: `utterances` or `turns` with a speaker each, a bot's `events`, or pairs of input and output. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { reject, settle } from '../draft.ts';
import { fieldNames } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { timeIn } from '../fields/record-time.ts';
import { speakerNamed } from '../fields/speakers.ts';
import { compact, filled, firstOf, listOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import type { Draft, LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

const lists = ['utterances', 'turns', 'dialogue', 'dialog', 'conversation', 'events'] as const;

/** Some corpora write short for the system. */
const speakerIn = (who: string): 'user' | 'assistant' | 'system' | undefined => {
  const speaker = who.toLowerCase() === 'sys' ? 'system' : speakerNamed(who);
  return speaker === 'tool' ? undefined : speaker;
};

export const dialogues: LogFormat = {
  name: 'dialogues',
  title: 'dialogues as lists of turns with their speakers',
  holds: 'conversations',
  sign: (record) => {
    const found = turnsIn(record);
    return found && { score: 0.6, why: `each record has a dialogue in \`${found.name}\`` };
  },
  map: (record) => {
    const found = turnsIn(record);
    if (!found) return reject('no dialogue that can be read');
    const around = compact<Partial<Draft>>({
      task: labelFrom(record),
      source_id: filled(firstOf(record, 'dialogue_id', 'dialog_id', 'conversation_id', 'id')),
      session_id: filled(firstOf(record, 'sender_id', 'session_id', 'dialogue_id', 'dialog_id', 'conversation_id')),
      ts: timeIn(record),
    });
    // A bot keeps what happened; a corpus has one call a record.
    return found.name === 'events'
      ? turnPrompts(
          found.messages.map((message) => ({ message })),
          around,
        )
      : settle({ ...around, messages: [...systemOf(record, found.messages), ...found.messages] });
  },
};

/** What the system says stands beside the turns of a corpus. */
function systemOf(record: JsonObject, messages: readonly Message[]): Message[] {
  const system = new RecordFields(record).text(...fieldNames.system);
  const isThere = messages.some(({ role }) => role === 'system');
  return system.is === 'value' && !isThere ? [{ role: 'system', content: system.value }] : [];
}

function turnsIn(record: JsonObject): { name: string; messages: Message[] } | undefined {
  for (const name of lists) {
    const list = listOf(record[name]);
    if (!list?.length || !list.every(isObject)) continue;
    const messages = spoken(list, name === 'events') ?? pairs(list);
    if (messages) return { name, messages };
  }
  return undefined;
}

/** Every turn has a known speaker; a bot's events hold others besides, which are no turns. */
function spoken(list: readonly JsonObject[], isEvents: boolean): Message[] | undefined {
  const turns = list.map(turnOf);
  const said = turns.flatMap((turn) => turn ?? []);
  if (!said.some(({ role }) => role === 'user') || (!isEvents && said.length < turns.length)) return undefined;
  // In a corpus of dialogues the system is who answers.
  const answers = said.some(({ role }) => role === 'assistant');
  return said.map(({ role, content }) => ({ role: role === 'system' && !answers ? 'assistant' : role, content }));
}

function turnOf(turn: JsonObject): { role: 'user' | 'assistant' | 'system'; content: string } | undefined {
  const who = firstOf(turn, 'speaker', 'event', 'author', 'sender', 'role');
  const role = typeof who === 'string' ? speakerIn(who) : undefined;
  const content = filled(firstOf(turn, 'utterance', 'text', 'message', 'content'));
  return role && content !== undefined ? { role, content } : undefined;
}

function pairs(list: readonly JsonObject[]): Message[] | undefined {
  const messages = list.flatMap((turn) => {
    const asked = textIn(turn, 'input', 'user', 'question');
    const said = textIn(turn, 'output', 'assistant', 'answer', 'bot');
    return asked === undefined || said === undefined
      ? []
      : [
          { role: 'user' as const, content: asked },
          { role: 'assistant' as const, content: said },
        ];
  });
  return messages.length === 2 * list.length ? messages : undefined;
}

const textIn = (turn: JsonObject, ...names: string[]): string | undefined =>
  filled(firstOf(turn, ...names) as Json | undefined);

/** Files for training and evals: DPO and preference files, OpenAI Evals items, OpenPipe, question sets with turns. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { LoggedAnswer } from '../../records/prompt-record.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, note, reject, settle } from '../draft.ts';
import { answerIn } from '../fields/combine.ts';
import { mediaIn } from '../fields/media.ts';
import { pythonLiteral } from '../fields/python-literal.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { compact, filled, firstOf, listOf, type Maybe, objectOf, textOf, wordOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { requestFrom } from '../request.ts';
import { aroundRequest } from './chat.ts';
import type { Draft, LogFormat } from './format.ts';

interface Shape {
  why: string;
  fits(record: JsonObject): boolean;
  input(record: JsonObject): Draft | undefined;
  answer(record: JsonObject): LoggedAnswer | undefined;
}

const conversation = (value: Maybe): Draft | undefined => {
  if (typeof value === 'string' && value.trim() !== '') return { messages: [{ role: 'user', content: value }] };
  const messages = messagesFrom(value);
  return messages?.length ? { messages } : requestFrom(value);
};

const shapes: readonly Shape[] = [
  {
    why: 'records have preferred_output',
    fits: (record) => record.preferred_output !== undefined && record.input !== undefined,
    input: (record) => conversation(record.input),
    answer: (record) => answerFrom(record.preferred_output),
  },
  {
    why: 'records have chosen and rejected; the rejected answers are not used',
    fits: (record) => record.chosen !== undefined && record.rejected !== undefined,
    input: (record) => preferenceInput(record),
    answer: (record) => answerFrom(preferred(listText(record.chosen))),
  },
  {
    why: 'records have chosen_messages and rejected_messages; the rejected answers are not used',
    fits: (record) => listOf(record.chosen_messages) !== undefined && record.rejected_messages !== undefined,
    input: (record) => conversation(listOf(record.chosen_messages)?.slice(0, -1)),
    answer: (record) => answerFrom(preferred(record.chosen_messages)),
  },
  {
    why: 'records have a boolean label; answers whose label is false are no references',
    fits: (record) =>
      isLabel(record.label ?? record.kto_tag) &&
      (record.completion !== undefined || listOf(record.messages ?? record.conversations) !== undefined),
    input: (record) => conversation(firstOf(record, 'prompt', 'messages', 'conversations')),
    answer: (record) => (isGood(record) ? answerFrom(preferred(record.completion)) : undefined),
  },
  {
    why: 'records have an item',
    fits: (record) => isObject(record.item),
    input: (record) => itemInput(objectOf(record.item)),
    answer: (record) =>
      answerFrom(
        objectOf(record.sample)?.output_text ??
          firstOf(objectOf(record.item), 'ideal', 'expected', 'reference', 'answer'),
      ) ?? answerIn(objectOf(record.item) ?? {}, 'hoped'),
  },
  {
    why: 'records have input and ideal',
    fits: (record) => record.input !== undefined && record.ideal !== undefined,
    input: (record) => conversation(record.input),
    answer: (record) => answerFrom(firstIdeal(record.ideal)),
  },
  {
    why: 'input and output are a request and its completion',
    fits: (record) => Array.isArray(objectOf(record.input)?.messages) && record.output !== undefined,
    input: (record) => requestFrom(record.input),
    answer: (record) => answerFrom(record.output),
  },
  {
    why: 'records have turns',
    fits: (record) => listOf(record.turns)?.every((turn) => questionOf(turn) !== undefined) === true,
    input: (record) => firstTurn(listOf(record.turns) ?? []),
    answer: (record) => answerFrom(listOf(record.reference)?.[0]),
  },
];

/** A later question goes on from the answer to the one before it, which the file does not have. */
function firstTurn(turns: Json[]): Draft | undefined {
  const asked = conversation(questionOf(turns[0]));
  if (asked && turns.length > 1)
    note(asked, 'only the first of several questions is asked: the next ones need its answer');
  return asked;
}

/** A turn that says whose it is belongs to a dialogue. */
const sides = ['role', 'from', 'speaker', 'sender', 'author', 'who'];

/** A question as text, or as an object with its text. */
function questionOf(turn: Maybe): string | undefined {
  if (typeof turn === 'string') return turn;
  return isObject(turn) && !sides.some((name) => turn[name] !== undefined)
    ? textOf(turn.content ?? turn.text)
    : undefined;
}

export const datasets: LogFormat = {
  name: 'dataset',
  title: 'a fine-tuning, preference or eval file',
  sign: (record) => {
    const shape = shapes.find((each) => each.fits(record));
    return shape && { score: 0.8, why: shape.why };
  },
  map: (record): Mapped => {
    const shape = shapes.find((each) => each.fits(record));
    const input = shape?.input(record);
    if (!shape || !input) return reject('no prompt in it');
    // The answer of a bad conversation goes, not only out of the prompt.
    const bad = isLabel(record.label ?? record.kto_tag) && !isGood(record);
    const messages = bad ? withoutAnswer(input.messages) : input.messages;
    const { measured, ts, session_id, model } = aroundRequest(record, undefined);
    return settle(
      compact<Draft>({
        measured,
        ts,
        session_id,
        ...input,
        model: input.model ?? model,
        messages,
        flags: mediaIn(new RecordFields(record)) ? ['media'] : input.flags,
        ref: shape.answer(record),
        task: labelFrom(record) ?? labelFrom(objectOf(record.item)),
        tags: tagsFrom(record.tags),
        source_id: filled(firstOf(record, 'id', 'question_id')),
      }),
    );
  },
};

function withoutAnswer(messages: Draft['messages']): Draft['messages'] {
  const last = messages.findLastIndex(({ role }) => role !== 'assistant');
  return messages.slice(0, last + 1);
}

/** The prompt alone, or a list of messages whose last one is chosen or rejected. */
function preferenceInput(record: JsonObject): Draft | undefined {
  const system = filled(record.system) ?? filled(record.system_prompt);
  const given =
    conversation(firstOf(record, 'prompt', 'messages', 'conversations', 'question', 'instruction', 'input')) ??
    conversation(listOf(listText(record.chosen))?.slice(0, -1));
  if (!given || !system || given.messages[0]?.role === 'system') return given;
  return { ...given, messages: [{ role: 'system', content: system }, ...given.messages] };
}

/** A table holds a list of messages as JSON or as Python prints it. */
const listText = (value: Maybe): Maybe =>
  typeof value === 'string' && /^\s*\[\s*\{/.test(value) ? (pythonLiteral(value) ?? value) : value;

/** The last message of a list: the ones before it repeat the prompt. */
const preferred = (value: Maybe): Maybe => listOf(value)?.at(-1) ?? (isObject(value) ? (value.value ?? value) : value);

const isLabel = (value: Maybe): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && /^(?:true|false)$/i.test(value));
const isGood = (record: JsonObject): boolean => wordOf(record.label ?? record.kto_tag).toLowerCase() === 'true';

const itemInput = (item: JsonObject | undefined): Draft | undefined =>
  conversation(firstOf(item, 'messages', 'input', 'prompt', 'question', 'query', 'instruction'));

const firstIdeal = (ideal: Maybe): Json | undefined => textOf(ideal) ?? listOf(ideal)?.[0];

/** Files for training and evals: DPO and preference files, OpenAI Evals items, OpenPipe, question sets with turns. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { LoggedAnswer } from '../../records/prompt-record.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { compact, filled, firstOf, listOf, type Maybe, objectOf, textOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { requestFrom } from '../request.ts';
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
    why: 'records have chosen and rejected',
    fits: (record) => record.chosen !== undefined && record.rejected !== undefined,
    input: (record) => conversation(firstOf(record, 'prompt', 'messages', 'question')),
    answer: (record) => answerFrom(record.chosen),
  },
  {
    why: 'records have an item',
    fits: (record) => isObject(record.item),
    input: (record) => itemInput(objectOf(record.item)),
    answer: (record) =>
      answerFrom(
        objectOf(record.sample)?.output_text ??
          firstOf(objectOf(record.item), 'ideal', 'expected', 'reference', 'answer'),
      ),
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
    fits: (record) => listOf(record.turns)?.every((turn) => typeof turn === 'string') === true,
    input: (record) => conversation(listOf(record.turns)?.[0]),
    answer: (record) => answerFrom(listOf(record.reference)?.[0]),
  },
];

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
    return settle(
      compact<Draft>({
        ...input,
        ref: shape.answer(record),
        task: labelFrom(record) ?? labelFrom(objectOf(record.item)),
        tags: tagsFrom(record.tags),
        source_id: filled(firstOf(record, 'id', 'question_id')),
      }),
    );
  },
};

const itemInput = (item: JsonObject | undefined): Draft | undefined =>
  conversation(firstOf(item, 'messages', 'input', 'prompt', 'question', 'query', 'instruction'));

const firstIdeal = (ideal: Maybe): Json | undefined => textOf(ideal) ?? listOf(ideal)?.[0];

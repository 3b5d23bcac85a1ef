/** Questions on passages (SQuAD: paragraphs with qas; CoQA: a story with questions in turn) → a prompt for each question. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { LoggedAnswer, Message } from '../../records/prompt-record.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { compact, filled, listOf, type Maybe } from '../fields.ts';
import type { Draft, LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

export const passages: LogFormat = {
  name: 'passages',
  title: 'questions on passages',
  sign: (record) =>
    paragraphsIn(record) || storyIn(record)
      ? { score: 0.9, why: 'each record is a passage with its questions' }
      : undefined,
  unwrap: (value) => {
    const list = objectsIn(value.data);
    return list.length > 0 && list.every((item) => paragraphsIn(item) || storyIn(item)) ? list : undefined;
  },
  map: (record) => paragraphsIn(record)?.flatMap(questionsOf) ?? storyIn(record) ?? reject('no questions on a passage'),
};

const objectsIn = (value: Maybe): JsonObject[] => listOf(value)?.filter(isObject) ?? [];

function paragraphsIn(record: JsonObject): JsonObject[] | undefined {
  const list = objectsIn(record.paragraphs);
  return list.length > 0 && list.every((item) => filled(item.context) && listOf(item.qas)) ? list : undefined;
}

const questionsOf = (paragraph: JsonObject): Mapped[] =>
  objectsIn(paragraph.qas).map((item) => {
    const question = filled(item.question);
    const [answer] = objectsIn(item.answers);
    return question === undefined
      ? reject('a question without text')
      : settle(
          compact<Draft>({
            messages: [above(paragraph.context), { role: 'user', content: question }],
            ref: answerOf(answer?.text),
            task: 'questions',
            source_id: filled(item.id),
          }),
        );
  });

const above = (context: Maybe): Message => ({ role: 'system', content: filled(context) ?? '' });

function answerOf(value: Maybe): LoggedAnswer | undefined {
  const text = filled(value);
  return text === undefined ? undefined : { text };
}

/** Each question is asked with those before it and their answers. */
function storyIn(record: JsonObject): Mapped[] | undefined {
  const asked = objectsIn(record.questions).map(({ input_text }) => filled(input_text));
  if (filled(record.story) === undefined || asked.length === 0 || asked.some((text) => text === undefined))
    return undefined;
  const said = objectsIn(record.answers).map(({ input_text }) => filled(input_text));
  const turns = asked.flatMap((text, at): Message[] => [
    { role: 'user', content: text as string },
    ...(said[at] === undefined ? [] : [{ role: 'assistant' as const, content: said[at] as string }]),
  ]);
  const messages = [above(record.story), ...turns];
  return turnPrompts(
    messages.map((message) => ({ message })),
    compact<Partial<Draft>>({ task: 'questions', session_id: filled(record.id) }),
  );
}

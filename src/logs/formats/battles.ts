/** Two answers by two models on one prompt: battles of Chatbot Arena, annotations of AlpacaEval. */
import type { JsonObject } from '../../records/plain-json.ts';
import type { LoggedAnswer, Message } from '../../records/prompt-record.ts';
import { plainText, reject, settle } from '../draft.ts';
import { compact, decoded, filled, listOf, type Maybe } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';

/** Conversations, or the prompts and responses of each side as lists in text. */
function sidesOf(record: JsonObject): { a: Message[]; b: Message[] } | undefined {
  const a = messagesFrom(record.conversation_a);
  const b = messagesFrom(record.conversation_b);
  if (a?.length && b?.length) return { a, b };
  const prompt = texts(record.prompt ?? record.instruction);
  const first = texts(record.response_a ?? record.output_1);
  const second = texts(record.response_b ?? record.output_2);
  return prompt && first && second ? { a: zipped(prompt, first), b: zipped(prompt, second) } : undefined;
}

function texts(value: Maybe): string[] | undefined {
  const at = decoded(value);
  if (typeof at === 'string') return [at];
  const list = listOf(at)?.map((item) => (typeof item === 'string' ? item : ''));
  return list?.length ? list : undefined;
}

const zipped = (prompts: string[], answers: string[]): Message[] =>
  prompts.flatMap((content, at) => [
    { role: 'user', content },
    { role: 'assistant', content: answers[at] ?? '' },
  ]);

export const arena: LogFormat = {
  name: 'arena',
  title: 'battles of two models',
  sign: (record) =>
    (record.conversation_a !== undefined && record.conversation_b !== undefined) ||
    (record.response_a !== undefined && record.response_b !== undefined && record.prompt !== undefined) ||
    (record.output_1 !== undefined && record.output_2 !== undefined && record.instruction !== undefined)
      ? { score: 0.97, why: 'records have two answers by two models, kept as answer:A and answer:B' }
      : undefined,
  map: (record) => {
    const sides = sidesOf(record);
    if (!sides) return reject('a battle whose conversations cannot be read');
    // Later turns differ by side: the first question is the one that both were asked.
    const turn = sides.a.findIndex(({ role }) => role === 'assistant');
    const answers = Object.fromEntries(
      [
        ['A', answerOf(sides.a, filled(record.model_a ?? record.generator_1))],
        ['B', answerOf(sides.b, filled(record.model_b ?? record.generator_2))],
      ].filter((pair): pair is [string, LoggedAnswer] => pair[1] !== undefined),
    );
    return settle(
      compact<Draft>({
        messages: sides.a.slice(0, turn < 0 ? sides.a.length : turn),
        answers: Object.keys(answers).length ? answers : undefined,
        task: labelFrom(record),
        source_id: filled(record.question_id) ?? filled(record.id),
        ts: isoTime(record.tstamp),
      }),
    );
  },
};

function answerOf(messages: Message[], model: string | undefined): LoggedAnswer | undefined {
  const said = messages.find(({ role }) => role === 'assistant');
  return said && compact<LoggedAnswer>({ text: plainText(said.content), model });
}

/** Any JSON records, where the user said which field is what: names, or paths such as `request.body.messages`. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { atPath, compact, decoded, filled } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { requestFrom } from '../request.ts';
import { aroundRequest } from './chat.ts';
import type { CsvFields } from './csv.ts';
import type { Draft } from './format.ts';

/** Overrides on top of a format's own mapper: what a flag names wins, the rest is the format's. */
export function mapByFields(record: JsonObject, fields: CsvFields, otherwise?: Mapped): Mapped {
  const base = otherwise && 'draft' in otherwise ? otherwise.draft : undefined;
  const prompt = promptOf(record, fields);
  if (typeof prompt === 'string') return reject(prompt);
  if (!prompt && !base) return otherwise ?? reject('no prompt in it');
  const answer = fields.answerField ? answerFrom(atPath(record, fields.answerField)) : undefined;
  const task = fields.taskField ? taskOf(atPath(record, fields.taskField)) : undefined;
  const around = prompt ? { ...aroundRequest(record, undefined), task: labelFrom(record) } : {};
  return settle(
    compact<Draft>({
      ...(base ?? { messages: [] }),
      ...compact(around),
      ...prompt,
      ...(answer && { ref: answer }),
      ...(task && { task }),
    }),
  );
}

function promptOf(record: JsonObject, fields: CsvFields): Draft | string | undefined {
  if (fields.messagesField) {
    const value = decoded(atPath(record, fields.messagesField));
    const request = isObject(value) ? requestFrom(value) : undefined;
    const messages = request?.messages ?? messagesFrom(value);
    return messages ? { ...request, messages } : `no messages in \`${fields.messagesField}\``;
  }
  if (!fields.promptField) return undefined;
  const value = atPath(record, fields.promptField);
  const text = filled(value);
  return text === undefined ? `no text in \`${fields.promptField}\`` : { messages: [{ role: 'user', content: text }] };
}

const taskOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value.trim() || undefined
    : Array.isArray(value) && typeof value[0] === 'string'
      ? value[0]
      : undefined;

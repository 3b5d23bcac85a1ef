/** Any JSON records, where the user said which field is what: names, or paths such as `request.body.messages`. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { fieldNames } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { atPath, compact, decoded, filled } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import { besideMessages, requestFrom, systemText, systemTurns } from '../request.ts';
import { aroundRequest } from './chat.ts';
import type { CsvFields } from './csv.ts';
import type { Draft } from './format.ts';

/** Overrides on top of a format's own mapper: what a flag names wins, the rest is the format's. */
export function mapByFields(record: JsonObject, fields: CsvFields, otherwise?: Mapped): Mapped {
  const base = otherwise && 'draft' in otherwise ? otherwise.draft : undefined;
  const prompt = promptOf(record, fields, base);
  if (typeof prompt === 'string') return reject(prompt);
  if (!prompt && !base) return otherwise ?? reject('no prompt in it');
  const answer = fields.answerField ? answerFrom(atPath(record, fields.answerField)) : undefined;
  const task = fields.taskField ? taskOf(atPath(record, fields.taskField)) : undefined;
  const around = prompt && !base ? { ...aroundRequest(record, undefined), task: labelFrom(record) } : {};
  return settle(
    compact<Draft>({
      ...(prompt && base ? withoutOldPrompt(base) : (base ?? { messages: [] })),
      ...compact(around),
      ...prompt,
      ...(answer && { ref: answer }),
      ...(task && { task }),
    }),
  );
}

/** Flags and notes are found again on the messages that are sent. */
function withoutOldPrompt({ notes, flags, ...draft }: Draft): Draft {
  const kept = flags?.filter((flag) => flag === 'media' || flag === 'partial-history');
  return { ...draft, ...(kept?.length && { flags: kept }) };
}

function promptOf(record: JsonObject, fields: CsvFields, base: Draft | undefined): Draft | string | undefined {
  if (fields.messagesField) return messagesIn(record, fields.messagesField);
  if (!fields.promptField) return undefined;
  const text = filled(atPath(record, fields.promptField));
  if (text === undefined) return `no text in \`${fields.promptField}\``;
  const user: Message = { role: 'user', content: text };
  if (base) return { messages: [...base.messages.filter(isSystem), user] };
  const around = surroundings(record, fields.promptField);
  return { ...merged(around), messages: [...systemOf(around, text), user] };
}

function messagesIn(record: JsonObject, field: string): Draft | string {
  const value = decoded(atPath(record, field));
  const request = isObject(value) ? requestFrom(value) : undefined;
  const messages = request?.messages ?? messagesFrom(value);
  if (!messages) return `no messages in \`${field}\``;
  const around = surroundings(record, field);
  const system = messages.some(isSystem) ? [] : systemOf(around);
  return { ...merged(around), ...request, messages: [...system, ...messages] };
}

const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';

/** The objects that the field is in, the innermost first. */
function surroundings(record: JsonObject, field: string): JsonObject[] {
  if (Object.hasOwn(record, field)) return [record];
  const steps = field.split('.').slice(0, -1);
  const objects = steps.flatMap((_, index): JsonObject[] => {
    const inside: Json | undefined = decoded(atPath(record, steps.slice(0, index + 1).join('.')));
    return isObject(inside) ? [inside] : [];
  });
  return [...objects.reverse(), record];
}

/** Tools, parameters, model: what is nearest to the prompt wins. */
function merged(around: readonly JsonObject[]): Omit<Draft, 'messages'> {
  const { flags: _, ...draft } = Object.assign({}, ...[...around].reverse().map(besideMessages)) as Partial<Draft>;
  return draft;
}

function systemOf(around: readonly JsonObject[], prompt?: string): Message[] {
  for (const object of around) {
    const found = new RecordFields(object).json(...fieldNames.system);
    const text = found.is === 'value' ? systemText(found.value) : undefined;
    if (text !== undefined && text !== prompt) return [{ role: 'system', content: text }];
    const listed = messagesFrom(decoded(object.messages))?.filter(isSystem) ?? systemTurns(object, []);
    if (listed.length > 0) return listed.filter(({ content }) => content !== prompt);
  }
  return [];
}

const taskOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value.trim() || undefined
    : Array.isArray(value) && typeof value[0] === 'string'
      ? value[0]
      : undefined;

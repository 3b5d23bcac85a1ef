/**
 * Two fields that hold one prompt: a prompt that is the same in all records with what each user wrote, or what a user
 * wrote with the whole that was sent because of it.
 */
import type { JsonObject } from '../../records/plain-json.ts';
import { fieldNames } from './names.ts';
import { RecordFields } from './record-fields.ts';

export type JoinedPrompt = (record: JsonObject) => JsonObject;

/** Puts the two together; undefined where no rule holds in all of these records. */
export function joinedPrompt(records: readonly JsonObject[]): JoinedPrompt | undefined {
  const all = records.map((record) => new RecordFields(record));
  if (all.length === 0 || all.some((fields) => fields.json('messages').is === 'value')) return undefined;
  return wholePrompt(all) ?? sharedPrompt(all);
}

const whole = 'full_prompt';
const parts = fieldNames.prompt.filter((name) => name !== whole);
/** Where these stand apart, the parts tell more than the whole. */
const around = [...fieldNames.system, ...fieldNames.context, ...fieldNames.history];

function wholePrompt(all: readonly RecordFields[]): JoinedPrompt | undefined {
  const isWhole = (fields: RecordFields): boolean => {
    const part = textUnder(fields, ...parts).trim();
    return part !== '' && textUnder(fields, whole).includes(part) && fields.json(...around).is !== 'value';
  };
  if (!all.every(isWhole)) return undefined;
  return (record) => {
    const fields = new RecordFields(record);
    const sent = textUnder(fields, whole);
    const held = parts.filter((name) => sent.includes(textUnder(fields, name).trim()));
    return isWhole(fields) ? { prompt: sent, ...without(record, fields, whole, ...held) } : record;
  };
}

/** What a user wrote; a text of another name may as well be an answer, where no field is named as one. */
const inputs = [
  'customer_message',
  'user_message',
  'user_input',
  'user_query',
  'user_question',
  'question',
  'query',
  'input',
];
const ambiguous = ['message', 'text', 'content'];
const instructions = ['prompt', 'prompt_text', 'instruction'];

function sharedPrompt(all: readonly RecordFields[]): JoinedPrompt | undefined {
  const filledWith = (name: string): number => {
    const values = all.map((fields) => textUnder(fields, name).trim());
    return values.includes('') ? 0 : new Set(values).size;
  };
  const prompt = all.length > 1 ? instructions.find((name) => filledWith(name) === 1) : undefined;
  if (prompt === undefined) return undefined;
  const isAnswered = all.every((fields) => fields.json(...fieldNames.made).is === 'value');
  const input = [...inputs, ...(isAnswered ? ambiguous : [])].find((name) => name !== prompt && filledWith(name) > 1);
  return input === undefined ? undefined : (record) => together(record, prompt, input);
}

/** An instruction with its input; or a template that has a place for it. */
function together(record: JsonObject, prompt: string, input: string): JsonObject {
  const fields = new RecordFields(record);
  const [template, value] = [textUnder(fields, prompt), textUnder(fields, input)];
  const others = without(record, fields, prompt, input);
  if (template === '' || value === '') return record;
  const name = fields.json(input);
  const own = name.is === 'value' ? name.name : input;
  const place = [`{{${own}}}`, `{{ ${own} }}`, `{${own}}`].find((each) => template.includes(each));
  return place === undefined
    ? { instruction: template, input: value, ...others }
    : { prompt: template.replaceAll(place, () => value), ...others };
}

function textUnder(fields: RecordFields, ...names: readonly string[]): string {
  const found = fields.json(...names);
  return found.is === 'value' && typeof found.value === 'string' ? found.value : '';
}

function without(record: JsonObject, fields: RecordFields, ...names: readonly string[]): JsonObject {
  const gone = new Set(
    names.flatMap((name) => {
      const found = fields.json(name);
      return found.is === 'value' ? [found.name] : [];
    }),
  );
  return Object.fromEntries(Object.entries(record).filter(([name]) => !gone.has(name)));
}

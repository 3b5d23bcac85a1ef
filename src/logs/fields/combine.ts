/** Fields that belong together make one prompt: instruction and input, question and context, message and history. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { answerFrom, textAnswer } from '../answer.ts';
import { templatedMessages } from '../chat-templates.ts';
import type { ReadAnswer } from '../draft.ts';
import { wordOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { besideOf } from '../notes.ts';
import { isLogLine } from './log-lines.ts';
import { doubtfulPrompts, fieldNames, foldedName, isOneWord, isScore } from './names.ts';
import { pythonLiteral } from './python-literal.ts';
import { type Field, type Fields, RecordFields } from './record-fields.ts';

/** The messages of a record without `messages`; a string says which field is unreadable. */
export function combined(record: JsonObject): Message[] | string | undefined {
  const fields = new RecordFields(record);
  const asked = question(fields, record);
  if (typeof asked === 'string') return inputIn(fields) ?? asked;
  if (asked === undefined) return undefined;
  const history = historyFrom(fields, record);
  if (typeof history === 'string') return history;
  const context = texts(fields.json(...fieldNames.context));
  if (typeof context === 'string') return context;
  const system = fields.text(...fieldNames.system);
  if (system.is === 'unreadable') return unreadable(system.name);
  const above = [...(system.is === 'value' ? [system.value] : []), ...context].join('\n\n');
  const inHistory = above === '' ? [] : [{ role: 'system' as const, content: above }];
  return [
    ...inHistory,
    ...before(history, asked.text, () => answerIn(record, 'made')?.text),
    ...(templatedMessages(asked.text) ?? [{ role: 'user' as const, content: asked.text }]),
  ];
}

/** A history that has the question, or its answer, too, ends before them: who says "Yes" twice was asked twice. */
function before(history: Message[], asked: string, answer: () => string | undefined): Message[] {
  const [question, reply] = history.at(-1)?.role === 'assistant' ? history.slice(-2) : history.slice(-1);
  const isAsked = question?.role === 'user' && question.content === asked;
  if (!isAsked || (reply !== undefined && reply.content !== answer())) return history;
  return history.slice(0, reply === undefined ? -1 : -2);
}

/** `input: {question, lang}`: an object under the name of a prompt, with a prompt of its own. */
function inputIn(fields: Fields): Message[] | undefined {
  const found = fields.json(...fieldNames.prompt);
  const inner = found.is === 'value' && isObject(found.value) ? found.value : undefined;
  const messages = inner && hasQuestion(inner) ? combined(inner) : undefined;
  return Array.isArray(messages) ? messages : undefined;
}

/** True when the record has a field that holds a prompt. */
export function hasQuestion(record: JsonObject): boolean {
  const fields = new RecordFields(record);
  const asked = question(fields, record);
  return typeof asked === 'object' || (typeof asked === 'string' && inputIn(fields) !== undefined);
}

const unreadable = (name: string): string => `the field ${name} is there and cannot be read as text`;

function question(fields: Fields, record: JsonObject): { text: string } | string | undefined {
  const joined =
    pair(fields, ['instruction'], instanceInput(fields)) ??
    pair(fields, fieldNames.subject, fields.text(...fieldNames.letter)) ??
    letter(fields);
  if (joined !== undefined) return { text: joined };
  const found = fields.text(...fieldNames.prompt);
  if (found.is === 'unreadable') return unreadable(found.name);
  if (found.is === 'value' && isLogLine(record, found.name, found.value) && answerIn(record, 'made') === undefined)
    return undefined;
  if (found.is === 'value')
    return doubtfulPrompts.includes(foldedName(found.name)) && isOneWord(found.value)
      ? undefined
      : { text: found.value };
  return found.is === 'empty' ? 'the prompt is empty' : undefined;
}

function instanceInput(fields: Fields): Field<string> {
  const instances = fields.json('instances');
  const first = instances.is === 'value' && Array.isArray(instances.value) ? instances.value[0] : undefined;
  return isObject(first) ? new RecordFields(first).text('input') : fields.text('input');
}

/** A letter without a subject is its body. */
function letter(fields: Fields): string | undefined {
  const body = fields.text(...fieldNames.subject).is === 'empty' ? fields.text(...fieldNames.letter) : undefined;
  return body?.is === 'value' ? body.value : undefined;
}

function pair(fields: Fields, names: readonly string[], rest: Field<string>): string | undefined {
  const first = fields.text(...names);
  return first.is === 'value' && rest.is === 'value' ? `${first.value}\n\n${rest.value}` : undefined;
}

/** A text, a list of texts (JSON or Python), or objects with a text. */
function texts(field: Field<Json>): string[] | string {
  if (field.is !== 'value' || areTokens(field.value)) return [];
  const value =
    typeof field.value === 'string' && /^\s*(?:\[|array\()/.test(field.value)
      ? (listText(field.value) ?? field.value)
      : field.value;
  if (typeof value === 'string') return [value];
  const list = (Array.isArray(value) ? value : [value]).map((item) =>
    typeof item === 'string' ? item : isObject(item) ? textOfObject(item) : undefined,
  );
  return list.every((item) => item !== undefined) ? list : unreadable(field.name);
}

/** Ollama logs its state as `context`: the ids of tokens. */
const areTokens = (value: Json): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');

function listText(text: string): Json[] | undefined {
  const value = pythonLiteral(text);
  const isText = (item: Json): boolean =>
    typeof item === 'string' || (isObject(item) && textOfObject(item) !== undefined);
  return Array.isArray(value) && value.every(isText) ? value : undefined;
}

function textOfObject(item: JsonObject): string | undefined {
  const found = new RecordFields(item).text('page_content', 'content', 'text', 'snippet', 'document', 'body');
  if (found.is === 'value') return found.value;
  // `{"[doc1]": {title, content}}`: the answer cites the document by that name.
  const [[name, inner] = [], ...others] = Object.entries(item);
  const text = others.length === 0 && isObject(inner) ? textOfObject(inner) : undefined;
  return text === undefined ? undefined : `${name}: ${text}`;
}

function historyFrom(fields: Fields, record: JsonObject): Message[] | string {
  const found = fields.json(...fieldNames.history);
  if (found.is === 'absent') return historyNoted(record);
  if (found.is !== 'value') return [];
  const value = typeof found.value === 'string' ? pythonLiteral(found.value) : found.value;
  if (!Array.isArray(value)) return unreadable(found.name);
  const turns = value.map(turnPair);
  if (turns.every((turn) => turn !== undefined)) return turns.flat();
  return messagesFrom(value) ?? unreadable(found.name);
}

/** A log's notes about a record may hold the turns before it. A history without turns is something else. */
function historyNoted(record: JsonObject): Message[] {
  const noted = besideOf(record).map((each) => new RecordFields(each).json(...fieldNames.history));
  const [found] = noted.flatMap((each) => (each.is === 'value' ? [messagesFrom(each.value)] : []));
  return found?.some(({ role }) => role === 'user') ? found : [];
}

/** The answer in a pair of a history, where it is called by who gave it. */
const answerers = [...fieldNames.made, 'bot', 'ai', 'agent', 'model', 'gpt', 'chatbot'];

/** `[question, answer]`, `{inputs, outputs}`, or any name of a question with one of an answer. */
function turnPair(item: Json): Message[] | undefined {
  if (Array.isArray(item) && item.length === 2 && item.every((text) => typeof text === 'string' || text === null))
    return pairOf(item[0], item[1]);
  if (!isObject(item)) return undefined;
  const asked = onlyText(item.inputs, fieldNames.prompt);
  const said = onlyText(item.outputs, fieldNames.made);
  if (asked === undefined && item.role === undefined && item.from === undefined) return namedPair(item);
  return asked === undefined || said === undefined ? undefined : pairOf(asked, said);
}

function namedPair(item: JsonObject): Message[] | undefined {
  const fields = new RecordFields(item);
  const asked = fields.text(...fieldNames.prompt);
  const said = fields.text(...answerers);
  return asked.is === 'value' && said.is === 'value' ? pairOf(asked.value, said.value) : undefined;
}

/** Null stands for a turn that was not taken: a greeting answers no question. */
const pairOf = (asked: Json | undefined, said: Json | undefined): Message[] => [
  ...(typeof asked === 'string' ? [{ role: 'user' as const, content: asked }] : []),
  ...(typeof said === 'string' ? [{ role: 'assistant' as const, content: said }] : []),
];

function onlyText(value: Json | undefined, names: readonly string[]): string | undefined {
  if (typeof value === 'string') return value;
  const named = isObject(value) ? new RecordFields(value).text(...names) : undefined;
  if (named?.is === 'value') return named.value;
  const texts = isObject(value) ? Object.values(value).filter((text) => typeof text === 'string') : [];
  return texts.length === 1 ? texts[0] : undefined;
}

/** What production said (`made`), or what was hoped for. */
export function answerIn(record: JsonObject, kind: 'made' | 'hoped'): ReadAnswer | undefined {
  const fields = new RecordFields(record);
  const instances = fields.json('instances');
  if (instances.is === 'value' && Array.isArray(instances.value) && isObject(instances.value[0] as Json))
    return answerIn(instances.value[0] as JsonObject, kind);
  for (const name of fieldNames[kind]) {
    const found = fields.json(name);
    const isNone = found.is !== 'value' || (name === 'label' && isScore(wordOf(found.value)));
    const answer = isNone ? undefined : answerOf(found.value);
    if (answer) return answer;
  }
  return kind === 'hoped' || record.choices === undefined ? undefined : answerFrom(record);
}

/** Text is text, also where it is JSON: columns of completions were decoded before. */
function answerOf(value: Json): ReadAnswer | undefined {
  if (typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return { text: String(value) };
  const inner = isObject(value) ? value.text : value;
  const first = Array.isArray(inner) ? inner[0] : undefined;
  if (typeof first === 'string') return { text: first };
  return textAnswer(value);
}

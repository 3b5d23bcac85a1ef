/** Fields nearly all of whose texts are messages, a request or a completion: those are decoded, all others stay text. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { isCompletion } from '../completion.ts';
import { parseJson } from '../fields.ts';
import { fieldNames, foldedName } from './names.ts';
import { pythonLiteral } from './python-literal.ts';
import { isMissing } from './record-fields.ts';

export interface DecodedCells {
  why: string;
  /** The record with its texts decoded; a sentence where one of them cannot be. */
  open(record: JsonObject): JsonObject | string;
}

type Kind = 'messages' | 'message' | 'request' | 'completion' | 'text';

const nearlyAll = 0.9;
const looked = 200;
const asked = new Set<string>([
  ...fieldNames.messages,
  'turns',
  'conversations',
  'input_messages',
  'prompt_messages',
  'chat_messages',
  'request_messages',
  ...fieldNames.prompt,
  ...fieldNames.body,
]);
const said = new Set<string>([...fieldNames.made, ...fieldNames.hoped]);

/** From the first records; undefined where no field is to be opened. */
export function decodedCells(records: readonly JsonObject[]): DecodedCells | undefined {
  const first = records.slice(0, looked);
  const all = [...new Set(first.flatMap((record) => Object.keys(record)))];
  const names = all.filter((name) => isOpened(first, name));
  const quoted = all.filter((name) => isQuoted(first, name));
  const isEncoded = [asked, said].every((side) => quoted.some((name) => side.has(foldedName(name))));
  const opened = [...names, ...(isEncoded ? quoted : [])];
  if (opened.length === 0) return undefined;
  return {
    why: `the cells of ${opened.map((name) => `"${name}"`).join(', ')} are ${names.length ? 'messages, requests or completions' : 'texts in JSON'} and were decoded`,
    open: (record) => open(record, opened),
  };
}

/** Both the prompts and the answers are strings of JSON, as a logger writes them that encodes every value. */
const isQuoted = (records: readonly JsonObject[], name: string): boolean => {
  const filled = records.map((record) => record[name]).filter((value) => !isMissing(value));
  return filled.length > 0 && filled.every((value) => typeof value === 'string' && quotedText(value) !== undefined);
};

function quotedText(cell: string): string | undefined {
  const value = /^\s*"[\s\S]*"\s*$/.test(cell) ? parseJson(cell) : undefined;
  return typeof value === 'string' && !/^\s*[[{]/.test(value) ? value : undefined;
}

function isOpened(records: readonly JsonObject[], name: string): boolean {
  const folded = foldedName(name);
  if (!asked.has(folded) && !said.has(folded)) return false;
  const filled = records.map((record) => record[name]).filter((value) => !isMissing(value));
  const fits = filled.filter((value) => typeof value === 'string' && kindIn(folded, value) !== undefined).length;
  return filled.length > 0 && fits >= nearlyAll * filled.length;
}

/** What the text of a field is, among what the field may hold. */
function kindIn(folded: string, text: string): Kind | undefined {
  const value = opened(text);
  if (value === undefined) return undefined;
  if (said.has(folded)) return isCompletion(value) || areAnswers(folded, value) ? 'completion' : undefined;
  if (isMessages(value)) return 'messages';
  if (!isObject(value)) return undefined;
  if (isRequest(value)) return 'request';
  return typeof value.role === 'string' && isMessages([value]) ? 'message' : undefined;
}

/** `answers: {text: ["in 1931"], answer_start: [20]}`, as data sets of questions have them. */
const areAnswers = (folded: string, value: Json): boolean =>
  folded === 'answers' && isObject(value) && Array.isArray(value.text) && typeof value.text[0] === 'string';

const isRequest = (value: JsonObject): boolean =>
  isMessages(value.messages) ||
  Array.isArray(value.contents) ||
  (value.model !== undefined && (value.input !== undefined || typeof value.prompt === 'string'));

const isMessages = (value: Json | undefined): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (item) =>
      isObject(item) &&
      typeof (item.role ?? item.from ?? item.type) === 'string' &&
      (item.role !== undefined || item.from !== undefined || item.data !== undefined || item.content !== undefined),
  );

function opened(cell: string): Json | undefined {
  const value = /^\s*(?:["[{]|array\()/.test(cell) ? pythonLiteral(cell) : undefined;
  return typeof value === 'string' ? opened(value) : value;
}

function open(record: JsonObject, names: readonly string[]): JsonObject | string {
  const made: JsonObject = { ...record };
  for (const name of names) {
    const cell = record[name];
    if (isMissing(cell)) delete made[name];
    if (isMissing(cell) || typeof cell !== 'string') continue;
    const folded = foldedName(name);
    const kind = kindIn(folded, cell) ?? (quotedText(cell) === undefined ? undefined : 'text');
    if (kind === undefined) return `the cell of "${name}" is no message or request, as nearly all of its column are`;
    delete made[name];
    const value = opened(cell) as Json;
    if (kind === 'messages') made.messages = value;
    else if (kind === 'message') made.messages = [value];
    else if (kind === 'text') made[name] = quotedText(cell) as string;
    else made[folded] = value;
  }
  return made;
}

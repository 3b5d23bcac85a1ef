/** Fields of unknown records that hold what was asked: the readings that a refusal may propose once they were tried. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { atPath, decoded, filled } from '../fields.ts';
import type { ReadingFlags } from '../load-options.ts';
import { messagesFrom } from '../messages.ts';
import { isLogLine } from './log-lines.ts';
import { fieldNames, foldedName } from './names.ts';
import { areAsked } from './written-text.ts';

const deepest = 6;
const looked = 50;
const mostPaths = 300;
const mostWays = 4;

const asks =
  /input|question|message|body|description|text|prompt|query|comment|review|subject|utterance|sentence|instruction|request|ask|post|complaint|letter|issue|ticket|e_?mail|said|says|frage|nachricht|eingabe|anfrage|pregunta|mensaje|consulta|pergunta|mensagem|domanda|messaggio|demande|requete|вопрос|сообщение|запрос|質問|问题|問題|提问|질문|سؤال/i;
const saidBack = /answer|response|reply|output|completion|assistant|bot/i;
/** Answers, and what programs write about themselves. */
const never =
  /answer|response|reply|replied|output|completion|expected|reference|assistant|bot|result|resolution|outcome|generated|summary|system|developer|error|exception|traceback|stack|log|reason|label|template|context|passage|document|story|article|paragraph|tool|function|schema|address|phone|author|user_?name|first_?name|last_?name|full_?name|company|city|url|path|agent|antwort|respuesta|resposta|risposta|reponse|ответ|回答|答案|답변/i;
/** Passages that were retrieved for a question are no question. */
const foundFor = /retriev|context|passage|citation|chunk|snippet|search_?result/i;
const technical = /(?:^|[_ -])(?:ids?|uuid|tokens?|count|date|time|timestamp|length|cost|hash|index|status|version)$/i;

/** Readings that name a field, likeliest first; none where nothing looks like a prompt. */
export function askedFields(records: readonly JsonObject[]): ReadingFlags[] {
  const first = records.slice(0, looked);
  const inside = recordsIn(first).slice(0, looked);
  // A field beside a list of records is about all of them, and asks nothing.
  if (first.length === 1 && inside.length > 1) return waysIn(inside);
  const own = waysIn(first);
  return own.length > 0 ? own : waysIn(inside);
}

function waysIn(first: readonly JsonObject[]): ReadingFlags[] {
  const paths = [...new Set(first.flatMap((record) => pathsOf(record, '', 0)))].slice(0, mostPaths);
  const found = paths.flatMap((path) => {
    const values = first.map((record) => atPath(record, path)).filter((value) => value !== undefined && value !== null);
    if (values.length * 2 < first.length || first.some((record) => isLogged(record, path))) return [];
    return wayOf(path, values, first.length);
  });
  return found
    .sort((a, b) => b.rank - a.rank)
    .slice(0, mostWays)
    .map(({ way }) => way);
}

/** Records of a list in a wrapper, as the field flags find them. */
function recordsIn(records: readonly JsonObject[]): JsonObject[] {
  return records.flatMap((record) => {
    const lists = Object.entries(record).flatMap(([name, value]) =>
      !foundFor.test(name) && Array.isArray(value) && value.length > 1 && value.every(isObject) && !value.some(isTurn)
        ? [value]
        : [],
    );
    return lists.length === 1 ? (lists[0] ?? []) : [record];
  });
}

const isLogged = (record: JsonObject, path: string): boolean => {
  const value = atPath(record, path);
  return typeof value === 'string' && isLogLine(record, lastOf(path), value);
};

/** Part of a conversation: its text may as well be an answer. */
const isTurn = (item: JsonObject): boolean =>
  ['role', 'from', 'sender', 'speaker', 'author', 'event', 'who', 'user', 'turn_id', 'direction', 'type'].some(
    (name) => item[name] !== undefined,
  ) || Object.keys(item).some((name) => saidBack.test(name));

function wayOf(path: string, values: readonly Json[], records: number): { way: ReadingFlags; rank: number }[] {
  const share = values.length / records;
  if (isNever(path)) return [];
  const messages = values.filter((value) => isConversation(decoded(value))).length;
  if (messages >= 0.9 * values.length) return [{ way: { messagesField: path }, rank: 20 + share }];
  const texts = values.flatMap((value) => filled(value) ?? []);
  if (texts.length < 0.9 * values.length) return [];
  const isNamed = asks.test(lastOf(path));
  if (!areAsked(texts, isNamed)) return [];
  return [{ way: { promptField: path }, rank: (isNamed ? 10 : 0) + share + nameRank(path) }];
}

/** The table of names knows which of several is the likelier prompt. */
function nameRank(path: string): number {
  const at = fieldNames.prompt.indexOf(foldedName(lastOf(path)) as (typeof fieldNames.prompt)[number]);
  return at < 0 ? (/prompt|question|query|frage|pregunta|质|問|问/i.test(lastOf(path)) ? 4 : 0) : 5 - at / 10;
}

const isNever = (path: string): boolean => {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const around = steps.slice(0, -1);
  return (
    around.some((step) => saidBack.test(step) || foundFor.test(step)) ||
    never.test(lastOf(path)) ||
    technical.test(lastOf(path))
  );
};

const lastOf = (path: string): string =>
  path
    .replace(/\[\d+\]$/, '')
    .split('.')
    .at(-1) ?? path;

const isConversation = (value: Json | undefined): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => isObject(item) && ('role' in item || 'from' in item || 'sender' in item)) &&
  messagesFrom(value)?.some(({ role }) => role === 'user') === true;

/** The only message of such a list may as well be an answer. */
const turnLists = /^(?:messages|turns|replies|events|utterances)$/i;

function isMapOfLike(value: JsonObject): boolean {
  const items = Object.values(value);
  const [first] = items;
  const key = isObject(first) ? Object.keys(first)[0] : undefined;
  return items.length > 2 && key !== undefined && items.every((item) => isObject(item) && Object.keys(item)[0] === key);
}

/** Paths to texts and to lists of messages, as the field flags take them. Lists are entered where they hold one item. */
function pathsOf(value: Json, path: string, depth: number): string[] {
  const inside = decoded(value) as Json;
  if (depth > 0 && isConversation(inside)) return [path];
  if (typeof inside === 'string') return depth > 0 ? [path] : [];
  if (depth >= deepest || typeof inside !== 'object' || inside === null) return [];
  if (Array.isArray(inside)) {
    const isOne = inside.length === 1 && !turnLists.test(lastOf(path));
    return isOne ? pathsOf(inside[0] as Json, `${path}[0]`, depth + 1) : [];
  }
  // The name of one record of a map by ids leads to that record alone.
  if (depth === 0 && isMapOfLike(inside)) return [];
  return Object.entries(inside).flatMap(([name, item]) =>
    depth > 0 && /[.[\]]/.test(name) ? [] : pathsOf(item, path === '' ? name : `${path}.${name}`, depth + 1),
  );
}

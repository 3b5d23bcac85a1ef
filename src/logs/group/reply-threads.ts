/** Rows that name the row they answer, as posts on a public channel do: each human turn with the way from the thread's start. */
import type { JsonObject } from '../../records/plain-json.ts';
import { foldedName } from '../fields/names.ts';
import { filledKey, keyText, type Turn } from './conversation-key.ts';

const pointers = [
  'in_response_to_tweet_id',
  'in_response_to',
  'in_response_to_id',
  'in_reply_to',
  'in_reply_to_id',
  'in_reply_to_status_id',
  'reply_to',
  'reply_to_id',
  'reply_to_message_id',
];

/** The message before in a tree of messages; in other files it is the first one of a thread. */
const parents = ['parent_message_id', 'parent_id', 'parent_message', 'parent_uuid', 'parent'];

interface Links {
  id: string;
  answers: string;
}

/** The columns of a row's own id and of the row that it answers; undefined where the rows name none. */
export function linksOf(turns: readonly Turn[]): Links | undefined {
  const names = Object.keys(turns[0]?.row.value ?? {});
  const named = (list: readonly string[]): string | undefined => names.find((name) => list.includes(foldedName(name)));
  const answers = named(pointers) ?? named(parents);
  if (answers === undefined) return undefined;
  const pointed = turns.flatMap(({ row }) => (filledKey(row.value[answers]) ? [pointer(row.value, answers)] : []));
  const id = names.find((name) => {
    if (name === answers || !/(?:^|_)id$/.test(foldedName(name))) return false;
    const own = new Set(turns.map(({ row }) => keyText(row.value[name])));
    return own.size === turns.length && pointed.some((one) => own.has(one));
  });
  if (id === undefined || (!pointers.includes(foldedName(answers)) && !isTree(turns, { id, answers })))
    return undefined;
  return { id, answers };
}

/** Somebody answers a message that answers another one, or only the assistant answers. */
function isTree(turns: readonly Turn[], { id, answers }: Links): boolean {
  const replies = turns.filter(({ row }) => filledKey(row.value[answers]));
  const replied = new Set(replies.map(({ row }) => keyText(row.value[id])));
  return (
    replies.some(({ row }) => replied.has(pointer(row.value, answers))) ||
    replies.every(({ message }) => message.role === 'assistant')
  );
}

/** Spreadsheets write ids beside empty cells as `12.0`. */
const pointer = (row: JsonObject, name: string): string => keyText(row[name]).replace(/\.0$/, '');

export interface Thread<T> {
  /** The human turn, and everything from the start of the thread up to it and its answer. */
  asked: T;
  turns: T[];
  root: string;
}

/** One for each human turn: of several answers the first one counts, with what its author added to it. */
export function threads<T extends Turn>(
  turns: readonly T[],
  { id, answers }: Links,
): { found: Thread<T>[]; roots: number } {
  const byId = new Map(turns.map((turn) => [keyText(turn.row.value[id]), turn]));
  const replies = new Map<T, T[]>();
  const parentOf = (turn: T): T | undefined => byId.get(pointer(turn.row.value, answers));
  for (const turn of turns) {
    const parent = parentOf(turn);
    if (!parent) continue;
    const known = replies.get(parent);
    if (known) known.push(turn);
    else replies.set(parent, [turn]);
  }
  const replyOf = (turn: T, role: string): T | undefined =>
    replies.get(turn)?.find(({ message }) => message.role === role);
  const roots = new Set<string>();
  const found = turns.flatMap((asked): Thread<T>[] => {
    const way = wayTo(asked, parentOf);
    const root = keyText((way[0] as T).row.value[id]);
    roots.add(root);
    if (asked.message.role !== 'user') return [];
    const replied = new Set<T>();
    for (let next = replyOf(asked, 'assistant'); next && !replied.has(next); next = replyOf(next, 'assistant'))
      replied.add(next);
    const said = [...replied];
    // Without an answer of its own, a turn that its author goes on with is part of the next one.
    if (said.length === 0 && replyOf(asked, 'user')) return [];
    return [{ asked, turns: [...way, ...said], root }];
  });
  return { found, roots: roots.size };
}

/** From the first post to this one. Posts that answer each other in a ring begin where the ring closes. */
function wayTo<T>(turn: T, parentOf: (turn: T) => T | undefined): T[] {
  const way = new Set<T>();
  for (let at: T | undefined = turn; at !== undefined && !way.has(at); at = parentOf(at)) way.add(at);
  return [...way].reverse();
}

/**
 * Task names for prompts that the log did not label: grouped by system prompt, then by the line with which many
 * prompts begin, then by shape. Each group is named plainly, so that a person can rename it in the written file or
 * with --task-map.
 */
import { type GuessedTasks, guessedFrom } from '../text/guessed-tasks.ts';
import { isLongPrompt } from '../text/prompt-tokens.ts';
import type { Draft } from './draft.ts';
import { plainText } from './draft.ts';
import { keptOpening } from './prompt-openings.ts';

const stopWords = new Set(
  'a an and are as at be by for from in is it of on or that the this to will with you your i we our us can should who which'.split(
    ' ',
  ),
);

export interface Group {
  /** From the system prompt; undefined when there is none. */
  system?: string;
  /** From the line with which the prompt begins, of prompts without a system prompt. */
  opening?: string;
  shape: string;
}

/** `openings` are those that were met before: the prompt's own is added. */
export function groupOf(draft: Draft, openings: Set<string>): Group {
  const system = draft.messages.find((message) => message.role === 'system' || message.role === 'developer');
  const shape = shapeOf(draft);
  const name = system ? tellingWords(plainText(system.content)) : '';
  if (name) return { system: name, shape };
  const opening = tellingWords(withoutManner(keptOpening(draft, openings) ?? ''));
  return { ...(opening && { opening }), shape };
}

/** What the answer has to be, in plain words. */
function shapeOf(draft: Draft): string {
  if (draft.tools?.length) return 'tool-use';
  if (draft.response_format && draft.response_format.type !== 'text') return 'json-output';
  if (isLongPrompt(draft)) return 'long-context';
  const user = draft.messages.findLast((message) => message.role === 'user');
  const text = plainText(user?.content ?? '').slice(0, 2000);
  if (/\bjson\b/i.test(text)) return 'json-output';
  if (/```|\b(?:function|class|def|SELECT|import)\b.{0,80}[({;]/.test(text)) return 'code';
  if (draft.messages.filter((message) => message.role === 'user').length > 1) return 'conversation';
  return 'questions';
}

/** `Summarise this delivery note in one line`: how it is to be done is no part of the name, if three words say what. */
function withoutManner(opening: string): string {
  const [what = ''] = opening.split(/ in (?=.)/i);
  return tellingWords(what).split('-').length >= 3 ? what : opening;
}

/** The first four telling words: `You are a support agent for Acme` → `support-agent-acme`. */
function tellingWords(text: string): string {
  const words =
    text
      .slice(0, 400)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .filter((word) => !stopWords.has(word))
    .slice(0, 4)
    .join('-')
    .slice(0, 40);
}

/** System prompts with fewer records join the shape of their prompts. */
const groupSize = 2;
/** Openings with fewer do the same. 8 is the fewest votes of any verdict, and one prompt in 20 is a kind of work. */
const openingSize = { records: 8, share: 0.05 };

/** Group → task name: a system prompt's own name or an opening's where enough records have it; else the shape. */
export function groupNames(counts: ReadonlyMap<string, number>): Map<string, string> {
  const isEnough = enough(counts);
  const named = [...counts].map(([key, records]) => {
    const group = fromGroupKey(key);
    const name = nameOf(group);
    return { key, records, shape: group.shape, own: name !== undefined && isEnough(group) ? name : undefined };
  });
  const main = onlyOpening(named, counts);
  return new Map(named.map(({ key, own, shape }) => [key, own ?? main ?? shape]));
}

/**
 * The opening of nearly all records, where there is one. The others are too few to be a kind of work: as a task of their own
 * they would get no verdict, and widen what all prompts say.
 */
function onlyOpening(
  named: readonly { records: number; own: string | undefined }[],
  counts: ReadonlyMap<string, number>,
): string | undefined {
  const [opening, ...others] = new Set(named.flatMap(({ own }) => own ?? []));
  const rest = sum(named.map(({ own, records }) => (own === undefined ? records : 0)));
  const isSystem = recordsBy(counts, 'system').size > 0;
  const isKind = rest >= openingSize.records || rest >= openingSize.share * sum(counts.values());
  return others.length > 0 || isSystem || isKind ? undefined : opening;
}

/** What a group is called where it is a task of its own. */
export const nameOf = ({ system, opening }: Group): string | undefined => system ?? opening;

function enough(counts: ReadonlyMap<string, number>): (group: Group) => boolean {
  const systems = recordsBy(counts, 'system');
  const openings = recordsBy(counts, 'opening');
  const others = sum(counts.values()) - sum(systems.values());
  const fewest = Math.max(openingSize.records, openingSize.share * others);
  return ({ system, opening }) =>
    system === undefined
      ? opening !== undefined && (openings.get(opening) ?? 0) >= fewest
      : (systems.get(system) ?? 0) >= groupSize;
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, one) => all + one, 0);

function recordsBy(counts: ReadonlyMap<string, number>, field: 'system' | 'opening'): Map<string, number> {
  const records = new Map<string, number>();
  for (const [key, count] of counts) {
    const name = fromGroupKey(key)[field];
    if (name) records.set(name, (records.get(name) ?? 0) + count);
  }
  return records;
}

/** How tasks were guessed, for records and for people. */
export interface TaskGuess extends GuessedTasks {
  words: string;
}

/** Undefined where the log names the tasks. Unlike system prompts in one task are said. */
export function taskGuess(counts: ReadonlyMap<string, number>): TaskGuess | undefined {
  if (counts.size === 0) return undefined;
  const records = recordsBy(counts, 'system');
  const isEnough = enough(counts);
  const openings = new Set(
    [...counts.keys()]
      .map(fromGroupKey)
      .filter(isEnough)
      .map(({ opening }) => opening),
  );
  openings.delete(undefined);
  const from = {
    systemPrompts: records.size,
    ...(openings.size > 0 && { openings: openings.size }),
    tasks: new Set(groupNames(counts).values()).size,
  };
  return { ...from, words: [`Tasks were ${guessedFrom(from)}.`, ...mixedWords(counts, records)].join(' ') };
}

function mixedWords(counts: ReadonlyMap<string, number>, records: ReadonlyMap<string, number>): string[] {
  const alone = [...counts.keys()].map(fromGroupKey).filter(({ system }) => system && records.get(system) === 1);
  if (alone.length < 2) return [];
  const tasks = [...new Set(alone.map(({ shape }) => `"${shape}"`))].sort().join(' and ');
  return [`${alone.length} different system prompts with one record each are together under ${tasks}.`];
}

export const groupKey = ({ system = '', opening = '', shape }: Group): string =>
  `${system}\u0001${opening}\u0001${shape}`;
export const fromGroupKey = (key: string): Group => {
  const [system = '', opening = '', shape = ''] = key.split('\u0001');
  return { ...(system && { system }), ...(opening && { opening }), shape };
};

/**
 * Task names for prompts that the log did not label: grouped by system prompt, then by shape. Each group is named
 * plainly, so that a person can rename it in the written file or with --task-map.
 */
import { type GuessedTasks, guessedFrom } from '../text/guessed-tasks.ts';
import { isLongPrompt } from '../text/prompt-tokens.ts';
import type { Draft } from './draft.ts';
import { plainText } from './draft.ts';

const stopWords = new Set(
  'a an and are as at be by for from in is it of on or that the this to will with you your i we our us can should who which'.split(
    ' ',
  ),
);

export interface Group {
  /** From the system prompt; undefined when there is none. */
  system?: string;
  shape: string;
}

export function groupOf(draft: Draft): Group {
  const system = draft.messages.find((message) => message.role === 'system' || message.role === 'developer');
  const name = system ? systemName(plainText(system.content)) : '';
  return { ...(name && { system: name }), shape: shapeOf(draft) };
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

/** The first four telling words of a system prompt: `You are a support agent for Acme` → `support-agent-acme`. */
function systemName(text: string): string {
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

/** Group → task name: a system prompt's own name where it has 2 records or more, whatever their shapes; else the shape. */
export function groupNames(counts: ReadonlyMap<string, number>): Map<string, string> {
  const records = recordsBySystem(counts);
  const names = new Map<string, string>();
  for (const key of counts.keys()) {
    const { system, shape } = fromGroupKey(key);
    names.set(key, system && (records.get(system) ?? 0) >= groupSize ? system : shape);
  }
  return names;
}

function recordsBySystem(counts: ReadonlyMap<string, number>): Map<string, number> {
  const records = new Map<string, number>();
  for (const [key, count] of counts) {
    const { system } = fromGroupKey(key);
    if (system) records.set(system, (records.get(system) ?? 0) + count);
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
  const records = recordsBySystem(counts);
  const from = { systemPrompts: records.size };
  return { ...from, words: [`Tasks were ${guessedFrom(from)}.`, ...mixedWords(counts, records)].join(' ') };
}

function mixedWords(counts: ReadonlyMap<string, number>, records: ReadonlyMap<string, number>): string[] {
  const alone = [...counts.keys()].map(fromGroupKey).filter(({ system }) => system && records.get(system) === 1);
  if (alone.length < 2) return [];
  const tasks = [...new Set(alone.map(({ shape }) => `"${shape}"`))].sort().join(' and ');
  return [`${alone.length} different system prompts with one record each are together under ${tasks}.`];
}

export const groupKey = (group: Group): string => `${group.system ?? ''}\u0001${group.shape}`;
export const fromGroupKey = (key: string): Group => {
  const [system = '', shape = ''] = key.split('\u0001');
  return system ? { system, shape } : { shape };
};

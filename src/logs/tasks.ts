/**
 * Task names for prompts that the log did not label: grouped by system prompt, then by shape. Each group is named
 * plainly, so that a person can rename it in the written file or with --task-map.
 */
import type { Draft } from './draft.ts';
import { plainText } from './draft.ts';

/** Prompts above this many characters are a task of their own kind. */
const longFrom = 16_000;

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
  const length = draft.messages.reduce((sum, message) => sum + plainText(message.content).length, 0);
  if (length >= longFrom) return 'long-context';
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

/** Groups smaller than this join their shape. */
const groupSize = 2;

/** Group → task name: a system prompt's own name where it has 2 prompts or more, else the shape. */
export function groupNames(counts: Map<string, number>): Map<string, string> {
  const names = new Map<string, string>();
  for (const [key, count] of counts) {
    const { system, shape } = fromKey(key);
    names.set(key, system && count >= groupSize ? system : shape);
  }
  return names;
}

/** How tasks were guessed, for people; undefined where the log names them. */
export function guessWords(counts: ReadonlyMap<string, number>): string | undefined {
  if (counts.size === 0) return undefined;
  const systems = new Set([...counts.keys()].flatMap((key) => fromKey(key).system ?? []));
  const from =
    systems.size === 0 ? 'the form of the prompts' : `${systems.size} system prompt${systems.size === 1 ? '' : 's'}`;
  return `Tasks were guessed from ${from}. A column or field named task, or --task-field NAME, sets them.`;
}

export const groupKey = (group: Group): string => `${group.system ?? ''}\u0001${group.shape}`;
const fromKey = (key: string): Group => {
  const [system = '', shape = ''] = key.split('\u0001');
  return system ? { system, shape } : { shape };
};

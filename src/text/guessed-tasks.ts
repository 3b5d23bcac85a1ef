/** Tasks that nobody named, in words: import, plan and first page say the same. */
import { plural } from './numbers.ts';

/** What tasks were guessed from. Where both are 0, it was the form of the prompts. */
export interface GuessedTasks {
  systemPrompts: number;
  /** Lines with which many prompts begin. */
  openings?: number | undefined;
  /** Tasks that were found, also those that somebody left out; absent in runs of before it was kept. */
  tasks?: number | undefined;
}

/** Of a guess that found one task. */
const oneTaskWords = 'All are one task. If your file holds two kinds of work, one can hide the other.';

/** `guessed from 4 system prompts`: behind "Tasks were", or in a bracket. */
export function guessedFrom({ systemPrompts, openings = 0 }: GuessedTasks): string {
  const from = [
    ...(systemPrompts === 0 ? [] : [plural(systemPrompts, 'system prompt')]),
    ...(openings === 0 ? [] : ['the line with which many prompts begin']),
  ];
  return `guessed from ${from.length === 0 ? 'the form of the prompts' : from.join(' and ')}`;
}

/** " All are one task. …" where the guess found no other; `tasks` of the run, where the guess does not say. */
export const ifOneTask = ({ tasks: found }: Pick<GuessedTasks, 'tasks'>, tasks: number): string =>
  (found ?? tasks) === 1 ? ` ${oneTaskWords}` : '';

/** For whoever votes; empty where the log names the tasks. */
export const guessedWords = (guessed: GuessedTasks | undefined, tasks: number): string[] =>
  guessed ? [`The tasks were ${guessedFrom(guessed)}.${ifOneTask(guessed, tasks)}`] : [];

/** How a notice on guessed tasks ends. */
export const guessedEnd = 'name them in a column called task, and begin a new run.';

/** For whoever reads a verdict on tasks that nobody named. */
export function guessedNotice(guessed: GuessedTasks | undefined, tasks: number): string[] {
  const [said] = guessedWords(guessed, tasks);
  if (said === undefined) return [];
  return [`${said} ${said.endsWith(oneTaskWords) ? 'Then' : 'If they are not your kinds of work,'} ${guessedEnd}`];
}

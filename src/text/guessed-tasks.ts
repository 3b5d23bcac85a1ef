/** Tasks that nobody named, in words: import, plan and first page say the same. */
import { plural } from './numbers.ts';

/** What tasks were guessed from. Where both are 0, it was the form of the prompts. */
export interface GuessedTasks {
  systemPrompts: number;
  /** Lines with which many prompts begin. */
  openings?: number | undefined;
}

/** Of a guess that found one task. */
export const oneTaskWords = 'All are one task. If your file holds two kinds of work, one can hide the other.';

/** `guessed from 4 system prompts`: behind "Tasks were", or in a bracket. */
export function guessedFrom({ systemPrompts, openings = 0 }: GuessedTasks): string {
  const from = [
    ...(systemPrompts === 0 ? [] : [plural(systemPrompts, 'system prompt')]),
    ...(openings === 0 ? [] : ['the line with which many prompts begin']),
  ];
  return `guessed from ${from.length === 0 ? 'the form of the prompts' : from.join(' and ')}`;
}

/** For whoever votes; empty where the log names the tasks. */
export const guessedWords = (guessed: GuessedTasks | undefined, tasks: number): string[] =>
  guessed ? [`The tasks were ${guessedFrom(guessed)}.${tasks === 1 ? ` ${oneTaskWords}` : ''}`] : [];

/** How a notice on one guessed task ends. */
export const guessedEnd = 'Then name them in a column called task, and begin a new run.';

/** For whoever reads a verdict on a task that nobody named. */
export const oneGuessedTask = (guessed: GuessedTasks | undefined, tasks: number): string[] =>
  guessed && tasks === 1 ? [`${guessedWords(guessed, tasks)[0]} ${guessedEnd}`] : [];

/** Tasks that nobody named, in words: import, plan and first page say the same. */

/** What tasks were guessed from; 0 system prompts: from the form of the prompts. */
export interface GuessedTasks {
  systemPrompts: number;
}

/** `guessed from 4 system prompts`: behind "Tasks were", or in a bracket. */
export function guessedFrom({ systemPrompts }: GuessedTasks): string {
  if (systemPrompts === 0) return 'guessed from the form of the prompts';
  return `guessed from ${systemPrompts} system prompt${systemPrompts === 1 ? '' : 's'}`;
}

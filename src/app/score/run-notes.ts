/** What a rater hears about a run before the first ballot: choices that gapcheck made with the log. */
import type { RunRecord } from '../../records/run-record.ts';
import { guessedFrom } from '../../text/guessed-tasks.ts';
import { repeatedPrompts } from '../../text/repeated-prompts.ts';

export function runNotes({ logged, guessedTasks }: Pick<RunRecord, 'logged' | 'guessedTasks'>): string[] {
  const records = repeatedPrompts(logged);
  return [
    ...(records === undefined ? [] : [`The log had ${records}.`]),
    ...(guessedTasks ? [`The tasks were ${guessedFrom(guessedTasks)}.`] : []),
  ];
}

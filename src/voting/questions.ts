/** Which prompts are voted on: the plan in frozen order, then one draw per `more`. */
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';

export interface Questions<T> {
  plan: T[];
  draws: T[][];
  all: T[];
}

export function questionsOf<T extends Pick<PromptRecord, 'id'>>(
  run: Pick<RunRecord, 'tasks'>,
  prompts: readonly T[],
  events: readonly RunEvent[],
): Questions<T> {
  const count = run.tasks.reduce((sum, { planned }) => sum + planned, 0);
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const plan = prompts.slice(0, count);
  const draws = events.flatMap((event) =>
    event.event === 'more' ? [event.prompts.flatMap((id) => byId.get(id) ?? [])] : [],
  );
  return { plan, draws, all: [...plan, ...draws.flat()] };
}

/** A question about who the model is: decided from the text before any vote, and outside the result. */
export const isOutside = ({ flags }: Pick<PromptRecord, 'flags'>): boolean => flags?.includes('identity') === true;

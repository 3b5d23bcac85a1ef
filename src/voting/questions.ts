/** Which prompts are voted on: the plan in frozen order, then one draw per `more` and per day of a watched run. */
import type { PromptId } from '../records/ids.ts';
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
  const draws = events.flatMap((event) => {
    const ids = drawnBy(event);
    return ids ? [ids.flatMap((id) => byId.get(id) ?? [])] : [];
  });
  return { plan, draws, all: [...plan, ...draws.flat()] };
}

/** What a line of the ledger adds to the prompts that are voted on; undefined where it adds none. */
export function drawnBy(event: RunEvent): PromptId[] | undefined {
  if (event.event === 'more') return event.prompts;
  return event.event === 'day' ? event.prompts.slice(0, event.toRead) : undefined;
}

/** Whether it adds at least one. */
export const isDraw = (event: RunEvent): boolean => (drawnBy(event)?.length ?? 0) > 0;

/** A question about who the model is: decided from the text before any vote, and outside the result. */
export const isOutside = ({ flags }: Pick<PromptRecord, 'flags'>): boolean => flags?.includes('identity') === true;

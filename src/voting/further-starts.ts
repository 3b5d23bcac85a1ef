/** What further starts of a run change: its limit of cost, whether missing answers are asked for again, what there is to vote on. */
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';
import { isDraw } from './questions.ts';

/** US dollars that the run may cost: as frozen, or as a later start of the week raised it. */
export function costLimit({ settings }: Pick<RunRecord, 'settings'>, events: readonly RunEvent[]): number | undefined {
  const raised = events.flatMap((event) => (event.event === 'limit-raised' ? [event.maxCostUsd] : []));
  return settings.maxCostUsd === undefined ? undefined : Math.max(settings.maxCostUsd, ...raised);
}

/** Whether the next start of a week asks for missing answers. It does not where the limit of cost is reached. */
export function asksAgain(events: readonly RunEvent[]): boolean {
  const last = events.findLast(({ event }) => event === 'answered' || event === 'limit-raised' || event === 'day');
  return last?.event !== 'answered' || last.budget !== true;
}

/**
 * Place of the last line that brought raters something to vote on: a draw, and in a week also answers that were missing
 * when a session ended. -1 where there is none.
 */
export function lastAddition({ settings }: Pick<RunRecord, 'settings'>, events: readonly RunEvent[]): number {
  let [last, answers] = [-1, 0];
  for (const [at, event] of events.entries()) {
    if (isDraw(event)) last = at;
    if (event.event !== 'answered') continue;
    if (settings.watch && event.answers > answers) last = at;
    answers = event.answers;
  }
  return last;
}

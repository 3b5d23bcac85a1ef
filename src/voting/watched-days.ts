/** The days of a watched run, as the ledger has them. */
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord, TaskPlan } from '../records/run-record.ts';
import { questionsOf } from './questions.ts';

export type DayEvent = Extract<RunEvent, { event: 'day' }>;

export const closedDays = (events: readonly RunEvent[]): DayEvent[] =>
  events.flatMap((event) => (event.event === 'day' ? [event] : []));

/** Days of the week that have not closed yet; 0 in runs that watch nothing. */
export const daysToCome = (
  { settings: { watch } }: Pick<RunRecord, 'settings'>,
  events: readonly RunEvent[],
): number => (watch === undefined ? 0 : Math.max(0, watch.days - closedDays(events).length));

/**
 * A watched week as a report sees it: the prompts that are voted on in front of the reserve, and the tasks that they are
 * of. Any other run comes back as it is.
 */
export function weekAsPlan(
  run: RunRecord,
  prompts: readonly PromptRecord[],
  events: readonly RunEvent[],
): { run: RunRecord; prompts: PromptRecord[] } {
  if (!run.settings.watch) return { run, prompts: [...prompts] };
  const { all } = questionsOf(run, prompts, events);
  const asked = new Set(all);
  const reserve = prompts.filter((prompt) => !asked.has(prompt));
  return { run: { ...run, tasks: tasksOf(all, reserve) }, prompts: [...all, ...reserve] };
}

/** By their share of what was drawn: the draw was even over the different prompts of each day. */
function tasksOf(all: readonly PromptRecord[], reserve: readonly PromptRecord[]): TaskPlan[] {
  const drawn = [...all, ...reserve];
  const names = [...new Set(drawn.map(({ task }) => task))];
  const plans = names.map((task): TaskPlan => {
    const own = drawn.filter((prompt) => prompt.task === task);
    const planned = all.filter((prompt) => prompt.task === task);
    const hard = (some: readonly PromptRecord[]): number =>
      some.length === 0 ? 0 : some.filter(({ difficulty }) => difficulty === 'hard').length / some.length;
    return {
      task,
      planned: planned.length,
      reserve: own.length - planned.length,
      traffic: own.length / drawn.length,
      hardTraffic: hard(own),
      hardPlan: hard(planned),
    };
  });
  return plans.sort((a, b) => b.traffic - a.traffic || (a.task < b.task ? -1 : 1));
}

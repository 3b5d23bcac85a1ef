/** Each answer of open judged as the router would: who would have answered, and how much longer the caller waited. */
import type { LoggedAnswer, PromptRecord } from '../../records/prompt-record.ts';
import type { RoutesRecord } from '../../records/routes-record.ts';
import type { Interval } from '../../stats/interval.ts';
import { wilson } from '../../stats/wilson.ts';
import { quantile } from '../../text/numbers.ts';
import { notCovered } from '../../verdicts/route-cover.ts';
import type { Judge } from './check-answer.ts';
import { sentBy } from './router.ts';

export interface RouteAnswer {
  prompt: PromptRecord;
  /** Absent: open could not answer. */
  answer?: LoggedAnswer;
  /** Why there is none. */
  trouble?: string;
  openMs: number | null;
}

export interface ReplayedTask {
  task: string;
  route: RoutesRecord['routes'][number]['route'];
  replayed: number;
  /** Why closed would have answered. */
  failedCheck: number;
  notCovered: number;
  openFailed: number;
  /** Share that closed answers, with its 95 % limits; null where nothing was replayed. */
  closedShare: number | null;
  interval: Interval | null;
  /** What the report said. */
  promised: number;
  /** The promise lies within the limits. */
  kept: boolean;
  /** Median milliseconds that an escalated caller waited for open first; null = not timed. */
  addedMs: number | null;
}

export async function replayed(
  routes: RoutesRecord,
  answers: readonly RouteAnswer[],
  judge: Judge,
): Promise<ReplayedTask[]> {
  const tasks: ReplayedTask[] = [];
  for (const route of routes.routes) {
    const { route: way } = route;
    if (way === 'closed' || way === 'closed-until-decided') continue;
    const own = answers.filter(({ prompt }) => prompt.task === route.task);
    tasks.push(taskOf(route, await Promise.all(own.map((one) => endOf(one, routes, way, judge)))));
  }
  return tasks;
}

interface End {
  how: 'open' | 'failedCheck' | 'notCovered' | 'openFailed';
  openMs: number | null;
}

async function endOf(
  { prompt, answer, openMs }: RouteAnswer,
  routes: RoutesRecord,
  route: 'open' | 'open-first',
  judge: Judge,
): Promise<End> {
  if (notCovered(routes.open.covers, prompt, sentBy(routes, prompt).maxTokens) !== undefined)
    return { how: 'notCovered', openMs: null };
  if (answer === undefined || answer.error !== undefined) return { how: 'openFailed', openMs };
  if (route === 'open') return { how: 'open', openMs };
  return { how: (await judge(prompt, answer)).pass ? 'open' : 'failedCheck', openMs };
}

function taskOf({ task, route, closedShare: promised }: RoutesRecord['routes'][number], ends: End[]): ReplayedTask {
  const count = (how: End['how']): number => ends.filter((end) => end.how === how).length;
  const closed = ends.length - count('open');
  const interval = ends.length === 0 ? null : limitsOf(wilson(closed, ends.length));
  const waits = ends.flatMap(({ how, openMs }) => (how === 'open' || openMs === null ? [] : [openMs]));
  return {
    task,
    route,
    replayed: ends.length,
    failedCheck: count('failedCheck'),
    notCovered: count('notCovered'),
    openFailed: count('openFailed'),
    closedShare: ends.length === 0 ? null : closed / ends.length,
    interval,
    promised,
    kept: interval !== null && promised >= interval.lower - 1e-9 && promised <= interval.upper + 1e-9,
    addedMs: quantile(waits, 0.5),
  };
}

const limitsOf = ({ lower, upper }: Interval): Interval => ({ lower, upper });

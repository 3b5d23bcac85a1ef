/**
 * Which prompts are voted on: the plan in frozen order, then one draw per `more` and per day of a watched run. And which
 * ones the next `more` adds.
 */
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';
import { leanToTraffic } from '../stats/allot-plan.ts';
import { leftOutBy, ratersIn } from './left-out.ts';

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

/** Of each planned task: prompts that are voted on, draws included, and those that are left. In the order of the plan. */
export function tasksAsked(
  run: Pick<RunRecord, 'tasks'>,
  prompts: readonly PromptRecord[],
  events: readonly RunEvent[],
): { task: string; asked: number; unused: number }[] {
  const { all } = questionsOf(run, prompts, events);
  return run.tasks.map(({ task, planned, reserve }) => {
    const asked = ofTask(all, task).length;
    return { task, asked, unused: Math.max(0, planned + reserve - asked) };
  });
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

/** What no rater was asked about yet and somebody here reads, in frozen order. */
export function unusedPrompts(
  run: RunRecord,
  prompts: readonly PromptRecord[],
  events: readonly RunEvent[],
): PromptRecord[] {
  const asked = new Set(questionsOf(run, prompts, events).all.map(({ id }) => id));
  const unread = unreadHere(run, events);
  return prompts.filter(({ id }) => !asked.has(id) && !unread.has(id));
}

/** In languages that everybody who votes here has left out. */
function unreadHere({ settings }: RunRecord, events: readonly RunEvent[]): Set<PromptId> {
  const by = [...leftOutBy(events).values()];
  // An end without a vote and without a skip is no sign that anybody reads here.
  const voters = new Set(ratersIn(events.filter((event) => event.event !== 'finished' || event.votes > 0)));
  if (by.length < Math.max(settings.raters, voters.size)) return new Set();
  return new Set((by[0]?.prompts ?? []).filter((id) => by.every(({ prompts }) => prompts.includes(id))));
}

export interface Unused {
  run: RunRecord;
  prompts: readonly PromptRecord[];
  events: readonly RunEvent[];
  /** Of `unusedPrompts`. */
  reserve: readonly PromptRecord[];
}

/**
 * Up to `wanted` of the reserve: of one task; in a watched week one of each day in turn; else each to the planned task
 * furthest below its share of the traffic.
 */
export function nextQuestions(
  { run, prompts, events, reserve }: Unused,
  wanted: number,
  task: string | undefined,
): PromptRecord[] {
  const isWeek = run.settings.watch !== undefined;
  if (task === undefined && !isWeek) return drawByTraffic(run, questionsOf(run, prompts, events).all, reserve, wanted);
  return ofTask(isWeek ? evenlyByDay(reserve, events) : reserve, task).slice(0, wanted);
}

const ofTask = (prompts: readonly PromptRecord[], task: string | undefined): PromptRecord[] =>
  prompts.filter((prompt) => task === undefined || prompt.task === task);

function evenlyByDay(reserve: readonly PromptRecord[], events: readonly RunEvent[]): PromptRecord[] {
  const unread = events.flatMap((event) => (event.event === 'day' ? [event.prompts.slice(event.toRead)] : []));
  const place = new Map(unread.flatMap((ids) => ids.map((id, index) => [id, index] as const)));
  return [...reserve].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

function drawByTraffic(
  { tasks }: RunRecord,
  asked: readonly PromptRecord[],
  reserve: readonly PromptRecord[],
  wanted: number,
): PromptRecord[] {
  const planned = tasks.filter((plan) => plan.planned > 0);
  const have = planned.map(({ task }) => ofTask(asked, task).length);
  const room = planned.map(({ task, traffic }, index) => ({
    traffic,
    available: (have[index] ?? 0) + ofTask(reserve, task).length,
  }));
  const total = have.reduce((sum, count) => sum + count, 0) + wanted;
  const then = leanToTraffic(room, have, total);
  const drawn = new Set(
    planned.flatMap(({ task }, index) => ofTask(reserve, task).slice(0, (then[index] ?? 0) - (have[index] ?? 0))),
  );
  return reserve.filter((prompt) => drawn.has(prompt));
}

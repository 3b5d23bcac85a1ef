/**
 * Which prompts are voted on, in which order. Proportional to real traffic by default; `--hard` over-samples and gives
 * every prompt the weight of statistics.md §3. One shuffle by keyed hashes: same seed, same sample, tasks interleaved.
 */

import type { Hashing } from '../records/ids.ts';
import type { Difficulty, PromptRecord } from '../records/prompt-record.ts';
import type { TaskPlan } from '../records/run-record.ts';
import { allotPlan, minPerTask } from '../stats/allot-plan.ts';
import type { Stratum } from './keep.ts';

export interface SampleOptions {
  n: number | 'all';
  /** Prompts answered for machine checks, ballots included. */
  checkN: number;
  /** Only these tasks, however many. */
  tasks?: string[];
  /** Share of hard prompts in the plan, 0..1. */
  hard?: number;
  seed: number;
  hashing: Hashing;
  /** Traffic of the whole log where only a part was kept (`LoadedPrompts.strata`). */
  strata?: Stratum[];
}

export interface SamplePlan {
  /** Voted on, in frozen order. */
  ballots: PromptRecord[];
  /** Behind them, in the same shuffled order. */
  reserve: PromptRecord[];
  tasks: TaskPlan[];
  leftOut: { task: string; prompts: number }[];
  /** Prompts of these tasks for which the reserve has no room: a task is decided or given up before them. */
  beyond: number;
}

const maxTasks = 3;
/** Votes after which a task is given up undecided (statistics.md §5): more reserve than this helps nobody. */
export const votesPerTask = 60;

interface Task {
  task: string;
  prompts: PromptRecord[];
  traffic: number;
  hardTraffic: number;
}

export function samplePlan(prompts: readonly PromptRecord[], options: SampleOptions): SamplePlan {
  const all = tasksOf(prompts, options);
  const chosen = options.tasks
    ? all.filter((task) => options.tasks?.includes(task.task))
    : options.n === 'all'
      ? all
      : largest(all, options.n);
  const total = chosen.reduce((sum, task) => sum + task.prompts.length, 0);
  const n = options.n === 'all' ? total : Math.min(options.n, total);
  const quotas = allotPlan(
    chosen.map(({ traffic, prompts: own }) => ({ traffic, available: own.length })),
    n,
  );
  const planned = chosen.map((task, index) => planTask(task, quotas[index] ?? 0, all, options));
  const key = keyOf(options);
  const ballots = planned.flatMap((plan) => plan.ballots).sort((a, b) => key(a) - key(b));
  const behind = planned.flatMap((plan) => plan.reserve).sort((a, b) => key(a) - key(b));
  const reserve = trimReserve(
    behind,
    planned.map((plan) => plan.plan),
    ballots.length,
    options,
  );
  const counts = new Map<string, number>();
  for (const prompt of reserve) counts.set(prompt.task, (counts.get(prompt.task) ?? 0) + 1);
  const tasks = planned.map(({ plan }) => ({ ...plan, reserve: counts.get(plan.task) ?? 0 }));
  const beyond = Math.max(0, promptsInLog(chosen, options) - ballots.length - reserve.length);
  return { ballots, reserve, tasks, leftOut: leftOutOf(all, chosen, options), beyond };
}

/** 48 bits of an HMAC: ties cannot happen in practice, and sorting numbers is quick. */
function keyOf({ seed, hashing }: SampleOptions): (prompt: PromptRecord) => number {
  const secret = new TextEncoder().encode(`sample ${seed}`);
  const keys = new Map<string, number>();
  return ({ id }) => {
    const known = keys.get(id) ?? Number.parseInt(hashing.hmac(secret, id).slice(0, 12), 16);
    keys.set(id, known);
    return known;
  };
}

/** Tasks by traffic, largest first; names break ties. */
function tasksOf(prompts: readonly PromptRecord[], options: SampleOptions): Task[] {
  const tasks = new Map<string, Task>();
  for (const prompt of prompts) {
    const task = tasks.get(prompt.task) ?? { task: prompt.task, prompts: [], traffic: 0, hardTraffic: 0 };
    tasks.set(prompt.task, task);
    task.prompts.push(prompt);
    if (options.strata) continue;
    task.traffic += prompt.count ?? 1;
    if (prompt.difficulty === 'hard') task.hardTraffic += prompt.count ?? 1;
  }
  for (const { task, difficulty, traffic } of options.strata ?? []) {
    const known = tasks.get(task);
    if (!known) continue;
    known.traffic += traffic;
    if (difficulty === 'hard') known.hardTraffic += traffic;
  }
  return [...tasks.values()].sort((a, b) => b.traffic - a.traffic || (a.task < b.task ? -1 : 1));
}

/** At most three, largest first, as many as get 8 prompts each; more only where these have fewer prompts than `n`. */
function largest(tasks: Task[], n: number): Task[] {
  const room = Math.max(1, Math.min(maxTasks, Math.floor(n / minPerTask)));
  const ample = tasks.filter((task) => task.prompts.length >= minPerTask);
  const first = (ample.length ? ample : tasks).slice(0, room);
  // Small tasks only fill what the large ones leave open.
  let filled = first.reduce((sum, task) => sum + task.prompts.length, 0);
  for (const task of tasks) {
    if (filled >= n) break;
    if (first.includes(task)) continue;
    first.push(task);
    filled += task.prompts.length;
  }
  return first;
}

interface PlannedTask {
  ballots: PromptRecord[];
  reserve: PromptRecord[];
  plan: TaskPlan;
}

function planTask(task: Task, quota: number, all: Task[], options: SampleOptions): PlannedTask {
  const key = keyOf(options);
  const order = [...task.prompts].sort((a, b) => key(a) - key(b));
  const hardTraffic = task.traffic ? task.hardTraffic / task.traffic : 0;
  const hard = order.filter((prompt) => prompt.difficulty === 'hard');
  const easy = order.filter((prompt) => prompt.difficulty === 'easy');
  const traffic = task.traffic / (all.reduce((sum, each) => sum + each.traffic, 0) || 1);
  const wanted = hardQuota(
    quota,
    hard.length,
    easy.length,
    options.hard ?? hardTraffic,
    options.n === 'all' && options.hard === undefined,
  );
  const ballots = [...hard.slice(0, wanted), ...easy.slice(0, quota - wanted)];
  const rest = [...hard.slice(wanted), ...easy.slice(quota - wanted)];
  const hardPlan = quota ? wanted / quota : 0;
  const weigh = weighing(options.hard, hardTraffic, hardPlan);
  const plan = { task: task.task, planned: quota, reserve: 0, traffic, hardTraffic, hardPlan };
  return { ballots: ballots.map(weigh), reserve: rest.map(weigh), plan };
}

/** Hard prompts among `quota`: the share rounded, within what there is. */
function hardQuota(quota: number, hard: number, easy: number, share: number, everything: boolean): number {
  if (everything) return Math.min(hard, quota);
  return Math.min(hard, quota, Math.max(Math.round(share * quota), quota - easy));
}

/** w_h = share of the stratum in the traffic / its share in the plan; 1 without --hard. */
function weighing(hard: number | undefined, traffic: number, plan: number): (prompt: PromptRecord) => PromptRecord {
  // A copy would hold the texts of a prompt that leaves them in a file.
  if (hard === undefined) return (prompt) => (prompt.weight === 1 ? prompt : { ...prompt, weight: 1 });
  const weights: Record<Difficulty, number> = {
    hard: plan > 0 ? traffic / plan : 1,
    easy: plan < 1 ? (1 - traffic) / (1 - plan) : 1,
  };
  return (prompt) => ({ ...prompt, weight: weights[prompt.difficulty] });
}

/** Reserve for machine checks (`checkN`) and for `more`: up to 60 prompts a task, with `--hard` in the plan's shares. */
function trimReserve(
  behind: PromptRecord[],
  plans: TaskPlan[],
  ballots: number,
  options: SampleOptions,
): PromptRecord[] {
  const bands = new Map<string, number>();
  const kept: PromptRecord[] = [];
  const later: PromptRecord[] = [];
  const room = (plan: TaskPlan, difficulty: Difficulty): number => {
    const most = Math.max(0, votesPerTask - plan.planned);
    if (options.hard === undefined) return most;
    return Math.round(most * (difficulty === 'hard' ? plan.hardPlan : 1 - plan.hardPlan));
  };
  for (const prompt of behind) {
    const plan = plans.find(({ task }) => task === prompt.task);
    const band = options.hard === undefined ? prompt.task : `${prompt.task}\u0001${prompt.difficulty}`;
    const used = bands.get(band) ?? 0;
    const fits = plan !== undefined && used < room(plan, prompt.difficulty);
    if (fits) bands.set(band, used + 1);
    (fits ? kept : later).push(prompt);
  }
  const missing = Math.max(0, options.checkN - ballots - kept.length);
  const extra = new Set(later.slice(0, missing));
  return extra.size ? behind.filter((prompt) => kept.includes(prompt) || extra.has(prompt)) : kept;
}

/** Prompts of each task in the whole log, where only a part of it was kept. */
function sizesOf({ strata = [] }: SampleOptions): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { task, prompts } of strata) sizes.set(task, (sizes.get(task) ?? 0) + prompts);
  return sizes;
}

function promptsInLog(tasks: readonly Task[], options: SampleOptions): number {
  const sizes = sizesOf(options);
  return tasks.reduce((sum, { task, prompts }) => sum + (sizes.get(task) ?? prompts.length), 0);
}

function leftOutOf(all: Task[], chosen: Task[], options: SampleOptions): { task: string; prompts: number }[] {
  const sizes = sizesOf(options);
  return all
    .filter((task) => !chosen.includes(task))
    .map((task) => ({ task: task.task, prompts: sizes.get(task.task) ?? task.prompts.length }));
}

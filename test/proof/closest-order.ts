/** Whole runs of four tasks, simulated with fixed seeds: the order `closest` against the frozen one, same rule. */
import { startEProcess } from '../../src/stats/e-process.ts';
import { capVotes, nextTask, type TaskState } from '../../src/stats/next-task.ts';
import { defaultRule, verdictOf } from '../../src/stats/verdict.ts';
import { decisive, draw, seeded, type Truth } from '../helpers/vote-paths.ts';

export type Order = 'closest' | 'frozen';
type Name = 'keep-closed' | 'open-good-enough';

export interface TaskTruth {
  truth: Truth;
  /** Verdicts that are right about it. */
  right: readonly Name[];
}

/** From clearly worse to better; .43 lies between the margin and even, where both verdicts are true. */
export const fourTasks: readonly TaskTruth[] = [
  { truth: decisive(0.1), right: ['keep-closed'] },
  { truth: decisive(0.27), right: ['keep-closed'] },
  { truth: decisive(0.43), right: ['keep-closed', 'open-good-enough'] },
  { truth: decisive(0.6), right: ['open-good-enough'] },
];

export interface PlayedRun {
  /** Votes after which each right verdict was there, in their order. */
  rightAt: number[];
  wrong: number;
}

/** A list that was frozen goes on through decided tasks. */
const roundRobin = (tasks: readonly TaskState[], vote: number): number => (vote - 1) % tasks.length;

/** One run to its budget of votes: at most 60 a task. */
function playRun(order: Order, budget: number, among: readonly TaskTruth[], random: () => number): PlayedRun {
  const { margin } = defaultRule;
  const good = among.map(() => startEProcess(-margin, 'gt'));
  const keep = among.map(() => startEProcess(0, 'lt'));
  const tasks = among.map(
    (): TaskState => ({ n: 0, logEGood: 0, logEKeep: 0, decided: false, remainingPrompts: capVotes }),
  );
  const played: PlayedRun = { rightAt: [], wrong: 0 };
  for (let vote = 1; vote <= budget; vote += 1) {
    const next = order === 'closest' ? nextTask({ planned: budget, frozenNext: null, tasks }) : roundRobin(tasks, vote);
    const [task, truth] = [tasks[next ?? -1], among[next ?? -1]];
    if (next === null || !task || !truth) break;
    const score = draw(random, truth.truth);
    task.n += 1;
    task.remainingPrompts -= 1;
    task.logEGood = good[next]?.add(score) ?? 0;
    task.logEKeep = keep[next]?.add(score) ?? 0;
    const found = verdictOf(task, task.n, defaultRule);
    if (found === 'undecided' || task.decided) continue;
    task.decided = true;
    if (truth.right.includes(found)) played.rightAt.push(vote);
    else played.wrong += 1;
  }
  return played;
}

export function playRuns(
  order: Order,
  {
    runs,
    budget,
    seed,
    tasks = fourTasks,
  }: { runs: number; budget: number; seed: number; tasks?: readonly TaskTruth[] },
): PlayedRun[] {
  const random = seeded(seed);
  return Array.from({ length: runs }, () => playRun(order, budget, tasks, random));
}

/** Right verdicts after each number of votes, mean over runs. */
export function meanRights(played: readonly PlayedRun[], budget: number): number[] {
  const rights = new Array<number>(budget + 1).fill(0);
  for (const { rightAt } of played) {
    for (let vote = 1; vote <= budget; vote += 1) {
      rights[vote] = (rights[vote] ?? 0) + rightAt.filter((at) => at <= vote).length / played.length;
    }
  }
  return rights;
}

/** Median votes until `verdicts` tasks are rightly decided; infinite where half of the runs never get there. */
export function medianVotes(played: readonly PlayedRun[], verdicts: number): number {
  const votes = played.map(({ rightAt }) => rightAt[verdicts - 1] ?? Number.POSITIVE_INFINITY).sort((x, y) => x - y);
  return votes[Math.floor(votes.length / 2)] ?? Number.POSITIVE_INFINITY;
}

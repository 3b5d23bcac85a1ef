/** The strata of a run, fixed by its plan: tasks by their traffic, and with over-sampling easy and hard ones apart. */
import type { Difficulty } from '../records/prompt-record.ts';
import type { RunRecord } from '../records/run-record.ts';

export interface Where {
  task: string | null;
  difficulty?: Difficulty;
}

export type RunStratum = Where & { share: number; planned: number };

export type PlannedRun = Pick<RunRecord, 'tasks'> & { settings: Pick<RunRecord['settings'], 'hard' | 'watch'> };

/** A row is one stratum; so is a task, unless hard prompts were over-sampled; all prompts are those tasks together. */
export function strataOf({ tasks, settings }: PlannedRun, where: Where): RunStratum[] {
  const { task, difficulty } = where;
  if (difficulty !== undefined) return [{ ...where, share: 1, planned: 1 }];
  // The verdict of a watched week is about its mean over days: each prompt alike, whatever its task.
  if (settings.watch) return [{ task, share: 1, planned: settings.watch.perDay * settings.watch.days }];
  const plans = tasks.filter((plan) => (task === null ? plan.planned > 0 : plan.task === task));
  if (task !== null && (plans.length === 0 || settings.hard === null)) return [{ task, share: 1, planned: 1 }];
  const known = plans.some(({ traffic }) => traffic > 0);
  const strata = plans.flatMap((plan): RunStratum[] => {
    const share = known ? plan.traffic : 1;
    if (settings.hard === null) return [{ task: plan.task, share, planned: plan.planned }];
    const hard = Math.round(plan.planned * plan.hardPlan);
    return [
      { task: plan.task, difficulty: 'easy', share: share * (1 - plan.hardTraffic), planned: plan.planned - hard },
      { task: plan.task, difficulty: 'hard', share: share * plan.hardTraffic, planned: hard },
    ];
  });
  return strata.filter(({ share, planned }) => share > 0 && planned > 0);
}

export const isInside = ({ task, difficulty }: Where, at: { task: string; difficulty: Difficulty }): boolean =>
  (task === null || at.task === task) && (difficulty ?? at.difficulty) === at.difficulty;

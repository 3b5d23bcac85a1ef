/** How many prompts of a task the run holds, those in reserve included; of all tasks with null. */
export const frozenPrompts = (
  tasks: readonly { task: string; planned: number; reserve: number }[],
  task: string | null,
): number =>
  tasks
    .filter((one) => one.planned > 0 && (task === null || one.task === task))
    .reduce((sum, one) => sum + one.planned + one.reserve, 0);

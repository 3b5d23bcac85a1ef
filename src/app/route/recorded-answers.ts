/** Open's first answers of a run, as routes are made from them. */

import { userError } from '../../errors.ts';
import type { RoutesRecord } from '../../records/routes-record.ts';
import { foldTrials, retriesOf, trialKey } from '../../runs/trial.ts';
import { readAttempts } from '../../store/attempts-file.ts';
import { openSealedRun } from '../../store/run-folder.ts';
import type { RouteAnswer } from './replayed-routes.ts';

/** Prompts that got no answer for want of a server are left out, as in the report. Throws (exit 2) for another run's arm. */
export function recordedAnswers(folder: string, routes: RoutesRecord): RouteAnswer[] {
  const { run, prompts, paths } = openSealedRun(folder);
  const arm = run.arms.find(({ identity }) => identity === routes.open.identity);
  if (!arm)
    throw userError(
      'other-arm',
      `This run has no answers of ${routes.open.model} as the routes have it.`,
      `gapcheck route-check with run ${routes.run}, or with a log and --ask`,
    );
  const trials = foldTrials(readAttempts(paths, arm.name).steps, retriesOf(arm, run.settings));
  return prompts.flatMap((prompt): RouteAnswer[] => {
    const trial = trials.get(trialKey(prompt.id, 1));
    const first =
      trial?.state === 'missing' ? undefined : trial?.attempts.find(({ outcome }) => outcome === 'answered');
    const step = first?.steps.at(-1);
    if (!first || !step) return [];
    const { text = '', tool_calls, finish, refusal } = step;
    const ms = first.steps.reduce((sum, one) => sum + (one.ms?.total ?? 0), 0);
    return [
      {
        prompt,
        answer: {
          text,
          ...(tool_calls && { tool_calls }),
          ...(finish !== undefined && { finish }),
          ...(refusal !== undefined && { refusal }),
        },
        openMs: ms > 0 ? ms : null,
      },
    ];
  });
}

/** Whether the log's own answer fails the checks of the run: one more sign of a hard prompt, for `--hard`. */
import type { Check } from '../../checks/check.ts';
import { runChecks } from '../../checks/run-checks.ts';
import type { ConfiguredChecks } from '../../checks/validate.ts';
import type { FailsCheck } from '../../logs/load-options.ts';
import type { PromptId } from '../../records/ids.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import { answerOf } from '../../runs/attempt.ts';
import { checkTools } from '../../runs/regex-guard.ts';

/** Programs of the user are not started for each record of a log. */
const needsProgram = (check: Check['name']): boolean => check === 'exec';

/** Undefined where the config has no check: nothing is looked at then. */
export function loggedFailures(checks: ConfiguredChecks | undefined): FailsCheck | undefined {
  const own = Object.entries(checks ?? {}).map(
    ([task, specs]) => [task, specs.filter(({ check }) => !needsProgram(check))] as const,
  );
  if (own.every(([, specs]) => specs.length === 0)) return undefined;
  const configured: ConfiguredChecks = Object.fromEntries(own);
  return ({ messages, tools, response_format, ref }, task) => {
    if (!ref || ref.error !== undefined) return false;
    const prompt: PromptRecord = {
      id: 'p_log' as PromptId,
      task,
      messages,
      difficulty: 'easy',
      weight: 1,
      source: { format: 'log', file: 'log', line: 1 },
      ...(tools && { tools }),
      ...(response_format && { response_format }),
    };
    return runChecks(prompt, { prompt, ...answerOf(ref, [], { prompt }) }, checkTools, configured).some(
      ({ pass }) => !pass,
    );
  };
}

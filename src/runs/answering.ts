/** How a run's answers are made and judged, from its settings: the tool loop, the checks, the programs behind both. */
import { runChecks } from '../checks/run-checks.ts';
import type { RunSettings } from '../records/run-record.ts';
import type { Attempter, CheckAnswer } from './attempt.ts';
import { assertExecPrograms, withExec } from './exec-check.ts';
import { checkTools } from './regex-guard.ts';
import type { ProgramOptions } from './run-program.ts';
import { createToolLoop } from './tool-loop.ts';
import { assertToolProgram } from './tool-sources.ts';

/** `program`: where and with which environment `exec:` checks and `tools.exec` run. */
export function createAnswering(
  { checks }: Pick<RunSettings, 'checks'>,
  program: Omit<ProgramOptions, 'signal'>,
): { checkAnswer: CheckAnswer; attempt: Attempter } {
  return {
    checkAnswer: async (prompt, answer) =>
      runChecks(prompt, await withExec({ prompt, ...answer }, checks, program), checkTools, checks),
    attempt: createToolLoop({ checkTools, program }),
  };
}

/** Before any call: every program that the config names is there. Throws GapcheckError (exit 2) with the key's path. */
export function assertPrograms(
  { checks, tools }: Pick<RunSettings, 'checks' | 'tools'>,
  program: Pick<ProgramOptions, 'cwd' | 'env'>,
): void {
  if (checks) assertExecPrograms(checks, program);
  assertToolProgram(tools, program);
}

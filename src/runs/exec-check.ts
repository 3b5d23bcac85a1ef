/** Runs the user's own check program on one answer. The verdict on its result is in checks/exec.ts. */
import type { CheckInput } from '../checks/check.ts';
import { execCommand } from '../checks/exec.ts';
import { checksFor } from '../checks/infer.ts';
import type { ConfiguredChecks } from '../checks/validate.ts';
import type { CheckSpec } from '../records/prompt-record.ts';
import { assertProgram, type ProgramOptions, runProgram } from './run-program.ts';

/**
 * The answer with the result of its `exec:` check, where it has one. The program gets the text on stdin, and the
 * prompt's id and task as GAPCHECK_PROMPT and GAPCHECK_TASK. Throws GapcheckError when it cannot be started.
 */
export async function withExec(
  input: CheckInput,
  configured: ConfiguredChecks | undefined,
  options: ProgramOptions,
): Promise<CheckInput> {
  if (!configured || !Object.values(configured).flat().some(isOurs)) return input;
  const spec = checksFor(input.prompt, configured).find(isOurs);
  if (!spec) return input;
  const env = { ...options.env, GAPCHECK_PROMPT: input.prompt.id, GAPCHECK_TASK: input.prompt.task };
  const { code, stdout, stderr, timedOut } = await runProgram(execCommand(spec), input.text, { ...options, env });
  return { ...input, exec: { code, output: stderr.trim() === '' ? stdout : stderr, timedOut } };
}

/** Only the config may name a program: prompt files come from elsewhere. */
const isOurs = ({ check, from }: CheckSpec): boolean => check === 'exec' && from === 'config';

/** Before any call is made: every `exec:` program is there and may be run. Throws GapcheckError with the key's path. */
export function assertExecPrograms(
  configured: ConfiguredChecks,
  options: Pick<ProgramOptions, 'cwd' | 'env'>,
  path = 'checks',
): void {
  for (const [task, specs] of Object.entries(configured)) {
    for (const [index, spec] of specs.entries()) {
      if (spec.check === 'exec') assertProgram(execCommand(spec).file, `${path}.${task}[${index}].exec`, options);
    }
  }
}

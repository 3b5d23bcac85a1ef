/** Which of the prompts that were read can be part of this run. */
import type { ArmConfig } from '../../arms/arm.ts';
import { providerOf } from '../../arms/registry.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import { plural } from '../../text/numbers.ts';

type ReadyArm = Pick<ArmConfig, 'provider' | 'model'>;

export interface Runnable {
  prompts: PromptRecord[];
  leftOut: string[];
  /** Prompts whose call failed in the log: whoever compares with the log has nothing to compare there. */
  failed: number;
}

/** A prompt gets a ballot only where every arm can answer it. What came with the prompts and is not there is said. */
export function withAnswers(prompts: PromptRecord[], arms: readonly (ReadyArm & Pick<ArmConfig, 'spec'>)[]): Runnable {
  const leftOut: string[] = [];
  let kept = prompts;
  for (const arm of arms) {
    const before = kept.length;
    kept = kept.filter((prompt) => readyAnswer(prompt, arm) !== 'none');
    const gone = before - kept.length;
    if (gone > 0) leftOut.push(`Left out: ${plural(gone, 'prompt')} without an answer of ${arm.spec}.`);
  }
  const answered = kept.filter((prompt) => arms.every((arm) => readyAnswer(prompt, arm) !== 'failed'));
  return { prompts: answered, leftOut, failed: kept.length - answered.length };
}

/** Whether each arm whose answers come with the prompts has one for this prompt. */
export const isAnsweredBy = (prompt: Pick<PromptRecord, 'ref' | 'answers'>, arms: readonly ReadyArm[]): boolean =>
  arms.every((arm) => !['none', 'failed'].includes(readyAnswer(prompt, arm)));

/** An empty cell in a column of ready answers is no bad answer: nobody gave one. Nor did a call that failed. */
function readyAnswer(
  prompt: Pick<PromptRecord, 'ref' | 'answers'>,
  { provider, model }: ReadyArm,
): 'is asked' | 'ready' | 'none' | 'failed' {
  const ready = providerOf(provider)?.ready;
  if (!ready) return 'is asked';
  const answer = ready.answer(prompt as PromptRecord, model);
  if (answer === undefined) return 'none';
  return answer.error === undefined ? 'ready' : 'failed';
}

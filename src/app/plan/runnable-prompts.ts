/** Which of the prompts that were read can be part of this run. */
import type { ArmConfig } from '../../arms/arm.ts';
import { providerOf } from '../../arms/registry.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import { plural } from '../../text/numbers.ts';

/**
 * An empty cell in a column of ready answers is no bad answer: nobody gave one. Those prompts are left out, aloud.
 * A logged call that failed is another matter: it stays, and the report counts it as failed in the log.
 */
export function withAnswers(
  prompts: PromptRecord[],
  arms: readonly Pick<ArmConfig, 'provider' | 'model' | 'spec'>[],
): { prompts: PromptRecord[]; leftOut: string[] } {
  const leftOut: string[] = [];
  let kept = prompts;
  for (const { provider, model, spec } of arms) {
    const ready = providerOf(provider)?.ready;
    if (!ready) continue;
    const before = kept.length;
    kept = kept.filter((prompt) => ready.answer(prompt, model) !== undefined);
    const gone = before - kept.length;
    if (gone > 0) leftOut.push(`Left out: ${plural(gone, 'prompt')} without an answer of ${spec}.`);
  }
  return { prompts: kept, leftOut };
}

import { userError } from '../errors.ts';
import type { CheckResult } from '../records/attempt-record.ts';
import type { CheckSpec, PromptRecord } from '../records/prompt-record.ts';
import type { CheckInput, CheckTools } from './check.ts';
import { checksFor } from './infer.ts';
import { findCheck } from './registry.ts';
import type { ConfiguredChecks } from './validate.ts';

/** After a refusal, wanted or not, and after nothing at all, the other checks have nothing to look at. */
const endsThere = (spec: CheckSpec, result: CheckResult): boolean =>
  spec.check === 'refusal' ? result.kind === 'refusal' : spec.check === 'empty' && !result.pass;

/**
 * Every check of this prompt on one answer, in the registry's order, so the first failure is the cause to count.
 * The answer is usable when all pass.
 */
export function runChecks(
  prompt: PromptRecord,
  answer: CheckInput,
  tools: CheckTools,
  configured?: ConfiguredChecks,
): CheckResult[] {
  const results: CheckResult[] = [];
  for (const spec of checksFor(prompt, configured)) {
    const check = findCheck(spec.check);
    if (!check)
      throw userError('bad-check', `${prompt.id}: there is no check "${spec.check}"`, 'correct the prompt record');
    const result = check.run(spec, answer, tools);
    results.push(result);
    if (endsThere(spec, result)) break;
  }
  return results;
}

import type { CheckInput, CheckTools } from '../../../src/checks/check.ts';
import { findCheck } from '../../../src/checks/registry.ts';
import type { CheckResult } from '../../../src/records/attempt-record.ts';
import type { Json } from '../../../src/records/plain-json.ts';
import type { CheckSpec, PromptRecord } from '../../../src/records/prompt-record.ts';

export function promptWith(extra: Partial<PromptRecord> = {}): PromptRecord {
  return {
    id: 'p_0000000000000001',
    task: 'summarise',
    messages: [{ role: 'user', content: 'Summarise the ticket.' }],
    difficulty: 'easy',
    weight: 1,
    source: { format: 'test', file: 'test.jsonl', line: 1 },
    ...extra,
  };
}

export const answerWith = (extra: Partial<CheckInput> = {}): CheckInput => ({
  prompt: promptWith(),
  text: '',
  toolCalls: [],
  finish: 'stop',
  ...extra,
});

/** No time limit: only for patterns that are known to be harmless. */
export const plainTools: CheckTools = { matches: (pattern, flags, text) => new RegExp(pattern, flags).test(text) };

/** One check on one answer, by name, after its options passed validation. */
export function runOne(
  check: string,
  value: Json | undefined,
  input: Partial<CheckInput>,
  more: Record<string, Json> = {},
): CheckResult {
  const found = findCheck(check);
  if (!found) throw new Error(`no check ${check}`);
  const spec: CheckSpec = { check, ...more, ...(value === undefined ? {} : { value }) };
  found.validate(spec, 'checks.test[0]');
  return found.run(spec, answerWith(input), plainTools);
}

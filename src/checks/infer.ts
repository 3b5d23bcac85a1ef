/** Which checks an answer to this prompt must pass, from four sources that people see named in the report. */
import type { CheckSpec, PromptRecord } from '../records/prompt-record.ts';
import { checkNames, onlyOnce } from './registry.ts';
import type { ConfiguredChecks } from './validate.ts';

/** What no answer may be, whatever the prompt. */
const defaults: readonly CheckSpec[] = ['refusal', 'repetition', 'truncated', 'empty'].map((check) => ({
  check,
  from: 'default',
}));

/**
 * From far to near: defaults, inferred from the log (response_format, tools), the config's `*`, its task, the prompt's
 * own. `truncated: false` in a nearer source turns a default off.
 */
export function checksFor(prompt: PromptRecord, configured: ConfiguredChecks = {}): CheckSpec[] {
  const sources = [
    [...defaults, ...inferChecks(prompt)],
    own(configured, '*'),
    own(configured, prompt.task),
    (prompt.checks ?? []).map((spec): CheckSpec => ({ ...spec, from: 'prompt' })),
  ];
  let kept: CheckSpec[] = [];
  for (const source of sources) {
    const replaced = new Set(source.map((spec) => spec.check).filter((check) => onlyOnce.includes(check)));
    if (replaced.has('jsonSchema')) replaced.add('json');
    kept = [...kept.filter((spec) => !replaced.has(spec.check)), ...source];
  }
  const asked = kept.filter((spec) => spec.value !== false);
  return asked.sort((a, b) => checkNames.indexOf(a.check) - checkNames.indexOf(b.check));
}

const own = (configured: ConfiguredChecks, task: string): CheckSpec[] =>
  Object.hasOwn(configured, task) ? (configured[task] ?? []) : [];

function inferChecks({ response_format: format, tools, tool_choice: choice }: PromptRecord): CheckSpec[] {
  const inferred: CheckSpec[] = [];
  if (format?.type === 'json_object') inferred.push({ check: 'json', from: 'inferred' });
  if (format?.type === 'json_schema') inferred.push({ check: 'jsonSchema', value: format.schema, from: 'inferred' });
  if (tools && tools.length > 0) inferred.push({ check: 'toolCall', ...callWanted(choice), from: 'inferred' });
  return inferred;
}

function callWanted(choice: PromptRecord['tool_choice']): { call?: string; name?: string } {
  if (choice === 'none') return { call: 'never' };
  if (choice === 'required') return { call: 'always' };
  return typeof choice === 'object' ? { call: 'always', name: choice.name } : {};
}

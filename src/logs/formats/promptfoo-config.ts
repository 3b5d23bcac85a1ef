/** A promptfoo configuration: each test fills each prompt. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { compact, filled, listOf, objectOf, textOf } from '../fields.ts';
import type { Draft, LogFormat } from './format.ts';
import { rendered } from './promptfoo.ts';

export const promptfooConfig: LogFormat = {
  name: 'promptfoo-config',
  title: 'a configuration of promptfoo',
  sign: (record) =>
    record.prompts !== undefined &&
    (record.tests !== undefined || record.providers !== undefined || record.scenarios !== undefined)
      ? { score: 0.97, why: 'it has prompts with tests or providers' }
      : undefined,
  unwrap: (value) =>
    value.prompts !== undefined && (value.tests !== undefined || value.providers !== undefined) ? [value] : undefined,
  map: (record) => {
    const templates = prompts(record.prompts);
    const shared = objectOf(objectOf(record.defaultTest)?.vars) ?? {};
    const tests = listOf(record.tests)?.filter(isObject);
    if (!tests) return reject('its tests are in another file');
    return templates.flatMap((template) =>
      typeof template === 'string'
        ? tests.flatMap((test) => promptsOf(template, shared, test))
        : [reject(template.reject)],
    );
  },
  noPrompts:
    'run it and give its results: promptfoo eval -o results.json, then gapcheck import results.json -o prompts.jsonl',
};

type Template = string | { reject: string };

const elsewhere = /^(?:file|https?):\/\/|\.(?:txt|json|jsonl|ya?ml|md|py|js|ts|mjs|cjs|csv|j2)(?::\w+)?$|^exec:/;

function prompts(value: Json | undefined): Template[] {
  const list = Array.isArray(value) ? value : [value ?? ''];
  return list.map((item) => {
    const text =
      textOf(item) ?? (isObject(item) ? (filled(item.raw) ?? filled(item.id) ?? filled(item.label)) : undefined);
    if (Array.isArray(item) || text === undefined) return JSON.stringify(item);
    return elsewhere.test(text.trim()) && !text.trim().includes('\n')
      ? { reject: 'the prompt is in another file' }
      : text;
  });
}

const maxCombinations = 1000;

/** A variable with a list of values makes a prompt of each. */
function promptsOf(template: string, shared: JsonObject, test: JsonObject): Mapped[] {
  const own = objectOf(test.vars);
  if (!own && test.vars !== undefined) return [reject('the variables are in another file')];
  if (/\{%|\{\{[^{}|]*\|/.test(template)) return [reject('the template has filters or loops')];
  const metadata = objectOf(test.metadata);
  return combinations({ ...shared, ...own }).map((variables) => {
    const from = Object.values(variables).some((value) => typeof value === 'string' && /^file:\/\//.test(value));
    const messages = from ? 'a variable is in another file' : rendered(template.trimEnd(), variables, {});
    if (typeof messages === 'string') return reject(messages);
    return settle(
      compact<Draft>({
        messages,
        source_id: filled(test.description),
        task: filled(metadata?.task) ?? filled(metadata?.category),
      }),
    );
  });
}

function combinations(variables: JsonObject): JsonObject[] {
  let found: JsonObject[] = [{}];
  for (const [name, value] of Object.entries(variables)) {
    const values = Array.isArray(value) ? value : [value];
    found = found.flatMap((each) => values.map((item) => ({ ...each, [name]: item }))).slice(0, maxCombinations);
  }
  return found;
}

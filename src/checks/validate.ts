/** Reads the `checks` part of a config and stops at the first thing that would not work, before any call is made. */
import { type GapcheckError, nearestName, userError } from '../errors.ts';
import type { Json } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { CheckSpec, PromptRecord } from '../records/prompt-record.ts';
import { checkNames, findCheck, onlyOnce } from './registry.ts';

export type ConfiguredChecks = Record<string, CheckSpec[]>;

const bad = (path: string, wrong: string): GapcheckError =>
  userError('bad-check', `${path}: ${wrong}`, `checks are ${checkNames.join(', ')}`);

/**
 * `{task or "*": ["json", {maxWords: 50}, {check: "bullets", value: 3}]}` as written → checks as run.
 * Throws GapcheckError (exit 2) that names the key's path and the nearest known check.
 */
export function readChecks(raw: unknown, path = 'checks'): ConfiguredChecks {
  if (!isObject(raw)) throw bad(path, 'must be tasks with lists of checks, for instance "*": [json]');
  const read: ConfiguredChecks = {};
  for (const [task, list] of Object.entries(raw)) read[task] = readCheckList(list, `${path}${step(task)}`);
  return read;
}

/** One task's list, or a prompt record's own. */
function readCheckList(raw: unknown, path: string, from: CheckSpec['from'] = 'config'): CheckSpec[] {
  if (!Array.isArray(raw)) throw bad(path, 'must be a list of checks, for instance [json, {maxWords: 50}]');
  const specs = raw.map((item: Json, index) => ({ ...readCheck(item, `${path}[${index}]`), from }));
  validateList(specs, path);
  return specs;
}

/** Specs that are already in their long form, as run.json and prompts.jsonl hold them. @internal */
export function validateChecks(configured: ConfiguredChecks, path = 'checks'): void {
  for (const [task, specs] of Object.entries(configured)) validateList(specs, `${path}${step(task)}`);
}

function validateList(specs: readonly CheckSpec[], path: string): void {
  for (const [index, spec] of specs.entries()) {
    const at = `${path}[${index}]`;
    validateCheck(spec, at);
    const before = specs.findIndex(({ check }) => check === spec.check);
    if (before < index && onlyOnce.includes(spec.check)) {
      throw bad(`${at}.${spec.check}`, `stands twice (first at ${path}[${before}]); keep one`);
    }
  }
}

/**
 * Prompts whose own `checks`, as a prompt file has them, are read into their long form. Throws GapcheckError (exit 2)
 * that names file, line and key, also for `exec`: a file that came from elsewhere must not start programs here.
 */
export function readPromptChecks(prompts: readonly PromptRecord[]): PromptRecord[] {
  return prompts.map((prompt) => {
    if (prompt.checks === undefined) return prompt;
    const path = `${prompt.source.file}:${prompt.source.line}: checks`;
    const own = readCheckList(prompt.checks, path, 'prompt');
    const program = own.findIndex(({ check }) => check === 'exec');
    if (program >= 0) {
      throw bad(
        `${path}[${program}].exec`,
        'programs are started for checks of the config only, never for a prompt file',
      );
    }
    return { ...prompt, checks: own };
  });
}

const step = (task: string): string => (/^[\w-]+$/.test(task) ? `.${task}` : `[${JSON.stringify(task)}]`);

function readCheck(item: Json, path: string): CheckSpec {
  if (typeof item === 'string') return { check: item };
  if (!isObject(item)) throw bad(path, 'must be the name of a check, or a name with what it needs: {maxWords: 50}');
  if (typeof item.check === 'string') return { ...item, check: item.check } as CheckSpec;
  const keys = Object.keys(item);
  const name = keys.find((key) => findCheck(key)) ?? keys[0];
  if (name === undefined) throw bad(path, 'is empty; write the name of a check');
  const { [name]: value, ...others } = item;
  return { ...others, check: name, ...(value === true || value === null ? {} : { value }) };
}

function validateCheck(spec: CheckSpec, path: string): void {
  const check = findCheck(spec.check);
  if (!check) {
    const close = nearestName(spec.check, checkNames);
    throw bad(`${path}.${spec.check}`, `there is no check "${spec.check}"${close ? `; did you mean "${close}"?` : ''}`);
  }
  check.validate(spec, path);
}

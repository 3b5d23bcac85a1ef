/** Reads the config's `tools` and `faults`, and stops before any call is made when they would not work. */
import { type GapcheckError, userError } from '../errors.ts';
import type { Json } from '../records/plain-json.ts';
import type { RunSettings, ToolSources } from '../records/run-record.ts';
import { assertProgram, type ProgramOptions, programCommand } from './run-program.ts';

const bad = (path: string, wrong: string): GapcheckError =>
  userError('bad-tools', `${path}: ${wrong}`, `correct "${path}" and run again`);

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function onlyKeys(raw: { [key: string]: Json }, path: string, known: readonly string[]): void {
  const strange = Object.keys(raw).find((key) => !known.includes(key));
  if (strange !== undefined) throw bad(`${path}.${strange}`, `is not known here; known are ${known.join(', ')}`);
}

/** `tools: {exec: ./tools.sh, seconds: 30, stubs: {lookup: {...}}}`. Throws GapcheckError that names the key's path. */
export function readToolSources(raw: unknown, path = 'tools'): ToolSources {
  if (!isObject(raw)) throw bad(path, 'must be an object with exec or stubs');
  onlyKeys(raw, path, ['exec', 'seconds', 'stubs']);
  const { exec, seconds, stubs } = raw;
  const sources: ToolSources = {};
  if (exec !== undefined) sources.exec = readCommand(exec, `${path}.exec`);
  if (seconds !== undefined) {
    if (typeof seconds !== 'number' || !(seconds > 0) || seconds > 86_400) {
      throw bad(`${path}.seconds`, `must be a number of seconds up to 86400, not ${JSON.stringify(seconds)}`);
    }
    sources.seconds = seconds;
  }
  if (stubs !== undefined) {
    if (!isObject(stubs)) throw bad(`${path}.stubs`, 'must be an object: one result per tool name');
    sources.stubs = stubs;
  }
  return sources;
}

function readCommand(exec: Json, path: string): string | string[] {
  if (typeof exec === 'string' && exec.trim() !== '') return exec;
  const words = Array.isArray(exec)
    ? exec.filter((word): word is string => typeof word === 'string' && word !== '')
    : [];
  if (Array.isArray(exec) && words.length > 0 && words.length === exec.length) return words;
  throw bad(path, 'must be a command ("./tools.sh") or a list of a command and its arguments');
}

/** `faults: {toolError: 0.1}`: the share of tool calls that fail on purpose. */
export function readFaults(raw: unknown, path = 'faults'): NonNullable<RunSettings['faults']> {
  if (!isObject(raw)) throw bad(path, 'must be an object, for instance {toolError: 0.1}');
  onlyKeys(raw, path, ['toolError']);
  const { toolError } = raw;
  if (toolError === undefined) return {};
  if (typeof toolError !== 'number' || !(toolError >= 0 && toolError <= 1)) {
    throw bad(`${path}.toolError`, `must be a share from 0 to 1, not ${JSON.stringify(toolError)}`);
  }
  return { toolError };
}

/** Before any call is made: the program behind `tools.exec` is there and may be run. */
export function assertToolProgram(
  sources: ToolSources | undefined,
  options: Pick<ProgramOptions, 'cwd' | 'env'>,
  path = 'tools',
): void {
  if (sources?.exec) assertProgram(programCommand(sources.exec, 0).file, `${path}.exec`, options);
}

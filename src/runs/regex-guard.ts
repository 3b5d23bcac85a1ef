import { createContext, Script } from 'node:vm';
import type { CheckTools } from '../checks/check.ts';

/** One for all: making a new one takes longer than most patterns. */
const sandbox: Record<string, string> = createContext(Object.create(null));
const script = new Script('new RegExp(pattern, flags).test(text)');

/**
 * A regular expression under a time limit (ms): V8 stops one that backtracks for ever. The sandbox holds three
 * strings and no function of ours, so nothing in the text can reach out of it.
 */
export function guardedMatch(pattern: string, flags: string, text: string, limitMs = 250): boolean | 'timeout' {
  Object.assign(sandbox, { pattern, flags, text });
  try {
    return script.runInContext(sandbox, { timeout: limitMs }) === true;
  } catch (error) {
    if (isTimeout(error)) return 'timeout';
    throw error;
  } finally {
    sandbox.text = '';
  }
}

/** The error may belong to the sandbox's realm, where `instanceof Error` is false. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

export const checkTools: CheckTools = { matches: (pattern, flags, text) => guardedMatch(pattern, flags, text) };

/** A key that a program prints, for providers whose tokens last an hour: `gcloud auth print-access-token`. */
import { execFile } from 'node:child_process';
import { type ArmConfig, ArmError } from '../arm.ts';
import type { Endpoint } from './endpoint.ts';

/** Tokens last an hour; a call that begins before this is done by then. */
const freshMs = 40 * 60_000;
const longestMs = 60_000;

/** All that such programs printed for this process: no record of any arm may hold one. */
export const printedKeys = new Set<string>();

/**
 * Asks the program, and again when its token has grown old; calls at once share one asking. A text is a line for the
 * shell, a list a program with its arguments. What it prints is a secret. Rejects with ArmError (auth).
 */
export function keyFrom(command: NonNullable<ArmConfig['keyCommand']>, { secrets }: Endpoint, name: string) {
  let asked: { at: number; key: Promise<string> } | undefined;
  return (): Promise<string> => {
    if (asked && performance.now() - asked.at < freshMs) return asked.key;
    const key = printed(command, name).then((token) => {
      secrets.push(token);
      printedKeys.add(token);
      return token;
    });
    asked = { at: performance.now(), key };
    // A login that has ended is asked about again with the next call.
    key.catch(() => {
      asked = undefined;
    });
    return key;
  };
}

function printed(command: string | string[], name: string): Promise<string> {
  const [program = '', ...args] = typeof command === 'string' ? [command] : command;
  return new Promise((resolve, reject) => {
    const options = { timeout: longestMs, shell: typeof command === 'string', encoding: 'utf8' as const };
    execFile(program, args, options, (error, out, err) => {
      const token = out.trim();
      if (!error && /^[\x21-\x7e]+$/.test(token)) return resolve(token);
      const why = error ? err.trim().split('\n').at(-1) || error.message : 'what it printed is no key';
      reject(
        new ArmError('auth', `keyCommand of arm ${name} gave no key: ${why.slice(0, 200)}`, {
          hint: 'run it by itself: it has to print the key and nothing else',
        }),
      );
    });
  });
}

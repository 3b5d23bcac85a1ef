/**
 * Checks Ollama's NDJSON before ollama-js sees it: a broken line would only print a warning there, and the answer
 * would silently lack a piece; an error object would become "[object Object]"; a blank line prints too.
 */

import { isObject } from '../../records/plain-json.ts';
import { ArmError } from '../arm.ts';
import { messageIn } from '../wire/guarded-fetch.ts';
import type { BodyFilter } from '../wire/node-fetch.ts';

/** An `{"error": …}` line under status 200. */
export class OllamaLineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OllamaLineError';
  }
}

const newline = 10;

export function lineFilter(): BodyFilter {
  let carry = Buffer.alloc(0);
  return (piece) => {
    const bytes = piece ? Buffer.concat([carry, piece]) : carry;
    const end = piece ? bytes.lastIndexOf(newline) + 1 : bytes.length;
    carry = bytes.subarray(end);
    const lines = bytes
      .toString('utf8', 0, end)
      .split('\n')
      .filter((line) => line.trim() !== '');
    for (const line of lines) checkLine(line);
    return lines.length > 0 ? Buffer.from(`${lines.join('\n')}\n`) : undefined;
  };
}

function checkLine(line: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new ArmError('garbage', `the reply holds a line that is no JSON: ${line.slice(0, 80)}`);
  }
  if (!isObject(parsed)) throw new ArmError('garbage', 'the reply holds a line that is no object');
  if (parsed.error) throw new OllamaLineError(messageIn(parsed.error) ?? 'unknown error');
}

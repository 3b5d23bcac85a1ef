import { GapcheckError } from '../errors.ts';

/**
 * Known errors: message, cause, next step. Unknown ones are our bug: the stack, versions, and where to report it.
 * Paths of the working folder are shown as <cwd> so that the text can be pasted into an issue.
 */
export function describeError(error: unknown, { debug, cwd }: { debug: boolean; cwd: string }): string {
  if (error instanceof GapcheckError) return known(error, debug);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    'This is a bug in gapcheck, not something you did. What was on the disk is kept.',
    stack.replaceAll(cwd, '<cwd>'),
    `Node ${process.version} on ${process.platform}.`,
    'Next: please report it with the lines above: https://github.com/gapcheck/gapcheck/issues',
  ].join('\n');
}

function known(error: GapcheckError, debug: boolean): string {
  const lines = [error.message];
  if (debug) lines.push(...causes(error.cause).map((cause) => `Reason: ${cause}`), error.stack ?? '');
  if (error.hint) lines.push(`Next: ${error.hint}`);
  return lines.join('\n');
}

function causes(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [`${error.name}: ${error.message}`, ...causes(error.cause)];
}

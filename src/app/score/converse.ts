/** What every scoring command asks of the person and the terminal in front of it. */

import type { SessionEnd, SessionPort } from '../../blind/session/engine.ts';
import { type ExitCode, exitCodes, type GapcheckError, userError } from '../../errors.ts';
import { readEvents } from '../../store/events-file.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { printableLine } from '../../text/printable.ts';
import { type Context, isDumb } from '../context.ts';
import { refuseOldRun } from '../old-run.ts';
import { runWord } from '../short-path.ts';
import type { ScoreOptions } from '../verb-options.ts';

export function requireTerminal({ interactive }: Context, command: string): void {
  if (!interactive) throw noTerminal(command);
}

const noTerminal = (command: string): GapcheckError =>
  userError(
    'not-a-terminal',
    'Scoring needs a terminal: a person reads two answers and presses a key.',
    `${command}, in a terminal`,
  );

/** How the first line begins; it stays above the last one when the session has gone from the screen. */
export const sessionOpens = (rater: string, voted: number): string =>
  `The blind session of ${printableLine(rater)} ${voted > 0 ? 'goes on' : 'begins'}`;

/** Holds the session with the person at the keys, drawn or read aloud. */
export async function converse(
  rater: string,
  port: SessionPort,
  options: ScoreOptions,
  { env, holdSession }: Context,
): Promise<SessionEnd> {
  if (!holdSession) throw noTerminal('gapcheck score');
  return holdSession({ rater, port, plain: options.plain === true || isDumb(env) });
}

/** How the process ends after a session. */
export const sessionExit = {
  done: exitCodes.done,
  saved: exitCodes.done,
  interrupted: exitCodes.interrupted,
  terminated: exitCodes.terminated,
} satisfies Record<SessionEnd, ExitCode>;

/** An early look at the result closes voting. */
export function refuseUnblinded(stored: StoredRun, cwd = process.cwd()): void {
  refuseOldRun(stored);
  const { paths } = stored;
  if (!readEvents(paths).some(({ event }) => event === 'unblinded')) return;
  throw userError(
    'unblinded',
    'This run has been unblinded, so its voting is closed.',
    `gapcheck report ${runWord(cwd, paths.folder)}`,
  );
}

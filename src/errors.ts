/**
 * The one error class a command throws on purpose, and the exit codes it may carry.
 * A message says what happened and where; a hint is the next command to type.
 */
export const exitCodes = {
  /** Done, or gate passed. */
  done: 0,
  /** Gate failed: a valid, negative result. */
  gateFailed: 1,
  /** The user can fix it: flag, config, input file, budget. */
  userCanFix: 2,
  /** An arm failed or answers are missing; what was answered is kept. */
  armFailed: 3,
  /** The gate cannot decide yet. */
  cannotDecide: 4,
  /** Blinding or seal broken. */
  sealBroken: 5,
  /** A bug in gapcheck. */
  bug: 70,
  /** Interrupted (128 + SIGINT). */
  interrupted: 130,
  /** Ended by SIGTERM (128 + 15). */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface GapcheckErrorOptions {
  exitCode: ExitCode;
  /** The next thing to do, as text that can follow "Next: ". */
  hint?: string;
  cause?: unknown;
}

export class GapcheckError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: GapcheckErrorOptions) {
    super(message, { cause: options.cause });
    this.name = 'GapcheckError';
    this.code = code;
    this.exitCode = options.exitCode;
    this.hint = options.hint;
  }
}

/** The most common kind: something in a flag, a config or a file that the user can change. */
export const userError = (code: string, message: string, hint?: string, cause?: unknown): GapcheckError =>
  new GapcheckError(code, message, { exitCode: exitCodes.userCanFix, hint, cause });

/** First `code` on the cause chain: SDKs bury ECONNREFUSED at different depths. */
export function causeCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && !(at instanceof GapcheckError)) return at.code;
  }
  return undefined;
}

/** The known name nearest to what was typed, for "did you mean". Undefined when nothing is close: more than a third of the letters, or more than 2, differ. */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, far: editDistance(typed.toLowerCase(), name.toLowerCase()) }));
  ranked.sort((a, b) => a.far - b.far);
  const best = ranked[0];
  const allowed = Math.max(2, Math.floor((best?.name.length ?? 0) / 3));
  // A name that shares no letter with what was typed is not meant: "A" is not "id".
  if (best && best.far <= allowed && best.far < Math.max(typed.length, best.name.length)) return best.name;
  return typed.length >= 3 ? known.find((name) => name.toLowerCase().startsWith(typed.toLowerCase())) : undefined;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

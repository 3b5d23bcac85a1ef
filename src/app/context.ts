import type { SessionEnd, SessionPort } from '../blind/session/engine.ts';
import type { RunnerEvent } from '../runs/runner-events.ts';
import { printable } from '../text/printable.ts';
import { startedByNpx, typeset } from '../text/typeset.ts';

/** What a command may touch of the outside world; tests and the CLI hand in their own. */
export interface Context {
  env: Record<string, string | undefined>;
  cwd: string;
  /** The words after `gapcheck`, as typed. */
  args: readonly string[];
  /** Results for people: stdout. No control sequence of a log, a model or a packet gets through. */
  out(text: string): void;
  /** Results for machines and files: stdout as it is. */
  data(text: string): void;
  /** The report on the terminal, already typeset and coloured, of clean texts: stdout. */
  drawn(text: string): void;
  /** Progress, notices and errors: stderr, cleaned like `out`. */
  err(text: string): void;
  now(): Date;
  /** Only where the process is the program's own: from now on memory grows less and is collected more often. */
  collectOften?(): void;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** Begins to show how a run is answered, and whether the session follows by itself. Absent where nobody watches. */
  showProgress?(shown: { session: boolean }): Promise<ShownProgress>;
  /** Holds the session with the person at the keys, drawn or (`plain`) line by line. Absent without a person. */
  holdSession?(session: HeldSession): Promise<SessionEnd>;
  /** Drops what was typed before a question was on the screen. Absent without a person. */
  dropTypedAhead?(): Promise<void>;
  /** A person is at both ends: keys can be read and frames drawn. */
  interactive: boolean;
}

export interface ShownProgress {
  on(event: RunnerEvent): void;
  /** Shows the last state and lets go of the timer. Safe to call twice. */
  close(): void;
}

export interface HeldSession {
  rater: string;
  port: SessionPort;
  plain: boolean;
}

/** A terminal that knows no control sequences (an editor's shell) says so by its name. */
export const isDumb = ({ TERM }: Context['env']): boolean => TERM === 'dumb';

/** What a context is made of: a process, or streams in memory. */
export type World = Pick<NodeJS.Process, 'env' | 'cwd' | 'argv' | 'stdin' | 'stdout' | 'stderr'>;

/** Its streams and the clock, with nobody asked and nothing drawn: what a program gets. */
export function processContext(world: World = process): Context {
  const { stdin, stdout, stderr, env } = world;
  const print = (stream: NodeJS.WriteStream, text: string): void => {
    const columns = stream.isTTY ? stream.columns : undefined;
    stream.write(`${typeset(printable(text), { npx: startedByNpx(env), columns })}\n`);
  };
  return {
    env,
    cwd: world.cwd(),
    args: world.argv.slice(2),
    out: (text) => print(stdout, text),
    data: (text) => void stdout.write(`${text}\n`),
    drawn: (text) => void stdout.write(`${text}\n`),
    err: (text) => print(stderr, text),
    now: () => new Date(),
    stdin,
    stdout,
    stderr,
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
  };
}

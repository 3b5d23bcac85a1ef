import { sanitise } from '../terminal/sanitise.ts';
import { fitted } from '../terminal/soft-wrap.ts';

/** What a command may touch of the outside world; tests and the CLI hand in their own. */
export interface Context {
  env: Record<string, string | undefined>;
  cwd: string;
  /** The words after `gapcheck`, as typed. */
  args: readonly string[];
  /** Results for people: stdout. No control sequence of a log, a model or a packet gets through. */
  out(text: string): void;
  /** Results for machines, and the report, whose colours are ours and whose texts are clean: stdout as it is. */
  data(text: string): void;
  /** Progress, notices and errors: stderr, cleaned like `out`. */
  err(text: string): void;
  now(): Date;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** A person is at both ends: keys can be read and frames drawn. */
  interactive: boolean;
}

/** Started by npx there is no `gapcheck` on the path: the next command to type must be one that works. */
const asTyped = (text: string, env: Context['env']): string =>
  env.npm_command === 'exec' ? text.replace(/^( ?Next: |.*Go on with: )gapcheck /gm, '$1npx gapcheck ') : text;

export function processContext(): Context {
  const { stdin, stdout, stderr, env } = process;
  const print = (stream: NodeJS.WriteStream, text: string): void => {
    const clean = sanitise(asTyped(text, env));
    stream.write(`${fitted(clean, stream.isTTY ? stream.columns : undefined)}\n`);
  };
  return {
    env,
    cwd: process.cwd(),
    args: process.argv.slice(2),
    out: (text) => print(stdout, text),
    data: (text) => void stdout.write(`${asTyped(text, env)}\n`),
    err: (text) => print(stderr, text),
    now: () => new Date(),
    stdin,
    stdout,
    stderr,
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
  };
}

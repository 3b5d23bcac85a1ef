/** What a command may touch of the outside world; tests and the CLI hand in their own. */
export interface Context {
  env: Record<string, string | undefined>;
  cwd: string;
  /** Results: stdout. */
  out(text: string): void;
  /** Progress, notices and errors: stderr. */
  err(text: string): void;
  now(): Date;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** A person is at both ends: keys can be read and frames drawn. */
  interactive: boolean;
}

export function processContext(): Context {
  const { stdin, stdout, stderr } = process;
  return {
    env: process.env,
    cwd: process.cwd(),
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    now: () => new Date(),
    stdin,
    stdout,
    stderr,
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
  };
}

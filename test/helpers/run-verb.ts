/** A command line in this process, in a context in memory: for whatever needs no signal, no terminal and no real exit. */
import { Readable, Writable } from 'node:stream';
import type { World } from '../../src/app/context.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { terminalContext } from '../../src/cli/terminal-context.ts';
import { bareEnv, type CliOptions, type Finished, gapcheck, untested } from './cli.ts';

/** A stream that keeps what is written to it. */
export function memoryStreams(): { stream: Writable; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

/**
 * The same answer as `gapcheck()` of cli.ts gives, some 200 ms sooner. Paths are those of `cwd`, as in a process.
 * `GAPCHECK_PROCESSES=1` makes it a process after all: for telling whether a failure is of the command or of this helper.
 */
export async function runVerb(args: string[], { cwd, env = {} }: Omit<CliOptions, 'uid'>): Promise<Finished> {
  if (process.env.GAPCHECK_PROCESSES) return gapcheck(args, { cwd, env });
  const [out, err] = [memoryStreams(), memoryStreams()];
  const world = {
    env: { ...bareEnv(cwd), ...env },
    cwd: () => cwd,
    argv: [process.execPath, 'gapcheck', ...untested(args)],
    stdin: Readable.from([]),
    stdout: out.stream,
    stderr: err.stream,
  } as unknown as World;
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const code = await runCommand(world.argv, terminalContext(world));
    return { code, signal: null, out: out.text(), err: err.text() };
  } finally {
    process.chdir(before);
  }
}

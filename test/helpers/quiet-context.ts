import type { Context } from '../../src/app/context.ts';

/** A command's outside world in memory, without a terminal: what it said is in `said`. */
export function quietContext(cwd: string, env: Record<string, string> = {}): { context: Context; said: string[] } {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const { stdin, stdout, stderr } = process;
  const context: Context = {
    env: { USER: 'owner', OLLAMA_HOST: '127.0.0.1:9', NO_COLOR: '1', ...env },
    cwd,
    args: [],
    out: say,
    data: say,
    drawn: say,
    err: say,
    now: () => new Date('2026-11-25T09:30:00.000Z'),
    stdin,
    stdout,
    stderr,
    interactive: false,
  };
  return { context, said };
}

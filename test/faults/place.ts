/** Where faults are played: prompts and config in a folder, a clock of its own, and the command that a message names. */
import { existsSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { runsOf } from '../helpers/ci-run.ts';
import { type Finished, gapcheck } from '../helpers/cli.ts';
import { type ModelServer, ollamaModel, reply, type Script, startModelServer } from '../helpers/model-server.ts';
import { expectIntact, keep } from './intact.ts';
import type { Ending, Play } from './matrix.ts';
import type { ModelFault } from './model-faults.ts';

export interface Spot {
  cwd: string;
  env: Record<string, string>;
}

const clockModule = new URL('./other-clock.js', import.meta.url).href;

/** Time that passes `speed` times as fast once the path `from` is there; `jumps`: a file with what the clock is off. */
export const otherClock = (clock: { speed?: number; from?: string; jumps?: string }): Record<string, string> => ({
  NODE_OPTIONS: `--import=${clockModule}`,
  ...(clock.from !== undefined && { OTHER_CLOCK_FAST: clock.from, OTHER_CLOCK_SPEED: String(clock.speed) }),
  ...(clock.jumps !== undefined && { OTHER_CLOCK_JUMPS: clock.jumps }),
});

export const promptCount = 6;
const limits = { timeoutSeconds: 40, idleSeconds: 20 };

/** Six prompts, and a config whose closed arm has short limits. */
export function writePrompts(cwd: string, count = promptCount): void {
  const rows = Array.from({ length: count }, (_, at) => `reply,Reply to ticket ${at + 1}.`);
  writeFileSync(join(cwd, 'prompts.csv'), `task,prompt\n${rows.join('\n')}\n`);
  const arm = (spec: string): string => JSON.stringify({ spec, ...limits });
  const config = `prompts: prompts.csv\nclosed: ${arm('openai:gpt-test')}\nopen: ${arm('ollama:qwen3:8b')}\n`;
  writeFileSync(join(cwd, 'gapcheck.config.yaml'), config);
}

/** Long enough that a file grows by pages. */
const padding = Array.from({ length: 220 }, (_, at) => `step ${at * 7919}`).join(', ');

export const healthy: Script = (call) =>
  reply(
    call.protocol === 'openai'
      ? `Closed reply: ${call.lastUserText} ${padding}`
      : `- Open reply: ${call.lastUserText}\n- ${padding}`,
  );

/** The fault for one arm; the other answers. */
export const onlyOf =
  (protocol: 'openai' | 'ollama', script: Script): Script =>
  async (call) => {
    const turn = call.protocol === protocol ? script : healthy;
    if (typeof turn === 'function') return turn(call);
    if (!Array.isArray(turn)) return turn;
    return turn[call.nth % turn.length] ?? reply('ok');
  };

export const firstRun = ['run', '--no-score', '-n', 'all', '--name', 'tickets', '-j', 'closed=2,open=2', '--yes'];

export const endingOf = ({ code, signal, out, err }: Finished): Ending => ({ code, signal, text: `${out}${err}` });

/** The command behind the last "Next: gapcheck", as words. */
export function nextOf(text: string): string[] {
  const named = [...text.matchAll(/Next: .*?gapcheck ([^\n]*)/g)].at(-1)?.[1];
  if (named === undefined) throw new Error(`no next command in:\n${text}`);
  return named
    .replace(/ {3}\(.*$/, '')
    .replace(/ --max-cost USD/, '')
    .trim()
    .split(/\s+/);
}

/** Really types it. */
export async function typeNext(text: string, spot: Spot): Promise<void> {
  const done = await gapcheck(nextOf(text), spot);
  expect({ code: done.code, err: done.err }, nextOf(text).join(' ')).toMatchObject({ code: 0 });
}

export const results = (cwd: string): string => join(cwd, 'results');

/** The one run of a place. */
export function onlyRun(cwd: string): string {
  const [run, ...others] = runsOf(results(cwd));
  expect(others).toHaveLength(0);
  if (!run) throw new Error(`no run in ${cwd}`);
  return run.folder;
}

export const noRun = (cwd: string): void => {
  expect(existsSync(results(cwd)) ? runsOf(results(cwd)) : []).toHaveLength(0);
};

export const until = async (holds: () => boolean, what: string, ms = 20_000): Promise<void> => {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > ms) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** How often each prompt was answered by an arm: nothing that was paid for is asked twice. */
export function answeredTwice({ calls }: ModelServer, since = 0): string[] {
  const seen = new Map<string, number>();
  for (const call of calls.slice(since)) {
    const key = `${call.protocol} ${call.lastUserText}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return [...seen].filter(([, times]) => times > 1).map(([key]) => key);
}

/** Both arms well again, where a server was closed. */
export async function reviveOn({ url }: ModelServer): Promise<ModelServer> {
  const server = await startModelServer(healthy, Number(new URL(url).port));
  server.ollama.models = [ollamaModel('qwen3:8b')];
  return server;
}

/** Short answers; from the `after`th call on none comes until the gate is opened. */
export function gated(server: ModelServer, after: number): { waiting(): number; open(): void } {
  let open = (): void => {};
  let waiting = 0;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  server.script = async (call) => {
    if (call.nth >= after) {
      waiting += 1;
      await opened;
    }
    return reply(`${call.protocol}: ${call.lastUserText}`);
  };
  return { waiting: () => waiting, open };
}

/** Takes connections and never says a word. */
export async function silentServer(): Promise<{ url: string; met(): number } & AsyncDisposable> {
  let met = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    met += 1;
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    met: () => met,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * After a fault the folder is whole, and `goOn` asks only for what is missing: no line is touched, nothing is asked
 * twice.
 */
export async function goesOnWhole(
  folder: string,
  { closes }: Pick<ModelFault, 'closes'>,
  server: ModelServer,
  goOn: () => Promise<unknown>,
): Promise<void> {
  expectIntact(folder);
  const before = keep(folder);
  await using again = closes ? await reviveOn(server) : undefined;
  const from = server.calls.length;
  server.script = healthy;
  await goOn();
  expect(answeredTwice(again ?? server, again ? 0 : from)).toEqual([]);
  expectIntact(folder, before);
}

export const fullAtStart = (play: Play['play']): Play => ({
  when: 'at the start',
  exit: exitCodes.userCanFix,
  says: /the disk is full\.\nNext: free some room, then run the same command again/,
  needs: 'mount',
  play,
});

/** Ctrl-C and SIGTERM while agents work: what was under way is written down and ended, and a resume begins it again. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentArgs, layAgents, leftBy, processesIn, runNames } from '../helpers/agent-run.ts';
import { gapcheck, startCli } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function started(folder: string): number {
  if (runNames(folder).length === 0) return 0;
  return leftBy(folder).events.filter(({ event }) => event === 'trial-started').length;
}

test.skipIf(process.platform !== 'linux').each([
  ['SIGINT', 2, 130],
  ['SIGTERM', 1, 143],
] as const)(
  '%s, sent %i times, ends every agent with exit %i, and what it spent counts',
  async (signal, times, exit) => {
    using dir = tempDir();
    layAgents(dir.path, ['steps', 'hang']);
    const env = { TMPDIR: dir.path };
    const { child, done } = startCli(agentArgs('--cost', '5', '--idle', '8s'), {
      cwd: dir.path,
      env: { ...env, PACE: '30' },
    });
    while (started(dir.path) < 2 && child.exitCode === null) await wait(20);
    await wait(300);
    for (let sent = 0; sent < times; sent += 1) {
      child.kill(signal);
      await wait(200);
    }
    const finished = await done;
    expect([finished.code, finished.err]).toEqual([exit, expect.stringContaining('gapcheck run --resume')]);
    expect(processesIn(dir.path)).toEqual([]);
    expect(readdirSync(dir.path).filter((name) => name.startsWith('gapcheck-r_'))).toEqual([]);
    const { events, attempts } = leftBy(dir.path);
    const cut = events.filter((event) => event.event === 'trial-interrupted');
    expect(cut).toHaveLength(2);
    expect(attempts('closed')).toMatchObject([{ outcome: 'aborted', attempt: 1, costUsd: 0.001 }]);

    const resumed = await gapcheck(['run', '--resume', '--no-score'], { cwd: dir.path, env: { ...env, PACE: '0.01' } });
    expect(resumed.code, resumed.err).toBe(0);
    const { ended } = leftBy(dir.path);
    expect(ended.map(({ end }) => end).sort()).toEqual(['done', 'done', 'hang', 'hang']);
  },
  60_000,
);

/** More than one machine: two replicas behind one address, one of which dies in the middle of a run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startCli } from '../helpers/cli.ts';
import { place, questions } from './place.ts';
import { rayServe, startRayServe } from './servers/ray-serve.ts';
import { titleOf, tryStart } from './servers/real-server.ts';

const started = await tryStart(rayServe, startRayServe);
afterAll(() => started.running?.stop());

describe.skipIf(started.why !== undefined)(titleOf(rayServe, started), () => {
  it('loses nothing of 200 prompts at 32 in flight when a replica is killed', async () => {
    using here = place({ CLUSTER_KEY: 'none' });
    here.write('prompts.csv', questions(200));
    here.write('gapcheck.config.yaml', {
      closed: 'logged',
      open: [
        {
          spec: 'openai:smol',
          name: 'open',
          baseURL: `${started.running?.url}/v1`,
          apiKeyEnv: 'CLUSTER_KEY',
          concurrency: 32,
        },
      ],
      maxTokens: 16,
    });
    const going = startCli(['run', 'prompts.csv', '-n', 'all', '--no-score', '--yes'], {
      cwd: here.path,
      env: { CLUSTER_KEY: 'none' },
    });
    // The answers of the log are there at once: three quarters of all are half of the open ones.
    while (!/75%/.test(going.said()) && going.child.exitCode === null) await sleep(20);
    await fetch(`${started.running?.url}/kill`).catch(() => undefined);
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    const answered = attempts.filter(({ outcome }) => outcome === 'answered').map(({ prompt }) => prompt);
    expect(new Set(answered).size).toBe(200);
    expect(answered).toHaveLength(200);
    // It answers whole, though a stream was asked for: no such answer has a time to its first token.
    for (const { ms } of attempts) expect(ms ?? {}).not.toHaveProperty('ttft');
    const failed = attempts.filter(({ outcome }) => outcome !== 'answered');
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.map(({ cause }) => cause))).toEqual(new Set(['server']));
    expect(await here.gapcheck('report', here.run(), '--unblind')).toMatchObject({ code: 0 });
    const counted = new RegExp(`${failed.length}\\b.*\\bserver\\b|\\bserver\\b.*\\b${failed.length}\\b`);
    expect(here.read('report.md')).toMatch(counted);
  });
});

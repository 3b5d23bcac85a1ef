/** SIGTERM while `more` and `watch` get answers: what arrived is kept, and the same command goes on. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gapcheck, startCli } from '../helpers/cli.ts';
import { delay, type ModelServer, reply, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { dayMs, firstDay, hour, logLine, twoArms, watchedWeek } from '../helpers/watched-week.ts';

const asked = ({ calls }: ModelServer): string[] => calls.map(({ lastUserText }) => lastUserText);
const slow = delay(80, reply('a late answer'));

/** Ends the command with SIGTERM once `count` more calls have come. */
async function stopped(args: string[], place: { cwd: string; env: Record<string, string> }, server: ModelServer) {
  const until = server.calls.length + 3;
  const { child, done } = startCli(args, place);
  while (server.calls.length < until && child.exitCode === null) await sleep(5);
  child.kill('SIGTERM');
  return done;
}

describe('SIGTERM', () => {
  it('ends `more` with 143, and it goes on with what is missing', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('an answer'));
    const rows = Array.from({ length: 40 }, (_, at) => `question ${at},t`);
    writeFileSync(dir.at('p.csv'), ['prompt,task', ...rows, ''].join('\n'));
    const place = { cwd: dir.path, env: server.env };
    const arms = ['--closed', 'openai:gpt-test', '--open', 'ollama:qwen3:8b'];
    expect(await gapcheck(['run', 'p.csv', ...arms, '-n', '12'], place)).toMatchObject({ code: 0 });
    const before = asked(server).length;
    server.script = slow;
    const { code, err } = await stopped(['more', '12', '--no-score'], place, server);
    expect({ code, err }).toMatchObject({ code: 143, err: expect.stringContaining('Next: gapcheck ') });
    server.script = reply('an answer');
    const [, next = ''] = /Next: gapcheck (\S.*?)(?: {2,}|$)/m.exec(err) ?? [];
    expect(await gapcheck(next.split(' '), place)).toMatchObject({ code: 0 });
    const since = asked(server).slice(before);
    // Both models: each prompt twice, and once more what was in flight.
    expect(new Set(since).size).toBe(12);
    expect(since.length).toBeLessThanOrEqual(24 + 9);
  });

  it('ends `watch` with 143, and the next start goes on', async () => {
    using dir = tempDir();
    await using server = await startModelServer(slow);
    const started = Date.now() - 3 * dayMs;
    const week = watchedWeek(dir.path, [...twoArms, '--per-day', '6', '--for', '7d'], server.env);
    week.at(started - firstDay);
    week.write(Array.from({ length: 20 }, (_, at) => logLine(at, started - hour - at * 60_000)));
    expect(await week.watch()).toMatchObject({ code: 0 });
    week.write(Array.from({ length: 90 }, (_, at) => logLine(100 + at, started + (at * 2.4 * dayMs) / 90)));
    const words = ['watch', 'logs/app.jsonl*', ...twoArms, '--per-day', '6', '--for', '7d', '--no-test-call', '--yes'];
    const place = { cwd: dir.path, env: server.env };
    const { code, err } = await stopped(words, place, server);
    expect({ code, err }).toMatchObject({ code: 143, err: expect.stringContaining('Next: gapcheck watch') });
    const before = asked(server).length;
    server.script = reply('an answer');
    const [, next = ''] = /Next: gapcheck (\S.*)/.exec(err) ?? [];
    expect(await gapcheck(next.replaceAll("'", '').split(' '), place)).toMatchObject({ code: 0 });
    expect(asked(server).length).toBeGreaterThan(before);
    // One at a time: what was in flight comes twice, nothing else.
    expect(asked(server).length - new Set(asked(server)).size).toBeLessThanOrEqual(1);
  });
});

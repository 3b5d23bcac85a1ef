import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takeLock } from '../../src/store/folder-lock.ts';
import { type ModelServer, reply, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import {
  dayMs,
  firstDay,
  hour,
  logLine,
  pricedOpen,
  twoArms,
  type WatchedWeek,
  watchedWeek,
} from '../helpers/watched-week.ts';

const answering = () => startModelServer((call) => reply(`Open answer to: ${call.lastUserText}`));

/** `count` calls over one day, each with a prompt of its own. */
const traffic = (day: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    logLine(day * 1_000 + at, firstDay + day * dayMs + Math.floor(((at + 0.5) * dayMs) / count)),
  );

/** The first start at noon of the first day, with yesterday's calls in the log. */
async function started(cwd: string, server: ModelServer, words: readonly string[] = []): Promise<WatchedWeek> {
  const week = watchedWeek(cwd, [...twoArms, '--per-day', '3', '--for', '3d', ...words], server.env);
  expect(await week.begin([...traffic(-1, 20), ...traffic(0, 6)])).toMatchObject({ code: 0 });
  return week;
}

describe('a watched week', () => {
  test('draws from each day that is over, stays sealed until the last one, and ends in a report', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    expect(server.calls).toHaveLength(0);
    for (const day of [0, 1, 2]) {
      if (day !== 1) week.write(traffic(day, 30).slice(day === 0 ? 6 : 0));
      const { code, out } = await week.close(day);
      expect(code).toBe(0);
      expect(out).toContain(
        day === 1 ? 'day 2 of 3   0 new records, 0 to read' : `day ${day + 1} of 3   30 new records, 3 to read`,
      );
      expect(out.includes('was silent')).toBe(day === 1);
      const votes = await week.vote(() => 'open');
      expect(votes).toBe(day === 1 ? 0 : 3);
      const report = await week.type(['report']);
      if (day < 2) expect(report.out).toContain('No result yet: the week is not over');
      expect(report.out.includes('+100')).toBe(day === 2);
    }
    expect(server.calls).toHaveLength(6);
    const { out } = await week.type([
      'report',
      '-o',
      'r.json',
      '-o',
      'r.days.csv',
      '-o',
      'r.html',
      '-o',
      'r.xml',
      '-o',
      'r.md',
    ]);
    expect(out).toContain('2026-11-03  silent');
    const { week: report } = JSON.parse(readFileSync(join(dir.path, 'r.json'), 'utf8'));
    expect(
      report.days.map(({ records, toRead, silent }: Record<string, unknown>) => [records, toRead, silent]),
    ).toEqual([
      [30, 3, false],
      [0, 0, true],
      [30, 3, false],
    ]);
    for (const file of ['r.html', 'r.md', 'r.xml'])
      expect(readFileSync(join(dir.path, file), 'utf8')).toContain('from now on');
    expect(readFileSync(join(dir.path, 'r.days.csv'), 'utf8').split('\r\n')).toHaveLength(5);
    const over = await week.watch();
    expect(over.out).toContain('day 3 of 3');
    expect(server.calls).toHaveLength(6);
  });

  test('a vote after the last day keeps the result hidden from raters who had finished before it', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server, []);
    for (const day of [0, 1, 2]) {
      week.write(traffic(day, 10).slice(day === 0 ? 6 : 0));
      await week.close(day);
      if (day < 2) await week.vote(() => 'tie');
    }
    expect((await week.type(['report'])).out).toContain('ann has not finished');
    await week.vote(() => 'tie');
    expect((await week.type(['report'])).out).toContain('day');
    expect((await week.type(['status'])).out).toContain('report ready');
  });

  test('changed flags are refused with the difference, and the same ones go on', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    const other = await week.type(['watch', 'logs/app.jsonl*', ...twoArms, '--per-day', '8', '--for', '3d', '--yes']);
    expect(other).toMatchObject({ code: 2 });
    expect(other.err).toContain('--per-day was 3, and is 8 now');
    const tz = await week.watch(['--tz', 'Europe/Berlin']);
    expect(tz.err).toContain('--tz was UTC, and is Europe/Berlin now');
    expect(await week.watch(['--late', '1h', '--tz', 'UTC'])).toMatchObject({ code: 0 });
  });

  test('two starts at once are kept apart', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    const lock = takeLock(join(dir.path, 'results', '.watch-app.lock'), 'x');
    const { code, err } = await week.watch();
    lock.release();
    expect({ code, err: err.includes('Another start of the week "app" is at work') }).toEqual({ code: 2, err: true });
    expect(await week.watch()).toMatchObject({ code: 0 });
  });

  test('records that come after their day closed are counted, and never drawn', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    await week.close(0);
    week.write([logLine(900, firstDay + 20 * hour), ...traffic(1, 12)]);
    expect((await week.close(1)).out).toContain('1 record came too late for its day and was not drawn');
    expect((await week.close(2)).out).not.toContain('too late');
    const days = week.events().filter((event) => event.event === 'day');
    expect(days.map(({ records, late }) => [records, late])).toEqual([
      [6, 0],
      [12, 1],
      [0, 0],
    ]);
    expect(week.run().prompts.some(({ source_id }) => source_id === 'call-900')).toBe(false);
  });

  test('a spent budget leaves the rest of the week unanswered, and ends with 2', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('Open answer.', { usage: { in: 1_000, out: 1_000 } }));
    pricedOpen(dir.path);
    const week = watchedWeek(
      dir.path,
      ['--closed', 'logged', '--per-day', '3', '--for', '2d', '--max-cost', '5', '-j', '1'],
      server.env,
    );
    await week.begin([...traffic(0, 20)]);
    const { code, out, err } = await week.close(0);
    expect(code).toBe(2);
    expect(out).toContain('$4.00 of $5.00');
    expect(err).toContain('stay without answers');
    expect(server.calls).toHaveLength(2);
    week.write(traffic(1, 20));
    expect(await week.close(1)).toMatchObject({ code: 2 });
    expect(server.calls).toHaveLength(2);
    expect(await week.vote(() => 'open')).toBe(2);
  });

  test('more waits for the end of the week; then it draws from the reserve of all days', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    await week.close(0);
    const early = await week.type(['more', '4', '--no-score']);
    expect({ code: early.code, err: early.err.includes('The week is not over') }).toEqual({ code: 2, err: true });
    for (const day of [1, 2]) {
      week.write(traffic(day, 20));
      await week.close(day);
    }
    expect(await week.type(['more', '4', '--no-score'])).toMatchObject({ code: 0 });
    const added = week.events().findLast((event) => event.event === 'more');
    const days = new Set(
      week
        .run()
        .prompts.filter(({ id }) => added?.prompts.includes(id))
        .map(({ ts }) => ts?.slice(0, 10)),
    );
    expect(days.size).toBe(3);
  });

  test('an edited day is seen: its prompts are not what the ledger froze', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    await week.close(0);
    const file = week.run().paths.day('2026-11-02');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Reply to ticket', 'Reply to letter'));
    expect(await week.watch()).toMatchObject({ code: 5 });
  });

  test('a log without times, and a log that is not there, lead out before anything is made', async () => {
    using dir = tempDir();
    const week = watchedWeek(dir.path, twoArms);
    expect((await week.watch()).err).toContain('No file matches logs/app.jsonl*');
    week.write([{ messages: [{ role: 'user', content: 'Hello' }], response: 'Hi' }]);
    const { code, err } = await week.watch();
    expect({ code, err: err.includes('No record of this log carries a time') }).toEqual({ code: 2, err: true });
    expect(readdirSync(join(dir.path, 'results'))).toEqual([]);
  });

  test('a dry run sends and writes nothing', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = watchedWeek(dir.path, twoArms, server.env);
    week.write(traffic(0, 6));
    const { code, out } = await week.watch(['--dry-run']);
    expect({ code, plan: out.includes('Plan for a week'), made: existsSync(join(dir.path, 'results')) }).toEqual({
      code: 0,
      plan: true,
      made: false,
    });
  });

  test('a week whose later days differ says so behind its answer, in every format', async () => {
    using dir = tempDir();
    const week = watchedWeek(dir.path, [
      '--closed',
      'logged',
      '--open',
      `command:${echoing(dir.path)}`,
      '--per-day',
      '6',
      '--for',
      '4d',
    ]);
    await week.begin(traffic(0, 12));
    for (const day of [0, 1, 2, 3]) {
      if (day > 0) week.write(traffic(day, 12));
      expect(await week.close(day)).toMatchObject({ code: 0 });
      await week.vote(() => (day < 2 ? 'open' : 'closed'));
    }
    const { out } = await week.type(['report', '-o', 'r.json', '-o', 'r.html', '-o', 'r.md', '-o', 'r.xml']);
    expect(out.replace(/\s+/g, ' ')).toContain('The later days differ: before +100 per 100, after −100 per 100.');
    for (const file of ['r.html', 'r.md', 'r.xml', 'r.json'])
      expect(readFileSync(join(dir.path, file), 'utf8')).toContain('The later days differ');
  });

  test('opened early, the week ends: no further day is drawn', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    await week.close(0);
    await week.vote(() => 'open');
    expect(await week.type(['report', '--unblind'])).toMatchObject({ code: 0 });
    week.write(traffic(1, 20));
    const { code, out } = await week.close(1);
    expect({ code, says: out.includes('opened early, and that ended its voting') }).toEqual({ code: 0, says: true });
    expect(week.events().filter(({ event }) => event === 'day')).toHaveLength(1);
  });

  test('logs that are gone close no day: they are not silent', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    renameSync(week.log(), join(dir.path, 'elsewhere'));
    const gone = await week.close(0);
    expect({ code: gone.code, err: gone.err.includes('so no day was closed') }).toEqual({ code: 2, err: true });
    renameSync(join(dir.path, 'elsewhere'), week.log());
    expect((await week.watch()).out).toContain('6 new records, 3 to read (3 so far, 0 voted)');
  });

  test('hostile lines stop nothing: absurd times, broken JSON, other bytes, records of no day', async () => {
    using dir = tempDir();
    await using server = await answering();
    const week = await started(dir.path, server);
    const odd = ['275760-09-12T00:00:00Z', '0001-01-01T00:00:00Z', 'yesterday', '2026-02-31T00:00:00Z', ''];
    week.write(odd.map((timestamp, at) => ({ ...logLine(500 + at, firstDay), timestamp })));
    week.write([
      { ...logLine(510, firstDay), timestamp: 1e300 },
      { ...logLine(511, firstDay), timestamp: -1 },
    ]);
    appendFileSync(week.log(), '{"id": "cut", "messa\n\n[]\nnull\n"text"\n');
    appendFileSync(
      week.log(),
      Buffer.from(
        `${JSON.stringify({ ...logLine(520, firstDay + hour), response: '#' })}\n`.replace('#', '\xe9'),
        'latin1',
      ),
    );
    const { code, out } = await week.close(0);
    expect({ code, out: out.slice(0, 40) }).toEqual({
      code: 0,
      out: expect.stringContaining('day 1 of 3   7 new records'),
    });
    const drawn = week.run().prompts.find(({ source_id }) => source_id === 'call-520');
    expect(drawn?.ref?.text).toBe('é');
  });
});

function echoing(cwd: string): string {
  const program = join(cwd, 'open.sh');
  writeFileSync(program, '#!/bin/sh\ncat > /dev/null\necho Open answer\n', { mode: 0o755 });
  return program;
}

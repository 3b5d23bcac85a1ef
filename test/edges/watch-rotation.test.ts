import { appendFileSync, copyFileSync, mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finished } from '../helpers/cli.ts';
import { drawnBy, RotatingLog, type Rotation, rightDraw, rotations } from '../helpers/rotating-log.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { dayMs, firstDay, hour, logLine, text, type WatchedWeek, watchedWeek } from '../helpers/watched-week.ts';

describe('logs that rotate', () => {
  test('after any rotation of its files, each day draws from all of its records and no other', async () => {
    const turn = fc.record({
      how: fc.constantFrom<Rotation>(...rotations),
      pack: fc.boolean(),
      calls: fc.integer({ min: 0, max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 12, maxLength: 12 }), async (turns) => {
        using dir = tempDir();
        const week = watchedWeek(dir.path, [
          '--closed',
          'logged',
          '--open',
          `command:${join(dir.path, 'open.sh')}`,
          '--per-day',
          '2',
          '--for',
          '3d',
        ]);
        writeFileSync(join(dir.path, 'open.sh'), '#!/bin/sh\ncat > /dev/null\necho Open answer\n', { mode: 0o755 });
        const log = new RotatingLog(join(dir.path, 'logs'));
        log.write([firstDay - dayMs, firstDay + 1]);
        week.at(2);
        await good(week.watch());
        for (const [at, { how, pack, calls }] of turns.entries()) {
          const day = Math.floor(at / 4);
          const from = firstDay + day * dayMs + (at % 4) * 6 * hour;
          log.write(Array.from({ length: calls }, (_, n) => from + (n + 1) * 600_000));
          if (pack) log.packOne();
          log.rotate(how);
          if (at % 4 !== 0) continue;
          // A record of the new day is in the log when the day before closes.
          week.at(day * dayMs + 2 * hour);
          await good(week.watch());
        }
        await good(week.close(2));
        const stored = week.run();
        expect(drawnBy(stored)).toEqual(rightDraw(stored, log.written, 2));
        expect(week.events().flatMap((event) => (event.event === 'day' ? [event.late] : []))).toEqual([0, 0, 0]);
      }),
      { numRuns: 3, seed: 7 },
    );
  });

  test('a line that is being written waits until it is whole', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    const whole = JSON.stringify(row(3, firstDay + 20 * hour));
    week.write([row(1, firstDay + hour)]);
    week.at(2 * hour);
    await good(week.watch());
    appendFileSync(week.log(), `${text([row(2, firstDay + 2 * hour)])}${whole.slice(0, 40)}`);
    expect((await week.close(0)).out).toContain('2 new records');
    appendFileSync(week.log(), `${whole.slice(40)}\n${text([row(4, firstDay + dayMs + hour)])}`);
    week.at(2 * dayMs + 2 * hour);
    // The broken line was of a day that had closed by then: it is late, and counted.
    const { out } = await week.watch();
    expect(out).toContain('1 new record, ');
    expect(out).toContain('1 record came too late');
  });

  test('a last line without a line end counts, once', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    writeFileSync(week.log(), text([row(1, firstDay + hour), row(2, firstDay + 2 * hour)]).trimEnd());
    week.at(3 * hour);
    await good(week.watch());
    expect((await week.close(0)).out).toContain('2 new records');
    appendFileSync(week.log(), `\n${text([row(3, firstDay + dayMs + hour)])}`);
    const { out } = await week.close(1);
    expect(out).toContain('1 new record, ');
    expect(out).not.toContain('too late');
  });

  test('a file that was truncated and has grown beyond its old size is read from its start', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    week.write([row(1, firstDay + hour)]);
    week.at(2 * hour);
    await good(week.watch());
    await good(week.close(0));
    writeFileSync(week.log(), text([2, 3, 4].map((n) => row(n, firstDay + dayMs + n * hour))));
    expect((await week.close(1)).out).toContain('3 new records');
  });

  test('files that begin alike are told apart by the bytes before the place that was read', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    // The time comes behind 6 KB that every record shares.
    const long = (n: number, at: number) => ({ system: 'x'.repeat(6_000), ...row(n, at) });
    week.write([long(1, firstDay + hour)]);
    week.at(2 * hour);
    await good(week.watch());
    await good(week.close(0));
    writeFileSync(week.log('app.jsonl.new'), text([2, 3].map((n) => long(n, firstDay + dayMs + n * hour))));
    expect((await week.close(1)).out).toContain('2 new records');
  });

  test('a copy beside its original, plain or packed, counts its records once', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    week.write([1, 2, 3].map((n) => row(n, firstDay + n * hour)));
    week.at(4 * hour);
    await good(week.watch());
    copyFileSync(week.log(), week.log('app.jsonl.copy'));
    writeFileSync(week.log('app.jsonl.gz'), gzipSync(readFileSync(week.log())));
    expect((await week.close(0)).out).toContain('3 new records, 2 to read');
    expect((await week.close(1)).out).toContain('0 new records');
  });

  test('tables and lists are read whole again when they grow, and count what came late', async () => {
    using dir = tempDir();
    mkdirSync(join(dir.path, 'logs'));
    const table = join(dir.path, 'logs', 'calls.csv');
    const line = (n: number, at: number): string =>
      `call-${n},${new Date(at).toISOString()},reply,Reply to ticket ${n}.,Closed ${n},Open ${n}\n`;
    writeFileSync(
      table,
      `id,timestamp,task,prompt,answer:closed,answer:open\n${line(1, firstDay + hour)}${line(2, firstDay + 2 * hour)}`,
    );
    const week = watchedWeek(dir.path, []);
    const watch = () => week.type(['watch', 'logs/calls.csv', '--per-day', '2', '--for', '3d', '--yes']);
    week.at(3 * hour);
    expect(await watch()).toMatchObject({ code: 0 });
    week.at(dayMs + 2 * hour);
    expect((await watch()).out).toContain('2 new records, 2 to read');
    appendFileSync(table, `${line(3, firstDay + 5 * hour)}${line(4, firstDay + dayMs + hour)}`);
    week.at(2 * dayMs + 2 * hour);
    const { out } = await watch();
    expect(out).toContain('1 new record, 1 to read');
    expect(out).toContain('1 record came too late');
    week.at(3 * dayMs + 2 * hour);
    expect((await watch()).out).toContain('0 new records, 0 to read');
  });

  test('a file that was read before and is gone or shorter closes no day until somebody says so', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    week.write([row(1, firstDay + hour), row(2, firstDay + 2 * hour)]);
    week.at(3 * hour);
    await good(week.watch());
    week.write([row(3, firstDay + dayMs + hour)]);
    await good(week.close(0));
    week.write([row(4, firstDay + dayMs + 5 * hour)]);
    renameSync(week.log(), join(dir.path, 'elsewhere'));
    week.write([row(5, firstDay + 2 * dayMs + hour)]);
    const gone = await week.close(1);
    expect({ code: gone.code, days: days(week) }).toEqual({ code: 2, days: 1 });
    expect(gone.err).toMatch(/logs.app\.jsonl, read up to record 3 before, is gone: 1 record of the day to close/);
    renameSync(join(dir.path, 'elsewhere'), week.log('app.jsonl.1'));
    expect((await week.watch()).out).toContain('2 new records');
    // Emptied, and not copied before.
    writeFileSync(week.log(), '');
    const emptied = await week.close(2);
    expect({ code: emptied.code, says: emptied.err.includes('is shorter now'), days: days(week) }).toEqual({
      code: 2,
      says: true,
      days: 2,
    });
    expect((await week.watch(['--without-gone'])).out).toContain('day 3 of 3');
  });

  test('a rotation that deletes its oldest file loses nothing', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    week.write([row(1, firstDay + hour)], 'app.jsonl.1');
    week.write([row(2, firstDay + 2 * hour)]);
    utimesSync(week.log('app.jsonl.1'), new Date(firstDay + hour), new Date(firstDay + hour));
    week.at(3 * hour);
    await good(week.watch());
    await good(week.close(0));
    renameSync(week.log(), week.log('app.jsonl.1'));
    week.write([row(3, firstDay + dayMs + hour)]);
    await good(week.close(1));
  });

  test('records of no day of the week are counted', async () => {
    using dir = tempDir();
    const week = columns(dir.path);
    week.write([-3, -2, 0, 40].map((day, n) => row(n, firstDay + day * dayMs + hour)));
    week.at(3 * hour);
    await good(week.watch());
    const { err } = await week.close(0);
    expect(err).toContain('2 records are older than day 1 (2026-11-02) and will not be drawn');
    expect(err).toContain('1 record says a time that is still to come');
    expect((await week.close(1)).err).not.toMatch(/older than|still to come/);
  });
});

const days = (week: WatchedWeek): number => week.events().filter(({ event }) => event === 'day').length;

async function good(start: Promise<Finished>): Promise<void> {
  const { code, err } = await start;
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
}

/** Each record holds both answers, so no model is called. */
const row = (n: number, at: number) => {
  const { id, timestamp, task, messages } = logLine(n, at);
  return {
    id: `p_${String(n).padStart(16, '0')}`,
    source_id: id,
    ts: timestamp,
    task,
    messages,
    answers: { closed: { text: `Closed ${n}` }, open: { text: `Open ${n}` } },
  };
};

function columns(cwd: string) {
  return watchedWeek(cwd, ['--per-day', '2', '--for', '3d', '--closed', 'column:closed', '--open', 'column:open']);
}

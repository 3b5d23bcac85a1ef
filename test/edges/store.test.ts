import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GapcheckError } from '../../src/errors.ts';
import type { VoteLine } from '../../src/records/vote-lines.ts';
import { openAttempts, readAttempts } from '../../src/store/attempts-file.ts';
import { addEvents, readEvents } from '../../src/store/events-file.ts';
import { takeLock } from '../../src/store/folder-lock.ts';
import { openAppender } from '../../src/store/jsonl.ts';
import { fileName, raterFileName, runFolderName, runPaths } from '../../src/store/layout.ts';
import { createRun, findRun, openRun, readKey } from '../../src/store/run-folder.ts';
import { openVotesFile, readAllVotes, readVotesFile } from '../../src/store/votes-file.ts';
import { readJsonl } from '../helpers/read-jsonl.ts';
import { makePrompts, makeRun } from '../helpers/run-record.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const at = '2026-11-21T09:30:00.000Z';
const vote = (ballot: string): Omit<VoteLine, 'n' | 'prev'> => ({
  ballot: `b_${ballot.padStart(16, '0')}`,
  choice: 'left',
  retry: [],
  view: 'plain',
  ms: 2000,
  at,
});

function thrown(work: () => unknown): GapcheckError {
  try {
    work();
  } catch (error) {
    if (error instanceof GapcheckError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function newRun(dir: { path: string }, name = 'tickets') {
  const prompts = makePrompts(6);
  const { run, seed } = makeRun(prompts);
  return { run, seed, prompts, paths: createRun(dir.path, name, { run, prompts, seed }) };
}

describe('append-only lines', () => {
  it('survive a cut at every byte: earlier lines are read, the torn one is skipped aloud, later ones follow', () => {
    using dir = tempDir();
    const whole = ['{"a":1}', '{"b":"ü😀"}', '{"c":[1,2]}'].join('\n').concat('\n');
    const bytes = Buffer.from(whole);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const path = dir.at(`cut-${cut}.jsonl`);
      writeFileSync(path, bytes.subarray(0, cut));
      const before = readJsonl(path).lines.length;
      const appender = openAppender(path);
      appender.append({ later: true });
      appender.close();
      const { lines, warnings } = readJsonl(path);
      expect(lines).toHaveLength(before + 1);
      expect(lines.at(-1)?.value).toEqual({ later: true });
      expect(warnings.length).toBeLessThanOrEqual(1);
      const kept = readFileSync(path).subarray(0, cut);
      expect(kept.equals(bytes.subarray(0, cut))).toBe(true);
    }
  });

  it('stop at any other unreadable line, with its number', () => {
    using dir = tempDir();
    const path = dir.at('x.jsonl');
    writeFileSync(path, '{"a":1}\n{"b":\n{"c":1}\n');
    expect(thrown(() => readJsonl(path)).message).toContain('x.jsonl:2');
    expect(thrown(() => readJsonl(path)).exitCode).toBe(5);
  });

  it('are read when a second crash cut off the very line that explains the first', () => {
    using dir = tempDir();
    const whole = '{"a":1}\n{"b":\n{"torn":2}\n';
    for (let cut = 16; cut < whole.length - 1; cut += 1) {
      const path = dir.at(`cut-${cut}.jsonl`);
      writeFileSync(path, whole.slice(0, cut));
      const appender = openAppender(path);
      appender.append({ later: true });
      appender.close();
      expect(readJsonl(path).lines.map(({ value }) => value)).toEqual([{ a: 1 }, { later: true }]);
    }
  });

  it('are not excused by a line that explains another one', () => {
    using dir = tempDir();
    const path = dir.at('x.jsonl');
    writeFileSync(path, '{"a":1}\n{"b":\n{"c":1}\n{"torn":2}\n');
    expect(thrown(() => readJsonl(path)).message).toContain('x.jsonl:2');
  });

  it('end a half-written line before the next one, as after a full disk', () => {
    using dir = tempDir();
    const path = dir.at('x.jsonl');
    const appender = openAppender(path);
    appender.append({ n: 1 });
    appender.close();
    appendFileSync(path, '{"n":2,"text":"half');
    const again = openAppender(path);
    again.append({ n: 3 });
    again.close();
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n{"n":2,"text":"half\n{"torn":2}\n{"n":3}\n');
  });
});

describe('a run folder', () => {
  it('is made whole, with the key readable by its owner alone', () => {
    using dir = tempDir();
    const { paths, run, prompts, seed } = newRun(dir);
    expect(readdirSync(dir.path)).toEqual(['2026-11-21T0930Z-tickets']);
    expect(statSync(paths.key).mode & 0o777).toBe(0o600);
    const stored = openRun(paths.folder);
    expect(stored.run).toEqual(run);
    expect(stored.prompts).toEqual(prompts);
    expect(Buffer.from(readKey(stored)).equals(Buffer.from(seed))).toBe(true);
  });

  it('never overwrites another: the same minute and name gets a number, the newest is found', () => {
    using dir = tempDir();
    newRun(dir);
    const second = newRun(dir);
    expect(readdirSync(dir.path).sort()).toEqual(['2026-11-21T0930Z-tickets', '2026-11-21T0930Z-tickets-2']);
    expect(findRun(dir.path, undefined)).toBe(second.paths.folder);
    expect(findRun(dir.path, '2026-11-21T0930Z-tickets')).toBe(dir.at('2026-11-21T0930Z-tickets'));
    expect(thrown(() => findRun(dir.path, 'nothing-like-it')).hint).toContain('tickets-2');
  });

  it('refuses changed prompts, a changed key and a newer schema by name', () => {
    using dir = tempDir();
    const { paths } = newRun(dir);
    appendFileSync(paths.prompts, '{"id":"p_x"}\n');
    expect(thrown(() => openRun(paths.folder)).code).toBe('prompts-changed');
    const other = newRun(dir, 'other');
    writeFileSync(
      other.paths.key,
      JSON.stringify({ schema: 1, run: other.run.id, seed: Buffer.alloc(32).toString('base64') }),
    );
    expect(thrown(() => readKey(openRun(other.paths.folder))).exitCode).toBe(5);
    const newer = newRun(dir, 'newer');
    writeFileSync(newer.paths.run, JSON.stringify({ ...newer.run, schema: 99 }));
    expect(thrown(() => openRun(newer.paths.folder)).message).toContain('schema 99');
  });

  it('names the file that is damaged, whatever it holds instead', () => {
    using dir = tempDir();
    const { paths, run } = newRun(dir);
    const stored = openRun(paths.folder);
    for (const text of ['', '{', '{}', 'null', '[]', '"x"']) {
      writeFileSync(paths.key, text);
      expect(thrown(() => readKey(stored))).toMatchObject({ code: 'damaged-file', exitCode: 5 });
      writeFileSync(paths.run, text);
      const error = thrown(() => openRun(paths.folder));
      expect(error.exitCode).toBe(text === '{}' ? 2 : 5);
      expect(error.message).toContain(paths.run);
    }
    const [arm] = run.arms;
    for (const [change, place] of [
      [{ schema: undefined }, 'schema'],
      [{ schema: 'x' }, 'schema'],
      [{ schema: 0 }, 'schema'],
      [{ arms: null }, 'arms'],
      [{ settings: null }, 'settings'],
      [{ settings: { ...run.settings, n: -1 } }, 'settings.n'],
      [{ createdAt: '2026-02-31T00:00:00Z' }, 'createdAt'],
      [{ createdAt: 'Friday' }, 'createdAt'],
      [{ id: 'r_1\nPATH=x' }, 'id'],
      [{ arms: [arm, arm] }, 'arms[1].name'],
    ] as const) {
      writeFileSync(paths.run, JSON.stringify({ ...run, ...change }));
      const error = thrown(() => openRun(paths.folder));
      expect(error).toMatchObject({ code: 'odd-record', exitCode: 2 });
      expect(error.message).toContain(`run.json: ${place} is missing, or not what`);
    }
  });

  it('names the line of the ledger that is none', () => {
    using dir = tempDir();
    // No session and no packet takes such a name, and no file can be called by it.
    const nobody = '{"at":"2026-11-21T10:00:01.000Z","event":"claimed","rater":"","prompt":"p_1"}';
    const { paths } = newRun(dir);
    for (const row of ['null', '7', '{}', '{"event":"more"}', '{"event":"carried","votes":1}', nobody]) {
      writeFileSync(paths.events, `{"at":"2026-11-21T10:00:00.000Z","event":"resumed","gapcheck":"0.1.0"}\n${row}\n`);
      const error = thrown(() => readEvents(paths));
      expect(error.exitCode).toBe(row.startsWith('{') ? 2 : 5);
      expect(error.message).toContain('events.jsonl:2');
    }
  });

  it('says that the results folder is a file', () => {
    using dir = tempDir();
    writeFileSync(dir.at('file'), '');
    const error = thrown(() => findRun(dir.at('file'), undefined));
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('is a file, not a folder of runs');
  });

  it('says what is wrong where nothing can be written, and leaves nothing behind', () => {
    using dir = tempDir();
    writeFileSync(dir.at('file'), '');
    const prompts = makePrompts(1);
    const { run, seed } = makeRun(prompts);
    const error = thrown(() => createRun(dir.at('file', 'results'), 'x', { run, prompts, seed }));
    expect(error.exitCode).toBe(2);
    expect(error.hint).toContain('--results');
    expect(readdirSync(dir.path)).toEqual(['file']);
  });

  it('takes names that every file system takes', () => {
    expect(runFolderName(new Date(at), 'A/B: ünï "x"?')).toBe('2026-11-21T0930Z-A-B-ünï-x');
    expect(fileName('con')).toBe('con_');
    const files = [
      'maria',
      'Maria',
      'jo/x',
      'jo-x',
      'jo x',
      'JO-X',
      'é',
      'e\u0301',
      '会',
      'con',
      'jo-x-1234567890',
    ].map(raterFileName);
    expect(new Set(files.map((file) => file.toLowerCase().normalize('NFC'))).size).toBe(files.length);
    expect(files.slice(0, 1)).toEqual(['maria']);
    // A name that is made to look like another one's file gets a file of its own.
    const forged = raterFileName('jo/x');
    expect(raterFileName(forged)).not.toBe(forged);
    expect(fileName('../../etc')).toBe('etc');
    expect(thrown(() => fileName('///')).exitCode).toBe(2);
  });
});

describe('votes', () => {
  it('are chained; a changed, removed or swapped line is found and named', () => {
    using dir = tempDir();
    const { paths, run } = newRun(dir);
    const path = paths.votes('maria');
    const writer = openVotesFile(path, run, 'maria', 'plain', at);
    for (const ballot of ['1', '2', '3', '4']) writer.append(vote(ballot));
    writer.close();
    const good = readFileSync(path, 'utf8');
    expect(readVotesFile(path)?.lines.map((line) => line.n)).toEqual([1, 2, 3, 4]);
    const rows = good.trimEnd().split('\n');
    const damaged = [
      good.replace(
        '"choice":"left","retry":[],"view":"plain","ms":2000,"at":"2026',
        '"choice":"right","retry":[],"view":"plain","ms":2000,"at":"2026',
      ),
      rows
        .filter((_, index) => index !== 2)
        .join('\n')
        .concat('\n'),
      [rows[0], rows[2], rows[1], rows[3], rows[4]].join('\n').concat('\n'),
    ];
    for (const text of damaged) {
      writeFileSync(path, text);
      expect(thrown(() => readVotesFile(path)).exitCode).toBe(5);
    }
    writeFileSync(path, good);
    expect(readAllVotes(paths, run)).toHaveLength(1);
  });

  it('are told from other files, and from lines that are none', () => {
    using dir = tempDir();
    const { paths, run } = newRun(dir);
    const csv = dir.at('votes.csv');
    for (const text of ['prompt,choice\na,left\n', 'null\n{}\n', '{}\n']) {
      writeFileSync(csv, text);
      const error = thrown(() => readVotesFile(csv));
      expect(error.exitCode).toBe(2);
      expect(error.message).toContain('not a votes file of gapcheck');
    }
    const path = paths.votes('maria');
    openVotesFile(path, run, 'maria', 'plain', at).close();
    appendFileSync(path, 'null\n');
    expect(thrown(() => readVotesFile(path)).message).toContain('maria.jsonl:2');
    expect(thrown(() => readVotesFile(path)).exitCode).toBe(5);
    writeFileSync(path, '{"kind":"votes"}\n');
    expect(thrown(() => readVotesFile(path)).message).not.toContain('newer gapcheck');
  });

  it('of another run are refused', () => {
    using dir = tempDir();
    const one = newRun(dir);
    const two = newRun(dir, 'two');
    openVotesFile(one.paths.votes('m'), one.run, 'm', 'plain', at).close();
    expect(thrown(() => openVotesFile(one.paths.votes('m'), two.run, 'm', 'plain', at)).code).toBe('wrong-run');
  });

  it('go on after a torn line: the chain continues from the last whole one', () => {
    using dir = tempDir();
    const { paths, run } = newRun(dir);
    const path = paths.votes('m');
    const writer = openVotesFile(path, run, 'm', 'plain', at);
    writer.append(vote('1'));
    writer.append(vote('2'));
    writer.close();
    truncateSync(path, statSync(path).size - 10);
    const again = openVotesFile(path, run, 'm', 'plain', at);
    again.append(vote('2'));
    again.close();
    const file = readVotesFile(path);
    expect(file?.lines.map((line) => line.n)).toEqual([1, 2]);
    expect(file?.warnings).toHaveLength(1);
  });
});

describe('the ledger and its lock', () => {
  it('takes lines from several processes at once without losing or mixing one', async () => {
    using dir = tempDir();
    const { paths } = newRun(dir);
    const script = `
      const { addEvents } = await import('${new URL('../../src/store/events-file.ts', import.meta.url).href}');
      const { runPaths } = await import('${new URL('../../src/store/layout.ts', import.meta.url).href}');
      const paths = runPaths(process.argv[1]);
      for (let i = 0; i < 40; i += 1) {
        await addEvents(paths, () => new Date(), (sofar) => [{ event: 'entered', rater: process.argv[2], n: sofar.length, ballot: 'b_1', prompt: 'p_1' }]);
      }`;
    const children = ['a', 'b', 'c'].map(
      (rater) =>
        new Promise<number | null>((resolve) =>
          spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, paths.folder, rater], {
            stdio: 'inherit',
          }).on('exit', resolve),
        ),
    );
    expect(await Promise.all(children)).toEqual([0, 0, 0]);
    const events = readEvents(paths);
    // Each saw every line before its own: the numbers have no gap and no double.
    expect(events.map((event) => (event.event === 'entered' ? event.n : -1))).toEqual(events.map((_, index) => index));
    expect(events).toHaveLength(120);
    expect(existsSync(paths.eventsLock)).toBe(false);
  });

  it('refuses a second holder by name and takes over from a dead one', () => {
    using dir = tempDir();
    const path = dir.at('run.lock');
    const lock = takeLock(path, 'Another gapcheck answers this run');
    expect(thrown(() => takeLock(path, 'Another gapcheck answers this run')).message).toContain(String(process.pid));
    lock.release();
    const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    const holder = JSON.parse(readLockOf(path)) as { host: string };
    writeFileSync(path, JSON.stringify({ ...holder, pid: dead, id: 'dead' }));
    takeLock(path, 'x').release();
    expect(existsSync(path)).toBe(false);
  });

  it('takes over from a process whose number, start or state shows that it is not the holder', () => {
    using dir = tempDir();
    const path = dir.at('run.lock');
    const mine = JSON.parse(readLockOf(path)) as { pid: number; host: string; started?: string; boot?: string };
    const takes = (text: string): void => {
      writeFileSync(path, text);
      takeLock(path, 'x').release();
      expect(existsSync(path)).toBe(false);
    };
    takes(JSON.stringify({ ...mine, id: 'an earlier process with our number' }));
    for (const text of ['', '{"pid":', 'null', '{}', '[]']) takes(text);
    const alive = { ...mine, pid: process.ppid, id: 'other', started: undefined };
    writeFileSync(path, JSON.stringify(alive));
    expect(thrown(() => takeLock(path, 'x')).code).toBe('locked');
    writeFileSync(path, JSON.stringify({ ...mine, host: 'elsewhere', boot: 'other', id: 'other' }));
    expect(thrown(() => takeLock(path, 'x')).message).toContain('elsewhere');
    if (mine.started === undefined) return;
    takes(JSON.stringify({ ...alive, started: '1' }));
    takes(JSON.stringify({ ...alive, boot: 'the boot before' }));
  });

  it.skipIf(process.platform !== 'linux')('takes over from a zombie: killed, and not waited for', async () => {
    using dir = tempDir();
    const path = dir.at('run.lock');
    const mine = JSON.parse(readLockOf(path)) as object;
    // The shell turns into a program that never waits for its child, which ends only after that.
    const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 20']);
    try {
      const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
      const state = (): string => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
      await expect.poll(state, { timeout: 10_000 }).toBe('Z');
      writeFileSync(path, JSON.stringify({ ...mine, pid, id: 'zombie', started: undefined }));
      takeLock(path, 'x').release();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('says where it cannot write', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('file'), '');
    const error = thrown(() => takeLock(dir.at('file', 'run.lock'), 'x'));
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('Cannot write to');
    const reason = addEvents(
      runPaths(dir.at('gone')),
      () => new Date(),
      () => [],
    );
    await expect(reason).rejects.toMatchObject({ code: 'cannot-write', exitCode: 2 });
  });

  it('adds nothing when nothing is decided', async () => {
    using dir = tempDir();
    const { paths } = newRun(dir);
    await addEvents(
      paths,
      () => new Date(),
      () => [],
    );
    expect(existsSync(paths.events)).toBe(false);
  });
});

function readLockOf(path: string): string {
  const lock = takeLock(path, 'x');
  const text = readFileSync(path, 'utf8');
  lock.release();
  return text;
}

describe('attempts', () => {
  it('on a full disk end in a clear error, and the lines before it stay', async () => {
    using dir = tempDir();
    const { paths } = newRun(dir);
    const step = {
      prompt: 'p_1',
      trial: 1,
      attempt: 1,
      step: 1,
      outcome: 'answered',
      text: 'x',
      last: true,
      at,
    } as const;
    const writer = openAttempts(paths);
    await writer.append('closed', step);
    await writer.close();
    expect(readAttempts(paths, 'closed').steps).toEqual([step]);
    mkdirSync(dir.at('full', 'attempts'), { recursive: true });
    symlinkSync('/dev/full', dir.at('full', 'attempts', 'closed.jsonl'));
    const full = openAttempts(runPaths(dir.at('full')));
    await expect(full.append('closed', step)).rejects.toThrow(/disk is full/);
  });
});

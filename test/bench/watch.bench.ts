/** A day of 2 GB: peak memory, and one pass over what is new. In a child process each; about five minutes. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tempDir } from '../helpers/temp-dir.ts';
import type { Row } from './row.ts';

/** GAPCHECK_DAY_GB: another size of the day. */
const gigabytes = Number(process.env.GAPCHECK_DAY_GB ?? 2);
const dir = tempDir();
process.once('exit', () => dir[Symbol.dispose]());

const words = 'order refund invoice customer shipping delay export button browser summary please extract total'.split(
  ' ',
);

/** Different prompts of about 1 KB over one day; returns how many. */
async function writeDay(file: string, bytes: number): Promise<number> {
  const out = createWriteStream(file);
  const start = Date.parse('2026-11-02T00:00:00Z');
  let state = 1;
  const word = (): string => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return words[state % words.length] as string;
  };
  let written = 0;
  let rows = 0;
  for (; written < bytes; rows += 1) {
    const line = `${JSON.stringify({
      id: `call-${rows}`,
      timestamp: new Date(start + (rows % 86_000) * 1_000).toISOString(),
      task: `task-${rows % 5}`,
      messages: [{ role: 'user', content: `${Array.from({ length: 110 }, word).join(' ')} ${rows}` }],
      response: Array.from({ length: 20 }, word).join(' '),
      model: 'closed-1',
    })}\n`;
    written += line.length;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rows;
}

interface Measured {
  records: number;
  toRead: number;
  seconds: number;
  cpuMs: number;
  rssMb: number;
  bytes: number;
}

let day: Promise<{ file: string; rows: number; whole: Measured }> | undefined;
async function theDay() {
  day ??= (async () => {
    const file = dir.at('app.jsonl');
    const rows = await writeDay(file, gigabytes * 1e9);
    return { file, rows, whole: await closeDay(file, 0) };
  })();
  return day;
}

async function closeDay(file: string, from: number): Promise<Measured> {
  const child = fileURLToPath(new URL('read-days.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, file, String(from)]);
  return JSON.parse(stdout) as Measured;
}

export const rows: Row[] = [
  {
    name: `watch: a day of ${gigabytes} GB, peak memory`,
    run: async () => {
      const { rows: written, whole } = await theDay();
      const value = Math.round(whole.rssMb);
      return { value, unit: 'MB', bar: 300, ok: value <= 300 && whole.records === written && whole.toRead === 24 };
    },
  },
  {
    name: `watch: a day of ${gigabytes} GB, MB a second of CPU`,
    run: async () => {
      const { whole } = await theDay();
      const value = Math.round(whole.bytes / 1e3 / whole.cpuMs);
      return { value, unit: 'MB/s', bar: 8, ok: value >= 8 };
    },
  },
  {
    name: 'watch: its last tenth alone, CPU against the whole',
    run: async () => {
      const { file, whole } = await theDay();
      const last = await closeDay(file, Math.floor(whole.bytes * 0.9));
      const value = Math.round((100 * last.cpuMs) / whole.cpuMs);
      return { value, unit: '%', bar: 20, ok: value <= 20 };
    },
  },
];

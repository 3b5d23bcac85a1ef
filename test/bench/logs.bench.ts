/**
 * Big logs with `-n`: memory stays flat at ten times the rows, and speed is held against a bare csv-parse stream over
 * the same file: the median of five pairs. CPU time, not wall time, in a child process each: other work on the machine
 * then hardly counts.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Row } from './row.ts';

interface Measured {
  records: number;
  cpuMs: number;
  rssMb: number;
}

const folder = mkdtempSync(join(tmpdir(), 'gapcheck-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const words =
  'order refund invoice customer shipping delay export button browser summary please extract total address'.split(' ');

/** Different prompts, five tasks, quotes and commas in every cell: an ordinary log, of any size. */
async function writeLog(file: string, rows: number, wordsEach: number, kind: 'csv' | 'jsonl'): Promise<void> {
  const out = createWriteStream(file);
  let state = 1;
  const word = (): string => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return words[state % words.length] as string;
  };
  if (kind === 'csv') out.write('id,task,prompt,output,model,latency_ms\n');
  for (let row = 0; row < rows; row += 1) {
    const text = `${Array.from({ length: wordsEach }, word).join(' ')}, "${row}"`;
    const line =
      kind === 'csv'
        ? `${row},task-${row % 5},"${text.replaceAll('"', '""')}",${word()} ${word()},closed-1,${100 + (row % 900)}\n`
        : `${JSON.stringify({ task: `task-${row % 5}`, messages: [{ role: 'user', content: text }], model: 'closed-1' })}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** A quote in every row where none belongs: csv-parse refuses each of them. */
async function writeStrays(file: string, rows: number): Promise<void> {
  const lines = Array.from({ length: rows }, (_, row) => `${row},task-${row % 5},a 5" disk number ${row}\n`);
  await writeFile(file, `id,task,prompt\n${lines.join('')}`);
}

const files = new Map<string, Promise<string>>();
function logFile(rows: number, wordsEach: number, kind: 'csv' | 'jsonl'): Promise<string> {
  const file = join(folder, `${rows}x${wordsEach}.${kind}`);
  const written = files.get(file) ?? writeLog(file, rows, wordsEach, kind).then(() => file);
  files.set(file, written);
  return written;
}

async function measure(how: 'bare' | 'gapcheck', file: string): Promise<Measured> {
  const child = fileURLToPath(new URL('load-log.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, how, file]);
  return JSON.parse(stdout) as Measured;
}

const memory = (name: string, rows: number, wordsEach: number, kind: 'csv' | 'jsonl'): Row => ({
  name: `${name}: peak memory with -n 24`,
  run: async () => {
    const { rssMb, records } = await measure('gapcheck', await logFile(rows, wordsEach, kind));
    return { value: Math.round(rssMb), unit: 'MB', bar: 200, ok: rssMb < 200 && records === rows };
  },
});

const speed = (name: string, rows: number, wordsEach: number): Row => ({
  name: `${name}: speed against bare csv-parse`,
  run: async () => {
    const file = await logFile(rows, wordsEach, 'csv');
    const pairs: [Measured, Measured][] = [];
    for (let pair = 0; pair < 5; pair += 1) pairs.push([await measure('bare', file), await measure('gapcheck', file)]);
    const ratios = pairs.map(([bare, ours]) => bare.cpuMs / ours.cpuMs).sort((a, b) => a - b);
    const value = Math.round(100 * (ratios[2] as number));
    return {
      value,
      unit: '%',
      bar: 75,
      ok: value >= 75 && pairs.every(([bare, ours]) => bare.records === ours.records),
    };
  },
});

const strays: Row = {
  name: '100,000 rows with a stray quote each: CPU',
  run: async () => {
    const file = join(folder, 'strays.csv');
    await writeStrays(file, 100_000);
    const { cpuMs, records } = await measure('gapcheck', file);
    return { value: cpuMs / 1000, unit: 's', bar: 3, ok: cpuMs < 3000 && records === 100_000 };
  },
};

export const rows: Row[] = [
  memory('100,000 rows, CSV', 100_000, 6, 'csv'),
  memory('1,000,000 rows, CSV', 1_000_000, 6, 'csv'),
  memory('100 MB in 100,000 rows, CSV', 100_000, 130, 'csv'),
  memory('100 MB in 100,000 rows, JSON lines', 100_000, 130, 'jsonl'),
  speed('1,000,000 rows', 1_000_000, 6),
  speed('100 MB in 100,000 rows', 100_000, 130),
  strays,
];

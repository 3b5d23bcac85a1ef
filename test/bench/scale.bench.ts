/**
 * A run of 100,000 prompts and two arms whose answers are in the file: time and peak memory of `run` and of `report`, each
 * in a process of its own. Needs the built command. One run serves all rows.
 */
import { once } from 'node:events';
import { createWriteStream, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tempDir } from '../helpers/temp-dir.ts';
import { type Used, used } from './command-load.ts';
import { atMost, type Row } from './row.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const prompts = 100_000;
const dir = tempDir();
process.once('exit', () => dir[Symbol.dispose]());

const words = 'order refund invoice customer shipping delay export button browser summary please extract'.split(' ');

/** Prompts of some 300 characters, answers of some 400. */
async function writePrompts(file: string): Promise<void> {
  const out = createWriteStream(file);
  let state = 1;
  const text = (count: number): string =>
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return words[(state >> 8) % words.length];
    }).join(' ');
  out.write('id,task,prompt,answer:closed,answer:open\n');
  for (let row = 0; row < prompts; row += 1) {
    const line = `r${row},task-${row % 5},"Please ${text(40)} ${row}.","Done: ${text(60)}.","Here: ${text(60)}."\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

interface Scale {
  run: Used;
  report: Used;
}

async function measureScale(): Promise<Scale> {
  await writePrompts(dir.at('prompts.csv'));
  const run = await used([bin, 'run', 'prompts.csv', '-n', 'all', '--no-score', '--yes'], dir.path, {});
  const report = await used([bin, 'report'], dir.path, {});
  if (readdirSync(dir.at('results')).length === 0) throw new Error('no run was made');
  return { run, report };
}

let measured: Promise<Scale> | undefined;
const scale = (): Promise<Scale> => {
  measured ??= measureScale();
  return measured;
};

export const rows: Row[] = [
  atMost('run of 100,000 prompts × 2 replayed arms: peak memory', 'MB', 300, async () => (await scale()).run.rssMb),
  atMost(
    'report of 100,000 prompts × 2 replayed arms: peak memory',
    'MB',
    300,
    async () => (await scale()).report.rssMb,
  ),
  atMost(
    'report of 100,000 prompts × 2 replayed arms: wall',
    's',
    30,
    async () => (await scale()).report.wallMs / 1000,
  ),
];

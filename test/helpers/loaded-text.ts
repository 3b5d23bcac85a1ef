/** A text as a file of a log, and what was read out of it. */
import { writeFileSync } from 'node:fs';
import { type LoadedPrompts, loadPrompts } from '../../src/logs/load.ts';
import { hashing } from '../../src/store/hashing.ts';
import { tempDir } from './temp-dir.ts';

/** Read under this name, with personal data as it stands. */
export async function load(name: string, text: string): Promise<LoadedPrompts> {
  using folder = tempDir();
  writeFileSync(folder.at(name), text);
  const now = new Date('2026-11-20T00:00:00Z');
  return await loadPrompts([name], { redact: false, now, seed: 1, hashing, cwd: folder.path });
}

export const jsonLines = (...records: unknown[]): string => records.map((record) => JSON.stringify(record)).join('\n');

const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
export const csvOf = (...rows: string[][]): string => rows.map((row) => row.map(cell).join(',')).join('\n');

/** The turns of each prompt, and its answer. */
export const said = ({ prompts }: LoadedPrompts): unknown[] =>
  prompts.map(({ messages, ref }) => [...messages.map(({ role, content }) => `${role}: ${content}`), ref?.text]);

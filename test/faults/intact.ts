/** What no fault may break: frozen files keep their bytes, no line is lost or changed, chains and seal hold. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readEvents } from '../../src/store/events-file.ts';
import { openSealedRun, readKey } from '../../src/store/run-folder.ts';
import { readAllVotes } from '../../src/store/votes-file.ts';
import { readJsonl } from '../helpers/read-jsonl.ts';

const frozen = ['run.json', 'prompts.jsonl', 'key.json'];

export type Kept = Record<string, Buffer>;

const linesFiles = (folder: string): string[] => [
  'events.jsonl',
  ...['attempts', 'votes'].flatMap((part) =>
    existsSync(join(folder, part))
      ? readdirSync(join(folder, part))
          .filter((name) => name.endsWith('.jsonl'))
          .map((name) => join(part, name))
      : [],
  ),
];

/** Every record of a run folder, as bytes. */
export function keep(folder: string): Kept {
  const names = [...frozen, ...linesFiles(folder)].filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** The folder is a whole run, and everything that was there `before` still is. */
export function expectIntact(folder: string, before: Kept = {}): void {
  const stored = openSealedRun(folder);
  readKey(stored);
  readEvents(stored.paths);
  readAllVotes(stored.paths, stored.run);
  for (const name of linesFiles(folder)) readJsonl(join(folder, name));
  const now = keep(folder);
  for (const [name, bytes] of Object.entries(before)) {
    const there = now[name];
    expect(there, `${name} is there`).toBeDefined();
    const same = frozen.includes(name) ? there : there?.subarray(0, bytes.length);
    expect(same?.equals(bytes), `${name} keeps what it held`).toBe(true);
  }
}

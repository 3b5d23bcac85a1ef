/**
 * A log that an app writes for a week while logrotate renames, packs, or copies and truncates it; and what of it a week
 * must have drawn, reckoned from the records alone.
 */
import { createHash, createHmac } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RunEvent } from '../../src/records/run-events.ts';
import { readEvents } from '../../src/store/events-file.ts';
import { readKey, type StoredRun } from '../../src/store/run-folder.ts';
import { dayMs, firstDay, type LogLine, logLine, text } from './watched-week.ts';

export type Rotation = 'rename' | 'rename-and-pack' | 'copy-and-truncate' | 'none';
export const rotations: readonly Rotation[] = ['rename', 'rename-and-pack', 'copy-and-truncate', 'none'];

export class RotatingLog {
  /** Everything that was ever written. */
  readonly written: LogLine[] = [];
  private readonly folder: string;
  private next = 0;
  private rotated = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  private get live(): string {
    return join(this.folder, 'app.jsonl');
  }

  /** Calls at these moments, ms since the epoch; every fifth asks what an earlier one asked. */
  write(moments: readonly number[]): void {
    const lines = moments.map((at) => {
      const n = this.next++;
      return logLine(n, at, n % 5 === 4 ? { text: `Reply to ticket ${n - 3}.` } : {});
    });
    this.written.push(...lines);
    appendFileSync(this.live, text(lines));
  }

  rotate(how: Rotation): void {
    if (how === 'none' || !existsSync(this.live)) return;
    this.rotated += 1;
    const old = `${this.live}.${this.rotated}`;
    if (how === 'copy-and-truncate') {
      copyFileSync(this.live, old);
      truncateSync(this.live);
      return;
    }
    renameSync(this.live, old);
    if (how === 'rename-and-pack') this.pack(old);
  }

  /** What logrotate's `delaycompress` does at the next turn. */
  packOne(): void {
    const plain = readdirSync(this.folder).find((name) => /^app\.jsonl\.\d+$/.test(name));
    if (plain !== undefined) this.pack(join(this.folder, plain));
  }

  private pack(file: string): void {
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
    rmSync(file);
  }
}

/** The day of a moment, UTC. */
export const dayOf = (line: LogLine): string => line.timestamp.slice(0, 10);

const idOf = ({ messages }: Pick<LogLine, 'messages'>): string =>
  `p_${createHash('sha256')
    .update(JSON.stringify({ messages: messages.map(({ role, content }) => ({ content, role })) }))
    .digest('hex')
    .slice(0, 16)}`;

export interface Drawn {
  day: string;
  prompts: string[];
  records: number;
}

/** By day: the lowest HMACs of the run's key over the day's different prompts, those of earlier days left out. */
export function rightDraw(stored: StoredRun, written: readonly LogLine[], perDay: number): Drawn[] {
  const key = readKey(stored);
  const rank = (id: string): string => createHmac('sha256', key).update(id).digest('hex');
  const taken = new Set<string>();
  const { days = 0 } = stored.run.settings.watch ?? {};
  return Array.from({ length: days }, (_, at) => {
    const day = new Date(firstDay + at * dayMs).toISOString().slice(0, 10);
    const own = written.filter((line) => dayOf(line) === day);
    const ids = [...new Set(own.map(idOf))].filter((id) => !taken.has(id));
    const prompts = ids.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, 4 * perDay);
    for (const id of prompts) taken.add(id);
    return { day, prompts, records: own.length };
  });
}

export const drawnBy = (stored: StoredRun): Drawn[] =>
  readEvents(stored.paths).flatMap((event: RunEvent) =>
    event.event === 'day' ? [{ day: event.day, prompts: event.prompts, records: event.records }] : [],
  );

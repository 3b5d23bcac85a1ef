/** What a reading of logs is told, and what one read file gives. */
import type { Hashing } from '../records/ids.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type { Draft, Row } from './draft.ts';
import type { UnusedFields } from './fields/unused.ts';
import type { OwnPattern } from './redact/redact.ts';

/** What the user says of a log: it beats what the log seems to be. */
export interface ReadingFlags {
  format?: string;
  encoding?: string;
  /** Which table of a database is read. */
  table?: string;
  promptField?: string;
  messagesField?: string;
  answerField?: string;
  taskField?: string;
  /** Cells stay text, also where all of their column are messages or completions. */
  textCells?: boolean;
  includeFlagged?: boolean;
}

export type FailsCheck = (
  draft: Pick<Draft, 'messages' | 'tools' | 'response_format' | 'ref'>,
  task: string,
) => boolean;

/** Gives a record that reads the same and takes less memory, or at least none of the log that it was cut from. */
export type Hold = <T extends object>(record: T) => T;

export interface LoadOptions extends ReadingFlags {
  /** Keep only what a sample of this size (ballots and machine checks together) can need: big logs stay small. */
  n?: number | 'all';
  taskMap?: Record<string, string>;
  /** promptfoo: text of the prompt template that the vars go into. */
  template?: string;
  redact: boolean;
  ownPatterns?: readonly OwnPattern[];
  /** `7d`, `12h`, `2w`, or a date. */
  since?: string;
  until?: string;
  now: Date;
  seed: number;
  tasks?: string[];
  hard?: number;
  /** Jobs for whole agents: what began each session. */
  jobs?: boolean;
  /** With `hard`: whether the log's own answer fails a check of the run. */
  failsCheck?: FailsCheck;
  /** Columns of a table that hold answers and are not called answer:NAME. */
  answerColumns?: readonly string[];
  hashing: Hashing;
  /** For prompts that are kept; without it they are held in memory. */
  hold?: Hold;
  /** The order of a format's task fields holds, whatever they tell apart: read again later, a log gives the same tasks. */
  keepTaskOrder?: boolean;
  cwd: string;
}

export interface ReadFile {
  format: string;
  why: string;
  records: number;
  columns?: string[];
  answers: string[];
  warnings: string[];
  tally: UnusedFields;
  /** The first records. */
  sample: readonly JsonObject[];
}

/** Rows of formats that are mapped only once every file was read. */
export interface Arranged {
  rows: Row[];
  file: string;
  /** Of the files that the rows are from. */
  tallies: Set<UnusedFields>;
  few: readonly string[];
}

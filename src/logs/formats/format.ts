/**
 * What a log format is. One pure file each beside this one, one line in registry.ts, one fixture. `sign` says how surely
 * a record is of this format; `map` makes a draft of it with the shared readers (request, answer, messages, tools).
 */

import type { JsonObject } from '../../records/plain-json.ts';
import type { Draft, Mapped, Row } from '../draft.ts';
import type { TaskFields } from '../task-choice.ts';

export type { Draft };

interface Sign {
  /** 0..1: near 1 for keys that nobody else writes, 0.5 for a shape that several share. */
  score: number;
  /** The sign it was known by, as it can follow "because". */
  why: string;
}

export interface LogFormat {
  name: string;
  title: string;
  /** Each record (after `arrange`) is a conversation, cut into one prompt per human turn: the counts are said. */
  holds?: 'conversations';
  sign(record: JsonObject): Sign | undefined;
  /** Of the first records together: false where their signs are words that mean something else. */
  fits?(records: readonly JsonObject[]): boolean;
  /** A wrapper (`{trace, observations}`, `{resourceSpans}`) → its records; undefined when it is none of ours. */
  unwrap?(value: JsonObject): JsonObject[] | undefined;
  /**
   * All records of this format from all files, where one prompt needs several: joins, merges, root and leaf of one call.
   * Such formats are held in memory; the others are streamed.
   */
  arrange?(rows: Row[]): Row[];
  /** Of a format that is arranged: the fields that may name the task. */
  taskFields?: TaskFields;
  /** What `arrange` made of them, in one sentence: `10 rows are 3 conversations: 5 prompts.` */
  announce?(rows: Row[]): string;
  map(record: JsonObject, options: MapOptions): Mapped | Mapped[];
  /** What to tell somebody whose file is of this format and holds no prompt: a sentence, or one about these records. */
  noPrompts?: string | ((file: string, records: readonly JsonObject[]) => string);
}

export interface MapOptions {
  /** promptfoo: the prompt template its vars go into. */
  template?: string;
  /** Doubtful names of tasks (`label`, `type`) that few values fill in this file. */
  few?: readonly string[];
  /** Of the format's `taskFields` the one that is taken first. */
  taskName?: string;
}

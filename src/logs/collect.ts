/** Where mapped records come together: counted, filtered, labelled, folded, kept; then redacted and given their ids. */

import type { Hashing } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { type Audit, Auditor } from './audit.ts';
import { askedAgain, difficultyOf, failedCheck, hardTags } from './difficulty.ts';
import type { Draft, Mapped } from './draft.ts';
import { asJob } from './first-turn.ts';
import { Keeper, type Stratum } from './keep.ts';
import type { FailsCheck, Hold } from './load-options.ts';
import { coreTexts, type Found, otherAnswers, recordOf, taskLine, tellsMore, unfairBecause } from './record-of.ts';
import type { Redactor } from './redact/redact.ts';
import { sampleKey } from './sample-key.ts';
import { groupKey, groupNames, groupOf, type TaskGuess, taskGuess } from './tasks.ts';

export interface Rejected {
  reason: string;
  count: number;
  firstLines: { file: string; line: number }[];
}

export interface CollectOptions {
  seed: number;
  /** Prompts to keep per task and band; Infinity for all. */
  limit: number;
  /** Several files are read, which may be exports of the same calls. */
  severalFiles?: boolean;
  taskMap?: Record<string, string>;
  tasks?: string[];
  /** ISO times; records without a time are kept. */
  since?: string;
  until?: string;
  includeFlagged?: boolean;
  failsCheck?: FailsCheck;
  hold?: Hold;
  /** Only what began a session, without the work that followed. */
  jobs?: boolean;
}

export interface LoggedCounts {
  /** Usable records. */
  records: number;
  /** Different prompts among them. */
  different: number;
  /** One entry for each repeat of a kept prompt whose answers were others: `logged`, `column:NAME`. */
  otherAnswers: string[][];
}

interface Collected {
  prompts: PromptRecord[];
  strata: Stratum[];
  logged: LoggedCounts;
  audit: Audit;
}

/** What mapped records are given to. */
export type Gatherer = Pick<Collector, 'add' | 'reject'>;

interface Grouped extends Found {
  grouped: boolean;
}

/** A slice keeps the whole chunk it was cut from in memory: what stays gets text of its own. */
const ownTexts: Hold = (record) => JSON.parse(JSON.stringify(record));

const firstLinesShown = 3;
const tasksNamed = 100;
const tasksRemembered = 1000;

const sessionsRemembered = 500_000;

export const notInTasks = 'not in --tasks';

/** The tags of what is kept, with those of its twin that tell a hard prompt. */
function withHardTags(own: Draft['tags'], twin: Draft['tags']): Draft['tags'] {
  const telling = twin?.filter((tag) => hardTags.includes(tag) && own?.includes(tag) !== true) ?? [];
  return telling.length === 0 ? own : [...(own ?? []), ...telling];
}

export class Collector {
  private readonly rejects = new Map<string, Rejected>();
  private readonly skips = new Map<string, number>();
  /** Sentences about records, each with how many it is true of. */
  readonly notes = new Map<string, number>();
  private readonly groups = new Map<string, number>();
  private readonly openings = new Set<string>();
  private readonly names = new Map<string, string>();
  /** When a request was first seen in its session. */
  private readonly sessions = new Map<number, string>();
  /** Where a call with an id was first met. */
  private readonly calls = new Map<number, string>();
  /** Records by their id, time, request and answer. */
  private readonly written = new Set<number>();
  private readonly auditor = new Auditor();
  private readonly keeper: Keeper<Grouped>;
  private readonly options: CollectOptions;
  /** Tasks that --tasks leaves out, as far as a message can name them. */
  readonly otherTasks = new Set<string>();
  /** Records that became prompts, duplicates included. */
  usable = 0;

  constructor(options: CollectOptions) {
    this.options = options;
    this.keeper = new Keeper(options.limit);
  }

  add(read: Mapped, source: PromptRecord['source']): void {
    const mapped = this.options.jobs ? asJob(read) : read;
    if ('skip' in mapped) this.skips.set(mapped.skip, (this.skips.get(mapped.skip) ?? 0) + 1);
    else if ('reject' in mapped) this.reject(mapped.reject, source);
    else this.draft(mapped.draft, source);
  }

  reject(reason: string, { file, line }: { file: string; line: number }): void {
    const known = this.rejects.get(reason) ?? { reason, count: 0, firstLines: [] };
    this.rejects.set(reason, known);
    known.count += 1;
    if (known.firstLines.length < firstLinesShown) known.firstLines.push({ file, line });
  }

  private draft(draft: Draft, source: PromptRecord['source']): void {
    const { since, until, includeFlagged } = this.options;
    if (
      draft.ts !== undefined &&
      ((since !== undefined && draft.ts < since) || (until !== undefined && draft.ts >= until))
    ) {
      this.skips.set(outside, (this.skips.get(outside) ?? 0) + 1);
      return;
    }
    // What an earlier import kept is not refused again.
    const kept = includeFlagged || draft.source !== undefined;
    const unfair = kept ? undefined : unfairBecause(draft);
    if (unfair !== undefined) {
      this.reject(unfair, source);
      return;
    }
    if (draft.notes !== undefined) {
      for (const text of draft.notes) this.notes.set(text, (this.notes.get(text) ?? 0) + 1);
      delete draft.notes;
    }
    const { task, grouped } = this.taskOf(draft);
    if (this.options.tasks && !grouped && !this.options.tasks.includes(task)) {
      if (this.otherTasks.size < tasksNamed) this.otherTasks.add(task);
      this.skips.set(notInTasks, (this.skips.get(notInTasks) ?? 0) + 1);
      return;
    }
    const key = sampleKey(coreTexts(draft), this.options.seed);
    if (this.isInAnotherFile(draft, source.file)) {
      this.skips.set(sameCall, (this.skips.get(sameCall) ?? 0) + 1);
      return;
    }
    if (this.isWrittenTwice(draft, key)) {
      this.skips.set(sameRecord, (this.skips.get(sameRecord) ?? 0) + 1);
      return;
    }
    // Asked first: taking away what is not there takes long.
    if ('trace_id' in draft) delete draft.trace_id;
    if (this.isAskedAgain(draft, key)) draft.tags = [...(draft.tags ?? []), askedAgain];
    if (this.options.failsCheck?.(draft, grouped ? '*' : task)) draft.tags = [...(draft.tags ?? []), failedCheck];
    const { score, difficulty } = difficultyOf(draft);
    this.usable += 1;
    this.auditor.add(draft, task, difficulty === 'hard');
    const found = { task, grouped, difficulty, score, source: draft.source ?? source };
    this.keeper.add(
      task,
      difficulty,
      key,
      () => ({ ...found, draft: (this.options.hold ?? ownTexts)(draft) }),
      draft.count ?? 1,
      (known) => {
        const others = otherAnswers(draft, known.draft);
        if (others.length > 0) known.others = [...(known.others ?? []), others];
        if (known.others) Object.assign(found, { others: known.others });
        // Hard once is hard: what became of the prompt in another record counts for it too.
        const hardest = known.score > found.score ? known : found;
        const { score: most, difficulty: band } = hardest;
        Object.assign(known, { score: most, difficulty: band });
        known.draft.tags = withHardTags(known.draft.tags, draft.tags);
        if (known.draft.tags === undefined) delete known.draft.tags;
        Object.assign(found, { score: most, difficulty: band });
        return tellsMore(draft, known.draft);
      },
    );
  }

  /** The same call in two exports: one id, or one trace, with the same messages and the same answer. */
  private isInAnotherFile({ source_id, trace_id, messages, ref }: Draft, file: string): boolean {
    if (!this.options.severalFiles) return false;
    const ids = [source_id, trace_id].filter((id) => id !== undefined && id.length >= shortestId);
    if (ids.length === 0) return false;
    const said = [JSON.stringify(messages), ref?.text ?? '', JSON.stringify(ref?.tool_calls ?? [])];
    const keys = ids.map((id) => sampleKey([id ?? '', ...said], 0));
    const isKnown = keys.some((key) => (this.calls.get(key) ?? file) !== file);
    if (!isKnown && this.calls.size < sessionsRemembered)
      for (const key of keys) if (!this.calls.has(key)) this.calls.set(key, file);
    return isKnown;
  }

  /** An export that overlaps itself holds a record again, to the letter. A trace may hold equal calls, so its id is not enough. */
  private isWrittenTwice({ source_id: id, source, ts, ref }: Draft, request: number): boolean {
    if (id === undefined || id.length < shortestId || source !== undefined) return false;
    const key = sampleKey([id, ts ?? '', String(request), ref?.text ?? '', JSON.stringify(ref?.tool_calls ?? [])], 1);
    if (this.written.has(key)) return true;
    if (this.written.size < sessionsRemembered) this.written.add(key);
    return false;
  }

  /** The same request in the same session at another time: somebody, or the program, tried again. */
  private isAskedAgain({ session_id: session, ts }: Draft, request: number): boolean {
    if (session === undefined || ts === undefined) return false;
    const key = sampleKey([session, String(request)], 0);
    const before = this.sessions.get(key);
    if (before === undefined && this.sessions.size < sessionsRemembered) this.sessions.set(key, ts);
    return before !== undefined && before !== ts;
  }

  private taskOf(draft: Draft): { task: string; grouped: boolean } {
    if (draft.task !== undefined) return { task: this.named(draft.task), grouped: false };
    const key = groupKey(groupOf(draft, this.openings));
    this.groups.set(key, (this.groups.get(key) ?? 0) + 1);
    return { task: key, grouped: true };
  }

  /** Few names come again and again. */
  private named(task: string): string {
    const known = this.names.get(task);
    if (known !== undefined) return known;
    const name = this.mapped(taskLine(task));
    if (this.names.size < tasksRemembered) this.names.set(task, name);
    return name;
  }

  private mapped(task: string): string {
    const map = this.options.taskMap;
    return map && Object.hasOwn(map, task) ? (map[task] as string) : task;
  }

  get duplicates(): number {
    return this.keeper.duplicates;
  }

  rejected(): Rejected[] {
    return [...this.rejects.values()].sort((a, b) => b.count - a.count);
  }

  skipped(): { reason: string; count: number }[] {
    return [...this.skips].map(([reason, count]) => ({ reason, count }));
  }

  /** How tasks were guessed; undefined where the log names them. */
  get guessed(): TaskGuess | undefined {
    return taskGuess(this.groups);
  }

  /** Redacts, makes ids, folds what became equal. */
  finish(redactor: Redactor | undefined, hashing: Hashing): Collected {
    const names = groupNames(this.groups);
    const rename = (task: string): string => (names.has(task) ? this.mapped(names.get(task) as string) : task);
    const byId = new Map<string, PromptRecord>();
    const others: string[][] = [];
    for (const kept of this.keeper.list()) {
      const record = recordOf(kept.value, kept.count, rename, redactor, hashing);
      if (this.options.tasks && !this.options.tasks.includes(record.task)) continue;
      const known = byId.get(record.id);
      others.push(...(kept.value.others ?? []));
      const differ = known === undefined ? [] : otherAnswers(record, known);
      if (differ.length > 0) others.push(differ);
      if (known) known.count = (known.count ?? 1) + kept.count;
      else byId.set(record.id, this.options.hold?.(record) ?? record);
      if (known) this.keeper.duplicates += kept.count;
    }
    const strata = this.keeper.strata().map((stratum) => ({ ...stratum, task: rename(stratum.task) }));
    const records = strata.reduce((sum, { traffic }) => sum + traffic, 0);
    const logged = { records, different: records - this.keeper.duplicates, otherAnswers: others };
    return { prompts: [...byId.values()], strata, logged, audit: this.auditor.finish(rename) };
  }
}

const outside = 'outside --since and --until';
const sameRecord = 'the same record again (same id, time, messages and answer): counted once';
const sameCall = 'the same call as in another file (same id or trace, same messages and answer): counted once';
/** Shorter ids count the lines of a file, and mean nothing beside another one. */
const shortestId = 8;

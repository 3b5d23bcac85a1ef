/**
 * The records of the days that close → what each day had, and its prompts in the order of a keyed hash: a uniform draw
 * of its different prompts, whatever their number, in the memory of a few hundred.
 */
import type { Hashing, PromptId } from '../../records/ids.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { Gatherer, Rejected } from '../collect.ts';
import { type Calendar, quickDays } from '../days.ts';
import { difficultyOf } from '../difficulty.ts';
import type { Draft, Mapped } from '../draft.ts';
import { KeySet } from '../key-set.ts';
import { coreTexts, isAnswered, recordOf, taskLine, tellsMore, unfairBecause } from '../record-of.ts';
import { createRedactor, type OwnPattern, type Redactor } from '../redact/redact.ts';
import { sampleKey } from '../sample-key.ts';
import { fromGroupKey, groupKey, groupNames, groupOf, nameOf } from '../tasks.ts';
import { asReplay } from '../trajectory.ts';

export interface DrawOptions {
  calendar: Calendar;
  /** The days that close now, in order. */
  closing: readonly string[];
  /** Prompts to draw of each: to read and in reserve. */
  perDay: number;
  /** The run's key. */
  key: Uint8Array;
  hashing: Hashing;
  redact: boolean;
  ownPatterns?: readonly OwnPattern[];
  includeFlagged?: boolean;
  taskMap?: Record<string, string>;
  /** Tasks that the run has already: a guessed one keeps its name from day to day. */
  tasks: ReadonlySet<string>;
  /** What the run has already is not drawn again. */
  drawn: { ids: ReadonlySet<PromptId>; sources: ReadonlySet<string> };
  /** Whether every arm whose answers come with the prompts has one. */
  isReady(prompt: Pick<PromptRecord, 'ref' | 'answers'>): boolean;
}

export interface DrawnDay {
  day: string;
  records: number;
  /** Different prompts that could be drawn, those of the run left out. */
  different: number;
  prompts: PromptRecord[];
}

interface Candidate {
  rank: string;
  draft: Draft;
  group: string;
  grouped: boolean;
  source: PromptRecord['source'];
  /** Tool results that the way of this record went through. */
  steps: number;
}

interface OpenDay {
  records: number;
  kept: Map<string, Candidate>;
  /** No rank at or above this gets in any more. */
  ceiling: string;
  groups: Map<string, number>;
  different: KeySet;
}

/** 64 MB at most: a day of more records counts some of the further ones twice, and draws as before. */
const mostKeys = 3_000_000;

export class DayDraw implements Gatherer {
  private readonly options: DrawOptions;
  private readonly days = new Map<string, OpenDay>();
  private readonly dayOf: (ms: number) => string;
  /** Records by their identity, and prompts by day: what was seen is not looked at again. */
  private readonly seen = new KeySet(mostKeys);
  private readonly ranker: Redactor | undefined;
  private readonly limit: number;
  private readonly rejects = new Map<string, Rejected>();
  private readonly openings = new Set<string>();

  constructor(options: DrawOptions) {
    this.options = options;
    this.dayOf = quickDays(options.calendar);
    this.ranker = options.redact ? createRedactor(options.ownPatterns) : undefined;
    // Each day before may take as many away, and so may the run.
    this.limit = options.perDay * options.closing.length + options.drawn.ids.size + options.drawn.sources.size;
    for (const day of options.closing)
      this.days.set(day, {
        records: 0,
        kept: new Map(),
        ceiling: '~',
        groups: new Map(),
        different: new KeySet(mostKeys),
      });
  }

  /** The day of a record, and whether it had closed before; undefined for what is no prompt with a time. */
  placeOf(mapped: Mapped): { day: string; isClosed: boolean; isCopy: boolean } | undefined {
    if (!('draft' in mapped) || mapped.draft.ts === undefined) return undefined;
    const day = this.dayOf(Date.parse(mapped.draft.ts));
    return { day, isClosed: day < (this.options.closing[0] ?? ''), isCopy: mapped.draft.silent === true };
  }

  add(mapped: Mapped, source: PromptRecord['source']): void {
    if ('skip' in mapped) return;
    if ('reject' in mapped) this.reject(mapped.reject, source);
    else if (mapped.draft.ts === undefined) this.reject('without a time', source);
    else {
      const day = this.dayOf(Date.parse(mapped.draft.ts));
      const open = this.days.get(day);
      const why = open && this.take(mapped.draft, day, open, source);
      if (why !== undefined) this.reject(why, source);
    }
  }

  reject(reason: string, { file, line }: { file: string; line: number }): void {
    const known = this.rejects.get(reason) ?? { reason, count: 0, firstLines: [] };
    this.rejects.set(reason, known);
    known.count += 1;
    if (known.firstLines.length < 3) known.firstLines.push({ file, line });
  }

  rejected(): Rejected[] {
    return [...this.rejects.values()].sort((a, b) => b.count - a.count);
  }

  /** Returns why it cannot be drawn; undefined where it can, or was seen before. */
  private take(draft: Draft, day: string, open: OpenDay, source: PromptRecord['source']): string | undefined {
    delete draft.notes;
    const texts = coreTexts(draft);
    const prompt = sampleKey(texts, 1);
    const identity = draft.source_id ?? `${prompt} ${draft.ts}`;
    if (!this.seen.add(sampleKey(['record', day, identity], 2))) return undefined;
    open.records += draft.count ?? 1;
    const unfair = this.options.includeFlagged || draft.source ? undefined : unfairBecause(draft);
    if (unfair !== undefined) return unfair;
    const grouped = draft.task === undefined;
    const group = draft.task === undefined ? groupKey(groupOf(draft, this.openings)) : this.named(draft.task);
    if (grouped) open.groups.set(group, (open.groups.get(group) ?? 0) + 1);
    if (!this.options.isReady(draft)) return 'without a logged answer';
    const { sources } = this.options.drawn;
    if (draft.source_id !== undefined && sources.has(draft.source_id)) return undefined;
    // A first record without an answer must not hide a later one that has it.
    if (isAnswered(draft) && !this.seen.add(sampleKey(['prompt', day, String(prompt)], 2))) return undefined;
    this.rank(draft, open, { group, grouped, source });
    return undefined;
  }

  private rank(draft: Draft, open: OpenDay, about: Pick<Candidate, 'group' | 'grouped' | 'source'>): void {
    const { hashing, key, drawn } = this.options;
    const { id, steps } = this.idOf(draft);
    if (drawn.ids.has(id)) return;
    const rank = hashing.hmac(key, id);
    open.different.add(Number.parseInt(rank.slice(0, 13), 16));
    const known = open.kept.get(rank);
    if (known) {
      if (tellsMore(draft, known.draft) || (isAnswered(draft) && steps > known.steps))
        Object.assign(known, { draft: owned(draft), steps, source: about.source });
      return;
    }
    if (rank >= open.ceiling) return;
    open.kept.set(rank, { ...about, rank, draft: owned(draft), steps });
    if (open.kept.size >= 2 * this.limit) this.trim(open);
  }

  /** As the prompt will be when it is redacted and cut back to where each model begins. */
  private idOf({ messages, tools, response_format, params }: Draft): { id: PromptId; steps: number } {
    const core: Draft = {
      messages,
      ...(tools && { tools }),
      ...(response_format && { response_format }),
      ...(params && { params }),
    };
    const found = { draft: core, task: '', difficulty: 'easy', score: 0, source: nowhere } as const;
    const prompt = asReplay(
      recordOf(found, 1, (task) => task, this.ranker, this.options.hashing),
      this.options.hashing,
    );
    return { id: prompt.id, steps: prompt.tool_log?.length ?? 0 };
  }

  private trim(open: OpenDay): void {
    const lowest = sorted(open).slice(0, this.limit);
    open.kept = new Map(lowest.map((kept) => [kept.rank, kept]));
    open.ceiling = lowest.at(-1)?.rank ?? '';
  }

  private named(task: string): string {
    const line = taskLine(task);
    const map = this.options.taskMap;
    return map && Object.hasOwn(map, line) ? (map[line] as string) : line;
  }

  /** The days in order; what one day draws, a later one does not. Counts of what was redacted in drawn prompts. */
  finish(): { days: DrawnDay[]; redacted: Record<string, number> } {
    const { closing, drawn, redact, ownPatterns } = this.options;
    const ids = new Set(drawn.ids);
    const sources = new Set(drawn.sources);
    const redactor = redact ? createRedactor(ownPatterns) : undefined;
    const days = closing.map((day): DrawnDay => {
      const open = this.days.get(day) as OpenDay;
      const prompts: PromptRecord[] = [];
      const names = this.namesOf(open);
      for (const candidate of sorted(open)) {
        if (prompts.length >= this.options.perDay) break;
        const own = candidate.draft.source_id;
        if (own !== undefined && sources.has(own)) continue;
        const prompt = this.promptOf(candidate, names, redactor);
        if (ids.has(prompt.id)) continue;
        ids.add(prompt.id);
        if (own !== undefined) sources.add(own);
        prompts.push(prompt);
      }
      return { day, records: open.records, different: open.different.size, prompts };
    });
    return { days, redacted: redactor?.counts ?? {} };
  }

  private promptOf(candidate: Candidate, names: (group: string) => string, redactor: Redactor | undefined) {
    const { draft, group, grouped, source } = candidate;
    const { difficulty, score } = difficultyOf(draft);
    const found = { draft, task: group, difficulty, score, source: draft.source ?? source };
    const rename = (task: string): string => (grouped ? names(task) : task);
    return asReplay(recordOf(found, 1, rename, redactor, this.options.hashing), this.options.hashing);
  }

  /** A guessed name that the run has already stays, however few records of it this day has. */
  private namesOf({ groups }: OpenDay): (group: string) => string {
    const names = groupNames(groups);
    return (group) => {
      const own = nameOf(fromGroupKey(group));
      return this.named(own !== undefined && this.options.tasks.has(own) ? own : (names.get(group) ?? group));
    };
  }
}

const nowhere = { format: '', file: '', line: 0 };

/** A slice keeps the whole chunk it was cut from in memory: what stays gets text of its own. */
const owned = (draft: Draft): Draft => JSON.parse(JSON.stringify(draft)) as Draft;

const sorted = ({ kept }: OpenDay): Candidate[] => [...kept.values()].sort((a, b) => (a.rank < b.rank ? -1 : 1));

/**
 * What is kept of a log that streams by: exact duplicates fold into a count, and with a limit only the lowest keyed
 * hashes of each task and band stay, so that a million rows take the memory of a few hundred.
 */
import type { Difficulty } from '../records/prompt-record.ts';
import { KeySet } from './key-set.ts';

export interface Kept<T> {
  value: T;
  key: number;
  order: number;
  count: number;
}

export interface Stratum {
  task: string;
  difficulty: Difficulty;
  /** Records in the log, duplicates included: its traffic. */
  traffic: number;
  /** Different prompts. */
  prompts: number;
}

interface Bucket<T> extends Stratum {
  kept: Map<number, Kept<T>>;
  /** No key at or above this gets in any more. */
  ceiling: number;
}

export class Keeper<T> {
  duplicates = 0;
  private order = 0;
  private readonly buckets = new Set<Bucket<T>>();
  /** The same buckets by task: joining a name for each record would take longer than finding it. */
  private readonly byTask: Record<Difficulty, Map<string, Bucket<T>>> = { easy: new Map(), hard: new Map() };
  private readonly seen = new KeySet();
  private readonly limit: number;

  /** `limit`: how many prompts a task and band may keep; Infinity keeps all. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** `make` is called only for what is kept; `better` says whether a duplicate takes the place of what was kept. */
  add(
    task: string,
    difficulty: Difficulty,
    key: number,
    make: () => T,
    count = 1,
    better: (known: T) => boolean = () => false,
  ): void {
    const bucket = this.bucket(task, difficulty);
    const order = this.order++;
    bucket.traffic += count;
    const known = key > bucket.ceiling ? undefined : (bucket.kept.get(key) ?? this.fromOtherBand(bucket, key, count));
    if (known) {
      known.count += count;
      if (better(known.value)) known.value = make();
      this.duplicates += count;
      return;
    }
    if (Number.isFinite(this.limit) && !this.seen.add(key)) {
      this.duplicates += count;
      return;
    }
    bucket.prompts += 1;
    this.duplicates += count - 1;
    if (key >= bucket.ceiling) return;
    bucket.kept.set(key, { value: make(), key, order, count });
    if (bucket.kept.size >= 2 * this.limit) this.trim(bucket);
  }

  /** The same prompt, once easy and once hard by what became of it in the log, is one prompt: a hard one. */
  private fromOtherBand(bucket: Bucket<T>, key: number, count: number): Kept<T> | undefined {
    const other = this.byTask[bucket.difficulty === 'hard' ? 'easy' : 'hard'].get(bucket.task);
    const known = other?.kept.get(key);
    if (!other || !known) return undefined;
    const [easy, hard] = bucket.difficulty === 'hard' ? [other, bucket] : [bucket, other];
    const isNew = bucket.difficulty === 'hard';
    const moved = isNew ? known.count : count;
    if (isNew) {
      easy.kept.delete(key);
      easy.prompts -= 1;
      hard.prompts += 1;
      hard.kept.set(key, known);
    }
    easy.traffic -= moved;
    hard.traffic += moved;
    return known;
  }

  private bucket(task: string, difficulty: Difficulty): Bucket<T> {
    const known = this.byTask[difficulty].get(task);
    if (known) return known;
    const bucket = { task, difficulty, traffic: 0, prompts: 0, kept: new Map(), ceiling: Number.POSITIVE_INFINITY };
    this.buckets.add(bucket);
    this.byTask[difficulty].set(task, bucket);
    if (this.buckets.size > maxBuckets && Number.isFinite(this.limit)) this.dropSmallest();
    return bucket;
  }

  /** Keeps the lowest half, in one sort per `limit` additions. */
  private trim(bucket: Bucket<T>): void {
    const lowest = [...bucket.kept.values()].sort((a, b) => a.key - b.key).slice(0, this.limit);
    bucket.kept = new Map(lowest.map((kept) => [kept.key, kept]));
    bucket.ceiling = lowest.at(-1)?.key ?? 0;
  }

  /** A column with a value per row is no task: the rarest ones keep their counts, not their texts. */
  private dropSmallest(): void {
    const ranked = [...this.buckets].sort((a, b) => b.traffic - a.traffic);
    for (const bucket of ranked.slice(maxBuckets / 2)) {
      this.buckets.delete(bucket);
      this.byTask[bucket.difficulty].delete(bucket.task);
    }
  }

  strata(): Stratum[] {
    return [...this.buckets].map(({ task, difficulty, traffic, prompts }) => ({
      task,
      difficulty,
      traffic,
      prompts,
    }));
  }

  /** Kept ones in the order in which they came. */
  list(): Kept<T>[] {
    const all: Kept<T>[] = [];
    for (const bucket of this.buckets) {
      if (bucket.kept.size > this.limit) this.trim(bucket);
      for (const kept of bucket.kept.values()) all.push(kept);
    }
    return all.sort((a, b) => a.order - b.order);
  }
}

const maxBuckets = 4096;

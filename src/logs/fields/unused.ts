/**
 * Which fields of the records came to nothing: no mapper read them, or their text is nowhere in the prompts that were
 * made of them. With how often they are filled, and how long they are.
 */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import type { Mapped } from '../draft.ts';
import { decoded } from '../fields.ts';
import { AnswersElsewhere } from './answers-elsewhere.ts';
import { MadeTexts } from './made-texts.ts';
import { fieldNames, foldedName } from './names.ts';
import { isPassedOver } from './passed-over.ts';
import { isMissing } from './record-fields.ts';
import { pathOf, shapeOf, watched } from './watched.ts';
import { wrapperNames } from './wrapper-names.ts';

export interface Unused {
  /** A name, or a path below the first level: `response.choices[].index`. */
  name: string;
  filled: number;
  /** The records that were looked at: all of them for a name, the first ones for a path. */
  records: number;
  /** Mean length of the filled ones, in characters. */
  length: number;
  /** How many different words fill it, where they are few and come again: perhaps tasks. */
  values?: number;
  /** `words`: texts of some words; `text`: other text; absent for numbers, lists and objects. */
  kind?: 'words' | 'text';
}

interface Leaf {
  filled: number;
  length: number;
  read: boolean;
  copied: boolean;
  counted: number;
  /** The beginnings of a few values, of records that became prompts. */
  samples: string[];
}

interface Filled {
  filled: number;
  length: number;
  /** Different short values, up to one more than tasks may be. */
  values: Set<string>;
  kind: Unused['kind'];
}

export interface Watched {
  value: JsonObject;
  /** What became of the record. A rejected one is named as such, with all its fields. */
  became(mapped: readonly Mapped[]): void;
  /** The record waits for others before it is mapped. */
  waits(): void;
}

/** Records through which it is learnt what the mapper reads; later ones are looked at where they have a new name. */
const learnt = 500;
const mostWatched = 3000;
const mostPaths = 400;
const samples = 6;
const times = new Set<string>(fieldNames.time);
const mostValues = 12;
const sampleLength = 4000;

export class UnusedFields {
  private records = 0;
  private watchedRecords = 0;
  private readonly leaves = new Map<string, Leaf>();
  /** Names of the first level, with the fill of those that are counted in every record. */
  private readonly names = new Map<string, Filled>();
  private readonly made = new MadeTexts();
  /** Answers whose names are in another language. */
  readonly elsewhere = new AnswersElsewhere();

  watch(record: JsonObject): Watched {
    this.records += 1;
    let isNew = this.records <= learnt;
    for (const name of Object.keys(record)) {
      if (!this.names.has(name)) isNew = true;
      this.count(name, record[name]);
      this.elsewhere.count(name, record[name]);
    }
    if (!isNew || this.watchedRecords >= mostWatched) return { value: record, became: () => {}, waits: () => {} };
    this.watchedRecords += 1;
    const leaves = leavesOf(record, '', 0);
    for (const { path } of leaves) this.leaf(path).filled += 1;
    const value = watched(record, (path, copied) => {
      const leaf = this.leaves.get(path);
      if (leaf) leaf[copied ? 'copied' : 'read'] = true;
      for (const each of leaves) if (each.text === path) this.leaf(each.path)[copied ? 'copied' : 'read'] = true;
    });
    return {
      value,
      became: (mapped) => this.became(record, mapped),
      waits: () => this.sample(record),
    };
  }

  private became(record: JsonObject, mapped: readonly Mapped[]): void {
    if (!mapped.some((each) => 'draft' in each)) return;
    this.madeOf(mapped);
    this.sample(record);
  }

  private sample(record: JsonObject): void {
    for (const { path, value } of leavesOf(record, '', 0)) {
      const leaf = this.leaf(path);
      leaf.counted += 1;
      const text = String(value);
      leaf.length += text.length;
      if (leaf.samples.length < samples) leaf.samples.push(text.slice(0, sampleLength));
    }
  }

  /** What was made of records that were grouped first. */
  madeOf(mapped: readonly Mapped[]): void {
    for (const each of mapped) if ('draft' in each) this.made.add(each.draft);
  }

  /** A field beside the list of records, such as a system prompt for all of them. */
  beside(name: string, value: Json): void {
    if (Array.isArray(value) || wrapperNames.has(name)) return;
    for (const found of leavesOf(value, name, 0)) {
      // Below the wrapper's first level the records themselves may stand.
      if (found.path.includes('[]') || (found.path !== name && !isWords(String(found.value)))) continue;
      const leaf = this.leaf(found.path);
      leaf.filled += 1;
      leaf.counted += 1;
      leaf.length += String(found.value).length;
      if (leaf.samples.length < samples) leaf.samples.push(String(found.value).slice(0, sampleLength));
      if (found.path === name) this.count(name, value);
    }
  }

  count(name: string, value: Json | undefined): void {
    const known = this.names.get(name) ?? { filled: 0, length: 0, values: new Set(), kind: undefined };
    if (known.filled === 0) this.names.set(name, known);
    if (isMissing(value) || (typeof value === 'object' && isHollow(value as Json))) return;
    known.filled += 1;
    if (known.filled <= learnt) this.look(known, value);
  }

  private look(known: Filled, value: Json | undefined): void {
    const text = typeof value === 'string' ? value : undefined;
    if (known.values.size <= mostValues)
      known.values.add(text !== undefined && text.length <= 60 ? text.trim() : `${known.filled}`);
    if (text !== undefined && known.kind !== 'words') known.kind = isWords(text) ? 'words' : 'text';
    known.length += typeof value === 'string' ? value.length : JSON.stringify(value).length;
  }

  /** A table tells its unused columns by itself; only whether it holds answers is to be known. */
  answer(mapped: Mapped): void {
    if ('draft' in mapped && (mapped.draft.ref || mapped.draft.answers)) this.made.answers += 1;
  }

  row(): void {
    this.records += 1;
  }

  private leaf(path: string): Leaf {
    const known = this.leaves.get(path);
    if (known) return known;
    const leaf = { filled: 0, length: 0, counted: 0, read: false, copied: false, samples: [] };
    if (this.leaves.size < mostPaths) this.leaves.set(path, leaf);
    return leaf;
  }

  /** How many records were looked at. */
  get size(): number {
    return this.records;
  }

  /** Whether any prompt of these records has a logged answer. */
  get answered(): boolean {
    return this.made.answers > 0;
  }

  unused(): Unused[] {
    const isUsed = ([path, leaf]: [string, Leaf]): boolean => this.isUsed(leaf) && !isPassedOver(path, leaf.samples);
    const unread = [...this.leaves].filter((each) => !isUsed(each)).map(([path]) => path);
    const used = [...this.leaves].filter(isUsed).map(([path]) => path);
    const whole = [...this.names].filter(
      ([name, { filled }]) =>
        filled > 0 &&
        (this.isUnreadTime(name) || !used.some((path) => isBelow(path, name))) &&
        (this.leaves.size < mostPaths || unread.some((path) => isBelow(path, name))),
    );
    const named = new Set(whole.map(([name]) => name));
    const below = unread.filter((path) => !named.has(path) && ![...named].some((name) => isBelow(path, name)));
    return [
      ...whole.map(([name, field]): Unused => {
        const { filled, length, kind } = field;
        const values = this.different(field);
        return {
          name,
          filled,
          records: Math.max(this.records, filled),
          length: Math.round(length / Math.min(filled, learnt)),
          ...(values && { values }),
          ...(kind && { kind }),
        };
      }),
      ...below.map((name) => this.nested(name, this.leaves.get(name) as Leaf)),
    ];
  }

  /** A time that was looked at and could not be read. */
  private isUnreadTime(name: string): boolean {
    return this.made.prompts > 0 && this.made.times === 0 && times.has(foldedName(name));
  }

  /** Few words that come again, at least twice each. */
  private different({ values, filled }: Filled): number | undefined {
    const seen = Math.min(filled, learnt);
    const isFew = values.size > 1 && values.size <= mostValues && values.size * 2 <= seen;
    return isFew && [...values].every((value) => !isMeasure(value)) ? values.size : undefined;
  }

  private nested(name: string, { filled, length, counted, samples: some }: Leaf): Unused {
    const mean = Math.round(length / Math.max(1, counted));
    return {
      name,
      filled,
      records: this.watchedRecords,
      length: mean,
      ...(some.some(isWords) && { kind: 'words' as const }),
    };
  }

  /**
   * Read, and where it is a text of some words also found again; or copied, and found again or a number. A field of
   * rejected records alone goes with them.
   */
  private isUsed({ read, copied, samples: some }: Leaf): boolean {
    const found = (): boolean => {
      const held = some.filter((text) => this.made.holds(text, !read && !copied)).length;
      return some.some(isWords) ? held * 2 >= some.length : held === some.length;
    };
    if (some.length === 0) return true;
    if (read) return !some.some(isWords) || found();
    return found() || (copied && some.every((text) => isMeasure(text) || isCode(text)));
  }
}

const isBelow = (path: string, name: string): boolean =>
  path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[]`);

/** A text that would be missed: some words, and no JSON, stream or number. */
const isWords = (text: string): boolean => text.length >= 24 && /\S\s+\S+\s+\S/.test(text) && !isCode(text);

/** JSON, or a stream. */
const isCode = (text: string): boolean => /^\s*(?:[[{"]|data:|event:)/.test(text);

/** A number, a time or a truth value: what is made of it looks different. */
const isMeasure = (text: string): boolean =>
  /^(?:(?=.*\d)[-+]?[\d.,:TZ+-]+(?:e[-+]?\d+)?|true|false)$/i.test(text.trim());

const deepest = 12;
const mostItems = 20;

interface FilledLeaf {
  path: string;
  value: Json;
  /** The path of the text that holds it as JSON: whoever read that text may have read this. */
  text?: string;
}

/** The filled values that are no objects, once for each path; JSON in a text is looked into. */
function leavesOf(given: Json, path: string, depth: number, seen = new Set<string>(), text?: string): FilledLeaf[] {
  const inside = depth < deepest && path !== '' ? jsonIn(given) : undefined;
  if (inside !== undefined) return leavesOf(inside, path, depth + 1, seen, text ?? path);
  const value = given;
  if (typeof value !== 'object' || value === null) {
    if (isMissing(value) || seen.has(path)) return [];
    seen.add(path);
    return [{ path, value, ...(text !== undefined && { text }) }];
  }
  if (depth >= deepest) return [];
  const shape = shapeOf(value, path);
  const entries = Array.isArray(value)
    ? value.slice(0, mostItems).map((item) => ['', item] as const)
    : Object.entries(value);
  return entries.flatMap(([name, item]) => leavesOf(item, pathOf(path, name, shape), depth + 1, seen, text));
}

/** An object or a list with something in it, as text. */
function jsonIn(value: Json): Json | undefined {
  if (typeof value !== 'string' || !/^\s*(?:[{[]|"[{[\\])/.test(value)) return undefined;
  const inside = decoded(value);
  return typeof inside === 'object' && inside !== null && Object.keys(inside).length > 0 ? inside : undefined;
}

const isHollow = (value: Json): boolean => leavesOf(value, '', 0).length === 0;

/** One record as named fields. It notes which fields a mapper took, and tells absent, empty and unreadable apart. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { areQuestionAndAnswer, foldedName } from './names.ts';

export type Field<T> =
  | { is: 'absent' | 'empty' }
  | { is: 'unreadable'; name: string }
  | { is: 'value'; value: T; name: string };

export interface Fields {
  /** The first of the named fields that holds text. */
  text(...names: readonly string[]): Field<string>;
  /** The first of the named fields that holds anything. */
  json(...names: readonly string[]): Field<Json>;
}

/** Words that programs write where a value is missing. */
const missing = new Set(['', 'nan', 'none', 'null', '[null]', '(null)', '<null>', '\\n']);
const longestMissing = 6;
const isPrinted = (code: number): boolean => code > 0x20 && code < 0x7f;

export function isMissing(value: Json | undefined): boolean {
  if (typeof value !== 'string') return value === undefined || value === null;
  // Most texts begin with a letter and are longer than these words.
  if (value.length > longestMissing && isPrinted(value.charCodeAt(0)) && isPrinted(value.charCodeAt(4))) return false;
  return missing.has(value.trim().toLowerCase());
}

/** What only a database writes: an answer may be the word null, and never this. */
export const isNullMark = (text: string): boolean => /^(?:\[null\]|\(null\)|<null>|\\N)$/i.test(text);

export class RecordFields implements Fields {
  private readonly record: JsonObject;
  private readonly own = new Map<string, string>();

  constructor(record: JsonObject) {
    this.record = record;
    for (const name of Object.keys(record)) {
      const folded = foldedName(name);
      if (!this.own.has(folded)) this.own.set(folded, name);
    }
    if (areQuestionAndAnswer((name) => this.own.has(name))) this.alias({ question: 'q', answer: 'a' });
  }

  private alias(names: Record<string, string>): void {
    for (const [known, short] of Object.entries(names))
      if (!this.own.has(known)) this.own.set(known, this.own.get(short) as string);
  }

  text(...names: readonly string[]): Field<string> {
    const found = this.json(...names);
    if (found.is !== 'value') return found;
    const { value, name } = found;
    if (typeof value === 'string') return { is: 'value', value, name };
    if (typeof value === 'number' || typeof value === 'boolean') return { is: 'value', value: String(value), name };
    return { is: 'unreadable', name };
  }

  json(...names: readonly string[]): Field<Json> {
    let empty = false;
    for (const folded of names) {
      const name = this.own.get(folded);
      if (name === undefined) continue;
      const value = this.record[name] as Json;
      if (!isMissing(value)) return { is: 'value', value, name };
      empty = true;
    }
    return { is: empty ? 'empty' : 'absent' };
  }
}

/** Which fields of the records no mapper read, how often they are filled, and how long they are. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isMissing } from './record-fields.ts';

export interface Unused {
  name: string;
  filled: number;
  records: number;
  /** Mean length of the filled ones, in characters. */
  length: number;
}

/** Records through which it is learnt what the mapper reads; later ones are only counted. */
const learnt = 200;

export class UnusedFields {
  private records = 0;
  private readonly used = new Set<string>();
  private readonly counts = new Map<string, { filled: number; length: number }>();

  /** The record, noting what is read of it. */
  watch(record: JsonObject): JsonObject {
    this.records += 1;
    for (const name of Object.keys(record)) if (!this.used.has(name)) this.count(name, record[name]);
    if (this.records > learnt) return record;
    const { used } = this;
    return new Proxy(record, {
      get(target, name) {
        if (typeof name === 'string' && Object.hasOwn(target, name)) used.add(name);
        return Reflect.get(target, name) as unknown;
      },
    });
  }

  count(name: string, value: Json | undefined): void {
    if (isMissing(value) || (typeof value === 'object' && Object.keys(value as object).length === 0)) return;
    const known = this.counts.get(name) ?? { filled: 0, length: 0 };
    if (known.filled === 0) this.counts.set(name, known);
    known.filled += 1;
    if (known.filled <= learnt) known.length += typeof value === 'string' ? value.length : JSON.stringify(value).length;
  }

  row(): void {
    this.records += 1;
  }

  unused(): Unused[] {
    return [...this.counts]
      .filter(([name]) => !this.used.has(name))
      .map(([name, { filled, length }]) => ({
        name,
        filled,
        records: this.records,
        length: Math.round(length / Math.min(filled, learnt)),
      }));
  }
}

/** `Not used: context (11 of 11 records, about 640 characters)`; undefined where every filled field was read. */
export function unusedText(unused: readonly Unused[]): string | undefined {
  if (unused.length === 0) return undefined;
  const shown = unused
    .slice(0, mostShown)
    .map(
      ({ name, filled, records, length }) =>
        `${name.length > 60 ? `${name.slice(0, 59)}…` : name} (${filled} of ${records} records, about ${length} character${length === 1 ? '' : 's'})`,
    );
  const more = unused.length > mostShown ? `, and ${unused.length - mostShown} more` : '';
  return `Not used: ${shown.join(', ')}${more}. --prompt-field, --answer-field or --task-field NAME uses one.`;
}
const mostShown = 12;

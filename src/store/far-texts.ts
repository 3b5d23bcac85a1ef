/**
 * Records of a large file: their long fields stay there, and each is read when it is used. A far record looks like one
 * of a small file: to `in`, to `...` and to JSON.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { fileSize } from './file-lines.ts';

/** Files up to this size are held in memory whole. */
export const farFromBytes = 16 * (1 << 20);
const blockBytes = 1 << 16;
/** Short values that come again and again are held once. */
const mostShared = 10_000;
const longestShared = 400;

const place = Symbol('place');
const reader = Symbol('reader');

interface Placed {
  [place]: number;
  [reader]: (from: number) => Record<string, unknown>;
}

const accessors = new Map<string, PropertyDescriptor>();

/** One getter per field for all files: with a getter of its own, each file's records would lose their common shape. */
function accessorOf(field: string): PropertyDescriptor {
  const known = accessors.get(field);
  if (known) return known;
  const made: PropertyDescriptor = {
    enumerable: true,
    configurable: true,
    get(this: Placed) {
      return this[reader](this[place])[field];
    },
  };
  accessors.set(field, made);
  return made;
}

/** V8 keeps the fields of what a constructor made in the object itself: a third less memory than `{}` takes for them. */
function farShape(recordAt: (from: number) => unknown): new () => object {
  function Far(): void {}
  Far.prototype = Object.create(Object.prototype, { [reader]: { value: recordAt } });
  return Far as unknown as new () => object;
}

/** Records of a file above `farFrom` bytes become far ones; those of a smaller file stay as they are. */
export function farAbove<T extends object>(
  path: string,
  fields: readonly (keyof T & string)[],
  farFrom: number,
): (record: T, from: number) => T {
  return fileSize(path) > farFrom ? farTexts(path, fields) : (record) => record;
}

/** Makes records of `path` far ones; `fields` are the long ones. The file must stay what it is. */
export function farTexts<T extends object>(path: string, fields: readonly (keyof T & string)[]) {
  const recordAt = recordReader<T>(path);
  const share = sharing();
  const long = new Set<string>(fields);
  const Far = farShape(recordAt);
  /** `from`: where its line begins, in bytes. */
  return (record: T, from: number): T => {
    const far = new Far() as Record<string, unknown>;
    for (const [name, value] of Object.entries(record)) {
      if (long.has(name)) Object.defineProperty(far, name, accessorOf(name));
      else far[name] = share(value);
    }
    Object.defineProperty(far, place, { value: from });
    return far as T;
  };
}

/** The same object for equal short lists and objects, and the same text for equal short texts. */
function sharing(): (value: unknown) => unknown {
  const known = new Map<string, unknown>();
  return (value) => {
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return value;
    const key = JSON.stringify(value);
    if (key.length > longestShared) return value;
    const same = known.get(key);
    if (same !== undefined) return same;
    if (known.size < mostShared) known.set(key, value);
    return value;
  };
}

/** The last record and the block around it stay: fields of one record, and records in order, come from one reading. */
function recordReader<T>(path: string): (from: number) => T {
  let last: { from: number; record: T } | undefined;
  let block = { from: 0, bytes: Buffer.alloc(0) as Buffer };
  let buffer: Buffer = Buffer.allocUnsafeSlow(blockBytes);
  return (from) => {
    if (last?.from === from) return last.record;
    const at = from - block.from;
    const isThere = at >= 0 && block.bytes.indexOf(10, at) !== -1;
    if (!isThere) {
      const bytes = lineAndMore(path, from, buffer);
      buffer = Buffer.from(bytes.buffer);
      block = { from, bytes };
    }
    const start = from - block.from;
    const end = block.bytes.indexOf(10, start);
    const text = block.bytes.toString('utf8', start, end === -1 ? block.bytes.length : end);
    last = { from, record: JSON.parse(text) as T };
    return last.record;
  };
}

/** From the beginning of a line: at least all of it, in `buffer` where that is large enough. */
function lineAndMore(path: string, from: number, buffer: Buffer): Buffer {
  const fd = openSync(path, 'r');
  try {
    for (let bytes = buffer; ; bytes = Buffer.allocUnsafeSlow(bytes.length * 4)) {
      const read = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, from));
      if (read.includes(10) || read.length < bytes.length) return read;
    }
  } finally {
    closeSync(fd);
  }
}

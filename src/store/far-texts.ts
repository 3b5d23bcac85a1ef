/**
 * Records of a large file: their long fields stay there, and each is read when it is used. A far record looks like one
 * of a small file: to `in`, to `...` and to JSON.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { fileSize } from './file-lines.ts';

/** Files up to this size are held in memory whole. */
export const farFromBytes = 16 * (1 << 20);
const blockBytes = 1 << 16;
/** Enough for most lines: records that are asked for in another order than they lie in share no block. */
const lineBytes = 1 << 13;
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

/**
 * V8 keeps the fields of what a constructor made in the object itself: a third less memory than `{}` takes for them.
 * It makes room for eight more than the constructor names, and takes back what the first objects leave empty.
 */
function farShape(recordAt: (from: number) => unknown): new () => object {
  function Far(this: Record<string, unknown>, named?: never): void {
    if (named === undefined) return;
    this.a = this.b = this.c = this.d = this.e = this.f = named;
  }
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

/** Fills `bytes` with what stands from a place on; how many there were. */
export type ReadAt = (bytes: Buffer, from: number) => number;

/** Makes records of `path` far ones; `fields` are the long ones. The file must stay what it is. */
export const farTexts = <T extends object>(path: string, fields: readonly (keyof T & string)[]) =>
  farRecords<T>(fields, (bytes, from) => {
    const fd = openSync(path, 'r');
    try {
      return readSync(fd, bytes, 0, bytes.length, from);
    } finally {
      closeSync(fd);
    }
  });

/** The same for lines that `readAt` reads. They may become more, and stay what they are. */
export function farRecords<T extends object>(fields: readonly (keyof T & string)[], readAt: ReadAt) {
  const recordAt = recordReader<T>(readAt);
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
function recordReader<T>(readAt: ReadAt): (from: number) => T {
  let last: { from: number; record: T } | undefined;
  let block = { from: 0, bytes: Buffer.alloc(0) as Buffer };
  let buffer: Buffer = Buffer.allocUnsafeSlow(blockBytes);
  return (from) => {
    if (last?.from === from) return last.record;
    const at = from - block.from;
    const isThere = at >= 0 && block.bytes.indexOf(10, at) !== -1;
    if (!isThere) {
      const isNext = at >= 0 && at <= block.bytes.length + blockBytes;
      const bytes = lineAndMore(readAt, from, isNext ? buffer : buffer.subarray(0, lineBytes));
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
function lineAndMore(readAt: ReadAt, from: number, buffer: Buffer): Buffer {
  for (let bytes = buffer; ; bytes = Buffer.allocUnsafeSlow(bytes.length * 4)) {
    const read = bytes.subarray(0, readAt(bytes, from));
    if (read.includes(10) || read.length < bytes.length) return read;
  }
}

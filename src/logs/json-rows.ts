/**
 * JSON files → values with their lines, streaming: JSON lines, an array, or objects one after another (pretty-printed
 * ones too). A line or element that is not JSON is handed on as an error; the rest of the file is still read.
 */
import type { Json } from '../records/plain-json.ts';
import { textOf } from './encoding.ts';
import { pythonLiteral } from './fields/python-literal.ts';
import { parseStored } from './stored-values.ts';

export type JsonItem = { line: number; value: Json } | { line: number; error: string };
export type JsonLayout = 'lines' | 'array' | 'objects';

/** From the first text of the file: lines when one of the first whole lines is JSON by itself. */
export function jsonLayout(head: string, whole: boolean): JsonLayout {
  const lines = head.split('\n');
  if (!whole) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '' && !isComment(line)).slice(0, 5);
  const complete = filled.filter((line) => parsed(line) !== undefined).length;
  const array = head.trimStart().startsWith('[');
  if (array) return filled.length > 1 && complete >= 2 && complete >= filled.length - 1 ? 'lines' : 'array';
  return complete > 0 && (filled.length > 1 || complete === filled.length) ? 'lines' : 'objects';
}

function parsed(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    // A line may hold its object as text.
    const isEncoded = typeof value === 'string' && /^\s*[{[]/.test(value);
    return (typeof value === 'object' && value !== null) || isEncoded ? value : undefined;
  } catch {
    return pythonDict(text);
  }
}

/** A line that is no value: people write notes above and below their records. */
export const isComment = (line: string): boolean => /^\s{0,40}(?:#|\/\/)/.test(line);

/** What `print()` writes of a dict of Python. */
export const isPythonDict = (text: string): boolean => /^\s{0,40}\{\s{0,40}'/.test(text);
const pythonDict = (text: string): Json | undefined => (isPythonDict(text) ? pythonLiteral(text) : undefined);

export async function* readJson(chunks: AsyncIterable<Buffer>, layout: JsonLayout): AsyncGenerator<JsonItem[]> {
  const splitter = layout === 'lines' ? new LineSplitter() : new ValueSplitter(layout === 'array');
  for await (const chunk of chunks) yield splitter.push(textOf(chunk), false);
  yield splitter.push('', true);
}

function item(text: string, line: number): JsonItem {
  try {
    return { line, value: parseStored(text) };
  } catch (error) {
    const mended = withoutNaN(text) ?? pythonDict(text);
    return mended === undefined ? { line, error: reasonOf(error) } : { line, value: mended };
  }
}

/** `NaN` and `Infinity`, as Python writes them, are missing values; inside strings they stay. */
function withoutNaN(text: string): Json | undefined {
  if (!/\b(?:NaN|Infinity)\b/.test(text)) return undefined;
  const mended = text.replace(/("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g, (_, string?: string) => string ?? 'null');
  return parsed(mended);
}

/** V8 quotes the text in its message; ours names only the kind, because the text may be private. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && /end of JSON|Unterminated/.test(error.message)
    ? 'not whole JSON (cut off?)'
    : 'not valid JSON';

class LineSplitter {
  private rest: string[] = [];
  private line = 1;

  push(chunk: string, last: boolean): JsonItem[] {
    const items: JsonItem[] = [];
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      this.take(this.whole(chunk.slice(from, end)), items);
      from = end + 1;
    }
    this.rest.push(chunk.slice(from));
    if (last) this.take(this.whole(''), items);
    return items;
  }

  private whole(piece: string): string {
    if (!this.rest.length) return piece;
    const text = this.rest.join('') + piece;
    this.rest = [];
    return text;
  }

  private take(text: string, items: JsonItem[]): void {
    if (text.trim() !== '' && !isComment(text)) items.push(...itemsOf(text, this.line));
    this.line += 1;
  }
}

/** A line is one value, or several one after another, as appending without a line end leaves them. */
function itemsOf(text: string, line: number): JsonItem[] {
  const whole = item(text, line);
  if (!('error' in whole) || !/[}\]]\s*[{[]/.test(text)) return [whole];
  const several = new ValueSplitter(false).push(text, true).map((each) => ({ ...each, line }));
  return several.length > 1 && several.every((each) => !('error' in each)) ? several : [whole];
}

/** Cuts elements out of an array, or values out of a sequence, by depth; strings are jumped over. Each chunk is read once. */
class ValueSplitter {
  private chunk = '';
  private at = 0;
  /** What earlier chunks hold of the value that is open, and where it begins in this one; −1 between values. */
  private earlier: string[] = [];
  private start = -1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private line = 1;
  private startLine = 1;
  private readonly base: number;

  constructor(array: boolean) {
    this.base = array ? 1 : 0;
  }

  push(chunk: string, last: boolean): JsonItem[] {
    const items: JsonItem[] = [];
    this.chunk = chunk;
    this.at = 0;
    while (this.at < chunk.length) {
      if (this.inString) this.endString();
      else this.step(items);
    }
    if (this.start >= 0) {
      this.earlier.push(chunk.slice(this.start));
      this.start = 0;
    }
    if (last && this.start >= 0)
      items.push({ line: this.startLine, error: 'not whole JSON: the file ends inside this record' });
    return items;
  }

  private endString(): void {
    for (; this.at < this.chunk.length; this.at += 1) {
      const code = this.chunk.charCodeAt(this.at);
      if (code === 10) this.line += 1;
      if (this.escaped) this.escaped = false;
      else if (code === 92) this.escaped = true;
      else if (code === 34) {
        this.inString = false;
        this.at += 1;
        return;
      }
    }
  }

  private step(items: JsonItem[]): void {
    const code = this.chunk.charCodeAt(this.at);
    if (code === 10) this.line += 1;
    else if (code === 34) {
      this.open();
      this.inString = true;
    } else if (code === 123 || code === 91) {
      if (this.depth >= this.base) this.open();
      this.depth += 1;
    } else if (code === 125 || code === 93) {
      this.depth = Math.max(0, this.depth - 1);
      if (this.start >= 0 && this.depth <= this.base) this.close(items, this.depth < this.base ? this.at : this.at + 1);
    } else if (code === 44 && this.depth <= this.base && this.start >= 0) this.close(items, this.at);
    else if (code > 32 && code !== 44 && code !== 0xfeff && this.depth >= this.base) this.open();
    this.at += 1;
  }

  private open(): void {
    if (this.start >= 0) return;
    this.start = this.at;
    this.startLine = this.line;
  }

  private close(items: JsonItem[], end: number): void {
    const text = this.earlier.join('') + this.chunk.slice(this.start, end);
    this.earlier = [];
    items.push(item(text, this.startLine));
    this.start = -1;
  }
}

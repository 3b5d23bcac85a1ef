/** A Python literal (what str() of a list or dict prints) or JSON text → its value; undefined for anything else. */
import type { Json } from '../../records/plain-json.ts';

const token =
  /\s*(?:([[\]{}(),:])|("(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(-?\d[\d.eE+-]*)|(True|False|None|true|false|null|nan|NaN))/y;
const words: Record<string, Json> = { True: true, true: true, False: false, false: false };
const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
const deepest = 200;

export function pythonLiteral(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return literal(text);
  }
}

function literal(text: string): Json | undefined {
  if (!/^\s*(?:[[{(]|array\()/.test(text)) return undefined;
  const reader = new Reader(text);
  try {
    const value = reader.value(0);
    return reader.atEnd() ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    return this.text.slice(this.at).trim() === '';
  }

  value(depth: number): Json {
    if (depth > deepest) throw new SyntaxError('too deep');
    if (this.skips(/\s*array\(/y)) return this.array(depth);
    const [mark, string, number, word] = this.next();
    if (string !== undefined) return this.joined(unquoted(string));
    if (number !== undefined) return this.number(number);
    if (word !== undefined) return words[word] ?? null;
    if (mark === '[' || mark === '(') return this.list(mark === '[' ? ']' : ')', depth);
    if (mark === '{') return this.object(depth);
    throw new SyntaxError('no value');
  }

  /** `array([…], dtype=object)`, as numpy prints a cell of a data frame. */
  private array(depth: number): Json {
    const value = this.value(depth + 1);
    this.skips(/\s*,\s*dtype=[\w.']+/y);
    if (!this.takes(')')) throw new SyntaxError('no end of the array');
    return value;
  }

  private skips(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.test(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private number(text: string): number {
    const value = Number(text);
    if (Number.isNaN(value)) throw new SyntaxError('no number');
    return value;
  }

  /** Python joins neighbouring strings. */
  private joined(first: string): string {
    let text = first;
    while (/^\s*["']/.test(this.text.slice(this.at, this.at + 100))) text += unquoted(this.next()[1] as string);
    return text;
  }

  private list(end: string, depth: number): Json[] {
    const list: Json[] = [];
    while (!this.takes(end)) {
      list.push(this.value(depth + 1));
      // numpy prints its lists without commas.
      this.takes(',');
    }
    return list;
  }

  private object(depth: number): Json {
    const entries: [string, Json][] = [];
    while (!this.takes('}')) {
      const key = this.value(depth + 1);
      if (!this.takes(':')) throw new SyntaxError('no colon');
      entries.push([String(key), this.value(depth + 1)]);
      this.takes(',');
    }
    return Object.fromEntries(entries);
  }

  private takes(mark: string): boolean {
    const before = this.at;
    if (this.next()[0] === mark) return true;
    this.at = before;
    return false;
  }

  private next(): (string | undefined)[] {
    token.lastIndex = this.at;
    const found = token.exec(this.text);
    if (!found) throw new SyntaxError('no token');
    this.at = token.lastIndex;
    return found.slice(1);
  }
}

const unquoted = (text: string): string =>
  text
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r?\n|([\s\S]))/g, (_, u?: string, x?: string, one?: string) =>
      u || x
        ? String.fromCharCode(Number.parseInt((u ?? x) as string, 16))
        : one === undefined
          ? ''
          : (escapes[one] ?? one),
    );

/**
 * The bytes of any reply as events: server-sent events by the WHATWG rules, lines of JSON, or one JSON document, told
 * apart by what the bytes are. Headers lie about it too often.
 */
import { isObject } from '../../records/plain-json.ts';
import { ArmError } from '../arm.ts';
import { gunzipped, isGzip, type Reader } from './gunzipped.ts';
import { plainWords } from './plain-words.ts';
import { webPage } from './web-pages.ts';

export type WireEvent =
  /** Nothing was said, but the server lives. */
  | { is: 'heartbeat' }
  /** `name`: of a server-sent event. `whole`: the body is this one document. */
  | { is: 'object'; value: Record<string, unknown>; name?: string; whole?: boolean }
  /** An event named `error` whose data is plain text. */
  | { is: 'error'; text: string }
  /** `[DONE]`. `clean`: the body then ended as it should. */
  | { is: 'done'; clean: boolean };

/** How long the end of a body is waited for after its formal end. */
const drainMs = 1_000;
const shownCharacters = 120;

/** One event at a time; throws as `readBatches` does. */
export async function* readEvents(body: ReadableStream<Uint8Array> | null): AsyncGenerator<WireEvent> {
  for await (const events of readBatches(body)) yield* events;
}

/**
 * The events of each piece that arrived, to be read to the end before the next: waiting once per event costs more than
 * reading it. Throws ArmError (garbage) for what is no reply at all; errors of the connection pass through.
 */
export async function* readBatches(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Iterable<WireEvent>> {
  if (body === null) return;
  let reader: Reader = body.getReader();
  const decoder = new TextDecoder();
  let parser: Parser | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (parser === undefined && value !== undefined && isGzip(value)) {
        reader = gunzipped(value, reader);
        continue;
      }
      let text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      if (parser === undefined) {
        // Blank lines before the reply are a sign of life (DeepSeek).
        text = text.trimStart();
        if (text === '' && done) return;
        if (text === '') {
          yield [{ is: 'heartbeat' }];
          continue;
        }
        parser = parserFor(text);
      }
      if (text !== '') yield parser.add(text);
      if (done && !parser.isDone) yield parser.end();
      if (parser.isDone) yield [{ is: 'done', clean: done || (await endsWell(reader)) }];
      if (done || parser.isDone) return;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** Reads to the end, so that the connection can be used again. A server that holds it open ended well, too. */
async function endsWell(reader: Reader): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, drainMs, 'late');
  });
  try {
    for (;;) {
      const next = await Promise.race([reader.read(), late]);
      if (next === 'late' || next.done) return true;
    }
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

interface Parser {
  readonly isDone: boolean;
  add(text: string): Iterable<WireEvent>;
  /** The body has ended. */
  end(): Iterable<WireEvent>;
}

function parserFor(start: string): Parser {
  if (start.startsWith('{') || start.startsWith('[')) return new JsonLines();
  if (start.startsWith('<')) throw webPage(start);
  return new ServerSentEvents();
}

const broken = (where: string, text: string): ArmError =>
  new ArmError('garbage', `${where}: ${text.slice(0, shownCharacters)}`);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One object, or the objects of a list (Gemini wraps a lone error in one). */
function* objectsOf(value: unknown, whole: boolean): Iterable<WireEvent> {
  for (const one of Array.isArray(value) ? value : [value]) {
    if (!isObject(one)) throw new ArmError('garbage', 'the reply holds something that is no object');
    yield { is: 'object', value: one, whole };
  }
}

/** Lines of JSON, or one document over many lines. */
class JsonLines implements Parser {
  readonly isDone = false;
  #carry = '';
  #lines = 0;
  /** The first line is no document by itself, so the whole body is one. */
  #whole = false;

  *add(text: string): Iterable<WireEvent> {
    this.#carry += text;
    if (this.#whole || !text.includes('\n')) return;
    const end = this.#carry.lastIndexOf('\n') + 1;
    const lines = this.#carry.slice(0, end).split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const value = parse(line);
      if (value === undefined && this.#lines === 0) {
        this.#whole = true;
        this.#carry = lines.slice(index).join('\n') + this.#carry.slice(end);
        return;
      }
      if (value === undefined) throw broken('the reply holds a line that is no JSON', line);
      this.#lines += 1;
      yield* objectsOf(value, false);
    }
    this.#carry = this.#carry.slice(end);
  }

  *end(): Iterable<WireEvent> {
    if (this.#carry.trim() === '') return;
    const value = parse(this.#carry);
    // The rest of a line that never came to its end: the reply was cut, which its missing end shows.
    if (value === undefined && this.#lines > 0) return;
    if (value === undefined) throw broken('the reply holds broken JSON', this.#carry);
    yield* objectsOf(value, this.#lines === 0);
  }
}

class ServerSentEvents implements Parser {
  isDone = false;
  #carry = '';
  #name = '';
  #data: string[] = [];
  #begun = '';
  #seen = false;

  *add(text: string): Iterable<WireEvent> {
    if (!this.#seen && this.#begun.length < shownCharacters) this.#begun += text;
    this.#carry += text;
    let at = 0;
    for (;;) {
      const end = lineEnd(this.#carry, at);
      // A CR at the very end may be half of a CRLF.
      if (end < 0 || (this.#carry[end] === '\r' && end + 1 === this.#carry.length)) break;
      const line = this.#carry.slice(at, end);
      at = end + (this.#carry[end] === '\r' && this.#carry[end + 1] === '\n' ? 2 : 1);
      yield* this.#line(line);
      if (this.isDone) return;
    }
    this.#carry = this.#carry.slice(at);
  }

  *end(): Iterable<WireEvent> {
    const last = this.#carry.replace(/\r$/, '');
    if (last !== '') yield* this.#line(last);
    // Many servers leave out the last blank line; half of an event is none.
    if (this.#data.length > 0 && isWhole(this.#data.join('\n'))) yield* this.#dispatch();
    if (!this.#seen) throw broken('the reply is no event stream', plainWords(this.#begun));
  }

  *#line(line: string): Iterable<WireEvent> {
    if (line === '') return yield* this.#dispatch();
    if (line.startsWith(':')) {
      this.#seen = true;
      yield { is: 'heartbeat' };
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#name = value;
    if (['data', 'event', 'id', 'retry'].includes(field)) this.#seen = true;
    // llama.cpp before 2025: a field of its own.
    const error = field === 'error' ? parse(value) : undefined;
    if (isObject(error)) yield { is: 'object', value: { error } };
  }

  *#dispatch(): Iterable<WireEvent> {
    const data = this.#data;
    const name = this.#name;
    this.#data = [];
    this.#name = '';
    const text = data.join('\n');
    const bare = text.trim();
    if (isDoneMark(bare)) {
      this.isDone = true;
      return;
    }
    if (bare === '' || bare === 'null') {
      yield { is: 'heartbeat' };
      return;
    }
    const value = parse(text);
    if (value !== undefined) yield* named(value, name);
    else if (data.length > 1 && data.every(isWhole)) {
      // Events that were not kept apart by a blank line.
      for (const line of data) {
        if (isDoneMark(line.trim())) {
          this.isDone = true;
          return;
        }
        yield* named(parse(line), name);
      }
    } else if (name === 'error') yield { is: 'error', text: bare };
    else if (name === '' || name === 'message') throw broken('the stream holds broken JSON', text);
    else yield { is: 'heartbeat' };
  }
}

/** Anything but an object is a sign of life under a name of its own, and rubbish without one. */
function* named(value: unknown, name: string): Iterable<WireEvent> {
  const alone = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (isObject(alone)) yield { is: 'object', value: alone, ...(name !== '' && { name }) };
  else if (name === 'error') yield { is: 'error', text: String(value) };
  else if (name === '' || name === 'message')
    throw broken('the stream holds something that is no object', String(value));
  else yield { is: 'heartbeat' };
}

/** `[DONE]`; some write it without its brackets, or in small letters. */
const isDoneMark = (text: string): boolean => /^(?:\[done\]|done)$/i.test(text);

const isWhole = (text: string): boolean => isDoneMark(text.trim()) || parse(text) !== undefined;

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const carriage = text.indexOf('\r', from);
  if (carriage < 0) return newline;
  return newline < 0 ? carriage : Math.min(newline, carriage);
}

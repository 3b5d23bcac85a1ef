/** Output → events: cuts it into lines, finds out whose stream it is, and keeps what is no line of a stream as text. */
import { objectIn } from '../../../records/plain-json.ts';
import type { AgentStream, StreamEvent, StreamReader } from './agent-stream.ts';
import { agentStreams, streamOf } from './registry.ts';

/** A longer line cannot be read: it is passed over. */
const longestLine = 16 * 2 ** 20;
const keptText = 1_000_000;

export interface OutputReader {
  read(piece: Uint8Array, ms: number): StreamEvent[];
  /** A last line without its end, and what was begun and never ended. */
  rest(ms: number): StreamEvent[];
  /** Lines that belong to no stream: all of the output where there is none. */
  text(): string;
  /** Whose stream it is, as soon as a line tells. */
  stream(): AgentStream | undefined;
}

/** `name`: of the stream, where the config says it. */
export function readOutput(name?: string): OutputReader {
  let stream = name === undefined ? undefined : agentStreams.find((one) => one.name === name);
  let reader: StreamReader | undefined = stream?.reader();
  let open: Uint8Array[] = [];
  let bytes = 0;
  let text = '';

  function line(whole: Uint8Array, ms: number): StreamEvent[] {
    const written = new TextDecoder().decode(whole);
    const value = objectIn(written);
    if (value && !stream) {
      stream = streamOf(value);
      reader = stream?.reader();
    }
    if (value && reader) return reader.read(value, ms);
    if (text.length < keptText) text += `${written}\n`;
    return [];
  }

  function take(part: Uint8Array): void {
    bytes += part.length;
    if (bytes > longestLine) open = [];
    else if (part.length > 0) open.push(part);
  }

  function close(ms: number): StreamEvent[] {
    const [whole, long] = [joined(open), bytes > longestLine];
    open = [];
    bytes = 0;
    return long || whole.length === 0 ? [] : line(whole, ms);
  }

  return {
    read(piece, ms) {
      const events: StreamEvent[] = [];
      let from = 0;
      for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, from)) {
        take(piece.subarray(from, end));
        events.push(...close(ms));
        from = end + 1;
      }
      // The pipe's own memory may be used again.
      take(piece.slice(from));
      return events;
    },
    rest: (ms) => [...close(ms), ...(reader?.rest() ?? [])],
    text: () => text.trimEnd(),
    stream: () => stream,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Raw replies of real servers, where ../shared is present: status, headers and body of a recorded reply. */
import { existsSync, readFileSync } from 'node:fs';
import type { PlayedReply } from './replies-server.ts';

const folder = new URL('../../../shared/fixtures/real/', import.meta.url);

export const hasRealReplies = existsSync(folder);

const own = new URL('../fixtures/wire/', import.meta.url);

export interface RecordedReply {
  status: number;
  headers: Headers;
  body: string;
}

/** Without the request that stands before it in some files, and without what curl says behind it. */
export const realReply = (name: string): RecordedReply => recordedReply(new URL(`${name}.txt`, folder));

/** A reply of a server in a run of our own, which lies with these tests. */
export const ownReply = (name: string): RecordedReply => recordedReply(new URL(`${name}.txt`, own));

function recordedReply(file: URL): RecordedReply {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const at = text.indexOf('HTTP/1.1 ');
  if (at < 0) return { status: 200, headers: new Headers(), body: text.replace(/^(?:#.*\n)+/, '') };
  const end = text.indexOf('\n\n', at);
  const [first = '', ...lines] = text.slice(at, end).split('\n');
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { status: Number(first.split(' ')[1]), headers, body: text.slice(end + 2).replace(/\ncurl: [\s\S]*$/, '\n') };
}

/** The same, to be played again: framing is the player's own. */
export const replayed = (name: string): PlayedReply => toPlay(realReply(name));
export const ownReplayed = (name: string): PlayedReply => toPlay(ownReply(name));

function toPlay({ status, headers, body }: RecordedReply): PlayedReply {
  const kept = [...headers].filter(
    ([key]) => !/^(?:content-length|transfer-encoding|connection|keep-alive|content-encoding)$/.test(key),
  );
  return { status, headers: Object.fromEntries(kept), body };
}

/**
 * The rater's votes file in the browser's storage: the very bytes that the terminal would write, kept whole under one
 * name, so that saving it is copying it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Packet, PacketHead } from '../blind/packet.ts';
import type { PacketVotes } from '../blind/packet-port.ts';
import { userError } from '../errors.ts';
import { standingVotes } from '../records/standing-votes.ts';
import { type ChainedLine, chainLine, type VotesHeader, votesHeader } from '../records/vote-lines.ts';

import type { SafeKeeper } from './safe-keeper.ts';

/** The part of the Web Storage API that is needed. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

export interface VotesStore extends PacketVotes {
  /** The whole file. */
  text(): string;
  /** Votes that are in no saved file yet, and whether anything else is missing there. */
  unsaved(): { votes: number; lines: number };
  markSaved(): void;
  /** False when this browser keeps nothing: then a saved file is all there is. */
  kept: boolean;
  /** Takes a saved file of the same rater that goes on where this one stops. Throws GapcheckError with the reason. */
  takeFile(text: string): void;
}

/** What votes are kept under. A packet that was given out again has another token, and starts without the votes before. */
const votesName = ({ run, rater, token }: PacketHead): string => `gapcheck votes ${run} ${rater} ${token.slice(0, 16)}`;

/** After a browser was killed, its plain storage may lack the last votes that the safe one has. True when it did. */
export async function recoverVotes(
  packet: PacketHead,
  keeper: Keeper | undefined,
  safe: SafeKeeper | undefined,
): Promise<boolean> {
  const name = votesName(packet);
  const safeText = await safe?.read(name).catch(() => undefined);
  const text = keeper?.getItem(name) ?? '';
  if (safeText === undefined || safeText.length <= text.length || !isEarlier(text, safeText)) return false;
  keep(keeper, name, safeText);
  return true;
}

/** The same file before more was added, or one that was only begun. */
const isEarlier = (text: string, later: string): boolean =>
  later.startsWith(text) || text.trimEnd().split('\n').length <= 1;

const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** Opens what is kept for this packet, or starts it. Throws GapcheckError when what is kept is not a whole chain. */
export function openVotes(
  packet: Packet,
  keeper: Keeper | undefined,
  now: () => Date,
  safe: Promise<SafeKeeper | undefined> = Promise.resolve(undefined),
): VotesStore {
  const name = votesName(packet);
  let whole = keeper?.getItem(name) ?? '';
  let file = whole === '' ? undefined : readVotes(whole, packet);
  if (!file) {
    const seal = { id: packet.run, keyCommitment: packet.keyCommitment, token: packet.token };
    whole = `${JSON.stringify(votesHeader(seal, packet.rater, 'plain', now().toISOString()))}\n`;
    file = readVotes(whole, packet);
    keep(keeper, name, whole);
  }
  const opened = file;
  let savedLines = Number(keeper?.getItem(`${name} saved`) ?? 0);
  let onDisk: Promise<void> = Promise.resolve();
  const replace = (text: string): void => {
    if (keeper && keeper.getItem(name) !== whole)
      throw userError('other-tab', 'You have voted in another tab or window. Reload this page to go on from there.');
    keep(keeper, name, text);
    whole = text;
    onDisk = safe.then((database) => database?.write(name, text)).catch(() => undefined);
  };
  return {
    file: opened,
    kept: keeper !== undefined,
    text: () => whole,
    settled: () => onDisk,
    append(line) {
      const chained = chainLine(opened.lines, opened.lastHash, line);
      const text = JSON.stringify(chained);
      replace(`${whole}${text}\n`);
      opened.lines.push(chained);
      opened.lastHash = hash(text);
      return chained;
    },
    unsaved() {
      const { lines } = opened;
      const fresh = [...standingVotes(lines).values()].filter(({ n }) => n > savedLines);
      return { votes: fresh.length, lines: Math.max(0, lines.length - savedLines) };
    },
    markSaved() {
      savedLines = opened.lines.length;
      keep(keeper, `${name} saved`, String(savedLines));
    },
    takeFile(text) {
      const taken = readVotes(text, packet);
      const fresh = opened.lines.length === 0;
      if (!fresh && !text.startsWith(whole))
        throw userError('other-votes', 'That file does not go on from the votes on this page.');
      replace(text);
      Object.assign(opened, taken);
      savedLines = taken.lines.length;
      keep(keeper, `${name} saved`, String(savedLines));
    },
  };
}

function keep(keeper: Keeper | undefined, name: string, text: string): void {
  try {
    keeper?.setItem(name, text);
  } catch (cause) {
    throw userError('storage-full', "This browser's storage is full.", 'save your votes to a file', cause);
  }
}

interface ReadVotes {
  lines: ChainedLine[];
  lastHash: string;
}

/** Checks run, rater, commitment and chain, as merge will. */
function readVotes(text: string, packet: PacketHead): ReadVotes {
  const [first = '', ...rest] = text.trimEnd().split('\n');
  const header = parse<VotesHeader>(first);
  if (header?.kind !== 'votes') throw userError('not-votes', 'That is not a votes file.');
  const { run, rater, keyCommitment, token } = packet;
  const same = header.run === run && header.keyCommitment === keyCommitment && header.token === token;
  if (!same || header.rater !== rater) throw userError('other-packet', 'These votes belong to another packet.');
  let lastHash = hash(first);
  const lines = rest.map((row) => {
    const line = parse<ChainedLine>(row);
    if (!line || line.prev !== lastHash) throw userError('broken-chain', 'These votes were changed or cut off.');
    lastHash = hash(row);
    return line;
  });
  return { lines, lastHash };
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

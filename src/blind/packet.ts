/**
 * Ballots for a rater elsewhere, in one value: prompts, two masked answers each, opaque ids, the commitment. No arm,
 * model, provider, host, latency, token count, seed or key; canonical key order and no time of making, so that equal
 * packets are equal bytes.
 */
import { type GapcheckError, userError } from '../errors.ts';
import { oddPacketField } from '../records/packet-shape.ts';
import { canonicalJson } from '../records/plain-json.ts';
import { schemaVersion } from '../records/run-record.ts';
import type { Ballot } from './ballot.ts';

export interface Packet {
  kind: 'packet';
  schema: number;
  /** Opaque run id. */
  run: string;
  rater: string;
  keyCommitment: string;
  /** Its votes carry it; the run keeps only its hash. */
  token: string;
  /** In the order in which they are voted on. */
  ballots: Ballot[];
}

export type PacketHead = Pick<Packet, 'run' | 'rater' | 'keyCommitment' | 'token'>;

export const packetText = (head: PacketHead, ballots: readonly Ballot[]): string =>
  `${canonicalJson({ kind: 'packet', schema: schemaVersion, ...head, ballots } satisfies Packet | object)}\n`;

/** Throws GapcheckError (exit 2) when the text is no packet, lacks a field, or is a newer gapcheck's. */
export function readPacket(text: string, file: string): Packet {
  const packet = parse(text);
  if (packet?.kind !== 'packet')
    throw userError(
      'not-a-packet',
      `${file} is not a packet of gapcheck.`,
      'gapcheck packet --rater NAME -o packet.json writes one',
    );
  if (!Number.isInteger(packet.schema) || Number(packet.schema) < 1) throw damagedPacket(file, 'schema');
  if (Number(packet.schema) > schemaVersion)
    throw userError('newer-schema', `${file} was written by a newer gapcheck.`, 'npm install gapcheck@latest');
  const odd = oddPacketField(packet);
  if (odd !== undefined && packet.schema === schemaVersion) throw damagedPacket(file, odd);
  if (Number(packet.schema) < schemaVersion)
    throw userError(
      'old-run',
      `${file} is of a run that gapcheck 0.1.0 made: no more votes are taken for it.`,
      'ask for a packet of a new run: gapcheck packet --rater NAME -o packet.json',
    );
  return packet as Packet;
}

const damagedPacket = (file: string, place: string): GapcheckError =>
  userError(
    'damaged-packet',
    `${file}: ${place} is missing, or not what gapcheck writes there.`,
    'ask for the packet again: gapcheck packet --rater NAME -o packet.json',
  );

function parse(text: string): Partial<Packet> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

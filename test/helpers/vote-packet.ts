/** Votes on a packet without a person: through the same port and file that the session writes. */
import { readFileSync } from 'node:fs';
import { createPacketPort } from '../../src/app/score/packet-session.ts';
import type { Ballot } from '../../src/blind/ballot.ts';
import { readPacket } from '../../src/blind/packet.ts';
import type { Choice } from '../../src/records/vote-lines.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';

/** Votes and finishes, or stops before line `atMost`; returns the votes file that `gapcheck merge` takes. */
export async function votePacket(
  file: string,
  choose: (ballot: Ballot) => Choice,
  { atMost, leaveOut = [] }: { atMost?: number; leaveOut?: readonly string[] } = {},
): Promise<string> {
  const packet = readPacket(readFileSync(file, 'utf8'), file);
  const path = file.replace(/\.json$/, '.votes.jsonl');
  const seal = { id: packet.run, keyCommitment: packet.keyCommitment, token: packet.token };
  const writer = openVotesFile(path, seal, packet.rater, 'plain', new Date().toISOString());
  const port = createPacketPort(packet, writer, () => new Date());
  if (leaveOut.length > 0) await port.append({ kind: 'leave-out', names: leaveOut });
  for (let next = await port.next(); 'ballot' in next; next = await port.next()) {
    if (atMost !== undefined && writer.file.lines.length >= atMost) break;
    const vote = { ballot: next.ballot.id, choice: choose(next.ballot), retry: [], view: 'plain' as const, ms: 9_000 };
    await port.append({ kind: 'vote', vote });
  }
  if (atMost === undefined) await port.append({ kind: 'finish' });
  writer.close();
  return path;
}

/** A taste that says nothing about arms or sides: the shorter answer, if it is shorter by a quarter. */
export function shorterWins({ left, right }: Ballot): Choice {
  if (left.kind !== 'text' || right.kind !== 'text') return 'tie';
  if (left.text.length * 4 < right.text.length * 3) return 'left';
  return right.text.length * 4 < left.text.length * 3 ? 'right' : 'tie';
}

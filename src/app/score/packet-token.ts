/** The token of a rater's packet: the run keeps its hash, the packet the token, and its votes bring it back. */
import { exitCodes, GapcheckError } from '../../errors.ts';
import { packetToken } from '../../records/ids.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { roundOf, tokenHashOf } from '../../records/standing-events.ts';
import type { VotesHeader } from '../../records/vote-lines.ts';
import { hashing } from '../../store/hashing.ts';
import { readKey, type StoredRun } from '../../store/run-folder.ts';
import type { Untimed } from './run-port.ts';

/** Until something of the rater's is taken back it stays the same, so that equal packets are equal bytes. */
export const tokenFor = (stored: StoredRun, rater: string, events: readonly RunEvent[]): string =>
  packetToken({ run: stored.run.id, rater, round: roundOf(rater, events) }, readKey(stored), hashing);

/** The line that keeps the token's hash; none where it is kept already. */
export function givenEvents(rater: string, token: string, ballots: number, sofar: readonly RunEvent[]): Untimed[] {
  const hash = hashing.sha256(token);
  return tokenHashOf(rater, sofar) === hash ? [] : [{ event: 'given', rater, token: hash, ballots }];
}

/** Throws (exit 5) where votes do not carry the token of the rater's packet. */
export function refuseOtherTokens(path: string, { rater, token }: VotesHeader, events: readonly RunEvent[]): void {
  const wanted = tokenHashOf(rater, events);
  if (token !== undefined && wanted === hashing.sha256(token)) return;
  const why =
    wanted === undefined
      ? `this run has no packet out for ${rater}: none was given, or it was withdrawn`
      : `its token is not that of the packet that ${rater} was given last`;
  throw new GapcheckError('wrong-token', `${path}: ${why}.`, {
    exitCode: exitCodes.sealBroken,
    hint: 'ask the rater for the votes on the newest packet; gapcheck packet --rater NAME -o FILE writes one',
  });
}

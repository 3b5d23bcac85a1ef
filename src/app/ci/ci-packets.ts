/** Packets of exactly the ballots that still need a vote, claimed in the new run's ledger. */
import { resolve } from 'node:path';
import { packetText } from '../../blind/packet.ts';
import type { PromptId } from '../../records/ids.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { CiPacket } from '../../releases/comment.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { raterFileName } from '../../store/layout.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { readVotesFile } from '../../store/votes-file.ts';
import { packetOrder } from '../../verdicts/next-ballot.ts';
import { castVotes, claims } from '../../voting/ballot-plan.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import type { Context } from '../context.ts';
import { openBallots } from '../score/open-ballots.ts';
import { givenEvents, tokenFor } from '../score/packet-token.ts';
import { raterName } from '../score/rater-name.ts';
import { openScoring } from '../score/scoring.ts';
import { seenWarnings } from '../score/seen-warnings.ts';

/** `prompt pair`. */
export type NeededBallots = ReadonlySet<string>;

/** One packet per rater who gets ballots. The same rater gets the same packet again until its votes are back. */
export async function writePackets(
  stored: StoredRun,
  needed: NeededBallots,
  raters: readonly string[],
  folder: string,
  context: Context,
): Promise<CiPacket[]> {
  const packets: CiPacket[] = [];
  for (const [index, wanted] of raters.entries()) {
    const rater = freshName(raterName(wanted, context), readEvents(stored.paths));
    const scoring = openScoring(stored, rater, readEvents(stored.paths));
    const votes = castVotes(readVotesFile(stored.paths.votes(rater))?.lines ?? []);
    let given: DealtBallot[] = [];
    let token = '';
    await addEvents(stored.paths, context.now, (sofar) => {
      const held = claims(sofar);
      const open = openBallots(scoring, votes, sofar).filter(({ prompt, pair }) => needed.has(`${prompt} ${pair}`));
      const mine = open.filter(({ prompt }) => held.get(prompt)?.rater === rater);
      const free = open.filter(({ prompt }) => !held.has(prompt));
      const taken = new Set([...mine, ...free.slice(0, Math.ceil(free.length / (raters.length - index)))]);
      given = open.filter((dealt) => taken.has(dealt));
      const fresh = new Set(given.filter((dealt) => !mine.includes(dealt)).map(({ prompt }) => prompt));
      if (given.length === 0) return [];
      token = tokenFor(stored, rater, sofar);
      return [
        ...[...fresh].map((prompt) => ({ event: 'claimed' as const, rater, prompt, packet: true as const })),
        ...givenEvents(rater, token, given.length, sofar),
      ];
    });
    if (given.length === 0) continue;
    for (const warning of seenWarnings(scoring, given, context)) context.err(warning);
    const { run } = stored;
    const ordered = packetOrder({ open: given, dealt: scoring.dealt, share: given.length });
    const head = { run: run.id, rater, keyCommitment: run.keyCommitment, token };
    const text = packetText(head, ordered.map(scoring.ballot));
    const file = resolve(folder, `packet-${raterFileName(rater)}.json`);
    try {
      writeWhole(file, text);
    } catch (error) {
      throw cannotWrite(file, error);
    }
    packets.push({ rater, file, ballots: ordered.length });
  }
  return packets;
}

/** Each of them is in somebody's packet already. */
export function areClaimed(needed: NeededBallots, { paths }: StoredRun): boolean {
  const held = claims(readEvents(paths));
  return [...needed].every((ballot) => held.get(ballot.split(' ')[0] as PromptId)?.packet === true);
}

/** Who has finished cannot vote again under that name: a second packet goes to `maria-2`. */
function freshName(rater: string, events: readonly RunEvent[]): string {
  const finished = new Set(events.flatMap((event) => (event.event === 'finished' ? [event.rater] : [])));
  for (let time = 1; ; time += 1) {
    const name = time === 1 ? rater : `${rater}-${time}`;
    if (!finished.has(name)) return name;
  }
}

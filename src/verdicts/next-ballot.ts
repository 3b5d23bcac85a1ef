/**
 * What a rater reads next: the frozen order. Runs with the key, apart from the screen, which gets one ballot and the
 * largest number still to come. A rater with 40 ballots or more meets a few of them again with the sides swapped.
 */
import type { BallotId } from '../records/ids.ts';
import type { DealtBallot } from '../voting/ballots.ts';

/**
 * Below this a rater's consistency is not measured. Three repeats in 36 ballots would cost a twelfth of the session, and
 * one chance reversal of three would already read as 33 %: too little to say anything about a rater.
 */
export const repeatsFrom = 40;
const repeatGap = 10;
/** No repeat before this many votes: at the start there is nothing to meet again. */
const firstRepeatAfter = 20;

export interface NextBallotInput {
  /** This rater's ballots that are still open, first copies, in frozen order; not more than they have left to read. */
  open: readonly DealtBallot[];
  /** Ballots this rater has voted on or skipped, in order, repeats included; undone ones left out. */
  voted: readonly DealtBallot[];
  /** Ballots voted on with a preference or a tie: only these come again. */
  repeatable: ReadonlySet<BallotId>;
  /** Every ballot this rater could get, second copies included. */
  dealt: readonly DealtBallot[];
  /** Ballots this rater reads in all. */
  share: number;
  /** The result was open: a ballot that comes again is none that nobody knows about. */
  opened?: boolean;
}

export interface BallotsToCome {
  /** Open ballots in the order in which they may come; the first is the next one, none is the end. */
  ballots: DealtBallot[];
  /** What the screen may say: "at most N left". Never grows while a rater goes on. */
  atMost: number;
}

/** The frozen order at every size: nothing is looked at while the seal is closed. */
export function ballotsToCome(input: NextBallotInput): BallotsToCome {
  const { now, still } = repeatsDue(input);
  const ballots = now ? [now, ...input.open] : [...input.open];
  return { ballots, atMost: input.open.length === 0 ? ballots.length : input.open.length + still };
}

/**
 * Hidden repeats: 5, from 48 ballots on 6, spread from the 20th vote to the last, each at least 10 ballots after its
 * first copy. Which ones come again is drawn by their ids, which are HMACs of the secret seed.
 */
function repeatsDue(input: NextBallotInput): { now?: DealtBallot; still: number } {
  const { open, voted, share, opened = false } = input;
  if (share < repeatsFrom || opened) return { still: 0 };
  const wanted = share >= 48 ? 6 : 5;
  const done = voted.filter(({ copy }) => copy === 2).length;
  const dueAt = (repeat: number): number =>
    Math.floor(firstRepeatAfter + ((share - 1 - firstRepeatAfter) * repeat) / wanted);
  const first = voted.length - done;
  const now = first >= dueAt(done + 1) && done < wanted ? repeatCandidates(input)[0] : undefined;
  // A rater of whose share others read a part may end before the later ones are due.
  const reached = first + open.length;
  const due = Array.from({ length: wanted - done }, (_, at) => dueAt(done + 1 + at)).filter((at) => at <= reached);
  return { ...(now ? { now } : {}), still: due.length };
}

function repeatCandidates({
  voted,
  repeatable,
  dealt,
}: Pick<NextBallotInput, 'voted' | 'repeatable' | 'dealt'>): DealtBallot[] {
  const key = ({ prompt, pair }: DealtBallot): string => `${prompt} ${pair}`;
  const again = new Set(voted.filter(({ copy }) => copy === 2).map(key));
  const old = voted
    .slice(0, Math.max(0, voted.length - repeatGap + 1))
    .filter(({ id, copy }) => copy === 1 && repeatable.has(id));
  const seen = new Set(old.map(key));
  return dealt
    .filter((ballot) => ballot.copy === 2 && seen.has(key(ballot)) && !again.has(key(ballot)))
    .sort((x, y) => (x.id < y.id ? -1 : 1));
}

/** Order of a packet, which has no key and no early stop: the frozen order with the hidden repeats where they fall. */
export function packetOrder(input: Omit<NextBallotInput, 'voted' | 'repeatable'>): DealtBallot[] {
  const voted: DealtBallot[] = [];
  let open = [...input.open];
  for (;;) {
    const repeatable = new Set(voted.map(({ id }) => id));
    const { now } = repeatsDue({ ...input, open, voted, repeatable });
    const next = now ?? open[0];
    if (!next) return voted;
    voted.push(next);
    open = open.filter((ballot) => ballot !== next);
  }
}

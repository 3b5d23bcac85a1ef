/**
 * What a rater reads next. Runs with the key, apart from the screen, which gets one ballot and the largest number still
 * to come. Below 40 planned ballots: the frozen order, everything is read. From 40 on: the task closest to a verdict,
 * decided tasks stop silently, and a rater with 40 ballots or more meets a few of them again with the sides swapped.
 */
import type { BallotId } from '../records/ids.ts';
import { pairName, type RunRecord } from '../records/run-record.ts';
import { adaptiveFrom, nextTask, type TaskState } from '../stats/next-task.ts';
import type { DealtBallot } from './evidence.ts';
import type { PairVerdicts, ScopeVerdict } from './verdict.ts';

const repeatsFrom = 40;
const repeatGap = 10;
/** No repeat before this many votes: at the start there is nothing to meet again. */
const firstRepeatAfter = 20;

export interface NextBallotInput {
  run: RunRecord;
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
  /** Verdicts from what has entered so far, of every pair. */
  verdicts: readonly PairVerdicts[];
  taskOf(ballot: DealtBallot): string;
}

export interface BallotsToCome {
  /** Open ballots in the order in which they may come; the first is the next one, none is the end. */
  ballots: DealtBallot[];
  /** What the screen may say: "at most N left". Never grows while a rater goes on. */
  atMost: number;
}

/** A run that answers an earlier one's prompts again is read in frozen order: its evidence is a prefix of that. */
export const isAdaptive = ({ plannedBallots, baseline }: Pick<RunRecord, 'plannedBallots' | 'baseline'>): boolean =>
  plannedBallots >= adaptiveFrom && baseline === undefined;

export function ballotsToCome(input: NextBallotInput): BallotsToCome {
  const ordered = isAdaptive(input.run) ? closestFirst(input) : [...input.open];
  const { now, still } = repeatsDue(input);
  const ballots = now ? [now, ...ordered] : ordered;
  return { ballots, atMost: ordered.length === 0 ? ballots.length : ordered.length + still };
}

interface Cell {
  ballots: DealtBallot[];
  state: TaskState;
}

/** One cell per pair and task; the cell that `closest` names gives its first ballot, the others keep their order. */
function closestFirst(input: NextBallotInput): DealtBallot[] {
  const cells = cellsOf(input);
  const next = nextTask({
    planned: input.run.plannedBallots,
    frozenNext: null,
    tasks: cells.map(({ state }) => state),
  });
  const first = next === null ? undefined : cells[next]?.ballots[0];
  if (!first) return [];
  const running = new Set(cells.filter(({ state }) => canContinue(state)).flatMap(({ ballots }) => ballots));
  return [first, ...input.open.filter((ballot) => ballot !== first && running.has(ballot))];
}

const canContinue = (state: TaskState): boolean =>
  nextTask({ planned: adaptiveFrom, frozenNext: null, tasks: [state] }) !== null;

function cellsOf({ run, open, verdicts, taskOf }: NextBallotInput): Cell[] {
  const tasks = [...new Set([...run.tasks.map(({ task }) => task), ...open.map(taskOf)])];
  return tasks.flatMap((task) =>
    run.pairs.map((pair): Cell => {
      const name = pairName(pair);
      const ballots = open.filter((ballot) => ballot.pair === name && taskOf(ballot) === task);
      const ofPair = verdicts.find((verdict) => pairName(verdict.pair) === name);
      const scope = ofPair?.tasks.find((candidate) => candidate.task === task);
      return { ballots, state: stateOf(scope, ballots.length) };
    }),
  );
}

function stateOf(scope: ScopeVerdict | undefined, remainingPrompts: number): TaskState {
  return {
    n: scope?.units ?? 0,
    logEGood: scope?.logEGood ?? 0,
    logEKeep: scope?.logEKeep ?? 0,
    decided: scope !== undefined && scope.verdict !== 'undecided',
    remainingPrompts,
  };
}

/**
 * Hidden repeats: 5, from 48 ballots on 6, spread from the 20th vote to the last, each at least 10 ballots after its
 * first copy. Which ones come again is drawn by their ids, which are HMACs of the secret seed.
 */
function repeatsDue(input: Omit<NextBallotInput, 'verdicts' | 'taskOf'>): { now?: DealtBallot; still: number } {
  const { voted, share } = input;
  if (share < repeatsFrom) return { still: 0 };
  const wanted = share >= 48 ? 6 : 5;
  const done = voted.filter(({ copy }) => copy === 2).length;
  const dueAt = Math.floor(firstRepeatAfter + ((share - 1 - firstRepeatAfter) * (done + 1)) / wanted);
  const now = voted.length - done >= dueAt && done < wanted ? repeatCandidates(input)[0] : undefined;
  return { ...(now ? { now } : {}), still: wanted - done };
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
export function packetOrder(
  input: Omit<NextBallotInput, 'voted' | 'repeatable' | 'verdicts' | 'taskOf'>,
): DealtBallot[] {
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

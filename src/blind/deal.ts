/**
 * Which arm of a pair sits on which side: a pure function of (seed, run id, rater, prompts, pairs).
 * Balanced over the whole run per rater from ONE shuffled list, never alternating; within a task too where it has
 * enough ballots that its last ones are not given away (blinding.md §6, §4: a balanced list of 10 is 65 % guessable).
 */
import type { Hashing, PromptId } from '../records/ids.ts';
import { type PairRecord, pairName } from '../records/run-record.ts';
import type { Side } from '../records/vote-lines.ts';

/** What is added later is balanced as a whole from this many prompts on; below, each ballot has a coin of its own. */
const drawBalanceFrom = 16;

/** A task is balanced on its own from this many ballots of one rater on. */
const taskBalanceFrom = 16;

export interface DealPrompt {
  id: PromptId;
  task: string;
}

export interface DealInput {
  /** Opaque run id. */
  run: string;
  rater: string;
  /** The 32 bytes of the key. */
  seed: Uint8Array;
  /** The `dealVersion` of the run; from 2 on, small draws are dealt by coins. */
  version: number;
  /** What was dealt together: the plan first, then one batch per draw. Earlier sides never change. */
  batches: readonly (readonly DealPrompt[])[];
  pairs: readonly Pick<PairRecord, 'a' | 'b'>[];
  hashing: Hashing;
}

/** One side of the deal: where arm `a` of the pair is shown for this rater. */
export interface DealtSide {
  prompt: PromptId;
  pair: string;
  aSide: Side;
}

/** Sides for every prompt and pair, in the order of batches, prompts and pairs. Prompts dealt before stay as they were. */
export function dealSides({ batches, pairs, ...rest }: DealInput): DealtSide[] {
  const dealt = new Set<PromptId>();
  return batches.flatMap((batch, index) => {
    const fresh = batch.filter(({ id }) => !dealt.has(id));
    for (const { id } of fresh) dealt.add(id);
    const sides = pairs.map((pair) => dealBatch(fresh, pairName(pair), index, rest));
    return fresh.flatMap(({ id }) =>
      pairs.map((pair, at): DealtSide => ({ prompt: id, pair: pairName(pair), aSide: sides[at]?.get(id) ?? 'left' })),
    );
  });
}

type DealSecret = Omit<DealInput, 'batches' | 'pairs'>;

function dealBatch(prompts: DealPrompt[], pair: string, batch: number, secret: DealSecret): Map<PromptId, Side> {
  const { run, rater, seed, hashing, version } = secret;
  const draw = (what: string, of: string): string =>
    hashing.hmac(seed, JSON.stringify(['deal', what, run, rater, pair, batch, of]));
  const coin = (what: string, of: string): Side =>
    Number.parseInt(draw(what, of).slice(0, 2), 16) % 2 === 0 ? 'left' : 'right';
  if (version >= 2 && batch > 0 && prompts.length < drawBalanceFrom)
    return new Map(prompts.map(({ id }) => [id, coin('coin', id)]));
  const shuffled = prompts
    .map((prompt) => ({ ...prompt, rank: draw('rank', prompt.id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const sides = new Map<PromptId, Side>();
  const rest = new Set(shuffled);
  for (const group of largeTasks(shuffled)) {
    // An odd one stays in the rest, which is balanced as a whole: so is the run.
    for (const prompt of halve(group, sides)) rest.delete(prompt);
  }
  const left = [...rest];
  halve(left, sides);
  const odd = left.length % 2 === 1 ? left[(left.length - 1) / 2] : undefined;
  if (odd) sides.set(odd.id, coin('odd', ''));
  return sides;
}

function largeTasks<T extends DealPrompt>(shuffled: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const prompt of shuffled) groups.set(prompt.task, [...(groups.get(prompt.task) ?? []), prompt]);
  return [...groups.values()].filter((group) => group.length >= taskBalanceFrom);
}

/** First half left, second half right; the middle one of an odd number is left out. Returns those that got a side. */
function halve<T extends DealPrompt>(group: readonly T[], sides: Map<PromptId, Side>): T[] {
  const half = Math.floor(group.length / 2);
  const first = group.slice(0, half);
  const second = group.slice(group.length - half);
  for (const { id } of first) sides.set(id, 'left');
  for (const { id } of second) sides.set(id, 'right');
  return [...first, ...second];
}

export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

import { printableLine } from '../../text/printable.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import type { Context } from '../context.ts';
import type { Scoring } from './scoring.ts';

/** Says so, by name and number, where ballots show a text that this rater has read beside a model's name. */
export function seenWarnings(scoring: Scoring, open: readonly DealtBallot[], { now }: Context): string[] {
  const at = now().getTime();
  const asked = open.filter((dealt) => scoring.settledAs(dealt) === undefined);
  const seen = asked.filter((dealt) => scoring.seen(dealt, at) !== undefined).length;
  if (seen === 0) return [];
  return [
    `${printableLine(scoring.rater)}: ${seen} of ${asked.length} ballots show you an answer that you have already seen beside a model's name. Let somebody else vote (--rater NAME), or ask the unchanged model again with another seed and a temperature above 0. Your votes count, and are reported as not blind.`,
  ];
}

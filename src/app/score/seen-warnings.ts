import { plural } from '../../text/numbers.ts';
import { printableLine } from '../../text/printable.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import type { Context } from '../context.ts';
import type { Scoring } from './scoring.ts';

/** Says so, by name and number, where ballots show a text that this rater has read beside a model's name. */
export function seenWarnings(scoring: Scoring, open: readonly DealtBallot[], { now }: Pick<Context, 'now'>): string[] {
  const at = now().getTime();
  const asked = open.filter((dealt) => scoring.settledAs(dealt) === undefined);
  const seen = asked.map((dealt) => scoring.seen(dealt, at));
  const one = seen.filter((sides) => sides === 'one').length;
  const both = seen.filter((sides) => sides === 'both').length;
  if (one + both === 0) return [];
  const found = [
    ...(one > 0 ? [`${ofAll(one, asked.length)} you an answer that you have already seen beside a model's name.`] : []),
    ...(both > 0
      ? [`${ofAll(both, asked.length)} you two answers that you have already seen with their models' names.`]
      : []),
  ];
  return [`${printableLine(scoring.rater)}: ${found.join(' ')} ${wayOut(one)}`];
}

const ofAll = (part: number, all: number): string =>
  `${part} of ${plural(all, 'ballot')} ${part === 1 ? 'shows' : 'show'}`;

/** As the report counts: a ballot is not blind where exactly one answer was known; two known answers are a repeat. */
const wayOut = (one: number): string =>
  one === 0
    ? 'Such a vote only repeats an earlier one. Let somebody else vote (--rater NAME).'
    : `Let somebody else vote (--rater NAME), or ask the unchanged model again with another seed and a temperature above 0. Your votes count, and ${one} of them will be reported as not blind.`;
